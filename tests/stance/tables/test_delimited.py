"""CSV and TSV: what is read, what is refused, and what comes back as it was."""

from __future__ import annotations

import csv
import gc
import io
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stance import TableError
from stance.tables import read_table
from stance.tables import table as tables
from tests.rows import Rows, copy

# CSV is UTF-8: it cannot hold lone surrogates.
_FIELD = st.text(st.characters(codec="utf-8"), max_size=10) | st.text(alphabet="a,\t\"\r\n '", max_size=6)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "in.csv"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a property's examples write to, one after the other."""
    return tmp_path_factory.mktemp("delimited")


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _columns(path: Path) -> list[str]:
    with read_table(path, []) as reader:
        return list(reader.columns)


def _parsed(path: Path, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline=""), delimiter=separator, strict=True))


# Reading


def test_wanted_columns_are_read_in_the_order_wanted(path: Path) -> None:
    assert Rows.of(_write(path, "a,b,c\n1,2,3\n"), "c", "a").values == [("3", "1")]


def test_tabs_separate_the_fields_of_a_tsv(tmp_path: Path) -> None:
    assert Rows.of(_write(tmp_path / "in.tsv", "a\tb\n1,5\t2\n"), "a").values == [("1,5",)]


def test_a_quoted_field_may_hold_separators_quotation_marks_and_newlines(path: Path) -> None:
    assert Rows.of(_write(path, 'a,b\n"x, ""y""\r\nz",2\n'), "a").values == [('x, "y"\r\nz',)]


def test_a_last_line_without_a_newline_is_a_row(path: Path) -> None:
    assert Rows.of(_write(path, "a\nx"), "a").values == [("x",)]


def test_windows_newlines_belong_to_no_field(path: Path) -> None:
    assert Rows.of(_write(path, "a,b\r\n1,2\r\n"), "b").values == [("2",)]


def test_blank_lines_are_no_rows(path: Path) -> None:
    assert Rows.of(_write(path, "\na\n\nx\n\n"), "a").values == [("x",)]


def test_rows_are_numbered_by_the_line_on_which_they_begin(path: Path) -> None:
    assert Rows.of(_write(path, 'a,b\n"1\n1",x\n\n2,y\n'), "a").lines == [2, 5]


def test_a_byte_order_mark_is_not_part_of_the_first_columns_name(path: Path) -> None:
    assert _columns(_write(path, "\ufeffa,b\n")) == ["a", "b"]


def test_a_byte_order_mark_before_a_quoted_name_is_not_part_of_it(path: Path) -> None:
    assert _columns(_write(path, '\ufeff"a",b\n')) == ["a", "b"]


def test_a_byte_order_mark_in_a_field_is_part_of_it(path: Path) -> None:
    assert Rows.of(_write(path, "a\n\ufeffx\n"), "a").values == [("\ufeffx",)]


def test_a_field_may_hold_a_nul(path: Path) -> None:
    assert Rows.of(_write(path, "a,b\nx\0y,1\n"), "a").values == [("x\0y",)]


def test_a_table_of_a_header_alone_has_no_rows(path: Path) -> None:
    assert Rows.of(_write(path, "a,b\n"), "a") == Rows()


def test_more_rows_than_one_chunk_holds_are_all_read(path: Path) -> None:
    n = 2 * tables.CHUNK_ROWS + 1
    assert len(Rows.of(_write(path, "a\n" + "x\n" * n), "a").values) == n


def test_without_quoting_quotation_marks_are_ordinary_characters(tmp_path: Path) -> None:
    path = _write(tmp_path / "in.tsv", 'a\tb\n"open\t5" gun\n')
    assert Rows.of(path, "a", "b", quoting=False).values == [('"open', '5" gun')]


# Tables that cannot be read


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        read_table(path, [])


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_a_table_without_a_header_is_refused(path: Path, content: str) -> None:
    with pytest.raises(TableError, match="is empty; a header line"):
        read_table(_write(path, content), [])


def test_a_missing_column_is_refused_and_the_others_are_listed(path: Path) -> None:
    with pytest.raises(TableError, match="no column called 'text'; the columns are a, b"):
        read_table(_write(path, "a,b\n"), ["text"])


def test_a_column_that_is_there_twice_is_refused(path: Path) -> None:
    with pytest.raises(TableError, match="more than one column called 'a'"):
        read_table(_write(path, "a,b,a\n"), ["a"])


def test_a_column_that_is_there_twice_is_fine_where_no_one_wants_it(path: Path) -> None:
    assert Rows.of(_write(path, "a,b,b\n1,2,3\n"), "a").values == [("1",)]


@pytest.mark.parametrize("header", [b"a\xff,b\n", b'"a\n', b'"a"b,c\n'])
def test_a_malformed_header_is_refused(path: Path, header: bytes) -> None:
    with pytest.raises(TableError, match="header: "):
        read_table(_write(path, header), [])


