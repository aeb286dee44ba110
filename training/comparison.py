"""Comparing two models on the same labelled texts: which is better, how sure one can be, and what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from stance import Model
from training.examples import Dataset
from training.metrics import Floats, Interval, Ints, bootstrap_all, macro_f1


@dataclass(frozen=True, slots=True)
class Change:
    """A text that the two models label differently: its right label, the first model's and the second's."""

    text: str
    gold: str
    first: str
    second: str

    @property
    def kind(self) -> str:
        """What the second model makes of it: mended, broken, or both wrong."""
        return {self.second: "mended", self.first: "broken"}.get(self.gold, "both wrong")


@dataclass(frozen=True)
class Comparison:
    """The macro-F1 of both models and the second's less the first's, its interval over the same resamples of the rows.

    `p_value` is McNemar's exact test (two-sided; McNemar 1947) on the rows that only one of them labels right.
    """

    rows: int
    first: Interval
    second: Interval
    difference: Interval
    only_first_right: int
    only_second_right: int
    p_value: float
    changes: Sequence[Change]


def compare(first: Model, second: Model, dataset: Dataset, path: Path, *, seed: int = 0) -> Comparison:
    """Compare two models on labelled examples read from `path`.

    Raises:
        DataError: the data has a label that one of the models does not give.
    """
    for model in (first, second):
        dataset.indices(model.labels, path)
    names = sorted({*first.labels, *second.labels})
    gold = np.searchsorted(names, dataset.labels)
    one, other = (
        np.searchsorted(names, [said.label for said in model.predict(dataset.texts)]) for model in (first, second)
    )

    def figures(rows: Ints) -> Floats:
        scores = [macro_f1(gold[rows], given[rows], len(names)) for given in (one, other)]
        return np.array([*scores, scores[1] - scores[0]])

    mine, theirs, difference = bootstrap_all(figures, len(gold), seed)
    only_first, only_second = int(np.sum((one == gold) & (other != gold))), int(np.sum((one != gold) & (other == gold)))
    changes = [
        Change(dataset.texts[i], names[gold[i]], names[one[i]], names[other[i]]) for i in np.flatnonzero(one != other)
    ]
    return Comparison(
        len(gold), mine, theirs, difference, only_first, only_second, mcnemar(only_first, only_second), changes
    )


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the two-sided exact p-value of so many rows that only one of two models labels right; 1 without any."""
    together = only_first + only_second
    return float(binomtest(only_first, together, 0.5).pvalue) if together else 1.0


def report(comparison: Comparison, first: str, second: str, *, show: int) -> str:
    """Lay a comparison of the models called `first` and `second` out for a terminal, with `show` changes at most."""
    return "\n".join(_lines(comparison, first, second, show))


def _lines(comparison: Comparison, first: str, second: str, show: int) -> Iterator[str]:
    width = max(map(len, (first, second, "difference")))
    difference = comparison.difference
    yield f"macro-F1 on {comparison.rows} texts (95% bootstrap intervals, paired):"
    yield f"{first:<{width}}   {comparison.first}"
    yield f"{second:<{width}}   {comparison.second}"
    yield f"{'difference':<{width}}  {difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
    yield (
        f"only the first right {comparison.only_first_right}, only the second {comparison.only_second_right}; "
        f"McNemar's exact test p = {comparison.p_value:.3g}"
    )
    changes = sorted(comparison.changes, key=lambda change: ("broken", "mended", "both wrong").index(change.kind))
    yield ""
    yield f"{len(changes)} labels change" + (f"; the first {show}:" if len(changes) > show else ":" if changes else "")
    for change in changes[:show]:
        yield f"{change.kind:<10}  {change.gold}: {change.first} → {change.second}  {' '.join(change.text.split())}"
