"""Which sentences one quotation spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.quotation import is_quoted, quotations


def _runs(*sentences: str) -> list[list[int]]:
    return [list(run) for run in quotations(sentences)]


def test_a_quotation_within_one_sentence_spans_no_other() -> None:
    assert _runs("“It holds,” he said.", "Talks go on.") == []


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_a_quotation_spans_the_sentences_from_its_opening_to_its_closing(opening: str, closing: str) -> None:
    sentences = ("Rain fell.", f"{opening}It holds.", "Nobody fires.", f"We sleep,{closing} he said.", "Talks go on.")
    assert _runs(*sentences) == [[1, 2, 3]]


def test_a_paragraph_may_open_a_quotation_anew() -> None:
    assert _runs("“It holds.", "“Nobody fires,” she said.") == [[0, 1]]


def test_a_mark_at_a_beginning_closes_if_white_space_follows() -> None:
    assert _runs('"It holds.', "Nobody fires.", '" he said. "Talks go on."', "Rain fell.", 'A "lull".') == [[0, 1, 2]]


def test_a_text_may_hold_several_long_quotations() -> None:
    assert _runs("“One.", "Two,” he said.", "“Three.", "Four,” she said.") == [[0, 1], [2, 3]]


def test_a_quotation_that_nobody_closes_spans_nothing() -> None:
    assert _runs("“It holds.", *["Rain fell."] * 50) == []


def test_a_mark_left_open_is_forgotten_before_a_far_one_closes() -> None:
    assert _runs("“It holds.", *["Rain fell."] * 50, "Nobody fires,” he said.") == []


def test_inches_and_apostrophes_open_no_quotation() -> None:
    assert _runs('A 12" shell fell.', "The soldiers' tents burned.") == []


@pytest.mark.parametrize("sentence", ["“It holds.”", '"It holds."'])
def test_a_sentence_may_be_a_quotation_and_nothing_else(sentence: str) -> None:
    assert is_quoted(sentence)


@pytest.mark.parametrize("sentence", ["", "“", "“”", "It holds.", "“It holds,” he said.", "“One,” he said, “two.”"])
def test_a_sentence_with_words_outside_the_marks_is_no_mere_quotation(sentence: str) -> None:
    assert not is_quoted(sentence)


@given(sentences=st.lists(st.text(alphabet='“”" ab.', max_size=12), max_size=30))
def test_quotations_never_overlap_but_where_one_ends_and_the_next_begins(sentences: list[str]) -> None:
    runs = list(quotations(sentences))
    assert all(len(run) > 1 for run in runs)
    assert all(one[-1] <= other[0] for one, other in pairwise(runs))
