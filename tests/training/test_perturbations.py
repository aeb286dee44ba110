"""What is done to a sentence that must not change its label."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.texts import any_text
from training.perturbations import PERTURBATIONS, Rows

NATIONS = [["Mali", "Malian"], ["Nepal", "Nepali"], ["Libya", "Libyan"]]
NAMES = [["Goma"], ["Taiz"], ["Tyre"], ["Kidal"]]
FILLERS = st.lists(
    st.sampled_from(["Goma", "Taiz", "Tyre", "Kidal", "the truce", "in", "Gomas", ",", "."]), max_size=12
)


def _all(name: str, text: str, rows: Rows = ()) -> list[str]:
    return list(PERTURBATIONS[name](text, rows))


def test_a_swap_goes_through_all_other_rows() -> None:
    assert _all("swap", "Calm in Goma.", NAMES) == ["Calm in Taiz.", "Calm in Tyre.", "Calm in Kidal."]


def test_a_swap_keeps_the_forms_of_one_thing_together() -> None:
    assert _all("swap", "Mali's Malian troops", NATIONS) == ["Nepal's Nepali troops", "Libya's Libyan troops"]


def test_a_swap_keeps_two_things_apart() -> None:
    assert _all("swap", "Mali and Nepal", NATIONS) == ["Nepal and Libya", "Libya and Mali"]


def test_a_swap_leaves_longer_words_alone() -> None:
    assert _all("swap", "Gomas and aGoma", NAMES) == []


def test_of_two_forms_that_begin_alike_the_longer_is_swapped() -> None:
    rows = [["minister"], ["president"], ["prime minister"]]
    assert _all("swap", "The prime minister", rows) == ["The minister", "The president"]


def test_of_a_form_that_two_rows_have_the_first_row_is_meant() -> None:
    assert _all("swap", "one", [["one"], ["two"], ["one"]]) == ["two", "one"]


@given(FILLERS.map(" ".join))
def test_swapping_on_to_the_end_of_the_list_comes_back_to_the_sentence(text: str) -> None:
    for shift, swapped in enumerate(_all("swap", text, NAMES)):
        assert _all("swap", swapped, NAMES)[len(NAMES) - 2 - shift] == text


def test_two_sides_exchange_their_parts() -> None:
    assert _all("exchange", "Rebels told the army.", [["Rebels", "army"]]) == ["army told the Rebels."]


def test_one_side_alone_has_none_to_exchange_with() -> None:
    assert _all("exchange", "Rebels told the press.", [["Rebels", "army"]]) == []


def test_a_headline_begins_every_word_with_a_capital() -> None:
    assert _all("title", 'Truce "holds" in el-Obeid, won\'t last') == ['Truce "Holds" In El-Obeid, Won\'t Last']


@pytest.mark.parametrize("name", ["upper", "lower", "title"])
@given(text=st.text(st.characters(max_codepoint=127)))
def test_casing_changes_no_letter(name: str, text: str) -> None:
    assert [changed.lower() for changed in _all(name, text)] == [text.lower()]


def test_a_misspelt_word_has_two_letters_exchanged() -> None:
    assert _all("misspell", "Reporters came.", [["Reporters"], ["gone"]]) == ["Repotrers came."]


@pytest.mark.parametrize(("word", "misspelt"), [("assess", "assses"), ("abbb", "babb"), ("ab", "ba")])
def test_the_letters_exchanged_are_not_alike(word: str, misspelt: str) -> None:
    assert _all("misspell", word, [[word]]) == [misspelt]


def test_a_word_of_one_letter_repeated_cannot_be_misspelt() -> None:
    with pytest.raises(ValueError, match=r"^'aaa' has no two letters to exchange$"):
        _all("misspell", "aaa", [["aaa"]])


def test_each_listed_word_is_misspelt_alone() -> None:
    assert len(_all("misspell", "On Monday, people", [["Monday"], ["people"]])) == 2


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("7 dead", "1 dead"),
        ("in 2014.", "in 2017."),
        ("1,200 men", "1,203 men"),
        ("at 06:00, 3.5%", "at 06:03, 3.8%"),
        ("M23", "M26"),
    ],
)
def test_the_last_digit_of_a_number_changes(text: str, changed: str) -> None:
    assert _all("renumber", text) == [changed]


def test_without_numbers_there_are_none_to_change() -> None:
    assert _all("renumber", "No figures") == []


@given(st.text("0123456789,.: aM"))
def test_a_changed_number_is_as_long_and_never_begins_with_nought_anew(text: str) -> None:
    for changed in _all("renumber", text):
        assert len(changed) == len(text)
        assert changed.count("0") <= text.count("0")


def test_quotation_marks_are_replaced_in_pairs() -> None:
    assert _all("requote", '"Yes," he said, "no."', [["«", "»"], ["“", "”"]]) == [
        "«Yes,» he said, «no.»",
        "“Yes,” he said, “no.”",
    ]


def test_a_lone_quotation_mark_is_left_alone() -> None:
    assert _all("requote", 'A 5" gun', [["«", "»"]]) == []


def test_characters_are_replaced_wherever_they_stand() -> None:
    assert _all("replace", "a b c", [[" "], ["  "], ["\t"]]) == ["a  b  c", "a\tb\tc"]


def test_a_tail_goes_before_the_full_stop() -> None:
    assert _all("append", "It holds.", [[", he said"]]) == ["It holds, he said."]


@pytest.mark.parametrize("name", ["append", "end"])
def test_a_sentence_without_full_stop_takes_no_tail_and_no_other_end(name: str) -> None:
    assert _all(name, "Does it hold?", [["!"]]) == []


def test_another_end_replaces_the_full_stop() -> None:
    assert _all("end", "It holds.", [[""], ["!"]]) == ["It holds", "It holds!"]


def test_what_follows_and_what_precedes_leave_the_sentence_whole() -> None:
    assert _all("follow", "It holds.", [[" (AFP)"]]) == ["It holds. (AFP)"]
    assert _all("prepend", "It holds.", [["CAIRO — "]]) == ["CAIRO — It holds."]


@pytest.mark.parametrize("name", sorted(PERTURBATIONS))
@given(text=any_text())
def test_any_text_at_all_can_be_perturbed(name: str, text: str) -> None:
    rows = [["truce", "not"], ["NOT", "hope"]] if name in {"swap", "exchange", "requote"} else [["truce"], ["hope"]]
    assert all(isinstance(changed, str) for changed in _all(name, text, rows))


@given(st.lists(st.sampled_from(["Monday", "people", "of", "truce"]), max_size=8).map(" ".join))
def test_a_typo_keeps_every_letter(text: str) -> None:
    for changed in _all("misspell", text, [["Monday"], ["people"]]):
        assert Counter(changed) == Counter(text)
        assert changed != text
