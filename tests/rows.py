"""Reading and writing whole tables at once."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from backports import zstd
from pyarrow import parquet

from stance.tables import Layout, Rejected, read_table, write_table

_COMPRESS: Mapping[str | None, Callable[[bytes], bytes]] = {None: bytes, "gzip": gzip.compress, "zstd": zstd.compress}


@dataclass
class Rows:
    """All that a table's reader gave: the wanted values and lines of the good rows, and the bad rows."""

    values: list[tuple[str, ...]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, *wanted: str, quoting: bool = True) -> Rows:
        """Read a table to its end."""
        rows = cls()
        with read_table(path, wanted, quoting=quoting) as reader:
            for chunk in reader.chunks():
                rows.values += chunk.values
                rows.lines += chunk.lines
                rows.rejected += chunk.rejected
        return rows

    @property
    def faults(self) -> list[tuple[int, str]]:
        """Line and reason of each bad row."""
        return [(row.line, row.reason) for row in self.rejected]


def copy(source: Path, target: Path, wanted: str | None = None, *, quoting: bool = True, **added: str) -> Path:
    """Copy the good rows of a table to another, with columns added that hold the same text in every row.

    A row is good if it is well-formed and, where a column is `wanted`, has a text there.
    """
    kinds: Mapping[str, type] = dict.fromkeys(added, str)
    with (
        read_table(source, [wanted] if wanted else [], quoting=quoting) as reader,
        write_table(target, Layout.of(target), reader.columns, kinds, quoting=quoting) as writer,
    ):
        for chunk in reader.chunks():
            columns: dict[str, Sequence[str]] = {name: [text] * len(chunk.lines) for name, text in added.items()}
            writer.write(chunk.payload, columns)
    return target


def table_of(path: Path, texts: Sequence[str]) -> Path:
    """Write a table of any layout with the columns `id` (1, 2, …) and `text`."""
    layout = Layout.of(path)
    if layout.kind == "parquet":
        parquet.write_table(pa.table({"id": range(1, len(texts) + 1), "text": pa.array(texts, pa.string())}), path)
        return path
    if layout.kind == "jsonl":
        content = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts, start=1))
    else:
        file = io.StringIO(newline="")
        writer = csv.writer(file, delimiter={"csv": ",", "tsv": "\t"}[layout.kind], lineterminator="\n")
        writer.writerows([("id", "text"), *enumerate(texts, start=1)])
        content = file.getvalue()
    path.write_bytes(_COMPRESS[layout.compression](content.encode()))
    return path
