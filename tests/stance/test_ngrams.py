"""Words and characters: which features a text has, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from stance.fold import fold
from stance.ngrams import CharNgrams, WordNgrams
from tests.texts import HOSTILE, any_text

Ngrams = WordNgrams | CharNgrams

_RANGES = st.tuples(st.integers(1, 6), st.integers(0, 3)).map(lambda pair: (pair[0], sum(pair)))
_ANALYZERS: st.SearchStrategy[Ngrams] = st.builds(
    lambda kind, span: kind(*span), st.sampled_from([WordNgrams, CharNgrams]), _RANGES
)


def _char_wb(text: str, low: int, high: int) -> list[str]:
    vectorizer = CountVectorizer(analyzer="char_wb", ngram_range=(low, high), lowercase=False)
    return list(vectorizer.build_analyzer()(fold(text)))


def test_words_are_single_and_in_pairs() -> None:
    assert WordNgrams(1, 2)("The truce holds.") == ["the", "truce", "holds", "the truce", "truce holds"]


def test_a_contraction_is_one_word() -> None:
    assert WordNgrams(1, 1)("It won\N{RIGHT SINGLE QUOTATION MARK}t hold") == ["it", "won't", "hold"]


def test_quotation_marks_do_not_belong_to_the_word() -> None:
    assert WordNgrams(1, 1)("'truce' o'clock'") == ["truce", "o'clock"]


def test_words_in_runs_of_two_or_three_leave_single_words_out() -> None:
    assert WordNgrams(2, 3)("a b c") == ["a b", "b c", "a b c"]


def test_characters_are_padded_inside_each_word() -> None:
    assert CharNgrams(3, 3)("no war") == [" no", "no ", " wa", "war", "ar "]


def test_a_word_shorter_than_n_is_one_feature() -> None:
    assert CharNgrams(4, 5)("a") == [" a "]


def test_a_word_pair_stands_from_its_first_word_to_its_last() -> None:
    assert list(WordNgrams(2, 2).occurrences("No -- deal!")) == [("no deal", 0, 10)]


def test_the_padding_of_characters_is_not_part_of_their_place() -> None:
    assert list(CharNgrams(3, 3).occurrences("a no")) == [(" a ", 0, 1), (" no", 2, 4), ("no ", 2, 4)]


@given(any_text(), _RANGES)
def test_character_ngrams_are_scikit_learns_char_wb(text: str, span: tuple[int, int]) -> None:
    assert CharNgrams(*span)(text) == _char_wb(text, *span)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_character_ngrams_of_hostile_text_are_scikit_learns_char_wb(text: str) -> None:
    assert CharNgrams(3, 5)(text) == _char_wb(text, 3, 5)


@given(_ANALYZERS, any_text())
def test_every_place_lies_within_the_text(analyzer: Ngrams, text: str) -> None:
    assert all(0 <= start <= end <= len(text) for _, start, end in analyzer.occurrences(text))


@given(_RANGES, any_text())
def test_character_ngrams_stand_where_they_are_said_to(span: tuple[int, int], text: str) -> None:
    for feature, start, end in CharNgrams(*span).occurrences(text):
        # A short range gives features that are padding alone on one side: " a", "a ".
        assert feature.strip(" ") == fold(text[start:end])


@given(_RANGES, any_text())
def test_word_ngrams_stand_where_they_are_said_to(span: tuple[int, int], text: str) -> None:
    for feature, start, end in WordNgrams(*span).occurrences(text):
        assert " ".join(WordNgrams(1, 1)(text[start:end])) == feature
