"""Measuring a stored model, and showing the figures."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import stance
from training.errors import DataError
from training.evaluation import evaluate, report
from training.examples import Dataset, Example
from training.metrics import CertainAnswers, Interval, Metrics, measure

FILE = Path("mine.csv")


def _relabelled(dataset: Dataset, label: str) -> Dataset:
    """Return the dataset with every third label replaced."""
    examples = [replace(e, label=label) if i % 3 == 0 else e for i, e in enumerate(dataset.examples)]
    return replace(dataset, examples=tuple(examples))


@pytest.fixture
def metrics(model: stance.Model, small_dataset: Dataset) -> Metrics:
    """Figures that are neither nought nor one."""
    return evaluate(model, _relabelled(small_dataset, "hopeful"), FILE)


def test_a_label_that_the_model_does_not_give_is_refused(model: stance.Model, small_dataset: Dataset) -> None:
    with pytest.raises(DataError, match=r"^mine.csv: the label 'mixed' is none of the model's"):
        evaluate(model, _relabelled(small_dataset, "mixed"), FILE)


def test_every_label_that_the_model_does_not_give_is_named(model: stance.Model) -> None:
    dataset = Dataset("mine.csv", tuple(Example("Talks go on.", label, "g") for label in ("pro", "neutral", "con")))
    with pytest.raises(DataError) as caught:
        evaluate(model, dataset, FILE)
    assert [fault.reason.split("'")[1] for fault in caught.value.faults] == ["con", "pro"]


def test_a_refused_label_is_named_with_those_the_model_gives(model: stance.Model, small_dataset: Dataset) -> None:
    with pytest.raises(DataError, match=re.escape(f"({', '.join(model.labels)})")):
        evaluate(model, _relabelled(small_dataset, "mixed"), FILE)


def test_the_figures_are_those_of_the_models_probabilities(model: stance.Model, small_dataset: Dataset) -> None:
    dataset = _relabelled(small_dataset, "hopeful")
    gold = np.array([model.labels.index(label) for label in dataset.labels])
    said = model.predict(dataset.texts)
    rows = [list(prediction.probabilities.values()) for prediction in said]
    certain = np.array([prediction.certain for prediction in said])
    assert evaluate(model, dataset, FILE) == measure(model.labels, gold, np.array(rows), certain)


def test_a_label_that_the_data_lacks_is_no_fault(model: stance.Model, small_dataset: Dataset) -> None:
    two = replace(small_dataset, examples=tuple(e for e in small_dataset.examples if e.label != "neutral"))
    assert evaluate(model, two, FILE).labels["neutral"].support == 0


def test_the_report_shows_macro_f1_with_its_interval(metrics: Metrics) -> None:
    assert report(metrics).startswith(f"macro-F1 {metrics.macro_f1}  ")


def test_the_report_shows_the_overall_figures(metrics: Metrics) -> None:
    shown = report(metrics).splitlines()[1].split()
    assert shown == [
        "accuracy",
        f"{metrics.accuracy.value:.3f}",
        "ECE",
        f"{metrics.ece:.3f}",
        "Brier",
        f"{metrics.brier:.3f}",
        "rows",
        str(metrics.rows),
    ]


def test_the_report_shows_how_many_answers_are_certain_and_right(metrics: Metrics) -> None:
    accuracy = Interval(0.9, 0.8, 1.0)
    shown = report(replace(metrics, certain=CertainAnswers(0.25, accuracy), aurc=0.125)).splitlines()[2]
    assert shown == f"certain 0.250 of the rows, accuracy {accuracy}  AURC 0.125"


def test_the_report_shows_that_no_answer_is_certain(metrics: Metrics) -> None:
    shown = report(replace(metrics, certain=CertainAnswers(0.0, None), aurc=0.125)).splitlines()[2]
    assert shown == "certain 0.000 of the rows, accuracy -  AURC 0.125"


def test_the_report_shows_the_scores_of_each_label(metrics: Metrics) -> None:
    lines = [line.split() for line in report(metrics).splitlines()]
    for label, s in metrics.labels.items():
        assert [label, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1.value:.3f}", str(s.support)] in lines


def test_the_report_ends_with_the_confusion(metrics: Metrics) -> None:
    shown = [line.split() for line in report(metrics).splitlines()[-len(metrics.labels) :]]
    assert shown == [[label, *map(str, row)] for label, row in zip(metrics.labels, metrics.confusion, strict=True)]
