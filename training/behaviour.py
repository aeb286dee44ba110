"""The behaviour of a model: a suite of CheckList tests run on it (Ribeiro et al. 2020), and whether that will do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stance import Model
from training.errors import DataError, Fault
from training.expectation import Outcome
from training.suite import Suite


@dataclass(frozen=True, slots=True)
class Gate:
    """How many tests of a kind passed, and whether these are the share `least` that must."""

    kind: str
    tests: int
    tests_passed: int
    least: float
    passed: bool

    def __str__(self) -> str:
        return f"{self.kind}: {self.tests_passed} of {self.tests} tests passed, {self.least:.0%} must"


@dataclass(frozen=True, slots=True)
class Report:
    """What came of each test, and the gates: one for each kind of test that the suite has."""

    outcomes: tuple[Outcome, ...]
    gates: tuple[Gate, ...]

    @property
    def passed(self) -> bool:
        """Whether every gate is passed."""
        return all(gate.passed for gate in self.gates)


def run(model: Model, suite: Suite) -> Report:
    """Run every test of the suite on a model.

    Raises:
        DataError: a test expects a label that the model does not give.
    """
    unknown = sorted(suite.labels - set(model.labels))
    if unknown:
        known = ", ".join(model.labels)
        raise DataError(
            [Fault(suite.path, 0, f"the label {label!r} is none of the model's ({known})") for label in unknown]
        )
    texts = suite.texts
    predictions = dict(zip(texts, model.predict(texts), strict=True))
    outcomes = tuple(test.outcome(predictions) for test in suite.tests)
    return Report(outcomes, tuple(_gates(outcomes, suite.least_passed)))


def table(report: Report) -> str:
    """Lay the outcomes and the gates out for a terminal."""
    return "\n".join(_rows(report))


def misses(report: Report) -> str:
    """List the cases that went wrong, test by test, each with its figure and the sentence it was made from."""
    return "\n".join(_misses(report))


def _gates(outcomes: Sequence[Outcome], least_passed: Mapping[str, float]) -> Iterator[Gate]:
    for kind, least in least_passed.items():
        passed = [outcome.passed for outcome in outcomes if outcome.kind == kind]
        if passed:
            yield Gate(kind, len(passed), sum(passed), least, sum(passed) >= least * len(passed))


def _rows(report: Report) -> Iterator[str]:
    width = max(len(outcome.test) for outcome in report.outcomes)
    bound = max(len(outcome.bound) for outcome in report.outcomes)
    for gate in report.gates:
        yield f"{gate.kind:<{width}}  cases  missed  mean Δp  {'allowed':<{bound}}"
        for outcome in report.outcomes:
            if outcome.kind == gate.kind:
                change = "" if outcome.change is None else f"{outcome.change:.3f}"
                yield (
                    f"{outcome.test:<{width}}  {outcome.cases:5d}  {len(outcome.misses):6d}  {change:>7}  "
                    f"{outcome.bound:<{bound}}  {_verdict(outcome.passed)}"
                )
        yield ""
    yield from (f"{gate}: {_verdict(gate.passed)}" for gate in report.gates)


def _misses(report: Report) -> Iterator[str]:
    for outcome in report.outcomes:
        if outcome.misses:
            yield outcome.test
            for miss in outcome.misses:
                change = "" if miss.change is None else f" ({miss.change:+.3f})"
                yield f"  {miss.expected} expected, {miss.given} given{change}: {miss.text}"
                if miss.before is not None:
                    yield f"    made from: {miss.before}"
            yield ""


def _verdict(passed: bool) -> str:  # noqa: FBT001 - a verdict has no other argument
    return "pass" if passed else "FAIL"
