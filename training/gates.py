"""Gates: what a version must pass before it becomes the current one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from stance import Model
from training.behaviour import Report, run
from training.sentences import SOURCE
from training.shipped import SUITE
from training.suite import read_suite

WORST_CALIBRATION = 0.03
WORST_PARITY = 1e-9
Verdict = Literal["passed", "failed", "not applicable"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What came of one check, and why; `str` of it is a line for people."""

    name: str
    verdict: Verdict
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}: {self.reason}"


Check = Callable[[Model, Model | None], Gate]
"""Judges a candidate beside the current model; there may be none."""


def judge(candidate: Model, current: Model | None, checks: Sequence[Check]) -> list[Gate]:
    """Return what each check says of a candidate beside the current model."""
    return [check(candidate, current) for check in checks]


def failed(gates: Sequence[Gate]) -> list[str]:
    """Return the names of the gates that were failed."""
    return [gate.name for gate in gates if gate.verdict == "failed"]


def quality(candidate: Model, current: Model | None) -> Gate:
    """Fail a macro-F1 in cross-validation under the current version's 95% interval: worse by more than its noise.

    Only figures on the same data and labels are compared.
    """
    name = "macro-F1"
    found = _cross_validation(candidate).get("macro_f1")
    if found is None:
        return Gate(name, "not applicable", "it was not measured when the version was fitted")
    if current is None:
        return Gate(name, "not applicable", f"{found['value']:.3f}, and no current version to compare it with")
    if current.labels != candidate.labels:
        return Gate(name, "not applicable", f"the current version gives other labels ({', '.join(current.labels)})")
    standing = _cross_validation(current).get("macro_f1")
    if standing is None or current.manifest.data.get("sha256") != candidate.manifest.data.get("sha256"):
        return Gate(
            name,
            "not applicable",
            f"{found['value']:.3f}, but the current version was fitted on other data, so that the figures do not "
            "compare; `python -m training compare` measures both on one file",
        )
    verdict: Verdict = "passed" if found["value"] >= standing["low"] else "failed"
    return Gate(
        name,
        verdict,
        f"{found['value']:.3f} in cross-validation; the current version's {standing['value']:.3f}, of which the 95% "
        f"interval begins at {standing['low']:.3f}",
    )


def calibration(candidate: Model, _current: Model | None) -> Gate:
    """Fail a calibration error in cross-validation over the limit; rows too few to measure it so finely are no case."""
    figures = _cross_validation(candidate)
    if "ece" not in figures:
        return Gate("calibration", "not applicable", "it was not measured when the version was fitted")
    error, chance = figures["ece"], figures.get("ece_by_chance", 0.0)
    if chance > WORST_CALIBRATION:
        reason = f"error {error:.3f}, but on {figures['rows']} rows {chance:.3f} comes about by chance"
        return Gate("calibration", "not applicable", reason)
    verdict: Verdict = "passed" if error <= WORST_CALIBRATION else "failed"
    return Gate("calibration", verdict, f"error {error:.3f} in cross-validation; {WORST_CALIBRATION} is allowed")


def parity(candidate: Model, _current: Model | None) -> Gate:
    """Fail a scorer whose probabilities are not those of the fitted pipeline."""
    measured = candidate.manifest.metrics.get("parity")
    if measured is None:
        return Gate("parity", "not applicable", "it was not measured when the version was fitted")
    largest = measured["largest_difference"]
    verdict: Verdict = "passed" if largest <= WORST_PARITY else "failed"
    return Gate(
        "parity",
        verdict,
        f"scorer and pipeline differ by {largest:.1e} at most on {measured['texts']} texts; "
        f"{WORST_PARITY:.0e} is allowed",
    )


def behaviour(candidate: Model, current: Model | None) -> Gate:
    """Fail a model that passes too few behaviour tests and, of some kind, fewer than the current one.

    The suite is about the shipped corpus and its labels; for other models it says nothing.
    """
    name = "behaviour"
    if not _shipped(candidate):
        return Gate(name, "not applicable", f"the tests of {SUITE} are for models of the shipped corpus")
    suite = read_suite(SUITE)
    found = run(candidate, suite)
    if found.passed:
        return Gate(name, "passed", _passes(found))
    if current is None or not _shipped(current):
        return Gate(name, "failed", f"{_passes(found)}; too few, and no current version that passes as few")
    standing = run(current, suite)
    worse = any(new.tests_passed < old.tests_passed for new, old in zip(found.gates, standing.gates, strict=True))
    verdict: Verdict = "failed" if worse else "passed"
    return Gate(name, verdict, f"{_passes(found)}; the current version: {_passes(standing)}")


STANDARD: tuple[Check, ...] = (quality, calibration, parity, behaviour)


def _shipped(model: Model) -> bool:
    return model.manifest.data.get("source") == SOURCE


def _passes(report: Report) -> str:
    return ", ".join(f"{gate.kind} {gate.tests_passed} of {gate.tests}" for gate in report.gates)


def _cross_validation(model: Model) -> dict[str, Any]:
    return dict(model.manifest.metrics.get("cross_validation", {}))
