"""Evaluating a stored model on labelled data, and printing what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from stance import Model
from training.certainty import certain_answers
from training.examples import Dataset
from training.metrics import Metrics, measure


def evaluate(model: Model, dataset: Dataset, path: Path) -> Metrics:
    """Measure a model on labelled examples read from `path`.

    Raises:
        DataError: the data has a label that the model does not give.
    """
    gold = np.array(dataset.indices(model.labels, path))
    scores = model.scorer.score(dataset.texts)
    return measure(model.labels, gold, scores.probabilities, certain_answers(model.manifest.certainty, scores))


def report(metrics: Metrics) -> str:
    """Lay the figures out for a terminal."""
    return "\n".join(_lines(metrics))


def _lines(metrics: Metrics) -> Iterator[str]:
    width = max(map(len, [*metrics.labels, "label"]))
    yield f"macro-F1 {metrics.macro_f1}  (95% bootstrap interval)"
    figures = f"accuracy {metrics.accuracy.value:.3f}  ECE {metrics.ece:.3f}  Brier {metrics.brier:.3f}"
    yield f"{figures}  rows {metrics.rows}"
    if metrics.certain:
        accuracy = metrics.certain.accuracy or "-"
        yield f"certain {metrics.certain.coverage:.3f} of the rows, accuracy {accuracy}  AURC {metrics.aurc:.3f}"
    yield ""
    yield f"{'label':<{width}}  precision  recall     F1  rows"
    for label, scores in metrics.labels.items():
        three = f"{scores.precision:9.3f}  {scores.recall:6.3f}  {scores.f1.value:5.3f}"
        yield f"{label:<{width}}  {three}  {scores.support:4d}"
    yield ""
    yield f"{'right, given →':<{max(width, 14)}}  " + "  ".join(f"{label:>{max(width, 5)}}" for label in metrics.labels)
    for label, row in zip(metrics.labels, metrics.confusion, strict=True):
        yield f"{label:<{max(width, 14)}}  " + "  ".join(f"{count:{max(width, 5)}d}" for count in row)
