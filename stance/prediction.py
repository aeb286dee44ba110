"""What a model says of one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stance.certainty import Flag
from stance.span import Span


@dataclass(frozen=True, slots=True)
class Prediction:
    """The label given and the probability of each label, in the model's order; they sum to one.

    `certain` tells whether the answer can be relied on (see `certainty`), `flags` what may be wrong with the text.
    """

    label: str
    probabilities: Mapping[str, float]
    certain: bool
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One n-gram of a text and what it adds to each label's logit.

    `channel` names the analyser that read it, `spans` every place it was read from.
    """

    ngram: str
    channel: str
    spans: tuple[Span, ...]
    contributions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a text got its label: `intercept` plus all contributions of `evidence` equals `logits`, label by label.

    The evidence that speaks most strongly for or against the label given comes first.
    """

    prediction: Prediction
    intercept: Mapping[str, float]
    logits: Mapping[str, float]
    evidence: tuple[Evidence, ...]
