"""The n-gram analysers: runs of words and of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stance.analyzer import Occurrence
from stance.fold import fold

_WORD = re.compile(r"\w+(?:'\w+)*")
_CHUNK = re.compile(r"\S+")


def is_word(feature: str) -> bool:
    """Tell whether a feature of `WordNgrams` is a single word that begins with a letter: neither run nor number."""
    return feature[0].isalpha() and " " not in feature


@dataclass(frozen=True)
class WordNgrams:
    """Runs of `low` to `high` words. A word is letters, digits and underscores, with apostrophes inside ("won't")."""

    low: int = 1
    high: int = 2
    name = "words"

    def __call__(self, text: str) -> list[str]:
        words = _WORD.findall(fold(text))
        features = list(words) if self.low == 1 else []
        for n in range(max(2, self.low), self.high + 1):
            features += [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)]
        return features

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(fold(text))]
        for n in range(self.low, self.high + 1):
            for i in range(len(words) - n + 1):
                run = words[i : i + n]
                yield " ".join(word for word, _, _ in run), run[0][1], run[-1][2]

    def parameters(self) -> Mapping[str, object]:
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class CharNgrams:
    """Runs of `low` to `high` characters inside each whitespace-separated chunk, padded with a space on either side.

    The same as scikit-learn's `char_wb`: a chunk shorter than n is one feature, once.
    """

    low: int = 3
    high: int = 5
    name = "characters"

    def __call__(self, text: str) -> list[str]:
        features: list[str] = []
        for chunk in fold(text).split():
            padded = f" {chunk} "
            for n in range(self.low, self.high + 1):
                features += [padded[i : i + n] for i in range(max(1, len(padded) - n + 1))]
                if len(padded) <= n:
                    break
        return features

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        for match in _CHUNK.finditer(fold(text)):
            start, end = match.span()
            padded = f" {match.group()} "
            for n in range(self.low, self.high + 1):
                for i in range(max(1, len(padded) - n + 1)):
                    # The padding is not in the text: clip it off the place.
                    yield padded[i : i + n], max(start, start + i - 1), min(end, start + i - 1 + n)
                if len(padded) <= n:
                    break

    def parameters(self) -> Mapping[str, object]:
        return {"low": self.low, "high": self.high}
