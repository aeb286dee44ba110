"""The model card: every figure is the fit's own."""

from __future__ import annotations

import pytest

from training.card import write_card
from training.examples import Dataset
from training.fit import Fitted
from training.recipe import Recipe


@pytest.fixture
def card(fitted: Fitted, small_dataset: Dataset) -> str:
    return write_card("peace", small_dataset, fitted.choice.recipe, fitted.choice.tried, fitted.metrics)


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
        assert f"| {label} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {s.support} |" in card


def test_a_card_has_a_row_for_each_channel(card: str, fitted: Fitted) -> None:
    for channel in fitted.choice.recipe.channels:
        assert f"\n| {channel.analyzer.name} | " in card


def test_a_card_marks_the_recipe_chosen(fitted: Fitted, small_dataset: Dataset) -> None:
    tried = [(Recipe(c=c), score) for c, score in [(1.0, 0.25), (3.0, 0.75), (10.0, 0.5)]]
    card = write_card("peace", small_dataset, Recipe(c=3.0), tried, fitted.metrics)
    assert [line for line in card.splitlines() if "(chosen)" in line] == ["| 3.0 | equal | 0.750 (chosen) |"]


def test_a_card_says_what_the_model_is_not_for(card: str) -> None:
    assert "## Intended use and limits" in card
