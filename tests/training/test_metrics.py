"""The figures, against examples worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.metrics import (
    RESAMPLES,
    Metrics,
    area_under_risk_coverage,
    bootstrap,
    bootstrap_all,
    chance_calibration_error,
    expected_calibration_error,
    macro_f1,
    measure,
)

# Right:     a a a a  b b b  c c c
# Given:     a a a b  b b c  c a a
GOLD = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
GIVEN = np.array([0, 0, 0, 1, 1, 1, 2, 2, 0, 0])
# a: 3 right of 5 given and 4 there are; b: 2 of 3 and 3; c: 1 of 2 and 3.
F1 = {"a": 6 / 9, "b": 4 / 6, "c": 2 / 5}


def _sure(given_: np.ndarray, labels: int, confidence: float = 1.0) -> np.ndarray:
    """Return probabilities of `confidence` for the labels given, the rest spread evenly."""
    rest = (1.0 - confidence) / (labels - 1)
    return np.full((len(given_), labels), rest) + np.eye(labels)[given_] * (confidence - rest)


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    return measure(["a", "b", "c"], GOLD, _sure(GIVEN, 3, 0.8))


def test_macro_f1_is_the_mean_of_the_labels_f1() -> None:
    assert macro_f1(GOLD, GIVEN, 3) == pytest.approx(sum(F1.values()) / 3)


def test_macro_f1_leaves_out_a_label_neither_right_nor_given() -> None:
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 0, 1]), 3) == 1.0


def test_macro_f1_counts_a_label_only_given_as_zero() -> None:
    assert macro_f1(np.array([0, 0]), np.array([0, 1]), 2) == pytest.approx((2 / 3 + 0) / 2)


def test_the_measured_macro_f1_is_that_of_all_rows(metrics: Metrics) -> None:
    assert metrics.macro_f1.value == pytest.approx(sum(F1.values()) / 3)


def test_accuracy_is_the_share_of_right_labels(metrics: Metrics) -> None:
    assert metrics.accuracy.value == pytest.approx(0.6)


def test_rows_are_counted(metrics: Metrics) -> None:
    assert metrics.rows == 10


def test_confusion_has_a_row_for_each_right_label(metrics: Metrics) -> None:
    assert metrics.confusion == [[3, 1, 0], [0, 2, 1], [2, 0, 1]]


def test_f1_is_told_for_each_label(metrics: Metrics) -> None:
    assert {name: scores.f1.value for name, scores in metrics.labels.items()} == pytest.approx(F1)


def test_precision_is_told_for_each_label(metrics: Metrics) -> None:
    precision = {name: scores.precision for name, scores in metrics.labels.items()}
    assert precision == pytest.approx({"a": 3 / 5, "b": 2 / 3, "c": 1 / 2})


def test_recall_is_told_for_each_label(metrics: Metrics) -> None:
    recall = {name: scores.recall for name, scores in metrics.labels.items()}
    assert recall == pytest.approx({"a": 3 / 4, "b": 2 / 3, "c": 1 / 3})


def test_support_is_how_often_a_label_is_right(metrics: Metrics) -> None:
    assert {name: scores.support for name, scores in metrics.labels.items()} == {"a": 4, "b": 3, "c": 3}


def test_a_label_that_never_occurs_has_an_f1_of_zero() -> None:
    found = measure(["a", "b"], np.array([0, 0]), _sure(np.array([0, 0]), 2))
    assert found.labels["b"].f1.value == 0.0


@pytest.mark.parametrize(
    ("row", "brier"),
    [
        ([1.0, 0.0, 0.0], 0.0),
        ([0.0, 1.0, 0.0], 2.0),
        ([0.7, 0.2, 0.1], 0.09 + 0.04 + 0.01),
        ([1 / 3, 1 / 3, 1 / 3], 4 / 9 + 1 / 9 + 1 / 9),
    ],
)
def test_the_brier_score_is_the_squared_distance_from_the_right_label(row: list[float], brier: float) -> None:
    assert measure(["a", "b", "c"], np.array([0]), np.array([row])).brier == pytest.approx(brier)


def test_the_brier_score_of_several_rows_is_their_mean() -> None:
    rows = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert measure(["a", "b"], np.array([0, 1]), rows).brier == pytest.approx(1.0)


def test_who_is_sure_and_right_has_no_calibration_error() -> None:
    assert expected_calibration_error(GOLD, _sure(GOLD, 3)) == 0.0


def test_who_is_sure_and_wrong_has_the_greatest_calibration_error() -> None:
    assert expected_calibration_error(GOLD, _sure((GOLD + 1) % 3, 3)) == 1.0


def test_who_is_right_as_often_as_promised_has_no_calibration_error() -> None:
    gold = np.array([0, 1] * 20)
    assert expected_calibration_error(gold, np.full((40, 2), 0.5)) == pytest.approx(0.0)


def test_the_calibration_error_of_ten_rows_is_the_mean_gap() -> None:
    # One row a bin: three right ones are 0.2 too timid, seven wrong ones 0.8 too bold.
    gold = np.array([0] * 3 + [1] * 7)
    assert expected_calibration_error(gold, _sure(np.zeros(10, int), 2, 0.8)) == pytest.approx((3 * 0.2 + 7 * 0.8) / 10)


def test_the_calibration_error_pools_rows_of_like_confidence_wherever_they_stand() -> None:
    # Bins of two. Confidence 0.6, one of two right: a gap of 0.1. Confidence 0.9, both right: a gap of 0.1 as well.
    gold, confidences = np.array([1, 0, 0, 0] * 5), [0.6, 0.9] * 10
    probabilities = np.array([[confidence, 1 - confidence] for confidence in confidences])
    assert expected_calibration_error(gold, probabilities) == pytest.approx(0.1)


def test_fewer_rows_than_bins_have_a_calibration_error() -> None:
    assert expected_calibration_error(np.array([0, 1]), _sure(np.array([0, 0]), 2, 0.75)) == pytest.approx(0.5)


@settings(max_examples=15)
@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(0, 5))
def test_the_interval_holds_the_value(hits: list[bool], seed: int) -> None:
    right = np.array(hits, float)
    interval = bootstrap(lambda rows: float(right[rows].mean()), len(right), seed=seed)
    assert interval.low <= interval.value <= interval.high


def test_the_value_of_an_interval_is_the_figure_of_all_rows() -> None:
    assert bootstrap(lambda rows: float(rows.sum()), 5).value == 10.0


def test_the_interval_of_a_constant_is_a_point() -> None:
    interval = bootstrap(lambda _: 0.5, 10)
    assert (interval.low, interval.high) == (0.5, 0.5)


def test_the_interval_covers_95_percent_of_the_resamples() -> None:
    samples: list[float] = []

    def figure(rows: np.ndarray) -> float:
        samples.append(float(rows.mean()))
        return samples[-1]

    interval = bootstrap(figure, 1_000)
    inside = sum(interval.low <= sample <= interval.high for sample in samples[:RESAMPLES])
    assert inside / RESAMPLES == pytest.approx(0.95, abs=0.002)


def test_the_interval_narrows_with_the_rows() -> None:
    few, many = (bootstrap(lambda rows: float((rows % 2).mean()), n) for n in (20, 2_000))
    assert many.high - many.low < few.high - few.low


def test_one_seed_gives_one_interval() -> None:
    assert measure(["a", "b", "c"], GOLD, _sure(GIVEN, 3), seed=3) == measure(
        ["a", "b", "c"], GOLD, _sure(GIVEN, 3), seed=3
    )


def test_another_seed_gives_another_interval() -> None:
    one, other = (bootstrap(lambda rows: float(rows.mean()), 100, seed=seed) for seed in (1, 2))
    assert (one.low, one.high) != (other.low, other.high)


def test_an_interval_is_shown_with_three_digits() -> None:
    assert str(bootstrap(lambda _: 0.5, 10)) == "0.500 [0.500, 0.500]"


def test_every_labels_f1_has_an_interval_around_it(metrics: Metrics) -> None:
    assert all(scores.f1.low <= scores.f1.value <= scores.f1.high for scores in metrics.labels.values())


def test_figures_of_one_seed_are_paired() -> None:
    # Two figures that always differ by one: so does each resample of them, and the interval is a point.
    one, other = bootstrap_all(lambda rows: np.array([rows.mean(), rows.mean() + 1.0]), 50)
    assert (other.low - one.low, other.high - one.high) == (pytest.approx(1.0), pytest.approx(1.0))


@given(st.integers(20, 400), st.floats(0.5, 1.0))
def test_true_probabilities_rarely_exceed_the_calibration_error_by_chance(rows: int, confidence: float) -> None:
    probabilities = np.tile([confidence, 1.0 - confidence], (rows, 1))
    bound = chance_calibration_error(probabilities)
    rng = np.random.default_rng(7)
    found = [
        expected_calibration_error((rng.random(rows) >= confidence).astype(int), probabilities) for _ in range(200)
    ]
    assert np.mean(np.array(found) <= bound + 1e-12) > 0.88


def test_the_calibration_error_by_chance_shrinks_with_the_rows() -> None:
    few, many = (chance_calibration_error(np.tile([0.7, 0.3], (rows, 1))) for rows in (50, 5_000))
    assert many < few / 5


def test_the_area_under_the_risk_coverage_curve_is_the_mean_risk() -> None:
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]])
    # Wrong: the second and the fourth; so the risks are 0, 1/2, 1/3, 1/2.
    assert area_under_risk_coverage(np.array([0, 1, 0, 1]), probabilities) == pytest.approx(
        (0 + 1 / 2 + 1 / 3 + 1 / 2) / 4
    )


def test_the_area_is_nought_where_no_answer_is_wrong() -> None:
    assert area_under_risk_coverage(GOLD, _sure(GOLD, 3, 0.8)) == 0.0


def test_the_certain_answers_are_counted_and_measured() -> None:
    certain = np.array([True] * 4 + [False] * 6)
    found = measure(["a", "b", "c"], GOLD, _sure(GIVEN, 3, 0.8), certain).certain
    assert found is not None
    assert found.accuracy is not None
    assert (found.coverage, found.accuracy.value) == (0.4, 0.75)


def test_where_no_answer_is_certain_there_is_no_accuracy() -> None:
    found = measure(["a", "b", "c"], GOLD, _sure(GIVEN, 3, 0.8), np.zeros(10, dtype=bool)).certain
    assert found is not None
    assert (found.coverage, found.accuracy) == (0.0, None)
