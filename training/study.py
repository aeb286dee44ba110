"""A study: what a recipe is worth on its data, beside what, and where it fails. `examination` makes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training.metrics import Interval

FEWEST_OF_A_LABEL = 10


@dataclass(frozen=True)
class Row:
    """A system's macro-F1 in cross-validation and on each external file, and its difference from the model's (the
    system's less the model's, in cross-validation, over the same resamples); no figures, but a note, if it could not be
    measured. `rows` is how many texts it was fitted on when measured on external ones.
    """

    name: str
    rows: int
    cross_validation: Interval | None = None
    difference: Interval | None = None
    external: Sequence[Interval] = ()
    note: str = ""


@dataclass(frozen=True)
class LeftOut:
    """The rows of one fold, left out of the fitting: macro-F1 on them, and by ordinary cross-validation (`seen`).

    `fewest` is how many rows its rarest label has; of few rows macro-F1 tells little.
    """

    name: str
    rows: int
    fewest: int
    macro_f1: Interval
    seen: float


@dataclass(frozen=True)
class Parting:
    """Leaving out one value of a facet at a time: macro-F1 over all rows, and by fold, the worst first."""

    facet: str
    macro_f1: Interval
    folds: Sequence[LeftOut]


@dataclass(frozen=True)
class Shortcut:
    """How well names and lengths alone predict the label of so many rows; by `chance`: how well shuffled labels."""

    rows: int
    macro_f1: Interval
    chance: float


@dataclass(frozen=True)
class Study:
    """What was found; `rows` and `sha256` are those of the data, `external` tells the other files in order."""

    source: str
    rows: int
    sha256: str
    folds: int
    external: Sequence[str]
    systems: Sequence[Row]
    curve: Sequence[Row]
    partings: Sequence[Parting]
    shortcut: Shortcut
