"""The model card: every figure is the fit's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from stance.certainty import Certainty
from training.card import write_card
from training.examples import Dataset
from training.fit import Fitted
from training.metrics import CertainAnswers, External, Interval, Metrics
from training.recipe import Recipe


def _card(
    fitted: Fitted,
    dataset: Dataset,
    *,
    recipe: Recipe | None = None,
    tried: Sequence[tuple[Recipe, float]] = (),
    metrics: Metrics | None = None,
    certainty: Certainty = Certainty(None, None),  # noqa: B008 - it is frozen
    external: Sequence[External] = (),
) -> str:
    return write_card(
        "peace", dataset, recipe or fitted.choice.recipe, tried, metrics or fitted.metrics, certainty, external
    )


@pytest.fixture
def card(fitted: Fitted, small_dataset: Dataset) -> str:
    return _card(fitted, small_dataset)


def test_a_card_is_titled_with_the_models_name(card: str) -> None:
    assert card.startswith("# Model card: peace\n")


def test_a_card_names_the_data_by_their_digest(card: str, small_dataset: Dataset) -> None:
    assert small_dataset.digest() in card


def test_a_card_counts_the_texts_of_each_label(card: str, small_dataset: Dataset) -> None:
    lines = card.splitlines()
    assert [f"| {label} | {n} |" in lines for label, n in small_dataset.counts().items()] == [True] * 3


def test_a_card_tells_macro_f1_with_its_interval(card: str, fitted: Fitted) -> None:
    assert f"Macro-F1 {fitted.metrics.macro_f1} (95% bootstrap interval)" in card


def test_a_card_tells_each_labels_scores(card: str, fitted: Fitted) -> None:
    for label, s in fitted.metrics.labels.items():
        assert f"| {label} | {s.precision:.3f} | {s.recall:.3f} | {s.f1} | {s.support} |" in card


def test_a_card_has_a_row_for_each_channel(card: str, fitted: Fitted) -> None:
    for channel in fitted.choice.recipe.channels:
        assert f"\n| {channel.analyzer.name} | " in card


def test_a_card_marks_the_recipe_chosen(fitted: Fitted, small_dataset: Dataset) -> None:
    tried = [(Recipe(c=c), score) for c, score in [(1.0, 0.25), (3.0, 0.75), (10.0, 0.5)]]
    card = _card(fitted, small_dataset, recipe=Recipe(c=3.0), tried=tried)
    assert [line for line in card.splitlines() if "(chosen)" in line] == ["| 3.0 | equal | 0.750 (chosen) |"]


def test_a_card_says_what_the_model_is_not_for(card: str) -> None:
    assert "Not for deciding anything about a person" in card


def test_a_card_shows_what_was_given_for_what_is_right(card: str, fitted: Fitted) -> None:
    for label, row in zip(fitted.metrics.labels, fitted.metrics.confusion, strict=True):
        assert f"| {label} | {' | '.join(map(str, row))} |" in card


def test_a_card_names_the_weakest_label(fitted: Fitted, small_dataset: Dataset) -> None:
    scores = fitted.metrics.labels["sceptical"]
    labels = dict(fitted.metrics.labels) | {"sceptical": replace(scores, f1=Interval(0.0, 0.0, 0.1))}
    card = _card(fitted, small_dataset, metrics=replace(fitted.metrics, labels=labels))
    assert "It is weakest on sceptical (F1 0.000 [0.000, 0.100])." in card


def test_a_card_names_the_commonest_mistake(fitted: Fitted, small_dataset: Dataset) -> None:
    metrics = replace(fitted.metrics, confusion=[[9, 1, 0], [0, 9, 3], [2, 2, 9]])
    card = _card(fitted, small_dataset, metrics=metrics)
    assert "Its commonest mistake is sceptical where neutral is right: 3 of 60 texts." in card


def test_a_card_without_a_study_says_so(card: str) -> None:
    assert "were not measured" in card


def test_a_card_tells_the_threshold_and_what_it_leaves(fitted: Fitted, small_dataset: Dataset) -> None:
    accuracy = Interval(0.95, 0.925, 0.975)
    metrics = replace(fitted.metrics, certain=CertainAnswers(0.5, accuracy), aurc=0.0625)
    card = _card(fitted, small_dataset, metrics=metrics, certainty=Certainty(0.875, None))
    assert "0.875 or more" in card
    assert (
        f"50.0% of the texts, with an accuracy of {accuracy}; the area under the risk-coverage curve is 0.062" in card
    )


def test_a_card_says_where_no_answer_is_certain(fitted: Fitted, small_dataset: Dataset) -> None:
    assert "No answer is marked certain" in _card(fitted, small_dataset, certainty=Certainty(None, None))


def test_a_card_tells_the_share_of_known_words(fitted: Fitted, small_dataset: Dataset) -> None:
    assert "knows 51.2% of its words" in _card(fitted, small_dataset, certainty=Certainty(None, 0.512))


def test_a_card_tells_the_figures_on_external_data(fitted: Fitted, small_dataset: Dataset) -> None:
    metrics = replace(fitted.metrics, rows=7, ece=0.0625)
    lines = _card(fitted, small_dataset, external=[External("news.csv", "00", metrics)]).splitlines()
    (row,) = [line for line in lines if line.startswith("| news.csv | 7 |")]
    assert f"| {metrics.accuracy} | 0.062 |" in row


def test_a_card_without_external_data_has_no_table_of_them(card: str) -> None:
    assert "elsewhere, which nothing was fitted on" not in card
