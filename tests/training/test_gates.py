"""Gates: what fails, what passes, and what does not apply."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stance
from stance.scorer import Scorer
from training.gates import STANDARD, Check, Gate, behaviour, calibration, failed, judge, parity, quality
from training.sentences import SOURCE


def _with(model: stance.Model, data: dict[str, str] | None = None, **metrics: dict[str, Any]) -> stance.Model:
    """Return the model with some of what its manifest tells replaced; cross-validation's figures one by one."""
    told = dict(model.manifest.metrics)
    figures = dict(told["cross_validation"]) | metrics.pop("cross_validation", {})
    manifest = replace(
        model.manifest,
        metrics=told | {"cross_validation": figures} | metrics,
        data=dict(model.manifest.data) | (data or {}),
    )
    return replace(model, manifest=manifest)


def _scored(model: stance.Model, value: float, low: float, **data: str) -> stance.Model:
    interval = {"value": value, "low": low, "high": 1.0}
    return _with(model, data, cross_validation={"macro_f1": interval})


def _untold(model: stance.Model) -> stance.Model:
    return replace(model, manifest=replace(model.manifest, metrics={}))


@pytest.mark.parametrize(("value", "verdict"), [(0.80, "passed"), (0.78, "passed"), (0.7799, "failed")])
def test_a_macro_f1_under_the_current_versions_interval_fails(model: stance.Model, value: float, verdict: str) -> None:
    assert quality(_scored(model, value, 0.7), _scored(model, 0.8, 0.78)).verdict == verdict


def test_figures_on_other_data_are_not_compared(model: stance.Model) -> None:
    gate = quality(_scored(model, 0.1, 0.0), _scored(model, 0.8, 0.78, sha256="other"))
    assert (gate.verdict, "other data" in gate.reason) == ("not applicable", True)


def test_figures_of_other_labels_are_not_compared(model: stance.Model) -> None:
    current = _scored(model, 0.8, 0.78)
    current = replace(current, scorer=Scorer(("a", "b", "c"), current.scorer.channels, current.scorer.intercept))
    assert quality(_scored(model, 0.1, 0.0), current).verdict == "not applicable"


def test_a_first_version_has_nothing_to_be_compared_with(model: stance.Model) -> None:
    assert quality(model, None).verdict == "not applicable"


@pytest.mark.parametrize(
    ("error", "chance", "verdict"),
    [(0.03, 0.01, "passed"), (0.031, 0.01, "failed"), (0.031, 0.03, "failed"), (0.9, 0.031, "not applicable")],
)
def test_a_calibration_error_over_the_limit_fails_where_rows_are_enough_to_tell(
    model: stance.Model, error: float, chance: float, verdict: str
) -> None:
    candidate = _with(model, cross_validation={"ece": error, "ece_by_chance": chance})
    assert calibration(candidate, None).verdict == verdict


@pytest.mark.parametrize(("difference", "verdict"), [(1e-9, "passed"), (1.1e-9, "failed"), (float("nan"), "failed")])
def test_a_scorer_unlike_its_pipeline_fails(model: stance.Model, difference: float, verdict: str) -> None:
    assert parity(_with(model, parity={"texts": 3, "largest_difference": difference}), None).verdict == verdict


def test_a_fitted_model_has_been_measured_for_every_gate(model: stance.Model) -> None:
    verdicts = {gate.name: gate.verdict for gate in judge(model, model, STANDARD)}
    # Sixty texts are too few to judge a calibration error by.
    assert verdicts == {
        "macro-F1": "passed",
        "calibration": "not applicable",
        "parity": "passed",
        "behaviour": "not applicable",
    }


@pytest.mark.parametrize("check", [quality, calibration, parity], ids=lambda check: check.__name__)
def test_what_was_not_measured_is_not_judged(model: stance.Model, check: Check) -> None:
    assert check(_untold(model), model).verdict == "not applicable"


def _rule(suite: Path, *, most_failures: float) -> None:
    rules = f"""
    "minimum functionality" = {{ most_failures = {most_failures}, least_passed = 1.0 }}
    invariance = {{ most_flips = 0.0, most_change = 0.0, least_passed = 1.0 }}
    direction = {{ least_change = 0.0, least_share = 1.0, least_passed = 1.0 }}
    """
    (suite / "rules.toml").write_text(rules, encoding="utf-8")


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a suite that no model passes: of two tests one must fail."""
    _rule(tmp_path, most_failures=0.0)
    (tmp_path / "tests.toml").write_text(
        "".join(
            f'[[test]]\nname = "{label}"\nkind = "minimum functionality"\ncapability = "x"\nlabel = "{label}"\n'
            'cases = ["The truce is holding."]\n'
            for label in ("hopeful", "sceptical")
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr("training.gates.SUITE", tmp_path)
    return tmp_path


def _shipped(model: stance.Model) -> stance.Model:
    return _with(model, {"source": SOURCE})


def _blind(model: stance.Model) -> stance.Model:
    """Return the model giving each text the label neutral, whatever it says."""
    scorer = Scorer(model.labels, model.scorer.channels, np.array([0.0, 99.0, 0.0]))
    return replace(model, scorer=scorer)


@pytest.mark.usefixtures("suite")
def test_a_model_that_passes_as_many_tests_as_the_current_one_passes(model: stance.Model) -> None:
    assert behaviour(_shipped(model), _shipped(model)).verdict == "passed"


@pytest.mark.usefixtures("suite")
def test_a_model_that_passes_fewer_tests_than_the_current_one_fails(model: stance.Model) -> None:
    gate = behaviour(_shipped(_blind(model)), _shipped(model))
    assert (gate.verdict, gate.reason) == (
        "failed",
        "minimum functionality 0 of 2; the current version: minimum functionality 1 of 2",
    )


@pytest.mark.usefixtures("suite")
def test_a_first_version_that_passes_too_few_tests_fails(model: stance.Model) -> None:
    assert behaviour(_shipped(model), None).verdict == "failed"


def test_a_model_that_passes_the_suite_passes_beside_any_other(model: stance.Model, suite: Path) -> None:
    _rule(suite, most_failures=1.0)
    assert behaviour(_shipped(model), None).verdict == "passed"


@pytest.mark.usefixtures("suite")
def test_the_behaviour_of_a_model_of_other_data_is_not_judged(model: stance.Model) -> None:
    assert behaviour(model, _shipped(model)).verdict == "not applicable"


def test_the_failed_gates_are_named() -> None:
    gates = [Gate("a", "failed", ""), Gate("b", "passed", ""), Gate("c", "not applicable", ""), Gate("d", "failed", "")]
    assert failed(gates) == ["a", "d"]


def test_a_gate_is_told_in_one_line() -> None:
    assert str(Gate("parity", "failed", "they differ")) == "parity: failed: they differ"
