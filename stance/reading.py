"""Reading a tag in its place: whether it is negated, or unreal.

Negation turns a concept's sign round within a few tokens (Pang et al. 2002). Calls, duties and aims make it unreal:
"must hold" does not say that it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.tagging import Tag


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a concept of some role works on what follows: fewer tokens than `reach`, over none of the `stops` and no
    concept whose role is a barrier.
    """

    role: str
    reach: int
    stops: frozenset[str]
    barriers: frozenset[str]


NEGATION = Scope("negation", 4, frozenset(",;:.?!"), frozenset({"contrast", "concession"}))
UNREAL = Scope("unreal", 6, frozenset(";:.?!"), frozenset({"contrast", "concession", "speech"}))


@dataclass(frozen=True, slots=True)
class Reading:
    """A tag as it is meant in its place: its name with a mark where it is negated or unreal, and its effective sign."""

    name: str
    sign: int
    role: str | None
    first: int
    last: int


def read(tags: Sequence[Tag], words: Sequence[str]) -> list[Reading]:
    """Read the tags of a text, whose tokens are `words`: which are negated, and which unreal."""
    readings = []
    for i, item in enumerate(tags):
        sign, name = item.concept.sign, item.concept.name
        if sign and _reached(UNREAL, tags, words, i):
            name, sign = f"?{name}", 0
        elif sign and _reached(NEGATION, tags, words, i):
            name, sign = f"~{name}", -sign
        readings.append(Reading(name, sign, item.concept.role, item.first, item.last))
    return readings


def _reached(scope: Scope, tags: Sequence[Tag], words: Sequence[str], i: int) -> bool:
    """Tell whether tag `i` stands in the scope of an earlier tag."""
    for j in range(i - 1, -1, -1):
        other = tags[j]
        if tags[i].first - other.last >= scope.reach or other.concept.role in scope.barriers:
            return False
        if not scope.stops.isdisjoint(words[other.last : tags[i].first]):
            return False
        if other.concept.role == scope.role:
            return True
    return False
