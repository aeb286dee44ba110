"""JSON Lines: one JSON object a line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from stance import strict_json
from stance.tables.layout import Layout
from stance.tables.streams import ByteSink, LineSource
from stance.tables.table import CHUNK_ROWS, Chunk, Rejected, check_free


class JsonLinesReader:
    """Reads the members named `wanted` of each object; blank lines are passed over.

    A wanted member is a string; a whole number is taken as its digits (class labels are often 0 and 1).
    """

    unit = "B"
    columns: Sequence[str] = ()

    def __init__(self, path: Path, layout: Layout, wanted: Sequence[str]) -> None:
        self.path = path
        self._wanted = wanted
        self._source = LineSource(path, layout.compression)
        self.size = self._source.size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._source.close()

    def chunks(self) -> Iterator[Chunk]:
        values: list[tuple[str, ...]] = []
        lines: list[int] = []
        rows: list[tuple[str, dict[str, Any]]] = []
        rejected: list[Rejected] = []
        for line, raw in enumerate(self._source, start=1):
            content = raw.removeprefix(BOM_UTF8 if line == 1 else b"").strip()
            if not content:
                continue
            try:
                row = _object(content)
                values.append(tuple(_string(row, name) for name in self._wanted))
            except ValueError as error:
                rejected.append(Rejected(line, str(error), content.decode("utf-8", "backslashreplace")))
            else:
                lines.append(line)
                rows.append((content.decode(), row))
            if len(rows) + len(rejected) >= CHUNK_ROWS:
                yield Chunk(values, lines, rows, rejected, self._source.position)
                values, lines, rows, rejected = [], [], [], []
        yield Chunk(values, lines, rows, rejected, self._source.position)


class JsonLinesWriter:
    """Writes each object as it stood, to the last digit of its numbers, with members added at its end."""

    def __init__(self, path: Path, layout: Layout, columns: Sequence[str], added: Mapping[str, type]) -> None:
        del columns, added  # each line names its own members
        self._path = path
        self._sink = ByteSink(path, layout.compression)

    def write(self, payload: Any, added: Mapping[str, Sequence[Any]]) -> None:  # noqa: ANN401 - see Chunk
        for (content, row), *values in zip(payload, *added.values(), strict=True):
            check_free(self._path, row, added)
            more = json.dumps(dict(zip(added, values, strict=True)), ensure_ascii=False)
            joint = ", " if row else ""
            self._sink.write(f"{content[:-1].rstrip()}{joint}{more[1:]}\n".encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sink.close()


def _object(content: bytes) -> dict[str, Any]:
    row = strict_json.loads(content)
    if not isinstance(row, dict):
        raise ValueError(f"a {_kind(row)}, an object is needed")  # noqa: TRY004 - one kind of fault for the caller
    return row


def _string(row: dict[str, Any], name: str) -> str:
    if name not in row:
        raise ValueError(f"no member called {name!r}; there are {', '.join(map(repr, row)) or 'none'}")
    value = row[name]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"the member {name!r} is a {_kind(value)}, a string is needed")  # noqa: TRY004 - as above
    return value


def _kind(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
