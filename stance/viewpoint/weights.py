"""Weights: how much each feature speaks for a candidate, as fitted by `python -m training fit-holders`."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "weights.toml"


@dataclass(frozen=True)
class Weights:
    """A logistic regression: `intercept` and the weight of each feature; one that is not named weighs nothing.

    A sentence's likeliest candidate is believed from the probability `threshold` on, the others from `further` on.
    """

    intercept: float
    threshold: float
    further: float
    features: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """Return how probable it is that a candidate with these features is an attribution."""
        weight = self.features.get
        logit = self.intercept + sum([weight(feature, 0.0) for feature in features])
        return 1 / (1 + math.exp(-logit))


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Weights(table["intercept"], table["threshold"], table["further"], table["features"])
