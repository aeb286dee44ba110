"""Choosing a recipe: groups never part, and each fold sees what a vectoriser fitted on its own rows would."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from stance.lexicon import Lexicon
from training.counts import Counted
from training.errors import DataError
from training.examples import Dataset, Example
from training.recipe import ChannelRecipe, Recipe, grid
from training.search import Choice, _aligned, _features, choose, splits

LEXICON = Lexicon.parse(
    "[TRUCE]\nrole = 'topic'\nentries = 'truce^, ceasefire^'\n\n[SETBACK]\nsign = -1\nentries = 'fail+, collapse+'\n"
)
PATHS = [[Recipe(c=1.0), Recipe(c=10.0)], [Recipe(c=1.0, class_weight="balanced")]]

_rows = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=30, max_size=60)


def _grouped(rows: list[tuple[str, int]]) -> Dataset:
    """Return examples of these labels and groups, and ten of each label that stand alone."""
    alone = [(label, 100 * (1 + "abc".index(label)) + i) for label in "abc" for i in range(10)]
    return Dataset("x", tuple(Example("text", label, f"g{group}") for label, group in [*rows, *alone]))


def _dense(matrix: sparse.csr_matrix) -> np.ndarray:
    return matrix.toarray()


@pytest.fixture(scope="module")
def choice(small_dataset: Dataset) -> Choice:
    return choose(PATHS, small_dataset, folds=3, seed=1)


@given(_rows, st.integers(2, 6), st.integers(0, 3))
def test_groups_never_part(rows: list[tuple[str, int]], folds: int, seed: int) -> None:
    dataset = _grouped(rows)
    for train, test in splits(dataset, folds, seed):
        assert {dataset.groups[i] for i in train}.isdisjoint(dataset.groups[i] for i in test)


@given(_rows, st.integers(2, 6))
def test_every_example_is_tested_once(rows: list[tuple[str, int]], folds: int) -> None:
    dataset = _grouped(rows)
    tested = [i for _, test in splits(dataset, folds, 0) for i in test.tolist()]
    assert sorted(tested) == list(range(len(dataset.examples)))


def test_there_are_as_many_folds_as_asked_for(small_dataset: Dataset) -> None:
    assert len(splits(small_dataset, 4, 0)) == 4


def test_there_are_no_more_folds_than_examples_of_a_label() -> None:
    examples = tuple(Example(f"Text {i}.", "ab"[i % 3 == 0], f"g{i}") for i in range(12))
    assert len(splits(Dataset("x", examples), 10, 0)) == 4


@pytest.mark.parametrize("min_df", [1, 2, 3])
@pytest.mark.parametrize("lexicon", [None, LEXICON], ids=["n-grams", "n-grams and concepts"])
def test_a_folds_features_are_those_of_a_vectoriser_fitted_on_its_rows(
    small_dataset: Dataset, lexicon: Lexicon | None, min_df: int
) -> None:
    recipe = grid(60, lexicon)[0][0]
    recipe = replace(recipe, channels=tuple(replace(c, min_df=min_df, weight=1.5, names=True) for c in recipe.channels))
    counted: Counted = {}
    texts = np.array(small_dataset.texts, dtype=object)
    for train, test in splits(small_dataset, 3, 0):
        union = recipe.pipeline()["features"].fit(texts[train])
        for rows, found in zip((train, test), _features(recipe, small_dataset, counted, train, test), strict=True):
            np.testing.assert_allclose(_dense(found), _dense(union.transform(texts[rows])), rtol=0, atol=1e-12)


def test_logits_of_an_example_come_from_a_model_that_did_not_see_it(small_dataset: Dataset, choice: Choice) -> None:
    texts, labels = np.array(small_dataset.texts, dtype=object), np.array(small_dataset.labels)
    for train, test in splits(small_dataset, 3, 1):
        unseen = choice.recipe.pipeline().fit(texts[train], labels[train]).decision_function(texts[test])
        # The search stops early: its logits are near those of a full fit, not equal to them.
        np.testing.assert_allclose(choice.logits[test], unseen, rtol=0, atol=0.05)


def test_the_same_seed_gives_the_same_logits(small_dataset: Dataset, choice: Choice) -> None:
    np.testing.assert_array_equal(choose(PATHS, small_dataset, folds=3, seed=1).logits, choice.logits)


def test_the_seed_decides_the_folds(small_dataset: Dataset) -> None:
    one, other = ([test.tolist() for _, test in splits(small_dataset, 3, seed)] for seed in (0, 1))
    assert one != other


def test_every_recipe_is_scored(choice: Choice) -> None:
    assert [recipe for recipe, _ in choice.tried] == [recipe for path in PATHS for recipe in path]


def test_the_recipe_chosen_has_the_best_score(choice: Choice) -> None:
    assert choice.macro_f1 == dict(choice.tried)[choice.recipe] == max(score for _, score in choice.tried)


def test_of_recipes_that_score_alike_the_more_regularised_is_chosen() -> None:
    plain = {"a": "Rain falls on the hills.", "b": "Sunshine warms every valley."}
    examples = tuple(Example(f"{plain[label]} {i}", label, f"{label}{i}") for label in "ab" for i in range(6))
    found = choose([[Recipe(c=c) for c in (3.0, 10.0)]], Dataset("x", examples), folds=2, seed=0)
    assert ([score for _, score in found.tried], found.recipe.c) == ([1.0, 1.0], 3.0)


def test_logits_have_a_row_for_each_example_and_a_column_for_each_label(choice: Choice) -> None:
    assert choice.logits.shape == (60, 3)


def test_two_labels_have_two_columns_of_logits(small_dataset: Dataset) -> None:
    two = replace(small_dataset, examples=tuple(e for e in small_dataset.examples if e.label != "neutral"))
    assert choose([[Recipe()]], two, folds=2, seed=0).logits.shape == (40, 2)


def test_progress_is_told_for_each_recipe_and_fold(small_dataset: Dataset) -> None:
    told: list[None] = []
    recipe = Recipe((ChannelRecipe(Recipe().channels[0].analyzer),))
    choose([[recipe, replace(recipe, c=3.0)]], small_dataset, folds=2, seed=0, progress=lambda: told.append(None))
    assert len(told) == 4


def test_a_label_that_a_fold_has_not_seen_is_not_given_there() -> None:
    logits = _aligned(np.array([[0.1, 0.2]]), np.array(["a", "c"]), np.array(["a", "b", "c"]))
    assert logits.argmin() == 1


def test_a_label_that_is_one_group_is_refused(small_dataset: Dataset) -> None:
    examples = tuple(replace(e, group="one") if e.label == "neutral" else e for e in small_dataset.examples)
    with pytest.raises(DataError, match="'neutral' are one group"):
        choose([[Recipe()]], replace(small_dataset, examples=examples), folds=3, seed=0)
