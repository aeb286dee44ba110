"""Tables on disk, read and written in constant memory: CSV, TSV, JSON Lines, Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from stance.errors import TableError
from stance.tables.delimited import DelimitedReader, DelimitedWriter
from stance.tables.jsonlines import JsonLinesReader, JsonLinesWriter
from stance.tables.layout import Layout
from stance.tables.table import Chunk, Reader, Rejected, Writer, check_free

__all__ = ["Chunk", "Layout", "Reader", "Rejected", "Writer", "read_table", "write_table"]


def read_table(path: Path, wanted: Sequence[str], *, quoting: bool = True) -> Reader:
    """Open a table for reading the columns `wanted`; its layout is told by its name.

    Raises:
        TableError: the file cannot be read, its name tells no layout, or a column is missing.
    """
    layout = Layout.of(path)
    if not path.is_file():
        raise TableError(path, "no such file")
    if layout.kind == "parquet":
        _need_pyarrow(path)
        from stance.tables.parquet import ParquetReader  # noqa: PLC0415 - pyarrow is optional and slow to import

        return ParquetReader(path, layout, wanted)
    if layout.kind == "jsonl":
        return JsonLinesReader(path, layout, wanted)
    return DelimitedReader(path, layout, wanted, quoting=quoting)


def write_table(
    path: Path, layout: Layout, columns: Sequence[str], added: Mapping[str, type], *, quoting: bool = True
) -> Writer:
    """Open a table for writing rows read from one of the same family, with columns `added`, each str, float or bool.

    Raises:
        TableError: the table has a column of such a name already.
    """
    check_free(path, columns, added)
    if layout.kind == "parquet":
        _need_pyarrow(path)
        from stance.tables.parquet import ParquetWriter  # noqa: PLC0415 - as above

        return ParquetWriter(path, layout, columns, added)
    if layout.kind == "jsonl":
        return JsonLinesWriter(path, layout, columns, added)
    return DelimitedWriter(path, layout, columns, added, quoting=quoting)


def _need_pyarrow(path: Path) -> None:
    if find_spec("pyarrow") is None:
        raise TableError(path, "Parquet needs pyarrow: pip install 'stance[parquet]'")
