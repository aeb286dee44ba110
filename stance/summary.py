"""The summary of a text: how hopeful or sceptical each holder is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from stance.certainty import Flag
from stance.resolution import Viewpoint

_Z = 1.959964  # the normal distribution's 97.5% point


class Labelled(Protocol):
    """What is counted: a labelled sentence, with what may be wrong with it, and whose viewpoints it reports."""

    @property
    def label(self) -> str: ...
    @property
    def probabilities(self) -> Mapping[str, float]: ...
    @property
    def flags(self) -> tuple[Flag, ...]: ...
    @property
    def viewpoints(self) -> tuple[Viewpoint, ...]: ...


@dataclass(frozen=True, slots=True)
class Balance:
    """Positive less negative sentences over all counted ones, from -1 to 1, with its 95% interval.

    The interval is Agresti and Min's for a difference of two shares of one sample (2005, Statistics in Medicine 24):
    half a sentence is added to each side, one to the rest. With nothing counted it is the whole range.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tally:
    """The sentences of one viewpoint.

    `name` is the holder's, None for the writer's own voice and for a text as a whole. `counts` has every label of the
    model. `balance` is None for a model whose labels have no poles. `clearest` is the number, in the text, of the
    sentence that speaks for the viewpoint most clearly: the surest of its prevailing pole, else of its prevailing
    label; None if nothing was counted.
    """

    name: str | None
    counts: Mapping[str, int]
    balance: Balance | None
    clearest: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole text, the writer's own voice, and each holder, the one with the most sentences first.

    `left_out` is how many sentences no tally counts, as they do not concern a ceasefire or cannot be read.
    """

    whole: Tally
    writer: Tally
    holders: tuple[Tally, ...]
    left_out: int


def summarise(sentences: Sequence[Labelled], labels: Sequence[str], poles: tuple[str, str] | None) -> Summary:
    """Count the sentences of a text by their main holder.

    A sentence without a word for a ceasefire, a peace deal or talks (flagged off-topic), or that the model cannot read
    (unfamiliar), is left out. `poles` are the labels against and for.
    """
    places = [i for i, sentence in enumerate(sentences) if not sentence.flags]
    held: dict[str | None, list[int]] = {}
    for i in places:
        held.setdefault(sentences[i].viewpoints[0].name, []).append(i)

    def tally(name: str | None, own: Sequence[int]) -> Tally:
        counts = {label: sum(sentences[i].label == label for i in own) for label in labels}
        return Tally(name, counts, _balance(counts, poles), _clearest(sentences, own, counts, poles))

    writer = tally(None, held.pop(None, []))
    holders = sorted((tally(name, own) for name, own in held.items()), key=lambda item: -sum(item.counts.values()))
    return Summary(tally(None, places), writer, tuple(holders), len(sentences) - len(places))


def _balance(counts: Mapping[str, int], poles: tuple[str, str] | None) -> Balance | None:
    if poles is None:
        return None
    against, in_favour = counts[poles[0]], counts[poles[1]]
    n = sum(counts.values())
    low_share, high_share = (against + 0.5) / (n + 2), (in_favour + 0.5) / (n + 2)
    middle = high_share - low_share
    margin = _Z * sqrt(max(0.0, low_share + high_share - middle**2) / (n + 2))
    if not n:
        return Balance(0.0, -1.0, 1.0)
    value = (in_favour - against) / n
    return Balance(value, max(-1.0, min(value, middle - margin)), min(1.0, max(value, middle + margin)))


def _clearest(
    sentences: Sequence[Labelled], own: Sequence[int], counts: Mapping[str, int], poles: tuple[str, str] | None
) -> int | None:
    if not own:
        return None
    polar = {label: counts[label] for label in poles or () if counts[label]}
    prevailing = max(polar or counts, key=lambda label: counts[label])
    return max(
        (i for i in own if sentences[i].label == prevailing), key=lambda i: sentences[i].probabilities[prevailing]
    )
