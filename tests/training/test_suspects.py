"""Suspects: examples that a model which did not see them would label otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from training.examples import Dataset, Example
from training.recipe import Recipe
from training.suspects import find_suspects

SIDES = {"for": "We back the plan, part", "against": "They reject the draft, page"}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Forty plain examples, of which the one in row 7 bears the wrong label."""
    rows = [(f"{text} {i}.", label) for label, text in SIDES.items() for i in range(20)]
    examples = [Example(text, label, text) for text, label in rows]
    examples[7] = replace(examples[7], label="against")
    return Dataset("x", tuple(examples))


def test_a_wrong_label_is_suspected_first(dataset: Dataset) -> None:
    first = find_suspects(dataset, [[Recipe(c=3.0)]])[0]
    assert (first.row, first.label, first.likeliest) == (7, "against", "for")


def test_the_least_likely_labels_come_first(dataset: Dataset) -> None:
    own = [suspect.own for suspect in find_suspects(dataset, [[Recipe(c=3.0)]])]
    assert own == sorted(own)


def test_an_example_that_is_labelled_as_expected_is_no_suspect(small_dataset: Dataset) -> None:
    for suspect in find_suspects(small_dataset, [[Recipe(c=3.0)]], folds=3):
        assert suspect.label != suspect.likeliest
        assert suspect.own < suspect.probability
