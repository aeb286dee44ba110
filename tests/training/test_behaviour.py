"""Running a behaviour suite on a model, and showing what came of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stance
from tests.examples import EXAMPLES
from training.behaviour import Report, misses, run, table
from training.errors import DataError
from training.expectation import Direction, Expectation, Invariance, MinimumFunctionality
from training.suite import Suite

KNOWN = EXAMPLES["hopeful"]
RIGHT = MinimumFunctionality("the hopeful are hopeful", "plain", "hopeful", KNOWN, 0.0)
WRONG = MinimumFunctionality("the hopeful are neutral", "plain", "neutral", KNOWN, 0.2)
SAME = Invariance("capitals change nothing", "casing", tuple((t, t.upper()) for t in KNOWN), 0.0, 0.001)
OTHER = tuple(zip(KNOWN, EXAMPLES["sceptical"], strict=True))
SWAYED = Invariance("other words change nothing", "words", OTHER, 0.01, 0.02)
FALLS = Direction("bad news speaks against it", "words", "sceptical", OTHER, 0.001, 0.9)
RISES = Direction("bad news speaks for it", "words", "hopeful", OTHER, 0.001, 0.9)
ALL = (RIGHT, WRONG, SAME, SWAYED, FALLS, RISES)


def _suite(*tests: Expectation, least: float = 0.5) -> Suite:
    kinds = ("minimum functionality", "invariance", "direction")
    return Suite(Path("suite"), tests, dict.fromkeys(kinds, least))


@pytest.fixture(scope="module")
def report(model: stance.Model) -> Report:
    return run(model, _suite(*ALL))


def test_the_model_passes_what_it_can_do_and_fails_what_it_cannot(report: Report) -> None:
    assert [outcome.passed for outcome in report.outcomes] == [True, False, True, False, True, False]


def test_a_test_is_judged_by_the_models_own_predictions(model: stance.Model, report: Report) -> None:
    before, after = model.predict(OTHER[0])
    moved = sum(abs(after.probabilities[label] - p) for label, p in before.probabilities.items()) / 2
    assert report.outcomes[3].misses[0].change == pytest.approx(moved)


def test_a_report_has_an_outcome_for_each_test_in_order(report: Report) -> None:
    assert [outcome.test for outcome in report.outcomes] == [test.name for test in ALL]


def test_each_kind_has_a_gate(report: Report) -> None:
    assert [(gate.kind, gate.tests, gate.tests_passed) for gate in report.gates] == [
        ("minimum functionality", 2, 1),
        ("invariance", 2, 1),
        ("direction", 2, 1),
    ]


@pytest.mark.parametrize(("least", "passed"), [(0.0, True), (0.5, True), (0.51, False), (1.0, False)])
def test_a_suite_passes_if_the_wanted_share_of_each_kind_does(
    model: stance.Model, *, least: float, passed: bool
) -> None:
    assert run(model, _suite(*ALL, least=least)).passed is passed


def test_one_kind_that_fails_fails_the_suite(model: stance.Model) -> None:
    assert not run(model, _suite(RIGHT, SAME, RISES)).passed


def test_a_kind_without_tests_has_no_gate(model: stance.Model) -> None:
    assert [gate.kind for gate in run(model, _suite(RIGHT)).gates] == ["minimum functionality"]


def test_the_same_model_gets_the_same_report(model: stance.Model, report: Report) -> None:
    assert run(model, _suite(*ALL)) == report


def test_a_label_that_the_model_does_not_give_is_refused(model: stance.Model) -> None:
    test = MinimumFunctionality("favour", "plain", "favour", KNOWN, 0.0)
    with pytest.raises(
        DataError, match=re.escape("suite: the label 'favour' is none of the model's (hopeful, neutral, ")
    ):
        run(model, _suite(RIGHT, test))


def test_the_table_has_a_line_for_each_test_with_its_figures(report: Report) -> None:
    lines = [" ".join(line.split()) for line in table(report).splitlines()]
    for outcome in report.outcomes:
        change = "" if outcome.change is None else f"{outcome.change:.3f} "
        verdict = "pass" if outcome.passed else "FAIL"
        shown = f"{outcome.test} {outcome.cases} {len(outcome.misses)} {change}{outcome.bound} {verdict}"
        assert shown in lines


def test_the_table_ends_with_the_gates(report: Report) -> None:
    assert table(report).splitlines()[-3:] == [
        "minimum functionality: 1 of 2 tests passed, 50% must: pass",
        "invariance: 1 of 2 tests passed, 50% must: pass",
        "direction: 1 of 2 tests passed, 50% must: pass",
    ]


def test_every_missed_case_is_listed_with_what_it_was_made_from(report: Report) -> None:
    shown = misses(report).splitlines()
    for outcome in report.outcomes:
        for miss in outcome.misses:
            assert any(line.endswith(f": {miss.text}") and f"{miss.given} given" in line for line in shown)
            assert miss.before is None or f"    made from: {miss.before}" in shown


def test_a_test_without_misses_is_not_listed(report: Report) -> None:
    assert RIGHT.name not in misses(report)
