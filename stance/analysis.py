"""The picture of a whole text, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stance.certainty import Flag


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, its place there (code points, end exclusive), and the model's answer for it."""

    text: str
    start: int
    end: int
    label: str
    probabilities: Mapping[str, float]
    certain: bool
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The sentences of a text, in order."""

    sentences: tuple[Sentence, ...]
