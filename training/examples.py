"""Labelled examples, and where they are read from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.fold import fold
from stance.tables import read_table
from training.errors import DataError, Fault

FEWEST_PER_LABEL = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text. Examples of one `group` (a minimal pair, a repeated text) never part in cross-validation."""

    text: str
    label: str
    group: str


@dataclass(frozen=True)
class Dataset:
    """Examples in a fixed order.

    `source` names where they came from, for the record; `poles` are the labels against and for, if two are opposed.
    """

    source: str
    examples: tuple[Example, ...]
    poles: tuple[str, str] | None = None

    @property
    def texts(self) -> list[str]:
        return [example.text for example in self.examples]

    @property
    def labels(self) -> list[str]:
        return [example.label for example in self.examples]

    @property
    def groups(self) -> list[str]:
        return [example.group for example in self.examples]

    def counts(self) -> Mapping[str, int]:
        """Return how many examples each label has, labels in alphabetical order."""
        return dict(sorted(Counter(self.labels).items()))

    def indices(self, labels: Sequence[str], path: Path) -> list[int]:
        """Return the place of each example's label among `labels`, those that a model gives.

        Raises:
            DataError: an example, read from `path`, has another label.
        """
        unknown = sorted(set(self.labels) - set(labels))
        if unknown:
            known = ", ".join(labels)
            raise DataError(
                [Fault(path, 0, f"the label {label!r} is none of the model's ({known})") for label in unknown]
            )
        places = {label: i for i, label in enumerate(labels)}
        return [places[label] for label in self.labels]

    def digest(self) -> str:
        """Return the SHA-256 of texts, labels and groups in order."""
        digest = hashlib.sha256()
        for example in self.examples:
            row = json.dumps([example.text, example.label, example.group])
            digest.update(row.encode() + b"\n")
        return digest.hexdigest()


def read_examples(
    paths: Sequence[Path],
    *,
    text_column: str = "text",
    label_column: str = "label",
    group_column: str | None = None,
    quoting: bool = True,
    fewest: int = FEWEST_PER_LABEL,
    poles: tuple[str, str] | None = None,
) -> Dataset:
    """Read labelled examples from tables (CSV, TSV, JSON Lines, Parquet; compressed or not).

    Rows with an empty group are groups of their own, but for repeated texts, which stay together. There must be two
    labels with `fewest` rows each; 0 lets any pass.

    Raises:
        TableError: a file cannot be read, or a column is missing.
        DataError: rows are at fault: all of them are listed.
    """
    wanted = [text_column, label_column, *([group_column] if group_column else [])]
    examples: list[Example] = []
    faults: list[Fault] = []
    for path in paths:
        with read_table(path, wanted, quoting=quoting) as reader:
            for chunk in reader.chunks():
                faults += [Fault(path, row.line, row.reason) for row in chunk.rejected]
                for line, (text, label, *group) in zip(chunk.lines, chunk.values, strict=True):
                    faults += [Fault(path, line, reason) for reason in _faults(text, label, text_column, label_column)]
                    examples.append(Example(text, label.strip(), _group(text, *group)))
    if faults:
        raise DataError(sorted(faults, key=lambda fault: (str(fault.path), fault.line)))
    dataset = Dataset(", ".join(path.name for path in paths), tuple(examples), poles)
    if fewest:
        _check_labels(dataset, paths, fewest)
    for pole in poles or ():
        if pole not in dataset.counts():
            raise DataError([Fault(paths[0], 0, f"no row has the label {pole!r}, which is to be a pole")])
    return dataset


def _faults(text: str, label: str, text_column: str, label_column: str) -> list[str]:
    faults = []
    if not text.strip():
        faults.append(f"{text_column!r} is empty")
    if not label.strip():
        faults.append(f"{label_column!r} is empty")
    return faults


def _group(text: str, group: str = "") -> str:
    return f"group:{group}" if group else f"text:{' '.join(fold(text).split())}"


def _check_labels(dataset: Dataset, paths: Sequence[Path], fewest: int) -> None:
    counts = dataset.counts()
    faults = []
    if len(counts) < 2:  # noqa: PLR2004 - a classifier tells two or more things apart
        faults.append(Fault(paths[0], 0, f"two or more labels are needed; found {', '.join(counts) or 'no rows'}"))
    faults += [
        Fault(paths[0], 0, f"the label {label!r} has {n} rows; at least {fewest} are needed")
        for label, n in counts.items()
        if n < fewest
    ]
    if faults:
        raise DataError(faults)
