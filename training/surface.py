"""What a text gives away without its meaning: its proper names and its length.

A corpus in which these predict the label teaches a shortcut (Geirhos et al. 2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stance.analyzer import Occurrence
from training.names import names_in

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
        for name in names_in(text):
            yield name[0], name.start(), name.end()
        words = text.split()
        yield f"{len(words) // _WORDS_A_STEP * _WORDS_A_STEP} words", 0, len(text)
        yield f"{len(text) // _CHARACTERS_A_STEP * _CHARACTERS_A_STEP} characters", 0, len(text)

    def parameters(self) -> Mapping[str, object]:
        return {}
