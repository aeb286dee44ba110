"""Training's errors.

* TrainingError
  * DataError        labelled data that cannot be used; lists every fault found
  * RegistryError    a version that is not there or cannot be promoted
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MOST_SHOWN = 50


class TrainingError(Exception):
    """The root of everything that training raises on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line of a data file; line 0 is the file as a whole."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.reason}"


class DataError(TrainingError):
    """Labelled data that cannot be used, with all its faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = [str(fault) for fault in faults[:_MOST_SHOWN]]
        if len(faults) > _MOST_SHOWN:
            lines.append(f"… and {len(faults) - _MOST_SHOWN} more faults")
        super().__init__("\n".join(lines))
        self.faults = tuple(faults)


class RegistryError(TrainingError):
    """A version of a model that is not there, or may not be promoted."""
