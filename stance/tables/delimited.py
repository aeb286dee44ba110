"""CSV and TSV: a header line, then rows of as many fields (RFC 4180; quotation marks may be switched off)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from stance.errors import TableError
from stance.tables.layout import Layout
from stance.tables.streams import ByteSink, LineSource
from stance.tables.table import CHUNK_ROWS, Chunk, Rejected

_SEPARATORS = {"csv": ",", "tsv": "\t"}
# One field's most characters: a quotation mark that never closes would otherwise swallow the file into memory.
_LONGEST_FIELD = 16 * 1024 * 1024


class DelimitedReader:
    """Reads the columns named `wanted`; every row must have as many fields as the header."""

    unit = "B"

    def __init__(self, path: Path, layout: Layout, wanted: Sequence[str], *, quoting: bool = True) -> None:
        self.path = path
        self._source = LineSource(path, layout.compression)
        self.size = self._source.size
        self._lines = _Lines(self._source)
        csv.field_size_limit(_LONGEST_FIELD)
        self._parser = csv.reader(
            self._lines,
            delimiter=_SEPARATORS[layout.kind],
            strict=True,
            quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
        )
        try:
            self.columns = self._header()
            self._places = [self._place(name) for name in wanted]
        except TableError:
            self._source.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._source.close()

    def chunks(self) -> Iterator[Chunk]:
        values: list[tuple[str, ...]] = []
        lines: list[int] = []
        rows: list[list[str]] = []
        rejected: list[Rejected] = []
        for line, row in self._records():
            if isinstance(row, Rejected):
                rejected.append(row)
            else:
                values.append(tuple(row[place] for place in self._places))
                lines.append(line)
                rows.append(row)
            if len(rows) + len(rejected) >= CHUNK_ROWS:
                yield Chunk(values, lines, rows, rejected, self._source.position)
                values, lines, rows, rejected = [], [], [], []
        yield Chunk(values, lines, rows, rejected, self._source.position)

    def _records(self) -> Iterator[tuple[int, list[str] | Rejected]]:
        while True:
            line = self._lines.begin_record()
            try:
                row = next(self._parser)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, self._rejected(line, f"malformed: {error}")
                continue
            if not row:
                continue
            fault = self._lines.encoding_fault()
            if fault is None and len(row) != len(self.columns):
                fault = f"{len(row)} fields, the header has {len(self.columns)}"
            yield line, row if fault is None else self._rejected(line, fault)

    def _rejected(self, line: int, reason: str) -> Rejected:
        record = self._lines.record()
        taken = record.count("\n")
        return Rejected(line, f"{reason} (lines {line} to {line + taken})" if taken else reason, record)

    def _header(self) -> list[str]:
        self._lines.begin_record()
        try:
            header = next((row for row in self._parser if row), None)
        except csv.Error as error:
            raise TableError(self.path, f"header: malformed: {error}") from error
        if header is None:
            raise TableError(self.path, "is empty; a header line with the columns' names is needed")
        fault = self._lines.encoding_fault()
        if fault is not None:
            raise TableError(self.path, f"header: {fault}")
        return header

    def _place(self, name: str) -> int:
        if self.columns.count(name) != 1:
            found = "no column" if name not in self.columns else "more than one column"
            raise TableError(self.path, f"{found} called {name!r}; the columns are {', '.join(self.columns)}")
        return self.columns.index(name)


class DelimitedWriter:
    """Writes a header and rows; fields are quoted where they must be."""

    def __init__(
        self, path: Path, layout: Layout, columns: Sequence[str], added: Mapping[str, type], *, quoting: bool = True
    ) -> None:
        self._path = path
        self._sink = ByteSink(path, layout.compression)
        self._buffer = io.StringIO(newline="")
        separator = _SEPARATORS[layout.kind]
        self._minimal = csv.writer(
            self._buffer,
            delimiter=separator,
            lineterminator="\n",
            quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
            quotechar='"' if quoting else None,
        )
        # Python before 3.13 leaves a lone carriage return unquoted when lines end in a newline.
        self._all = csv.writer(self._buffer, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self._quoting = quoting
        self._row([*columns, *added])

    def write(self, payload: Any, added: Mapping[str, Sequence[Any]]) -> None:  # noqa: ANN401 - see Chunk
        for row, *more in zip(payload, *added.values(), strict=True):
            self._row([*row, *(_written(value) for value in more)])
        self._flush()

    def _row(self, fields: list[Any]) -> None:
        lone = self._quoting and any("\r" in field for field in fields if isinstance(field, str))
        try:
            (self._all if lone else self._minimal).writerow(fields)
        except csv.Error as error:
            raise TableError(self._path, f"cannot hold a field without quotation marks: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._sink.close()

    def _flush(self) -> None:
        self._sink.write(self._buffer.getvalue().encode())
        self._buffer.seek(0)
        self._buffer.truncate()


def _written(value: object) -> object:
    # As JSON writes it; Python's own "True" is for Python alone.
    return str(value).lower() if isinstance(value, bool) else value


class _Lines:
    """Feeds decoded lines to the parser, and remembers those of the record at hand, which may span several.

    Bytes that are not UTF-8 are passed through, so that the parser finds the end of the record that holds them.
    """

    def __init__(self, source: LineSource) -> None:
        self._source = iter(source)
        self._read = 0
        self._record: list[bytes] = []

    def begin_record(self) -> int:
        self._record.clear()
        return self._read + 1

    def record(self) -> str:
        return b"".join(self._record).decode("utf-8", "backslashreplace").rstrip("\r\n")

    def encoding_fault(self) -> str | None:
        try:
            b"".join(self._record).decode("utf-8")
        except UnicodeDecodeError as error:
            return f"not UTF-8 at byte {error.start} of the row"
        return None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        raw = next(self._source)
        self._read += 1
        self._record.append(raw)
        # Spreadsheets begin a UTF-8 file with a byte-order mark.
        return raw.decode("utf-8-sig" if self._read == 1 else "utf-8", "surrogateescape")
