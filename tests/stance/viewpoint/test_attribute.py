"""Whose viewpoint a sentence reports."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from stance import Span, TextTypeError
from tests.stance.viewpoint.marks import parse
from tests.texts import HOSTILE, any_text

CONSTRUCTIONS = tomllib.loads((Path(__file__).parent / "constructions.toml").read_text(encoding="utf-8"))
# What news is made of, so that the property's texts come near to it now and then.
_WORDS = """
    the The envoy envoys Kyiv Haddad he who that said say says told claims hopes doubts was by to and , . : -
    \N{LEFT DOUBLE QUOTATION MARK}
    \N{RIGHT DOUBLE QUOTATION MARK} " ' \N{RIGHT SINGLE QUOTATION MARK}s ( )
    according to in view of rejected support a
    statement on Monday hopeful asked them not 40 U.S.
"""
_COPY = st.lists(st.sampled_from(_WORDS.split()), max_size=30).map(" ".join)
_REPEATED = (
    *(
        "said ",
        "the ",
        "reports ",
        "5 support support ",
        "he said, ",
        ", and said ",
        "( ",
        "“ ",
        "” ",
        "by ",
        "who said ",
    ),
    *("told him to ask them to ", "A, B, ", "was quickly ", "Kyiv's ", "hopes of ", ", the man", "a: b - ", "x"),
)


def _rows() -> list[tuple[str, str]]:
    return [(construction, row) for construction, rows in CONSTRUCTIONS.items() for row in rows]


@pytest.mark.parametrize(("construction", "row"), _rows())
def test_a_construction_is_read_as_the_table_says(construction: str, row: str) -> None:
    text, expected = parse(row)
    found = [item for item in stance.attribute(text) if item.holder is not None]
    assert [(i.holder.text, i.holder.start, i.cue.text, i.cue.start) for i in found if i.holder] == expected, (
        construction
    )


def test_the_table_has_at_least_eighty_rows() -> None:
    assert len(_rows()) >= 80


@given(_COPY | any_text())
def test_every_span_lies_in_the_text_and_has_its_words(text: str) -> None:
    for item in stance.attribute(text):
        for span in (item.holder, item.cue):
            assert span is None or (text[span.start : span.end] == span.text and 0 <= span.start <= span.end)


@given(_COPY | any_text())
def test_a_text_is_the_writers_own_or_somebody_elses(text: str) -> None:
    found = stance.attribute(text)
    assert found
    assert [item.kind for item in found] == ["own"] or all(item.holder and item.kind != "own" for item in found)


@given(_COPY | any_text())
def test_no_two_holders_overlap(text: str) -> None:
    holders = sorted((i.holder.start, i.holder.end) for i in stance.attribute(text) if i.holder)
    assert all(end <= start for (_, end), (start, _) in pairwise(holders))


@given(_COPY | any_text())
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert stance.attribute(text) == stance.attribute(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered(text: str) -> None:
    assert stance.attribute(text)


@pytest.mark.parametrize("repeated", _REPEATED)
def test_twice_the_text_takes_about_twice_the_steps(repeated: str) -> None:
    once, twice = (_steps(lambda n=n: stance.attribute(repeated * n)) for n in (300, 600))
    assert twice < 2.5 * once + 200


def _steps(action: Callable[[], object]) -> int:
    """Count the lines of the library that are run."""
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> Callable[[FrameType, str, object], object] | None:
        nonlocal steps
        steps += event == "line"
        return trace if "viewpoint" in frame.f_code.co_filename else None

    action()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return steps


def test_the_writers_own_voice_has_no_holder_and_an_empty_cue() -> None:
    (own,) = stance.attribute("Shells fell on the market.")
    assert (own.holder, own.cue, own.kind) == (None, Span("", 0, 0), "own")


@pytest.mark.parametrize("text", [None, b"He said so.", 7])
def test_what_is_no_string_is_refused(text: object) -> None:
    with pytest.raises(TextTypeError, match=type(text).__name__):
        stance.attribute(text)  # type: ignore[arg-type] # the mistake that is tested


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It holds,” the envoy said.", "quoted"),
        ("The envoy said it holds.", "reported"),
        ("According to the envoy, it holds.", "according-to"),
        ("The envoy believes that it holds.", "belief"),
        ("The envoy welcomed the truce.", "attitude"),
        ("The envoy wants a truce.", "wish"),
        ("The envoy intends to stay.", "intention"),
        ("The envoy urged them to stop.", "demand"),
    ],
)
def test_the_kind_says_how_it_is_attributed(text: str, kind: str) -> None:
    assert [item.kind for item in stance.attribute(text)] == [kind]


def test_offsets_are_code_points() -> None:
    (item,) = stance.attribute(
        "\N{WHITE FLAG}\N{VARIATION SELECTOR-16} The envoy\N{RIGHT SINGLE QUOTATION MARK}s deputy said it holds."
    )
    assert item.holder == Span("The envoy\N{RIGHT SINGLE QUOTATION MARK}s deputy", 3, 21)
