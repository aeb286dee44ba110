"""Suspects: examples whose own label a model that did not see them finds unlikely (Northcutt et al. 2021).

Some are mislabelled, the others are what the model cannot read; a person decides which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from stance.scorer import softmax
from training.calibration import temperature
from training.examples import Dataset
from training.recipe import Recipe
from training.search import choose


@dataclass(frozen=True, slots=True)
class Suspect:
    """An example, by its row; the probability of its own label, and the likeliest label with its probability."""

    row: int
    label: str
    own: float
    likeliest: str
    probability: float


def find_suspects(
    dataset: Dataset,
    paths: Sequence[Sequence[Recipe]],
    *,
    folds: int = 5,
    seed: int = 0,
    progress: Callable[[], None] = lambda: None,
) -> list[Suspect]:
    """Return the examples that cross-validation labels otherwise, those whose own label is least likely first.

    Raises:
        DataError: the examples cannot be cross-validated.
    """
    choice = choose(paths, dataset, folds=folds, seed=seed, progress=progress)
    names = list(dataset.counts())
    gold = np.searchsorted(names, dataset.labels)
    probabilities = softmax(choice.logits / temperature(choice.logits, gold.tolist()))
    given = probabilities.argmax(axis=1)
    found = [
        Suspect(row, names[gold[row]], float(of[gold[row]]), names[given[row]], float(of[given[row]]))
        for row, of in enumerate(probabilities)
        if given[row] != gold[row]
    ]
    return sorted(found, key=lambda suspect: suspect.own)
