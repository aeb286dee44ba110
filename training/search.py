"""Choosing the settings: grouped cross-validation over counts made once.

Counting n-grams is most of a fit's cost and the same in every fold, so it is done once; each fold re-derives from its
own training rows what depends on them (which features exist, their idf), as a vectoriser fitted on those rows would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.model_selection import StratifiedGroupKFold

from training.counts import Counted, count
from training.errors import DataError, Fault
from training.examples import Dataset
from training.metrics import macro_f1
from training.recipe import SEARCH_TOLERANCE, Recipe

Floats = npt.NDArray[np.float64]
Split = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
"""The rows to train on and those to test on."""
_ABSENT = -30.0  # the logit of a label that a fold's training rows do not have


@dataclass(frozen=True)
class Choice:
    """The recipe chosen and its out-of-fold logits, shape (examples, labels), labels in alphabetical order."""

    recipe: Recipe
    logits: Floats
    macro_f1: float
    tried: Sequence[tuple[Recipe, float]]


def choose(
    paths: Sequence[Sequence[Recipe]],
    dataset: Dataset,
    *,
    folds: int,
    seed: int,
    counted: Counted | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Choice:
    """Return the recipe of the best pooled out-of-fold macro-F1; of equals, the more regularised.

    `paths` are lists of recipes that differ in C alone, ascending: each starts from the solution before it. `counted`
    keeps the n-gram counts of the dataset for other searches on it. `progress` is called once for each recipe and fold.
    """
    names = list(dataset.counts())
    gold = np.searchsorted(names, dataset.labels)
    folded = splits(dataset, folds, seed)
    counted = {} if counted is None else counted
    found = [(path, out_of_fold(path, dataset, folded, counted, progress=progress)) for path in paths]
    logits = {id(recipe): matrix for path, matrices in found for recipe, matrix in zip(path, matrices, strict=True)}
    scores = [
        (recipe, macro_f1(gold, logits[id(recipe)].argmax(axis=1), len(names))) for path in paths for recipe in path
    ]
    best, score = max(scores, key=lambda item: (item[1], -item[0].c))
    return Choice(best, logits[id(best)], score, scores)


def out_of_fold(
    path: Sequence[Recipe],
    dataset: Dataset,
    folds: Sequence[Split],
    counted: Counted,
    *,
    progress: Callable[[], None] = lambda: None,
) -> list[Floats]:
    """Return each recipe's logits (examples, labels), labels in alphabetical order: of the rows that a fold tests.

    Rows that no fold tests are NaN.
    """
    labels, names = np.array(dataset.labels), np.array(list(dataset.counts()))
    logits = [np.full((len(labels), len(names)), np.nan) for _ in path]
    for train, test in folds:
        x_train, x_test = _features(path[0], dataset, counted, train, test)
        coefficients: Floats | None = None
        for recipe, matrix in zip(path, logits, strict=True):
            classifier = recipe.classifier(tolerance=SEARCH_TOLERANCE, warm_start=True)
            if coefficients is not None:
                classifier.coef_, classifier.intercept_ = coefficients[:, :-1], coefficients[:, -1]
            classifier.fit(x_train, labels[train])
            coefficients = np.column_stack([classifier.coef_, classifier.intercept_])
            matrix[test] = _aligned(classifier.decision_function(x_test), classifier.classes_, names)
            progress()
    return logits


def splits(dataset: Dataset, folds: int, seed: int) -> list[Split]:
    """Split into folds that part no group; each fold's training rows have two labels or more."""
    groups: dict[str, set[str]] = defaultdict(set)
    for example in dataset.examples:
        groups[example.label].add(example.group)
    label, members = min(groups.items(), key=lambda item: len(item[1]))
    if len(members) < 2:  # noqa: PLR2004 - one to train on and one to test on
        raise _unsplittable(dataset, f"all rows of the label {label!r} are one group (or one text); two are needed")
    splitter = StratifiedGroupKFold(min(folds, len(members)), shuffle=True, random_state=seed)
    try:
        found = list(splitter.split(dataset.labels, dataset.labels, dataset.groups))
    except ValueError as error:
        raise _unsplittable(dataset, str(error)) from error
    labels = np.array(dataset.labels)
    for train, _ in found:
        if len(np.unique(labels[train])) < 2:  # noqa: PLR2004 - see above
            raise _unsplittable(dataset, "the groups are too few to keep two labels in every fold")
    return found


def _unsplittable(dataset: Dataset, reason: str) -> DataError:
    return DataError([Fault(Path(dataset.source), 0, f"cannot be cross-validated: {reason}")])


def _features(
    recipe: Recipe,
    dataset: Dataset,
    counted: Counted,
    train: npt.NDArray[np.intp],
    test: npt.NDArray[np.intp],
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    sides: tuple[list[sparse.csr_matrix], list[sparse.csr_matrix]] = ([], [])
    for channel in recipe.channels:
        counts = count(channel, dataset, counted).matrix
        frequent = np.flatnonzero(counts[train].getnnz(axis=0) >= channel.min_df)
        tfidf = TfidfTransformer(sublinear_tf=True).fit(counts[train][:, frequent])
        for side, rows in zip(sides, (train, test), strict=True):
            side.append(tfidf.transform(counts[rows][:, frequent]) * channel.weight)
    return sparse.hstack(sides[0], format="csr"), sparse.hstack(sides[1], format="csr")


def _aligned(decision: Floats, classes: npt.NDArray[np.str_], names: npt.NDArray[np.str_]) -> Floats:
    if decision.ndim == 1:
        decision = np.column_stack([-decision / 2, decision / 2])
    logits = np.full((len(decision), len(names)), _ABSENT)
    logits[:, np.searchsorted(names, classes)] = decision
    return logits
