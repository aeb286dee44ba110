"""Parquet, by pyarrow: column types, metadata and all other columns are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
from pyarrow import parquet

from stance.errors import TableError
from stance.tables.layout import Layout
from stance.tables.table import CHUNK_ROWS, Chunk, Rejected

# Chunks in a row group: small groups swell the file's footer, which is kept in memory.
_GROUP_CHUNKS = 64


class ParquetReader:
    """Reads the columns named `wanted`, which must hold strings; a null is a fault of its row."""

    unit = "row"

    def __init__(self, path: Path, layout: Layout, wanted: Sequence[str]) -> None:
        del layout
        self.path = path
        self._wanted = wanted
        try:
            self._file = parquet.ParquetFile(path)
        except (OSError, pa.ArrowException) as error:
            raise TableError(path, f"not a Parquet file that can be read: {error}") from error
        self.columns = list(self._file.schema_arrow.names)
        self.size = self._file.metadata.num_rows
        for name in wanted:
            self._check(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def chunks(self) -> Iterator[Chunk]:
        done = 0
        try:
            for batch in self._file.iter_batches(batch_size=CHUNK_ROWS):
                yield self._chunk(batch, done)
                done += batch.num_rows
            if not done:
                yield self._chunk(pa.RecordBatch.from_pylist([], schema=self._file.schema_arrow), 0)
        except (OSError, pa.ArrowException) as error:
            raise TableError(self.path, f"cannot be read to its end: {error}") from error

    def _chunk(self, batch: pa.RecordBatch, done: int) -> Chunk:
        table = [batch.column(name).to_pylist() for name in self._wanted]
        rows = list(zip(*table, strict=True))
        bad = {i: self._wanted[row.index(None)] for i, row in enumerate(rows) if None in row}
        good = [i for i in range(len(rows)) if i not in bad]
        rejected = [
            Rejected(done + i + 1, f"the column {name!r} is null", _as_json(batch.slice(i, 1)))
            for i, name in bad.items()
        ]
        return Chunk(
            [rows[i] for i in good],
            [done + i + 1 for i in good],
            batch.take(pa.array(good, pa.int64())) if bad else batch,
            rejected,
            done + batch.num_rows,
        )

    def _check(self, name: str) -> None:
        if self.columns.count(name) != 1:
            found = "no column" if name not in self.columns else "more than one column"
            raise TableError(self.path, f"{found} called {name!r}; the columns are {', '.join(self.columns)}")
        kind = self._file.schema_arrow.field(name).type
        inner = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (pa.types.is_string(inner) or pa.types.is_large_string(inner) or pa.types.is_string_view(inner)):
            raise TableError(self.path, f"the column {name!r} holds {kind}, strings are needed")


class ParquetWriter:
    """Writes record batches with columns added: strings and booleans as they are, numbers as doubles."""

    def __init__(self, path: Path, layout: Layout, columns: Sequence[str], added: Mapping[str, type]) -> None:
        del layout, columns  # each batch brings its schema
        self._path = path
        types = {str: pa.string(), float: pa.float64(), bool: pa.bool_()}
        self._types = {name: types[kind] for name, kind in added.items()}
        self._writer: parquet.ParquetWriter | None = None
        self._waiting: list[pa.RecordBatch] = []

    def write(self, payload: Any, added: Mapping[str, Sequence[Any]]) -> None:  # noqa: ANN401 - see Chunk
        batch = payload
        for name, values in added.items():
            batch = batch.append_column(name, pa.array(values, self._types[name]))
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._path, batch.schema)
        self._waiting.append(batch)
        if len(self._waiting) >= _GROUP_CHUNKS:
            self._write_group()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._write_group()
            self._writer.close()

    def _write_group(self) -> None:
        if self._waiting and self._writer is not None:
            self._writer.write_table(pa.Table.from_batches(self._waiting))
            self._waiting.clear()


def _as_json(row: pa.RecordBatch) -> str:
    return json.dumps(row.to_pylist()[0], ensure_ascii=False, default=str)
