"""The picture of a whole text, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stance.certainty import Flag
from stance.resolution import Viewpoint
from stance.summary import Summary


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, its place there (code points, end exclusive), and the model's answer.

    `viewpoints` says whose viewpoint it is, the main one first; there is always one, the writer's own if no other.
    """

    text: str
    start: int
    end: int
    label: str
    probabilities: Mapping[str, float]
    certain: bool
    flags: tuple[Flag, ...]
    viewpoints: tuple[Viewpoint, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The sentences of a text, in order, and what each holder says in them, counted."""

    sentences: tuple[Sentence, ...]
    summary: Summary
