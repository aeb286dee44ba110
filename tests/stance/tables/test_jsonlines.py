"""JSON Lines: what is read, what is refused, and what comes back to the last digit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance import TableError
from stance.tables import table as tables
from tests.rows import Rows, copy

_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)
_OBJECTS = st.dictionaries(st.text(max_size=9), _VALUES, max_size=4).filter(lambda row: "new" not in row)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a property's examples write to, one after the other."""
    return tmp_path_factory.mktemp("jsonlines")


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _reason(path: Path, line: str | bytes) -> str:
    """Return why the one line of a table is rejected."""
    ((_, reason),) = Rows.of(_write(path, line), "text").faults
    return reason


# Reading


def test_a_member_is_read_by_its_name(path: Path) -> None:
    assert Rows.of(_write(path, '{"id": 1, "text": "a"}\n'), "text").values == [("a",)]


def test_several_members_are_read_in_the_order_wanted(path: Path) -> None:
    assert Rows.of(_write(path, '{"b": "2", "a": "1"}\n'), "a", "b").values == [("1", "2")]


def test_a_last_line_without_a_newline_is_a_row(path: Path) -> None:
    assert Rows.of(_write(path, '{"text": "a"}'), "text").values == [("a",)]


def test_blank_lines_are_no_rows_but_count_as_lines(path: Path) -> None:
    assert Rows.of(_write(path, '\n{"text": "a"}\n \r\n{"text": "b"}\n'), "text").lines == [2, 4]


def test_an_empty_file_has_no_rows(path: Path) -> None:
    assert Rows.of(_write(path, b""), "text") == Rows()


def test_a_file_that_begins_with_a_byte_order_mark_is_read(path: Path) -> None:
    assert Rows.of(_write(path, '\ufeff{"text": "a"}\n'), "text").values == [("a",)]


def test_a_whole_number_is_read_as_its_digits(path: Path) -> None:
    assert Rows.of(_write(path, '{"text": -12}\n'), "text").values == [("-12",)]


def test_line_separators_inside_a_string_end_no_line(path: Path) -> None:
    assert Rows.of(_write(path, '{"text": "a\u2028b\u2029c\x85d"}\n'), "text").values == [("a\u2028b\u2029c\x85d",)]


def test_rows_may_have_different_members(path: Path) -> None:
    assert Rows.of(_write(path, '{"text": "a"}\n{"x": [1], "text": "b"}\n'), "text").values == [("a",), ("b",)]


def test_more_rows_than_one_chunk_holds_are_all_read(path: Path) -> None:
    n = 2 * tables.CHUNK_ROWS + 1
    assert len(Rows.of(_write(path, '{"text": "a"}\n' * n), "text").values) == n


# Rows that cannot be used


def test_a_missing_member_is_named_with_those_that_are_there(path: Path) -> None:
    assert _reason(path, '{"id": 1, "body": ""}') == "no member called 'text'; there are 'id', 'body'"


@pytest.mark.parametrize(
    ("value", "kind"),
    [("null", "null"), ("true", "boolean"), ("1.5", "number"), ("[]", "array"), ("{}", "object")],
)
def test_a_member_that_is_no_string_is_named_by_its_kind(path: Path, value: str, kind: str) -> None:
    assert _reason(path, f'{{"text": {value}}}') == f"the member 'text' is a {kind}, a string is needed"


@pytest.mark.parametrize(("line", "kind"), [("[1]", "array"), ('"a"', "string"), ("1", "number"), ("null", "null")])
def test_a_line_that_is_no_object_is_rejected(path: Path, line: str, kind: str) -> None:
    assert _reason(path, line) == f"a {kind}, an object is needed"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"text": "a"', "not JSON", id="cut"),
        pytest.param(b'{"text": "\xff"}', "not UTF-8 at byte 10", id="not UTF-8"),
        pytest.param(b'{"text": "a", "text": "b"}', "the member 'text' stands twice", id="a member twice"),
        pytest.param(b'{"text": "a", "x": NaN}', "NaN is not JSON", id="NaN"),
        pytest.param(b'{"text": "\\ud800"}', "half a surrogate pair", id="half a surrogate pair"),
        pytest.param(b'{"text": ' + b"[" * 100_000, "nested too deeply", id="nested too deeply"),
    ],
)
def test_a_line_that_is_not_strictly_json_is_rejected(path: Path, line: bytes, reason: str) -> None:
    assert reason in _reason(path, line)


def test_a_rejected_row_is_kept_as_it_stands_in_the_file(path: Path) -> None:
    (row,) = Rows.of(_write(path, b'{"text":  1.50, "x": "\xff"}\r\n'), "text").rejected
    assert row.row == '{"text":  1.50, "x": "\\xff"}'


def test_rows_after_a_bad_one_are_read(path: Path) -> None:
    assert Rows.of(_write(path, '{"text": "a"}\n{"text"\n{"text": "b"}\n'), "text").lines == [1, 3]


# Writing


@pytest.mark.parametrize("number", ["1.0", "1e5", "1E+05", "-0", "0.10", "12345678901234567890123", "1e400"])
def test_numbers_keep_their_spelling(path: Path, number: str) -> None:
    copied = copy(_write(path, f'{{"n": {number}}}\n'), path.with_name("out.jsonl"), new="x")
    assert copied.read_text(encoding="utf-8") == f'{{"n": {number}, "new": "x"}}\n'


def test_spaces_order_and_escapes_keep_their_spelling(path: Path) -> None:
    row = r'{ "b" :[1 ,2],"a":"\u00e9\/\ud83d\ude00 é"'
    copied = copy(_write(path, row + " }\n"), path.with_name("out.jsonl"), new="x")
    assert copied.read_text(encoding="utf-8") == row + ', "new": "x"}\n'


def test_an_empty_object_gets_the_new_members(path: Path) -> None:
    assert copy(_write(path, "{ }\n"), path.with_name("out.jsonl"), new="x").read_bytes() == b'{"new": "x"}\n'


def test_windows_newlines_become_plain_ones(path: Path) -> None:
    copied = copy(_write(path, '{"a": 1}\r\n{"a": 2}\r\n'), path.with_name("out.jsonl"), new="x")
    assert copied.read_bytes() == b'{"a": 1, "new": "x"}\n{"a": 2, "new": "x"}\n'


@given(rows=st.lists(_OBJECTS, max_size=4), ascii_only=st.booleans())
def test_every_object_comes_back_with_the_new_member(
    scratch: Path, *, rows: list[dict[str, Any]], ascii_only: bool
) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows)
    copied = copy(_write(scratch / "in.jsonl", lines), scratch / "out.jsonl", new="\N{WHITE FLAG}")
    written = copied.read_text(encoding="utf-8").split("\n")[:-1]
    assert [json.loads(line) for line in written] == [row | {"new": "\N{WHITE FLAG}"} for row in rows]


def test_a_member_that_is_there_already_is_not_written_over(path: Path) -> None:
    with pytest.raises(TableError, match="a column called 'b' is there already"):
        copy(_write(path, '{"a": 1}\n{"b": 2}\n'), path.with_name("out.jsonl"), b="x")
