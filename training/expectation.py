"""What a behaviour test expects of a model: CheckList's three kinds (Ribeiro et al. 2020), and what came of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from stance.prediction import Prediction

Predictions = Mapping[str, Prediction]
Pair = tuple[str, str]
"""A sentence before and after."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A case that went wrong.

    `expected` is the right label, for an invariance the label given before; `change` is the outcome's figure for this
    case alone, and `before` the sentence that `text` was made from.
    """

    text: str
    expected: str
    given: str
    before: str | None = None
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one test.

    `change` is the mean over cases: for an invariance of the probability that moves from labels to others (total
    variation distance, 0 to 1), for a direction of the rise in the label's probability, else `None`.
    """

    test: str
    kind: str
    capability: str
    cases: int
    misses: tuple[Miss, ...]
    change: float | None
    bound: str
    passed: bool


@dataclass(frozen=True)
class MinimumFunctionality:
    """Sentences that anyone would label alike: at most the share `most_failures` may get another label."""

    name: str
    capability: str
    label: str
    cases: tuple[str, ...]
    most_failures: float
    kind = "minimum functionality"

    @property
    def texts(self) -> tuple[str, ...]:
        return self.cases

    @property
    def labels(self) -> frozenset[str]:
        return frozenset([self.label])

    def outcome(self, predictions: Predictions) -> Outcome:
        """Judge the predictions of the test's texts."""
        misses = tuple(
            Miss(text, self.label, predictions[text].label)
            for text in self.cases
            if predictions[text].label != self.label
        )
        passed = len(misses) <= self.most_failures * len(self.cases)
        bound = f"failures ≤ {self.most_failures:.0%}"
        return Outcome(self.name, self.kind, self.capability, len(self.cases), misses, None, bound, passed)


@dataclass(frozen=True)
class Invariance:
    """Alterations that change nothing: at most the share `most_flips` may get another label than before, and the
    probability that moves may be `most_change` in the mean.
    """

    name: str
    capability: str
    pairs: tuple[Pair, ...]
    most_flips: float
    most_change: float
    kind = "invariance"
    labels = frozenset[str]()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for pair in self.pairs for text in pair)

    def outcome(self, predictions: Predictions) -> Outcome:
        """Judge the predictions of the test's texts."""
        changes = []
        misses = []
        for before, after in self.pairs:
            was, now = predictions[before], predictions[after]
            moved = sum(abs(now.probabilities[label] - p) for label, p in was.probabilities.items()) / 2
            changes.append(moved)
            if was.label != now.label:
                misses.append(Miss(after, was.label, now.label, before, moved))
        change = fmean(changes)
        passed = len(misses) <= self.most_flips * len(self.pairs) and change <= self.most_change
        bound = f"flips ≤ {self.most_flips:.0%}, |Δp| ≤ {self.most_change:.2f}"
        return Outcome(self.name, self.kind, self.capability, len(self.pairs), tuple(misses), change, bound, passed)


@dataclass(frozen=True)
class Direction:
    """Alterations that speak for the label `towards`: its probability must rise by `least_change` or more in at least
    the share `least_share` of the pairs.
    """

    name: str
    capability: str
    towards: str
    pairs: tuple[Pair, ...]
    least_change: float
    least_share: float
    kind = "direction"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for pair in self.pairs for text in pair)

    @property
    def labels(self) -> frozenset[str]:
        return frozenset([self.towards])

    def outcome(self, predictions: Predictions) -> Outcome:
        """Judge the predictions of the test's texts."""
        changes = []
        misses = []
        for before, after in self.pairs:
            rise = predictions[after].probabilities[self.towards] - predictions[before].probabilities[self.towards]
            changes.append(rise)
            if rise < self.least_change:
                misses.append(Miss(after, self.towards, predictions[after].label, before, rise))
        passed = len(self.pairs) - len(misses) >= self.least_share * len(self.pairs)
        bound = f"Δp ≥ {self.least_change:.2f} in {self.least_share:.0%}"
        return Outcome(
            self.name, self.kind, self.capability, len(self.pairs), tuple(misses), fmean(changes), bound, passed
        )


Expectation = MinimumFunctionality | Invariance | Direction