@pytest.mark.parametrize("content", ["", "a,b\n", '"a\n'])
def test_a_table_that_is_refused_is_closed(path: Path, content: str) -> None:
    _write(path, content)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with suppress(TableError):
            read_table(path, ["text"])
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


# Rows that cannot be used


def test_a_row_with_too_few_fields_is_rejected(path: Path) -> None:
    assert Rows.of(_write(path, "a,b\n1\n"), "a").faults == [(2, "1 fields, the header has 2")]


def test_a_row_with_too_many_fields_is_rejected(path: Path) -> None:
    assert Rows.of(_write(path, "a,b\n1,2,3\n"), "a").faults == [(2, "3 fields, the header has 2")]


def test_a_row_that_is_not_utf_8_is_rejected(path: Path) -> None:
    assert Rows.of(_write(path, b"a,b\n1,\xff\n"), "a").faults == [(2, "not UTF-8 at byte 2 of the row")]


def test_text_after_a_closing_quotation_mark_is_rejected(path: Path) -> None:
    ((line, reason),) = Rows.of(_write(path, 'a,b\n"x"y,2\n'), "a").faults
    assert (line, reason.partition(":")[0]) == (2, "malformed")


def test_a_quotation_mark_that_never_closes_is_rejected_where_it_opens(path: Path) -> None:
    ((line, reason),) = Rows.of(_write(path, 'a,b\n1,2\n"x,2\n3,4\n'), "a").faults
    assert (line, reason.partition(":")[0]) == (3, "malformed")


def test_a_rejected_row_is_kept_as_it_stands_in_the_file(path: Path) -> None:
    (row,) = Rows.of(_write(path, b'a,b\n"x\xff", 1,\r\n'), "a").rejected
    assert row.row == '"x\\xff", 1,'


@pytest.mark.parametrize("bad", [b"1\n", b"1,2,3\n", b"\xff,2\n", b'"x"y,2\n'])
def test_rows_after_a_bad_one_are_read(path: Path, bad: bytes) -> None:
    assert Rows.of(_write(path, b"a,b\n" + bad + b"3,4\n"), "a").values == [("3",)]


def test_a_bad_byte_in_a_field_of_several_lines_rejects_the_row_and_no_more(path: Path) -> None:
    rows = Rows.of(_write(path, b'a,b\n1,"x\xff\ny"\n3,4\n'), "a")
    assert (rows.values, [row.line for row in rows.rejected]) == ([("3",)], [2])


def test_the_rest_of_a_field_with_a_bad_byte_is_not_taken_for_a_row(path: Path) -> None:
    assert Rows.of(_write(path, b'a,b\n1,"x\xff\ny,z"\n'), "a").values == []


# Writing


@given(rows=st.lists(st.lists(_FIELD, min_size=2, max_size=2), max_size=5), ending=st.sampled_from(["csv", "tsv"]))
@example(rows=[["a\rb", "c"]], ending="csv")
@example(rows=[["\r", "\n"]], ending="tsv")
def test_every_field_comes_back_as_it_was(scratch: Path, rows: list[list[str]], ending: str) -> None:
    separator = {"csv": ",", "tsv": "\t"}[ending]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    source = _write(scratch / f"in.{ending}", written.getvalue())
    copied = copy(source, scratch / f"out.{ending}", new="\N{WHITE FLAG}")
    assert _parsed(copied, separator) == [["a", "b", "new"], *([*row, "\N{WHITE FLAG}"] for row in rows)]


@given(rows=st.lists(st.lists(_FIELD, min_size=2, max_size=2), max_size=5))
def test_a_csv_becomes_a_tsv_without_loss(scratch: Path, rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    source = _write(scratch / "from.csv", written.getvalue())
    copied = copy(source, scratch / "to.tsv", new="x")
    assert Rows.of(copied, "a", "b").values == [tuple(row) for row in rows]


def test_fields_that_need_no_quotation_marks_get_none(path: Path) -> None:
    copied = copy(_write(path, '"a","b"\n"1","2, 3"\n'), path.with_name("out.csv"), new="x")
    assert copied.read_bytes() == b'a,b,new\n1,"2, 3",x\n'


def test_a_header_alone_gets_the_new_columns(path: Path) -> None:
    assert copy(_write(path, "a,b\n"), path.with_name("out.csv"), new="x").read_bytes() == b"a,b,new\n"


def test_without_quoting_quotation_marks_are_written_as_they_stood(tmp_path: Path) -> None:
    source = _write(tmp_path / "in.tsv", 'a\tb\n"open\t5" gun\n')
    assert copy(source, tmp_path / "out.tsv", quoting=False, new="x").read_bytes() == b'a\tb\tnew\n"open\t5" gun\tx\n'


def test_a_column_that_is_there_already_is_not_written_over(path: Path) -> None:
    with pytest.raises(TableError, match="a column called 'b' is there already"):
        copy(_write(path, "a,b\n1,2\n"), path.with_name("out.csv"), b="x")
