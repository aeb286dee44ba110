"""Labelling a whole table, row by row, in constant memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TextIO, cast

from stance.atomic import PARTIAL, replacing
from stance.errors import RowError, TableError
from stance.model import Model
from stance.prediction import Prediction
from stance.tables import Layout, read_table, write_table

OnError = Literal["stop", "skip"]


@dataclass(frozen=True)
class BatchReport:
    """What was done: rows labelled, how often each label was given, rows rejected and the file they went to."""

    rows: int
    labels: Mapping[str, int]
    rejected: int
    rejects: Path | None


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is: `position` of `size`, in `unit` (bytes of the input file, or rows)."""

    position: int
    size: int
    unit: str


def label_table(
    model: Model,
    source: Path,
    target: Path,
    *,
    column: str = "text",
    prefix: str = "stance",
    on_error: OnError = "stop",
    quoting: bool = True,
    progress: Callable[[BatchProgress], None] = lambda _: None,
) -> BatchReport:
    """Label the texts in `column` of `source` and write all columns and the answers to `target`.

    Adds a column `prefix` with the label given, one column `prefix_LABEL` with each probability, `prefix_certain` (true
    or false) and `prefix_flags` (separated by spaces). `target` appears only when complete. With `on_error="skip"`,
    rows at fault go to `TARGET.rejects.jsonl` (line, reason, row).

    Raises:
        RowError: a row is at fault, with `on_error="stop"`.
        TableError: a table cannot be read or written as asked.
    """
    layout = _layout(source, target)
    if not prefix.isprintable() or not prefix:
        raise TableError(target, f"the prefix {prefix!r} cannot begin a column's name")
    added = _added(model, target, prefix)
    rejects = target.with_name(target.name + ".rejects.jsonl") if on_error == "skip" else None
    counts: Counter[str] = Counter()
    rejected = 0
    with _naming(target), ExitStack() as stack:
        reader = stack.enter_context(read_table(source, [column], quoting=quoting))
        partial = stack.enter_context(replacing(target))
        bin_ = stack.enter_context(_rejects_file(rejects)) if rejects else None
        writer = stack.enter_context(write_table(partial, layout, reader.columns, added, quoting=quoting))
        for chunk in reader.chunks():
            if chunk.rejected and bin_ is None:
                raise RowError(source, chunk.rejected[0].line, chunk.rejected[0].reason)
            for row in chunk.rejected:
                cast(TextIO, bin_).write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            predictions = model.predict([text for (text,) in chunk.values])
            writer.write(chunk.payload, _columns(model, prefix, predictions))
            counts.update(prediction.label for prediction in predictions)
            rejected += len(chunk.rejected)
            progress(BatchProgress(chunk.position, reader.size, reader.unit))
    return BatchReport(counts.total(), counts, rejected, rejects)


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Name the file that the user knows in errors about the partial file beside it."""
    try:
        yield
    except TableError as error:
        if error.path.name.startswith(PARTIAL):
            raise TableError(target, error.reason) from error
        raise
    except OSError as error:
        raise TableError(target, error.strerror or str(error)) from error


def _layout(source: Path, target: Path) -> Layout:
    layout = Layout.of(target)
    if layout.family != Layout.of(source).family:
        raise TableError(target, f"cannot keep the columns of {source.name} as they are; give both the same ending")
    if not target.parent.is_dir():
        raise TableError(target, "its folder does not exist")
    return layout


def _added(model: Model, target: Path, prefix: str) -> dict[str, type]:
    """Return the names and types of the columns to add.

    Raises:
        TableError: a label is called as one of the other columns.
    """
    for label in model.labels:
        if label in {"certain", "flags"}:
            raise TableError(target, f"the model's label {label!r} would share the column {prefix}_{label}")
    probabilities = {f"{prefix}_{label}": float for label in model.labels}
    return {prefix: str, **probabilities, f"{prefix}_certain": bool, f"{prefix}_flags": str}


def _columns(model: Model, prefix: str, predictions: Sequence[Prediction]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {prefix: [prediction.label for prediction in predictions]}
    for label in model.labels:
        columns[f"{prefix}_{label}"] = [prediction.probabilities[label] for prediction in predictions]
    columns[f"{prefix}_certain"] = [prediction.certain for prediction in predictions]
    columns[f"{prefix}_flags"] = [" ".join(prediction.flags) for prediction in predictions]
    return columns


@contextmanager
def _rejects_file(path: Path) -> Iterator[TextIO]:
    with replacing(path) as partial, partial.open("w", encoding="utf-8") as file:
        yield file
