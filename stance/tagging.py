"""Tagging: which tokens of a text stand for which concept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from stance.lexicon import LONGEST_GAP, Concept, Lexicon, Node
from stance.tokens import Token

# What an idiom does not leap over: the end of a clause, and a negation, which would be lost inside it.
GAP_ENDS = frozenset(".,;:?!") | {"not", "no", "never", "nor", "neither", "without"}
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Tag:
    """A concept and the tokens it was read from, `first` to `last` (exclusive)."""

    concept: Concept
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Match:
    """How well an entry fits: words it names, characters it fixes; where it ends; whether it leaps over a gap."""

    words: int
    characters: int
    end: int
    concept: Concept
    gapped: bool


def tag(lexicon: Lexicon, tokens: Sequence[Token]) -> list[Tag]:
    """Return the tags of a tokenised text, in order of their first token.

    From left to right the longest entry wins. What stands in the gap of an idiom is tagged as well.
    """
    words = [word for word, _, _ in tokens]
    tags: list[Tag] = []
    taken: set[int] = set()
    i = 0
    while i < len(words):
        match = None if i in taken else _best(lexicon.tree, words, i, taken)
        if match is None:
            i += 1
            continue
        tags.append(Tag(match.concept, i, match.end))
        if match.gapped:
            # What lies between its ends is read on its own.
            tags += _topics(lexicon.tree, words, (i, match.end - 1), match.concept)
            taken.add(match.end - 1)
            i += 1
        else:
            tags += _topics(lexicon.tree, words, range(i, match.end), match.concept)
            i = match.end
    return sorted(tags, key=lambda item: item.first)


def _topics(tree: Node, words: Sequence[str], places: Iterable[int], idiom: Concept) -> Iterator[Tag]:
    """Yield the topic words of an idiom: "talks have collapsed" is about talks, too."""
    if idiom.role == "topic":
        return
    for place in places:
        inner = _best(tree, words[place : place + 1], 0)
        if inner is not None and inner.concept.role == "topic":
            yield Tag(inner.concept, place, place + 1)


def _best(tree: Node, words: Sequence[str], i: int, taken: Container[int] = ()) -> _Match | None:
    """Return the longest entry that begins at word `i` and does not end in a word that another idiom has taken."""
    best: _Match | None = None
    for match in _matches(tree, words, i, 0, 0, gapped=False):
        if match.end - 1 in taken:
            continue
        if best is None or (match.words, match.characters) > (best.words, best.characters):
            best = match
    return best or _best_part(tree, words[i], i)


def _matches(
    node: Node, words: Sequence[str], i: int, named: int, characters: int, *, gapped: bool
) -> Iterator[_Match]:
    if node.concept is not None:
        yield _Match(named, characters, i, node.concept, gapped)
    if i == len(words):
        return
    word = words[i]
    exact = node.words.get(word)
    if exact is not None:
        # One more than its letters: the word itself fits better than a stem as long.
        yield from _matches(exact, words, i + 1, named + 1, characters + len(word) + 1, gapped=gapped)
    if node.stems:
        for length in range(2, len(word) + 1):
            stem = node.stems.get(word[:length])
            if stem is not None:
                yield from _matches(stem, words, i + 1, named + 1, characters + length, gapped=gapped)
    if node.gap is not None:
        for skipped in range(LONGEST_GAP + 1):
            if i + skipped >= len(words) or (skipped and words[i + skipped - 1] in GAP_ENDS):
                break
            yield from _matches(node.gap, words, i + skipped, named, characters, gapped=True)


def _best_part(tree: Node, word: str, i: int) -> _Match | None:
    """Try the parts of a hyphenated word that is no entry itself."""
    if "-" not in word:
        return None
    for part in word.split("-"):
        if len(part) >= _SHORTEST_PART:
            for match in _matches(tree, [part], 0, 0, 0, gapped=False):
                return _Match(match.words, match.characters, i + 1, match.concept, gapped=False)
    return None
