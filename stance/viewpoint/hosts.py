"""Hosts: the whole noun phrase that stands before a verb, over what is put between the two."""

from __future__ import annotations

from stance.viewpoint.cues import cues
from stance.viewpoint.syntax import Stretch, Syntax

_OPENERS = ",.;:-uTckQZ(wr"
_BOUNDS = ".;:"
_RELATIVE_REACH = 16
_PARENTHESES = 6
_ASIDE = "wegyaimdNnq#ru"


def widened(syntax: Syntax, start: int, end: int) -> Stretch:
    """Widen a phrase to the left by the phrases that it hangs on: "elders within the clan", "A, B and C"."""
    while start > 1:
        further = _host(syntax, start, end)
        if further is None:
            break
        start = further
    if start and syntax.parts[start - 1] == "i" and syntax.words[start - 1] != "for":
        return over_relative(syntax, start) or (start, end)
    return (start, end)


def _host(syntax: Syntax, start: int, end: int) -> int | None:
    parts = syntax.parts
    before, left = parts[start - 1], syntax.ending.get(start - 1)
    if before in "it":
        return _host_of_preposition(syntax, start, left)
    if before in "rg":  # "shareholders holding nearly a third"
        verb = start - 2 if before == "r" else start - 1
        return syntax.ending.get(verb) if parts[verb] == "g" else None
    if before == "c":
        return _conjoined(syntax, start, left)
    if before == "," and left is not None and "c" in parts[start:end] and _opens(syntax, left):
        return left
    return None


def _host_of_preposition(syntax: Syntax, start: int, left: int | None) -> int | None:
    parts = syntax.parts
    if left is not None:
        return left if parts[start - 2] not in "pom" else None
    # "people briefed on the talks", "families close to the mediator"
    beyond = syntax.ending.get(start - 2)
    if beyond is not None and parts[start - 2] in "eyag" and parts[start - 3] not in "pom":
        return beyond
    return None


def _conjoined(syntax: Syntax, start: int, left: int | None) -> int | None:
    if left is not None:
        return left if _opens(syntax, left) else None
    # "A, B, and C": one comma alone parts clauses
    second = syntax.ending.get(start - 2) if syntax.parts[start - 2] == "," else None
    if second and syntax.parts[second - 1] == "," and syntax.ending.get(second - 1) is not None:
        return second
    return None


def _opens(syntax: Syntax, start: int) -> bool:
    """Tell whether a clause may begin at a token."""
    return start == 0 or syntax.parts[start - 1] in _OPENERS


def over_relative(syntax: Syntax, start: int) -> Stretch | None:
    """Return the head of a relative clause that ends in the phrase at `start`: "diplomats who left the talks said"."""
    parts = syntax.parts
    if not start or parts[start - 1] not in "veygita" or syntax.words[start - 1] in _clausal():
        return None
    for k in range(start - 1, max(0, start - _RELATIVE_REACH), -1):
        if parts[k] in "wT" and k in syntax.ending:
            return widened(syntax, syntax.ending[k], k)
        if parts[k] in ".;:,QZukT":
            return None
    return None


def over_parenthesis(syntax: Syntax, close: int) -> Stretch | None:
    """Return the phrase before what ends with the comma or dash at `close`: "X, a professor of law, said".

    An apposition belongs to the phrase, a relative clause does not.
    """
    mark = syntax.parts[close]
    found: int | None = None
    k = close
    for _ in range(_PARENTHESES):
        limit = syntax.last(_BOUNDS, k)
        opening = max(syntax.last(mark + "QZ", k), limit)
        first = opening + 1
        if first == k:
            break
        tail = _tail(syntax, first, k)
        if _may_host(syntax, first, k):
            found = first
        elif tail is not None and k != close:
            return _without_clause(syntax, tail, close)
        elif not _is_aside(syntax, first, k, within=found is not None):
            break
        if opening in (limit, 0):
            break
        k = opening
    return _without_clause(syntax, found, close) if found is not None else None


def _is_aside(syntax: Syntax, start: int, end: int, *, within: bool) -> bool:
    """Tell whether a stretch between two commas may be skipped; `within` an apposition, only a clause or a time."""
    parts = syntax.parts
    return parts[start] in _ASIDE and (not within or parts[start] == "w" or parts[end - 1] == "m")


def _may_host(syntax: Syntax, start: int, end: int) -> bool:
    """Tell whether a stretch between two commas is a noun phrase, perhaps with a relative clause."""
    if start not in syntax.starting or syntax.parts[start] in "wm#":
        return False
    for part in syntax.parts[start:end]:
        if part in "wT":
            return True
        if part in "vx":
            return False
    return True


def _tail(syntax: Syntax, start: int, end: int) -> int | None:
    """Return where a phrase begins that ends a stretch and opens a clause: "…, but on Monday the minister, who …"."""
    tail = syntax.ending.get(end)
    if syntax.parts[start] == "w" or syntax.parts[end - 1] == "m":  # "who won last year", "until last year"
        return None
    return tail if tail is not None and tail > start and syntax.parts[tail - 1] in "uTckr" else None


def _without_clause(syntax: Syntax, start: int, close: int) -> Stretch:
    parts = syntax.parts
    for k in range(start, close):
        if (
            parts[k] == parts[close]
            and parts[k - 1] != "c"
            and (parts[k + 1] in "wgeyiu" or syntax.words[k + 1] == "whose")
        ):
            return (start, k)
    return (start, close)


def _clausal() -> frozenset[str]:
    """Return the verbs after which a clause may follow without "that"."""
    return cues().clausal
