"""The three kinds of behaviour test, and how they are judged."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.prediction import Prediction
from training.expectation import Direction, Invariance, MinimumFunctionality, Miss, Pair

LABELS = ("no", "yes")


def _said(**yes: float) -> Mapping[str, Prediction]:
    """Return what a model says of texts, given each text's probability of "yes"."""
    return {
        text: Prediction(LABELS[p > 0.5], {"no": 1 - p, "yes": p}, certain=True, flags=()) for text, p in yes.items()
    }


def _invariance(*pairs: Pair, most_flips: float = 0.0, most_change: float = 1.0) -> Invariance:
    return Invariance("t", "c", pairs, most_flips, most_change)


def _direction(*pairs: Pair, least_change: float = 0.1, least_share: float = 1.0) -> Direction:
    return Direction("t", "c", "yes", pairs, least_change, least_share)


def test_a_sentence_with_another_label_is_a_miss() -> None:
    outcome = MinimumFunctionality("t", "c", "yes", ("a", "b"), 0.0).outcome(_said(a=0.9, b=0.2))
    assert outcome.misses == (Miss("b", "yes", "no"),)


@pytest.mark.parametrize(("most_failures", "passed"), [(0.0, False), (0.49, False), (0.5, True), (1.0, True)])
def test_minimum_functionality_passes_up_to_its_share_of_failures(*, most_failures: float, passed: bool) -> None:
    outcome = MinimumFunctionality("t", "c", "yes", ("a", "b"), most_failures).outcome(_said(a=0.9, b=0.2))
    assert outcome.passed is passed


def test_minimum_functionality_measures_no_change() -> None:
    assert MinimumFunctionality("t", "c", "yes", ("a",), 0.0).outcome(_said(a=0.9)).change is None


def test_another_label_after_the_alteration_is_a_miss() -> None:
    outcome = _invariance(("a", "b"), ("a", "c")).outcome(_said(a=0.75, b=0.25, c=0.75))
    assert outcome.misses == (Miss("b", "yes", "no", "a", 0.5),)


def test_the_change_of_an_invariance_is_the_mean_probability_that_moves() -> None:
    outcome = _invariance(("a", "b"), ("a", "c")).outcome(_said(a=0.75, b=0.25, c=0.75))
    assert outcome.change == 0.25


@pytest.mark.parametrize(("most_flips", "passed"), [(0.0, False), (0.5, True)])
def test_an_invariance_passes_up_to_its_share_of_flips(*, most_flips: float, passed: bool) -> None:
    outcome = _invariance(("a", "b"), ("a", "c"), most_flips=most_flips).outcome(_said(a=0.75, b=0.25, c=0.75))
    assert outcome.passed is passed


@pytest.mark.parametrize(("most_change", "passed"), [(0.124, False), (0.125, True)])
def test_an_invariance_passes_up_to_its_mean_change(*, most_change: float, passed: bool) -> None:
    outcome = _invariance(("a", "b"), ("a", "c"), most_change=most_change).outcome(_said(a=0.75, b=1.0, c=0.75))
    assert outcome.passed is passed


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_probability_that_moves_is_the_same_there_and_back(one: float, other: float) -> None:
    said = _said(a=one, b=other)
    there, back = (_invariance(pair).outcome(said).change for pair in (("a", "b"), ("b", "a")))
    assert there == back


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_probability_that_moves_is_between_nought_and_one(one: float, other: float) -> None:
    change = _invariance(("a", "b")).outcome(_said(a=one, b=other)).change
    assert change is not None
    assert 0 <= change <= 1


def test_a_rise_that_is_too_small_is_a_miss() -> None:
    outcome = _direction(("a", "b"), ("a", "c"), least_change=0.25).outcome(_said(a=0.25, b=0.375, c=0.5))
    assert outcome.misses == (Miss("b", "yes", "no", "a", 0.125),)


def test_a_fall_is_a_miss() -> None:
    assert len(_direction(("a", "b"), least_change=0.0).outcome(_said(a=0.5, b=0.25)).misses) == 1


def test_the_change_of_a_direction_is_the_mean_rise() -> None:
    assert _direction(("a", "b"), ("a", "c")).outcome(_said(a=0.25, b=0.125, c=0.875)).change == 0.25


@pytest.mark.parametrize(("least_share", "passed"), [(0.5, True), (0.51, False)])
def test_a_direction_passes_from_its_share_of_pairs_on(*, least_share: float, passed: bool) -> None:
    outcome = _direction(("a", "b"), ("a", "c"), least_share=least_share).outcome(_said(a=0.25, b=0.25, c=0.5))
    assert outcome.passed is passed


def test_the_outcome_states_the_bound() -> None:
    said = _said(a=0.75)
    assert MinimumFunctionality("t", "c", "yes", ("a",), 0.2).outcome(said).bound == "failures ≤ 20%"
    assert _invariance(("a", "a"), most_flips=0.01).outcome(said).bound == "flips ≤ 1%, |Δp| ≤ 1.00"
    assert _direction(("a", "a"), least_share=0.9).outcome(said).bound == "Δp ≥ 0.10 in 90%"
