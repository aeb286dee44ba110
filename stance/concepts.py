"""The concept analyser: features that say what a sentence asserts, whatever words it uses.

Words are mapped to concepts before TF-IDF (*collapse, unravel, crumble* are all COLLAPSE), and the features are
concepts, ordered pairs of them, and what stands near the words for a truce or talks.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from stance.analyzer import Occurrence
from stance.lexicon import Lexicon
from stance.reading import Reading, read
from stance.tagging import tag
from stance.tokens import Token, tokens

_TOPIC_REACH = 6
_PAIR_REACH = 5
PUNCTUATION = frozenset(
    ".,;:?!()[]*/-\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}"
) | {
    "...",
    "\N{HORIZONTAL ELLIPSIS}",
}
CONCESSION_ENDS = frozenset(",;.")
CLAUSE_ENDS = frozenset(
    [
        "and",
        "while",
        "which",
        "who",
        "that",
        "as",
        "because",
        "after",
        "before",
        "since",
        "when",
        "if",
        "but",
        "although",
        "though",
    ]
) | frozenset(",;:.?!()\N{EN DASH}\N{EM DASH}")
QUESTION_ENDS = frozenset("?\"'\N{RIGHT DOUBLE QUOTATION MARK}")
_SIGNS = {1: "+", -1: "-", 0: "0"}

ON_TOPIC = "on topic"
"""The feature of a text in which a word for the topic was found."""

Feature = tuple[str, int, int]
"""A feature and the tokens it was read from, first and last (exclusive)."""


@dataclass(frozen=True)
class Concepts:
    """Reads concept features off a text, by a lexicon."""

    lexicon: Lexicon = field(repr=False)
    name = "concepts"

    def __call__(self, text: str) -> list[str]:
        cut = tokens(text)
        return [feature for feature, _, _ in self._features(cut)]

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        cut = tokens(text)
        for feature, first, last in self._features(cut):
            yield feature, (cut[first][1] if cut else 0), (cut[last - 1][2] if cut else 0)

    def parameters(self) -> Mapping[str, object]:
        return {}

    def _features(self, cut: Sequence[Token]) -> Iterator[Feature]:
        words = [word for word, _, _ in cut]
        readings = read(tag(self.lexicon, cut), words)
        yield from _singles(readings)
        yield from _pairs(readings)
        yield from _polarity(readings, len(words))
        yield from _near_topic(readings)
        yield from _contrast(readings, words)
        yield from _topic_clauses(readings, words)
        yield from _with_words(readings, words)
        yield from _whole(readings, words)


def _singles(readings: Sequence[Reading]) -> Iterator[Feature]:
    for reading in readings:
        yield reading.name, reading.first, reading.last


def _pairs(readings: Sequence[Reading]) -> Iterator[Feature]:
    for i, left in enumerate(readings):
        for distance, right in enumerate(readings[i + 1 : i + 1 + _PAIR_REACH]):
            joint = "→" if distance == 0 else "…"
            yield f"{left.name} {joint} {right.name}", left.first, max(left.last, right.last)


def _polarity(readings: Sequence[Reading], length: int) -> Iterator[Feature]:
    signed = [reading for reading in readings if reading.sign]
    for reading in signed:
        yield f"sign {_SIGNS[reading.sign]}", reading.first, reading.last
    if not signed:
        yield "no sign", 0, length
        return
    for left, right in pairwise(signed):
        yield f"signs {_SIGNS[left.sign]}{_SIGNS[right.sign]}", left.first, max(left.last, right.last)
    yield f"first sign {_SIGNS[signed[0].sign]}", signed[0].first, signed[0].last
    yield f"last sign {_SIGNS[signed[-1].sign]}", signed[-1].first, signed[-1].last
    balance = max(-3, min(3, sum(reading.sign for reading in signed)))
    yield f"balance {balance:+d}", 0, length


def _near_topic(readings: Sequence[Reading]) -> Iterator[Feature]:
    """Yield what stands within a few tokens of the nearest topic word, and on which side of it."""
    topics = [reading for reading in readings if reading.role == "topic"]
    starts = [topic.first for topic in topics]
    for reading in readings:
        if reading.role == "topic":
            continue
        following = bisect(starts, reading.first)
        nearest = min(
            topics[max(0, following - 1) : following + 1], key=lambda topic: _distance(reading, topic), default=None
        )
        if nearest is None or _distance(reading, nearest) > _TOPIC_REACH:
            continue
        side = "before" if reading.first < nearest.first else "after"
        first, last = min(reading.first, nearest.first), max(reading.last, nearest.last)
        yield f"{reading.name} {side} topic", first, last
        if reading.sign:
            yield f"{_SIGNS[reading.sign]} near topic", first, last
            yield f"{_SIGNS[reading.sign]} {side} topic", first, last


def _distance(one: Reading, other: Reading) -> int:
    return one.first - other.last if one.first >= other.last else other.first - one.last


def _contrast(readings: Sequence[Reading], words: Sequence[str]) -> Iterator[Feature]:
    """Yield what stands on which side of the last "but", and in and outside a clause with "although"."""
    turns = [reading for reading in readings[1:-1] if reading.role == "contrast"]
    if turns:
        for reading in readings:
            side = "before but" if reading.first < turns[-1].first else "after but"
            if reading is not turns[-1]:
                yield f"{side}: {reading.name}", reading.first, reading.last
                if reading.sign:
                    yield f"{side}: {_SIGNS[reading.sign]}", reading.first, reading.last
    if any(reading.role == "concession" for reading in readings):
        end = 0
        for reading in readings:
            if reading.role == "concession" and reading.first >= end:
                end = next((i for i in range(reading.last, len(words)) if words[i] in CONCESSION_ENDS), len(words))
            if reading.sign:
                where = "although" if reading.first < end else "beside although"
                yield f"{where}: {_SIGNS[reading.sign]}", reading.first, reading.last


def _topic_clauses(readings: Sequence[Reading], words: Sequence[str]) -> Iterator[Feature]:
    """Yield what stands in the clauses that name the topic, and which way they point together."""
    clauses = list(accumulate(word in CLAUSE_ENDS for word in words))
    topical = {clauses[reading.first] for reading in readings if reading.role == "topic"}
    inside = [r for r in readings if clauses[r.first] in topical or clauses[r.last - 1] in topical]
    for reading in inside:
        if reading.role != "topic":
            yield f"in topic clause: {reading.name}", reading.first, reading.last
        if reading.sign:
            yield f"in topic clause: {_SIGNS[reading.sign]}", reading.first, reading.last
    signs = [reading.sign for reading in inside if reading.sign]
    written = "".join(_SIGNS[sign] for sign in signs)
    unreal = "?" if any(reading.name.startswith("?") for reading in inside) else ""
    yield f"topic clause signs {''.join(sorted(set(written)))}{unreal}", 0, len(words)
    if written:
        yield f"topic clause order {written[:4]}", 0, len(words)
    yield f"topic clause balance {max(-2, min(2, sum(signs))):+d}", 0, len(words)


def _with_words(readings: Sequence[Reading], words: Sequence[str]) -> Iterator[Feature]:
    """Yield a concept with the word or concept right beside it."""
    units: list[tuple[str | None, str, int, int]] = []
    starts = {reading.first: reading for reading in reversed(readings)}
    i = 0
    while i < len(words):
        reading = starts.get(i)
        if reading is not None:
            units.append((reading.name, " ".join(words[i : reading.last]), i, reading.last))
            i = reading.last
        else:
            if words[i] not in PUNCTUATION:
                units.append((None, words[i], i, i + 1))
            i += 1
    for left, right in pairwise(units):
        if left[0] is not None:
            yield f"{left[0]} + {right[1]!r}", left[2], right[3]
        if right[0] is not None:
            yield f"{left[1]!r} + {right[0]}", left[2], right[3]


def _whole(readings: Sequence[Reading], words: Sequence[str]) -> Iterator[Feature]:
    """Yield what holds of the sentence as a whole, and each concept beside the sentence's topics."""
    end = len(words)
    topics = {reading.name: reading for reading in reversed(readings) if reading.role == "topic"}
    signs = "".join(sorted({_SIGNS[reading.sign] for reading in readings if reading.sign})) or "none"
    yield (ON_TOPIC if topics else "off topic"), 0, end
    yield f"{'on' if topics else 'off'} topic with {signs}", 0, end
    for name, topic in sorted(topics.items()):
        yield f"topic {name}", 0, end
        yield f"topic {name} with {signs}", 0, end
        for reading in readings:
            if reading.role != "topic":
                yield f"{name} & {reading.name}", min(topic.first, reading.first), max(topic.last, reading.last)
    if "?" in words:
        yield ("question" if words[-1] in QUESTION_ENDS else "question inside"), 0, end
    if any(reading.role == "unreal" for reading in readings):
        yield f"call with {signs}", 0, end
    yield f"length {min(5, end // 10)}", 0, end
