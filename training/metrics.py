"""The figures: what they are, and how sure one can be of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
RESAMPLES = 2000
BINS = 10
_DRAWS = 1000


@dataclass(frozen=True)
class Interval:
    """A figure with its 95% interval by the percentile bootstrap (Efron 1979)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class LabelScores:
    """One label's precision, recall and F1, and in how many rows it is the right one."""

    precision: float
    recall: float
    f1: Interval
    support: int


@dataclass(frozen=True)
class CertainAnswers:
    """The share of answers that are certain, and the share of those that is right (`None` if there are none)."""

    coverage: float
    accuracy: Interval | None


@dataclass(frozen=True)
class Metrics:
    """The figures of one model on one set of rows.

    `confusion` has a row for each right label and a column for each given one. `ece` is the expected calibration error
    over ten equal-mass bins (Naeini et al. 2015), and `ece_by_chance` what it would stay under in 95 of 100 samples of
    as many rows if every probability were true; `brier` is the multi-class Brier score (Brier 1950; 0 best, 2 worst),
    `aurc` the area under the risk-coverage curve (Geifman et al. 2019; 0 best).
    """

    rows: int
    macro_f1: Interval
    accuracy: Interval
    labels: Mapping[str, LabelScores]
    confusion: Sequence[Sequence[int]]
    ece: float
    ece_by_chance: float
    brier: float
    aurc: float
    certain: CertainAnswers | None = None


@dataclass(frozen=True)
class External:
    """The figures on data that a model was not fitted on; `sha256` is that of its texts and labels."""

    source: str
    sha256: str
    metrics: Metrics


def measure(
    names: Sequence[str], gold: Ints, probabilities: Floats, certain: Bools | None = None, *, seed: int = 0
) -> Metrics:
    """Measure probabilities (rows, labels) against right label indices (rows,); `names` are the labels in order.

    `certain` (rows,) tells which answers the model vouches for, if it does.
    """
    given = probabilities.argmax(axis=1)
    indices = list(range(len(names)))
    precision, recall, _, support = precision_recall_fscore_support(
        gold, given, labels=indices, zero_division=0.0, average=None
    )
    overall, accuracy, *f1 = bootstrap_all(lambda rows: _figures(gold[rows], given[rows], len(names)), len(gold), seed)
    return Metrics(
        rows=len(gold),
        macro_f1=overall,
        accuracy=accuracy,
        labels={
            name: LabelScores(float(precision[i]), float(recall[i]), f1[i], int(support[i]))
            for i, name in enumerate(names)
        },
        confusion=confusion_matrix(gold, given, labels=indices).tolist(),
        ece=expected_calibration_error(gold, probabilities),
        ece_by_chance=chance_calibration_error(probabilities, seed=seed),
        brier=float(np.mean(np.sum((probabilities - np.eye(len(names))[gold]) ** 2, axis=1))),
        aurc=area_under_risk_coverage(gold, probabilities),
        certain=None if certain is None else _certain_answers(gold == given, certain, seed),
    )


def macro_f1(gold: Ints, given: Ints, labels: int) -> float:
    """Return the mean F1 over those labels that are right or given at least once."""
    return float(_figures(gold, given, labels)[0])


def bootstrap(figure: Callable[[Ints], float], rows: int, *, seed: int = 0) -> Interval:
    """Return a figure of all rows with the 2.5% and 97.5% quantiles over resamples of them.

    One seed draws the same resamples of as many rows, so that the difference of two figures is a paired one.
    """
    (interval,) = bootstrap_all(lambda sample: np.array([figure(sample)]), rows, seed)
    return interval


def bootstrap_all(figures: Callable[[Ints], Floats], rows: int, seed: int = 0) -> list[Interval]:
    """Return the interval of each of several figures (n,), all over the same resamples."""
    rng = np.random.default_rng(seed)
    samples = [figures(rng.integers(0, rows, rows)) for _ in range(RESAMPLES)]
    low, high = np.quantile(samples, [0.025, 0.975], axis=0)
    return [Interval(float(value), float(low[i]), float(high[i])) for i, value in enumerate(figures(np.arange(rows)))]


def expected_calibration_error(gold: Ints, probabilities: Floats) -> float:
    """Return the mean gap between confidence and accuracy over ten bins of equally many rows."""
    return _calibration_error(probabilities.max(axis=1), probabilities.argmax(axis=1) == gold)


def chance_calibration_error(probabilities: Floats, *, seed: int = 0) -> float:
    """Return the 95% quantile of the calibration error over draws of labels from the probabilities themselves.

    A model's error below it is no evidence against the model (Bröcker & Smith 2007, consistency bars).
    """
    confidence = np.sort(probabilities.max(axis=1))
    rng = np.random.default_rng(seed)
    draws = [_calibration_error(confidence, rng.random(len(confidence)) < confidence) for _ in range(_DRAWS)]
    return float(np.quantile(draws, 0.95))


def _calibration_error(confidence: Floats, right: npt.NDArray[np.bool_]) -> float:
    gaps = right - confidence
    bins = np.array_split(np.argsort(confidence, kind="stable"), BINS)
    return float(sum(abs(gaps[rows].sum()) for rows in bins) / len(gaps))


def area_under_risk_coverage(gold: Ints, probabilities: Floats) -> float:
    """Return the mean, over every number of most confident answers, of the share of them that is wrong."""
    confidence = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != gold
    errors = np.cumsum(wrong[np.argsort(-confidence, kind="stable")])
    return float(np.mean(errors / np.arange(1, len(gold) + 1)))


def _certain_answers(right: Bools, certain: Bools, seed: int) -> CertainAnswers:
    kept = right[certain]
    accuracy = bootstrap(lambda rows: float(np.mean(kept[rows])), len(kept), seed=seed) if len(kept) else None
    return CertainAnswers(float(np.mean(certain)), accuracy)


def _figures(gold: Ints, given: Ints, labels: int) -> Floats:
    """Return macro-F1, accuracy, and each label's F1: shape (2 + labels,)."""
    right = gold == given
    hits = np.bincount(gold[right], minlength=labels)
    both = np.bincount(gold, minlength=labels) + np.bincount(given, minlength=labels)
    f1 = 2 * hits / np.maximum(both, 1)
    return np.concatenate([[np.mean(f1[both > 0]), np.mean(right)], f1])
