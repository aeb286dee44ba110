"""The systems that a model is compared with."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from stance.concepts import Concepts
from stance.lexicon import Lexicon
from tests.examples import LEXICON
from training.examples import Dataset, Example
from training.recipe import ChannelRecipe, Recipe
from training.search import Split, splits
from training.systems import System, UnavailableError, linear, majority, rivals

POLES = ("sceptical", "hopeful")
RECIPE = replace(Recipe(), channels=(*Recipe().channels, ChannelRecipe(Concepts(Lexicon.parse(LEXICON)), weight=2.0)))


@pytest.fixture
def folds(small_dataset: Dataset) -> list[Split]:
    return splits(small_dataset, 3, 0)


def _names(dataset: Dataset, recipe: Recipe = RECIPE) -> list[str]:
    return [system.name for system in rivals(recipe, dataset, {}, 0)]


def _system(name: str, dataset: Dataset) -> System:
    (found,) = [system for system in rivals(RECIPE, dataset, {}, 0) if system.name == name]
    return found


def _by_lexicon(*texts: str) -> list[str]:
    """Return the labels that the lexicon alone gives to three texts or more."""
    examples = tuple(Example(text, ("hopeful", "neutral", "sceptical")[i % 3], text) for i, text in enumerate(texts))
    dataset = Dataset("x", examples, POLES)
    names, rows = list(dataset.counts()), np.arange(len(texts))
    system = _system("lexicon alone, signs summed", dataset)
    return [names[i] for i in system.label(dataset, [(rows, rows)], range(len(texts)))]


def test_the_majority_label_is_that_of_the_training_rows() -> None:
    dataset = Dataset("x", tuple(Example(str(i), "ab"[i > 3], str(i)) for i in range(10)))
    folds = [(np.array([0, 1, 9]), np.array([4, 5])), (np.array([0, 8, 9]), np.array([1]))]
    assert majority(dataset, folds, range(10)).tolist() == [-1, 1, -1, -1, 0, 0, -1, -1, -1, -1]


def test_the_lexicon_alone_labels_by_the_sign_of_the_sum() -> None:
    texts = ("The truce holds.", "The truce failed, and talks collapsed.", "The truce holds, but talks collapsed.")
    assert _by_lexicon(*texts) == ["hopeful", "sceptical", "neutral"]


def test_the_lexicon_alone_counts_nothing_where_the_topic_is_not_named() -> None:
    texts = ("The dam failed.", "The bridge holds.", "The roof collapsed.")
    assert _by_lexicon(*texts) == ["neutral"] * 3


def test_without_poles_the_lexicon_alone_is_no_system(small_dataset: Dataset) -> None:
    assert not [name for name in _names(replace(small_dataset, poles=None)) if "lexicon" in name]


def test_without_a_label_between_the_poles_the_lexicon_alone_is_no_system(small_dataset: Dataset) -> None:
    two = tuple(example for example in small_dataset.examples if example.label != "neutral")
    assert not [name for name in _names(Dataset("x", two, POLES)) if "lexicon" in name]


def test_every_channel_is_measured_alone_and_left_out(small_dataset: Dataset) -> None:
    assert _names(replace(small_dataset, poles=None))[1:-1] == [
        f"{name} alone" for name in ("words", "characters", "concepts")
    ] + [f"without {name}" for name in ("words", "characters", "concepts")]


def test_of_two_channels_none_is_left_out_as_well(small_dataset: Dataset) -> None:
    assert not [name for name in _names(small_dataset, Recipe()) if name.startswith("without")]


def test_a_linear_system_labels_every_tested_row(small_dataset: Dataset, folds: list[Split]) -> None:
    given = linear([Recipe()], {})(small_dataset, folds[:2], range(60))
    tested = np.concatenate([test for _, test in folds[:2]])
    assert ((given >= 0) == np.isin(np.arange(60), tested)).all()


def test_fasttext_that_is_not_installed_is_said_not_to_be(
    small_dataset: Dataset, folds: list[Split], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fasttext", None)
    with pytest.raises(UnavailableError, match="fasttext is not installed"):
        _system("fastText", small_dataset).label(small_dataset, folds, range(60))


def test_fasttext_labels_every_row(small_dataset: Dataset, folds: list[Split]) -> None:
    pytest.importorskip("fasttext")
    assert set(_system("fastText", small_dataset).label(small_dataset, folds, range(60)).tolist()) <= {0, 1, 2}
