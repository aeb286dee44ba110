"""Folding: lower case, offset by offset."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given

from stance.fold import fold
from tests.texts import any_text

_ALL = "".join(map(chr, range(sys.maxunicode + 1)))


def test_every_code_point_is_folded_to_one_code_point() -> None:
    assert [point for point in _ALL if len(fold(point)) != 1] == []


def test_folding_every_code_point_twice_changes_nothing_more() -> None:
    assert fold(fold(_ALL)) == fold(_ALL)


def test_no_code_point_becomes_or_ceases_to_be_white_space() -> None:
    pairs = zip(_ALL, fold(_ALL), strict=True)
    assert [point for point, folded in pairs if point.isspace() != folded.isspace()] == []


def test_ascii_is_lower_cased() -> None:
    assert fold("The TRUCE Holds, 24/7.") == "the truce holds, 24/7."


def test_accented_letters_are_lower_cased() -> None:
    assert fold("ÉTÉ, ŻÓŁĆ, МИР") == "été, żółć, мир"


def test_the_dotted_capital_i_becomes_a_plain_i() -> None:
    assert fold("İSTANBUL") == "istanbul"


def test_a_sigma_at_a_words_end_is_folded_like_any_other() -> None:
    assert fold("ΟΔΟΣ") == "οδοσ"


@pytest.mark.parametrize("apostrophe", ["\N{RIGHT SINGLE QUOTATION MARK}", "\N{MODIFIER LETTER APOSTROPHE}"])
def test_a_typographic_apostrophe_becomes_a_plain_one(apostrophe: str) -> None:
    assert fold(f"Won{apostrophe}t") == "won't"


@given(any_text())
def test_a_folded_text_is_as_long_as_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(any_text(), any_text())
def test_what_surrounds_a_text_does_not_change_its_fold(text: str, other: str) -> None:
    assert fold(text + other) == fold(text) + fold(other)
