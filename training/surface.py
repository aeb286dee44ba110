"""What a text gives away without its meaning: its proper names and its length.

A corpus in which these predict the label teaches a shortcut (Geirhos et al. 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stance.analyzer import Occurrence

_WORD = re.compile(r"[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")
_PRONOUN = re.compile(r"I(?:['\N{RIGHT SINGLE QUOTATION MARK}]\w+)?")
_OPENERS = frozenset(".?!:\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}")
_MOST_CAPITALISED = 0.5
_WORDS_A_STEP, _CHARACTERS_A_STEP = 5, 25


@dataclass(frozen=True)
class Surface:
    """Reads off a text its capitalised words that do not open a sentence, and steps of its length.

    A text that is mostly capitalised, as headlines are, shows no names.
    """

    name = "names and length"

    def __call__(self, text: str) -> list[str]:
        return [feature for feature, _, _ in self.occurrences(text)]

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        words = list(_WORD.finditer(text))
        capitalised = [word for word in words if word[0][0].isupper()]
        if len(capitalised) <= _MOST_CAPITALISED * len(words):
            for word in capitalised:
                if (
                    not _opens(text[: word.start()])
                    and len(word[0]) > 1
                    and not word[0].startswith(("I'", "I\N{RIGHT SINGLE QUOTATION MARK}"))
                ):
                    yield word[0], word.start(), word.end()
        yield f"{len(words) // _WORDS_A_STEP * _WORDS_A_STEP} words", 0, len(text)
        yield f"{len(text) // _CHARACTERS_A_STEP * _CHARACTERS_A_STEP} characters", 0, len(text)

    def parameters(self) -> Mapping[str, object]:
        return {}


def _opens(before: str) -> bool:
    stripped = before.rstrip()
    return not stripped or stripped[-1] in _OPENERS
