"""Proper names, told by their capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from stance.ngrams import WordNgrams

_WORD = re.compile(r"[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")
_PRONOUN = re.compile(r"I(?:['\N{RIGHT SINGLE QUOTATION MARK}]\w+)?")
_OPENERS = frozenset(".?!:\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}")
_MOST_CAPITALISED = 0.5
_CAPITALS_TO_ONE = 9
_words = WordNgrams(1, 1)


def names_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the capitalised words of a text that do not open a sentence.

    A text that is mostly capitalised, as headlines are, shows none.
    """
    words = list(_WORD.finditer(text))
    capitalised = [word for word in words if word[0][0].isupper()]
    if len(capitalised) <= _MOST_CAPITALISED * len(words):
        for word in capitalised:
            if not _opens(text[: word.start()]) and len(word[0]) > 1 and not _PRONOUN.fullmatch(word[0]):
                yield word


def proper_names(texts: Sequence[str]) -> frozenset[str]:
    """Return the words, in lower case, that these texts write with a capital nine times as often as without one."""
    capitals = Counter(word for text in texts for name in names_in(text) for word in _words(name[0]))
    parts = (part for text in texts for part in _WORD.findall(text))
    small = Counter(word for part in parts if part[0].islower() for word in _words(part))
    return frozenset(word for word, count in capitals.items() if count >= _CAPITALS_TO_ONE * small[word])


def holds_name(feature: str, names: frozenset[str]) -> bool:
    """Tell whether there is one of the names in an n-gram of words, or beside a concept."""
    return not names.isdisjoint(_words(feature))


def _opens(before: str) -> bool:
    stripped = before.rstrip()
    return not stripped or stripped[-1] in _OPENERS
