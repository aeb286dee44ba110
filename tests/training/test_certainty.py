"""Choosing the threshold and the share of known words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.certainty import Certainty
from stance.ngrams import CharNgrams, WordNgrams
from stance.scorer import Scores
from training.certainty import certain_answers, choose_certainty, confident_threshold, unseen_shares
from training.errors import DataError
from training.examples import Dataset, Example
from training.fit import fit
from training.recipe import ChannelRecipe, Recipe

_WORDS = Recipe((ChannelRecipe(WordNgrams(1, 2)),))
_CHARACTERS = Recipe((ChannelRecipe(CharNgrams(3, 5)),))


def _answers(faultless: int, coins: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the confidence of so many answers, and whether they are wrong: first right ones, then every second."""
    confidence = np.linspace(1.0, 0.5, faultless + coins)
    return confidence, np.array([False] * faultless + [i % 2 == 0 for i in range(coins)])


# The threshold


@pytest.mark.parametrize(("answers", "found"), [(48, False), (49, True)])
def test_forty_nine_faultless_answers_are_the_fewest_that_prove_anything(answers: int, found: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    confidence, wrong = _answers(answers, 0)
    assert (confident_threshold(confidence, wrong) is not None) == found


def test_where_no_answer_is_wrong_the_least_confident_sets_the_threshold() -> None:
    confidence, wrong = _answers(200, 0)
    assert confident_threshold(confidence, wrong) == confidence[-1]


def test_where_every_second_answer_is_wrong_there_is_no_threshold() -> None:
    assert confident_threshold(*_answers(0, 1000)) is None


def test_the_threshold_stands_where_answers_become_chance() -> None:
    confidence, wrong = _answers(1000, 1000)
    threshold = confident_threshold(confidence, wrong)
    assert threshold is not None
    assert 1000 <= np.sum(confidence >= threshold) <= 1150


@given(st.lists(st.tuples(st.sampled_from([0.5, 0.7, 0.8, 0.9, 0.95]), st.sampled_from([True] + [False] * 30))))
def test_the_answers_that_reach_the_threshold_keep_the_target(rows: list[tuple[float, bool]]) -> None:
    confidence = np.array([c for c, _ in rows] * 5)
    wrong = np.array([w for _, w in rows] * 5, dtype=bool)
    threshold = confident_threshold(confidence, wrong) if rows else None
    assert threshold is None or wrong[confidence >= threshold].mean() < 0.06


def test_a_looser_target_lets_more_answers_in() -> None:
    confidence, wrong = _answers(500, 500)
    strict, loose = (confident_threshold(confidence, wrong, risk) for risk in (0.02, 0.2))
    assert strict is not None
    assert loose is not None
    assert strict > loose


# The words


def test_a_texts_own_words_do_not_count_as_known() -> None:
    assert unseen_shares(_WORDS, ["alpha beta", "gamma delta"]).tolist() == [0.0, 0.0]  # type: ignore[union-attr] # it reads words


def test_a_word_of_another_text_is_known() -> None:
    assert unseen_shares(_WORDS, ["alpha beta gamma", "alpha"]).tolist() == [0.5, 1.0]  # type: ignore[union-attr] # it reads words


def test_a_word_is_known_if_as_many_other_texts_hold_it_as_a_feature_needs() -> None:
    recipe = Recipe((ChannelRecipe(WordNgrams(1, 2), min_df=2),))
    assert unseen_shares(recipe, ["alpha", "alpha", "beta", "beta", "beta"]).tolist() == [0.0, 0.0, 1.0, 1.0, 1.0]  # type: ignore[union-attr] # it reads words


def test_a_word_twice_in_a_text_is_no_other_text() -> None:
    assert unseen_shares(_WORDS, ["alpha alpha", "beta"]).tolist() == [0.0, 0.0]  # type: ignore[union-attr] # it reads words


@pytest.mark.parametrize("recipe", [_CHARACTERS, Recipe((ChannelRecipe(WordNgrams(2, 2)),))])
def test_a_recipe_that_does_not_read_single_words_has_no_shares(recipe: Recipe) -> None:
    assert unseen_shares(recipe, ["alpha beta"]) is None


# Both


def test_a_model_without_single_words_has_no_known_share() -> None:
    certainty, _ = choose_certainty(_CHARACTERS, ["alpha beta"], np.array([0]), np.array([[0.9, 0.1]]))
    assert certainty.known_share is None


def test_an_out_of_fold_answer_for_a_strange_text_is_not_certain() -> None:
    texts = ["alpha beta"] * 99 + ["omega psi"]
    probabilities = np.tile([0.9, 0.1], (100, 1))
    _, certain = choose_certainty(_WORDS, texts, np.zeros(100, dtype=np.intp), probabilities)
    assert certain.tolist() == [True] * 99 + [False]


def test_the_known_share_is_less_than_the_strangest_texts() -> None:
    texts = ["alpha beta gamma delta", *["alpha beta gamma epsilon zeta"] * 40]
    certainty, _ = choose_certainty(_WORDS, texts, np.zeros(41, dtype=np.intp), np.tile([0.9, 0.1], (41, 1)))
    assert certainty.known_share == pytest.approx(2 / 3, abs=0.01)


def test_certain_answers_are_those_that_the_model_gives_as_certain() -> None:
    scores = Scores(
        np.array([[0.9, 0.1], [0.6, 0.4], [0.9, 0.1]]),
        np.array([5, 5, 5]),
        np.array([5, 5, 0]),
        np.array([True, True, True]),
    )
    assert certain_answers(Certainty(0.8, 0.3), scores).tolist() == [True, False, False]


# External data


def _external(labels: list[str]) -> Dataset:
    return Dataset(
        "news.csv", tuple(Example(f"They speak of part {i}.", label, str(i)) for i, label in enumerate(labels))
    )


def test_external_data_are_measured_and_named(small_dataset: Dataset) -> None:
    data = _external(["hopeful", "neutral"])
    (external,) = fit(small_dataset, [[Recipe()]], folds=2, external=[data]).external
    assert (external.source, external.sha256, external.metrics.rows) == ("news.csv", data.digest(), 2)


def test_external_data_change_nothing_in_the_model(small_dataset: Dataset) -> None:
    one = fit(small_dataset, [[Recipe()]], folds=2)
    other = fit(small_dataset, [[Recipe()]], folds=2, external=[_external(["hopeful"])])
    assert (one.metrics, one.certainty) == (other.metrics, other.certainty)
    np.testing.assert_array_equal(one.scorer.intercept, other.scorer.intercept)


def test_external_data_of_another_label_are_refused_by_name(small_dataset: Dataset) -> None:
    with pytest.raises(DataError, match=r"^news.csv: the label 'mixed' is none of the model's"):
        fit(small_dataset, [[Recipe()]], folds=2, external=[_external(["mixed"])])


def test_a_refused_label_names_the_path_it_was_read_from() -> None:
    with pytest.raises(DataError, match=r"^data/mine.csv: "):
        _external(["mixed"]).indices(["hopeful"], Path("data/mine.csv"))
