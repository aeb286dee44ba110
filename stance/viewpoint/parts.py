"""Parts: what part a word has by its form alone; the letters are those of `stance.viewpoint.words`.

Three letters are for later decision: b a verb's base form that may be a noun, s its -s form, " a quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from stance.viewpoint.grammar import grammar

_MARKS: Mapping[str, str] = {
    **dict.fromkeys(("''", "``", '"', "'", *"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"), '"'),
    **dict.fromkeys(("'s", "'S"), "'"),
    **dict.fromkeys(("'re", "'ve", "'ll", "'d", "'m"), "x"),
    **dict.fromkeys(("-", "--", "---", "\u2013", "\u2014", "\u2014\u2014"), "-"),
    **dict.fromkeys((".", "?", "!", "...", "\u2026"), "."),
    **dict.fromkeys("([{", "("),
    **dict.fromkeys(")]}", ")"),
    **{mark: mark for mark in ",;:"},
    **dict.fromkeys("$\u20ac\u00a3%", "#"),
}
_ENDINGS: Mapping[str, str] = {
    "ly": "r",
    "ing": "g",
    "ed": "e",
    **dict.fromkeys(("ful", "less", "ous", "able", "ible", "ive", "ish", "ical", "ary", "ic", "ial", "est"), "a"),
}
_ENDING = re.compile(rf".+?({'|'.join(_ENDINGS)})")
_SHORTEST, _LONGEST = 5, 40
# What a capital leaves as it is: words of grammar; a noun or verb with one is a name.
_GRAMMATICAL = "diTtpcmuwo"


def parts_of(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return each token in lower case, and its part."""
    if max(map(len, words), default=0) < _LONGEST:
        return [_part_of(word) for word in words]
    # A word that long is not worth a place in the cache.
    return [_part_of(word) if len(word) < _LONGEST else (word.lower(), "n") for word in words]


@lru_cache(maxsize=1 << 16)
def _part_of(word: str) -> tuple[str, str]:
    lower, first = word.lower(), word[0]
    if word in _MARKS:
        return lower, _MARKS[word]
    if first.isnumeric():
        return lower, "#"
    if not first.isalpha():
        return lower, "r"  # a sign that people skip in reading
    if first.isupper():
        if len(word) > 1 and word.isupper():
            return lower, "N"  # US, IT
        part = grammar().get(lower, "N")
        return lower, part if part in _GRAMMATICAL else "N"
    return lower, lower_part(lower)


@lru_cache(maxsize=1 << 16)
def lower_part(word: str, *, by_ending: bool = True) -> str:
    """Return the part of a word in lower case, by its ending if it is not known."""
    part = grammar().get(word)
    if part is None and by_ending and _SHORTEST <= len(word) < _LONGEST:
        match = _ENDING.fullmatch(word)
        part = _ENDINGS[match[1]] if match else None
    return part or "n"
