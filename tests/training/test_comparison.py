"""Two models on the same texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from training.comparison import Change, Comparison, compare, mcnemar, report
from training.errors import DataError
from training.examples import Dataset, Example

FILE = Path("mine.csv")


@pytest.fixture(scope="module")
def binary(binary_folder: Path) -> stance.Model:
    return stance.load(binary_folder)


@pytest.fixture(scope="module")
def two_labels(small_dataset: Dataset) -> Dataset:
    return replace(small_dataset, examples=tuple(e for e in small_dataset.examples if e.label != "neutral")[::3])


@pytest.fixture(scope="module")
def comparison(model: stance.Model, binary: stance.Model) -> Comparison:
    """A model of three labels and one of two, on twenty texts of which ten are labelled at odds with both."""
    texts = [f"The truce is holding, and the talks go on, round {i}." for i in range(10)]
    rows = [("hopeful", text) for text in texts] + [("sceptical", f"{text} Or do they?") for text in texts]
    return compare(model, binary, Dataset("x", tuple(Example(text, label, text) for label, text in rows)), FILE)


def test_a_model_differs_from_itself_in_nothing(model: stance.Model, small_dataset: Dataset) -> None:
    found = compare(model, model, small_dataset, FILE)
    assert (found.difference.low, found.difference.high, found.p_value, found.changes) == (0.0, 0.0, 1.0, [])


def test_the_difference_is_the_seconds_figure_less_the_firsts(comparison: Comparison) -> None:
    assert comparison.difference.value == pytest.approx(comparison.second.value - comparison.first.value)


def test_turned_round_the_difference_changes_its_sign(
    model: stance.Model, binary: stance.Model, two_labels: Dataset
) -> None:
    one, other = compare(model, binary, two_labels, FILE), compare(binary, model, two_labels, FILE)
    assert (one.difference.low, one.p_value) == (pytest.approx(-other.difference.high), other.p_value)


def test_every_change_shows_both_labels(model: stance.Model, binary: stance.Model, two_labels: Dataset) -> None:
    texts = two_labels.texts
    given_ = zip(texts, two_labels.labels, model.predict(texts), binary.predict(texts), strict=True)
    expected = [Change(text, gold, a.label, b.label) for text, gold, a, b in given_ if a.label != b.label]
    assert compare(model, binary, two_labels, FILE).changes == expected


def test_a_label_that_one_model_does_not_give_is_refused(
    model: stance.Model, binary: stance.Model, small_dataset: Dataset
) -> None:
    with pytest.raises(DataError, match="'neutral' is none of the model's"):
        compare(model, binary, small_dataset, FILE)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (Change("Talks go on.", "a", "b", "a"), "mended"),
        (Change("Talks go on.", "a", "a", "b"), "broken"),
        (Change("Talks go on.", "a", "b", "c"), "both wrong"),
    ],
)
def test_a_change_is_mended_broken_or_both_wrong(change: Change, kind: str) -> None:
    assert change.kind == kind


def test_five_against_none_has_a_p_value_of_a_sixteenth() -> None:
    assert mcnemar(5, 0) == pytest.approx(2 / 2**5)


def test_without_discordant_rows_the_p_value_is_one() -> None:
    assert mcnemar(0, 0) == 1.0


@given(st.integers(0, 200), st.integers(0, 200))
def test_mcnemars_test_does_not_care_which_model_is_first(one: int, other: int) -> None:
    assert mcnemar(one, other) == pytest.approx(mcnemar(other, one))


def _changed(comparison: Comparison, *kinds: str) -> Comparison:
    made = {"mended": ("b", "a"), "broken": ("a", "b"), "both wrong": ("b", "c")}
    return replace(comparison, changes=[Change(f"A {kind} text.", "a", *made[kind]) for kind in kinds])


def test_what_the_second_model_breaks_is_shown_first(comparison: Comparison) -> None:
    shown = report(_changed(comparison, "both wrong", "mended", "broken"), "old", "new", show=5).splitlines()[-3:]
    assert [line.split("  ")[0].strip() for line in shown] == ["broken", "mended", "both wrong"]


def test_no_more_changes_are_shown_than_asked_for(comparison: Comparison) -> None:
    shown = report(_changed(comparison, *["mended"] * 5), "old", "new", show=2).splitlines()
    assert (sum("A mended text." in line for line in shown), "5 labels change; the first 2:" in shown) == (2, True)
