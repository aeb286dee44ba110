"""Proper names, told by their capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.names import holds_name, proper_names


def test_a_word_with_a_capital_inside_a_sentence_is_a_name() -> None:
    assert proper_names(["They met in Doha.", "Nobody from Doha came."]) == {"doha"}


def test_a_word_that_opens_a_sentence_is_none() -> None:
    assert proper_names(["Shelling went on. Nobody came."]) == frozenset()


def test_a_word_that_is_also_written_small_is_none() -> None:
    assert proper_names(["They met in May.", "They may meet."]) == frozenset()


def test_a_name_that_is_rarely_written_small_is_one() -> None:
    assert "doha" in proper_names([*["They met in Doha."] * 9, "they met in doha"])


def test_a_headline_shows_no_names() -> None:
    assert proper_names(["Talks Fail In Doha Again"]) == frozenset()


def test_the_parts_of_a_name_are_names() -> None:
    assert proper_names(["They met at Sharm el-Sheikh."]) >= {"sharm"}


@pytest.mark.parametrize("feature", ["doha", "in doha", "NEG + 'doha'"])
def test_an_ngram_holds_a_name_wherever_it_stands(feature: str) -> None:
    assert holds_name(feature, frozenset({"doha"}))


@pytest.mark.parametrize("feature", ["dohan", "the talks", "NEG + 'talks'", ""])
def test_an_ngram_without_the_word_holds_none(feature: str) -> None:
    assert not holds_name(feature, frozenset({"doha"}))


@given(texts=st.lists(st.text(max_size=30), max_size=10))
def test_small_letters_show_no_names(texts: list[str]) -> None:
    assert proper_names([text.lower() for text in texts]) == frozenset()
