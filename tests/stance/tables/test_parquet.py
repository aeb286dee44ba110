"""Parquet: what is read, what is refused, and which types and metadata come back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from stance import TableError
from stance.tables import read_table
from stance.tables import table as tables
from tests.rows import Rows, copy

_COLUMNS = {
    "text": pa.array(["a", "b"], pa.string()),
    "dictionary": pa.array(["x", None]).dictionary_encode(),
    "time": pa.array([datetime(2026, 1, 2, tzinfo=UTC), None], pa.timestamp("ns", "Europe/Oslo")),
    "day": pa.array([date(2026, 1, 2), None], pa.date32()),
    "decimal": pa.array([Decimal("1.20"), None], pa.decimal128(10, 2)),
    "small": pa.array([1, None], pa.int8()),
    "unsigned": pa.array([2**64 - 1, 0], pa.uint64()),
    "single": pa.array([1.5, None], pa.float32()),
    "bytes": pa.array([b"\xff", b""], pa.binary()),
    "truth": pa.array([True, None], pa.bool_()),
    "large": pa.array(["x", None], pa.large_string()),
    "list": pa.array([[1, None], None], pa.list_(pa.int16())),
    "struct": pa.array([{"a": 1, "b": "x"}, None], pa.struct({"a": pa.int16(), "b": pa.string()})),
    "nothing": pa.array([None, None], pa.null()),
}
_RICH = pa.table(_COLUMNS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "in.parquet"


def _write(path: Path, table: pa.Table) -> Path:
    parquet.write_table(table, path)
    return path


def _copied(path: Path, table: pa.Table) -> pa.Table:
    """Return the columns of `table` after a copy with one column added."""
    copied = parquet.read_table(copy(_write(path, table), path.with_name("out.parquet"), "text", new="x"))
    return copied.select(table.column_names)


# Reading


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_texts_of_any_string_type_are_read(path: Path, kind: pa.DataType) -> None:
    table = pa.table({"text": pa.array(["a", "b", "a"]).cast(kind)})
    assert Rows.of(_write(path, table), "text").values == [("a",), ("b",), ("a",)]


def test_rows_are_numbered_from_one(path: Path) -> None:
    assert Rows.of(_write(path, pa.table({"text": ["a", "b"]})), "text").lines == [1, 2]


def test_a_table_without_rows_is_read(path: Path) -> None:
    assert Rows.of(_write(path, _RICH.slice(0, 0)), "text") == Rows()


def test_more_rows_than_one_chunk_holds_are_all_read(path: Path) -> None:
    n = 2 * tables.CHUNK_ROWS + 1
    assert Rows.of(_write(path, pa.table({"text": ["a"] * n})), "text").lines == list(range(1, n + 1))


def test_rows_of_several_row_groups_are_numbered_through(path: Path) -> None:
    parquet.write_table(pa.table({"text": ["a", "b", None, "d"]}), path, row_group_size=2)
    rows = Rows.of(path, "text")
    assert (rows.lines, [row.line for row in rows.rejected]) == ([1, 2, 4], [3])


# Tables and rows that cannot be used


@pytest.mark.parametrize("content", [b"", b"PAR1", b"a,b\n1,2\n", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(TableError, match="not a Parquet file that can be read"):
        read_table(path, ["text"])


def test_a_truncated_file_is_refused(path: Path) -> None:
    _write(path, _RICH)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TableError, match="not a Parquet file that can be read"):
        read_table(path, ["text"])


def test_a_missing_column_is_refused_and_the_others_are_listed(path: Path) -> None:
    with pytest.raises(TableError, match="no column called 'text'; the columns are a, b"):
        read_table(_write(path, pa.table({"a": ["x"], "b": [1]})), ["text"])


def test_a_column_that_is_there_twice_is_refused_as_such(path: Path) -> None:
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    with pytest.raises(TableError, match="more than one column called 'text'"):
        read_table(_write(path, twice), ["text"])


@pytest.mark.parametrize("values", [[1], [1.5], [b"a"], [["a"]], [True]])
def test_a_column_that_holds_no_strings_is_refused(path: Path, values: list[object]) -> None:
    with pytest.raises(TableError, match=r"the column 'text' holds .*, strings are needed"):
        read_table(_write(path, pa.table({"text": values})), ["text"])


def test_a_null_is_a_fault_of_its_row(path: Path) -> None:
    assert Rows.of(_write(path, pa.table({"text": ["a", None]})), "text").faults == [(2, "the column 'text' is null")]


def test_a_rejected_row_is_kept_as_json(path: Path) -> None:
    table = pa.table({"text": pa.array([None], pa.string()), "n": [1], "day": [date(2026, 1, 2)]})
    (row,) = Rows.of(_write(path, table), "text").rejected
    assert row.row == '{"text": null, "n": 1, "day": "2026-01-02"}'


# Writing


@pytest.mark.parametrize("name", _COLUMNS)
def test_a_column_of_any_type_keeps_its_type(path: Path, name: str) -> None:
    assert _copied(path, _RICH).schema.field(name).type == _RICH.schema.field(name).type


@pytest.mark.parametrize("name", _COLUMNS)
def test_a_column_of_any_type_keeps_its_values(path: Path, name: str) -> None:
    assert _copied(path, _RICH)[name].to_pylist() == _RICH[name].to_pylist()


def test_a_table_without_rows_keeps_its_types(path: Path) -> None:
    assert _copied(path, _RICH.slice(0, 0)).schema.types == _RICH.schema.types


def test_the_metadata_of_the_table_is_kept(path: Path) -> None:
    table = _RICH.replace_schema_metadata({"pandas": "{}", "who": "me"})
    assert _copied(path, table).schema.metadata == {b"pandas": b"{}", b"who": b"me"}


def test_the_metadata_of_a_column_is_kept(path: Path) -> None:
    schema = pa.schema([pa.field("text", pa.string(), metadata={"unit": "sentence"})])
    assert _copied(path, pa.table({"text": ["a"]}, schema)).schema.field("text").metadata[b"unit"] == b"sentence"


def test_a_column_that_may_hold_no_null_stays_so(path: Path) -> None:
    schema = pa.schema([pa.field("text", pa.string(), nullable=False)])
    assert not _copied(path, pa.table({"text": ["a"]}, schema)).schema.field("text").nullable


def test_a_new_column_stands_last(path: Path) -> None:
    source = _write(path, pa.table({"text": ["a"], "n": [1]}))
    copied = copy(source, path.with_name("out.parquet"), "text", new="x")
    assert parquet.read_table(copied).to_pydict() == {"text": ["a"], "n": [1], "new": ["x"]}


def test_a_column_that_is_there_already_is_not_written_over(path: Path) -> None:
    with pytest.raises(TableError, match="a column called 'text' is there already"):
        copy(_write(path, pa.table({"text": ["a"]})), path.with_name("out.parquet"), "text", text="x")
