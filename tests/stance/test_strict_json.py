"""JSON read strictly: what the standard library lets through is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stance.strict_json import loads

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


@given(value=_VALUES, ascii_only=st.booleans())
def test_any_json_value_reads_as_it_was_written(*, value: object, ascii_only: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.text() | st.text(alphabet='{}[]":,\\u0dD8eE-+.naNI \n') | st.binary())
@example("\ufeff{}")
@example('"\ud800"')
def test_no_content_raises_anything_but_a_value_error(content: str | bytes) -> None:
    try:
        value = loads(content)
    except ValueError:
        return
    assert json.dumps(value, ensure_ascii=False).encode()  # and what is read can be sent on


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_refused(constant: str) -> None:
    with pytest.raises(ValueError, match=f"{constant} is not JSON"):
        loads(f'{{"a": [{constant}]}}')


def test_a_member_named_twice_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="the member 'text' stands twice in one object"):
        loads('{"text": 1, "id": 2, "text": 3}')


def test_a_member_named_twice_deep_inside_is_refused() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        loads('[{"a": {"b": 1, "b": 1}}]')


def test_names_that_differ_in_spelling_alone_are_one_name() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        loads(r'{"a": 1, "\u0061": 2}')


def test_equal_names_in_different_objects_are_fine() -> None:
    assert loads('{"a": {"a": 1}}') == {"a": {"a": 1}}


@pytest.mark.parametrize("name", ["Der Text, den niemand sehen soll", "a" * 41, "0", "a\nb"])
def test_a_name_that_may_be_content_is_not_quoted(name: str) -> None:
    with pytest.raises(ValueError, match=r"^a member stands twice in one object$"):
        loads(json.dumps({name: 1})[:-1] + "," + json.dumps({name: 1})[1:])


@pytest.mark.parametrize("half", [r"\ud800", r"\uDC00", r"\ud800\ud800", r"x\udfffx"])
def test_half_a_surrogate_pair_is_refused(half: str) -> None:
    with pytest.raises(ValueError, match="half a surrogate pair"):
        loads(f'["{half}"]')


def test_half_a_surrogate_pair_in_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="half a surrogate pair"):
        loads(r'{"\ud800": 1}')


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert loads(r'"\ud83d\ude00"') == "\N{GRINNING FACE}"


def test_an_escaped_backslash_before_a_u_is_no_surrogate() -> None:
    assert loads(r'"\\ud800"') == r"\ud800"


def test_bytes_that_are_not_utf_8_are_refused_by_place() -> None:
    with pytest.raises(ValueError, match="not UTF-8 at byte 2"):
        loads(b'"a\xff"')


def test_utf_16_is_refused() -> None:
    with pytest.raises(ValueError, match="not UTF-8"):
        loads('{"a": 1}'.encode("utf-16"))


def test_the_place_of_a_fault_is_named() -> None:
    with pytest.raises(ValueError, match="not JSON at line 2, column 6"):
        loads('{"a": 1,\n "b" 2}')


def test_a_fault_does_not_quote_the_content() -> None:
    with pytest.raises(ValueError, match="not JSON") as caught:
        loads('{"text": "secret" "more"}')
    assert "secret" not in str(caught.value)


def test_content_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        loads("[" * 100_000)


@pytest.mark.parametrize("content", ["", " ", "{", "[1,]", "{'a': 1}", "01", "1 2", "True", "// no"])
def test_what_is_not_json_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match="not JSON"):
        loads(content)
