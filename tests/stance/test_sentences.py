"""Sentence splitting: news copy as it is written, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.sentences import split
from tests.texts import HOSTILE, any_text

# What sentences and layouts are made of, so that the property's texts look like copy now and then.
_WORDS = ("The truce holds", "Lt.", "U.S.", "a.m.", "- ", "1. ")
_MARKS = (".", "...", "\N{HORIZONTAL ELLIPSIS}", "?", "!", '"', "“", "”", "(", ")")
_SPACES = (" ", "\n", "\n\n", "\r\n", "\r", "\t", "\v", "\x1c", "\x85", "\u2028", "\u2029", "\xa0", "\u200b")
_COPY = st.lists(st.sampled_from(_WORDS + _MARKS + _SPACES), max_size=40).map("".join)


def _sentences(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


@given(_COPY | any_text())
def test_every_sentence_stands_at_its_offsets(text: str) -> None:
    assert _sentences(text) == [text[sentence.start : sentence.end] for sentence in split(text)]


@given(_COPY | any_text())
def test_sentences_come_in_order_and_do_not_overlap(text: str) -> None:
    ends = [0]
    for sentence in split(text):
        assert sentence.start >= ends[-1]
        ends.append(sentence.end)


@given(_COPY | any_text())
def test_nothing_but_white_space_is_left_out(text: str) -> None:
    assert "".join("".join(_sentences(text)).split()) == "".join(text.split())


@given(_COPY | any_text())
def test_no_sentence_is_empty_or_has_white_space_around_it(text: str) -> None:
    assert all(sentence and sentence == sentence.strip() for sentence in _sentences(text))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_split_without_loss(text: str) -> None:
    assert "".join("".join(_sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\t \u2028"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert split(text) == []


# Prose. In each text a bar stands where a sentence ends; it is no part of the text.


def _check(marked: str) -> None:
    parts = marked.split("|")
    assert _sentences("".join(parts)) == [part.strip() for part in parts]


def test_sentences_end_at_full_stops_and_question_and_exclamation_marks() -> None:
    _check("Is it over?| No!| The fighting goes on.")


def test_a_short_answer_is_a_sentence() -> None:
    _check("Is it over?| No.| The truce collapsed.")


def test_two_marks_end_one_sentence() -> None:
    _check("Really?!| Yes.")


def test_a_text_without_a_full_stop_is_a_sentence() -> None:
    _check("The truce holds")


@pytest.mark.parametrize(
    "marked",
    [
        "Lt. Col. Byrne said the truce held.| She left.",
        "Maj. Gen. Shah and Capt. Moore agreed.| Sgt. Diaz did not.",
        "Gov. Reyes met Sen. Park and Rep. Cole.| They agreed.",
        "Brig. Gen. Okoro and Adm. Lund spoke.| Cmdr. Bo listened.",
        "Mr. Osei, Mrs. Ito and Dr. Lund signed.| Prof. Hale did not.",
    ],
)
def test_titles_and_ranks_end_no_sentence(marked: str) -> None:
    _check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "The U.S. envoy came.| He left.",
        "He flew to the U.S.| He met no one.",
        "The U.N. Security Council met.| It adjourned.",
        "The Washington, D.C. talks ended.| No one signed.",
        "The U.K. and the E.U. agreed.| Others did not.",
    ],
)
def test_names_of_states_in_initials_end_a_sentence_only_at_its_end(marked: str) -> None:
    _check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "It began at 9 a.m. on Monday.| It held.",
        "It began at 9 a.m.| The guns fell silent.",
        "It ends at 5 p.m. Tuesday.| Talks follow.",
    ],
)
def test_hours_end_a_sentence_only_at_its_end(marked: str) -> None:
    _check(marked)


def test_initials_of_a_persons_name_end_no_sentence() -> None:
    _check("J. R. Hale signed.| So did A. Novak.")


def test_abbreviated_months_and_numbers_end_no_sentence() -> None:
    _check("It began on Jan. 5 and ended on Nov. 9.| Annex No. 3 lists the posts.")


def test_a_saints_name_ends_no_sentence() -> None:
    _check("Shelling near St. Mary stopped.| It was quiet.")


def test_a_company_ends_no_sentence() -> None:
    _check("Acme Inc. said so.| It left.")


def test_decimal_points_end_no_sentence() -> None:
    _check("Some 2.5 million fled.| Aid of $3.75 million came.")


def test_a_sentence_may_end_in_a_number() -> None:
    _check("The truce began in 2024.| It held.")


def test_dots_within_a_sentence_do_not_end_it() -> None:
    _check("The truce... holds.| For now\N{HORIZONTAL ELLIPSIS} perhaps.")


@pytest.mark.parametrize("dots", ["...", "\N{HORIZONTAL ELLIPSIS}"])
def test_dots_before_a_capital_end_a_sentence(dots: str) -> None:
    _check(f"They waited{dots}| Nothing happened.")


def test_what_follows_a_quotation_belongs_to_its_sentence() -> None:
    _check('"The truce holds," she said.| "We hope."')


def test_a_question_in_quotation_marks_belongs_to_the_sentence_that_asks_it() -> None:
    _check('"Is it over?" he asked.| "No."')


def test_closing_quotation_marks_stay_with_their_sentence() -> None:
    _check("“The truce holds.”| She left.| “We hope.”")


def test_a_quotation_after_a_comma_ends_with_its_mark() -> None:
    _check('She said, "It holds."| He said, "No."')


def test_a_closing_bracket_stays_with_its_sentence() -> None:
    _check("(The truce holds.)| Talks go on.")


def test_an_address_on_the_web_is_not_split() -> None:
    _check("See www.example.org for more.| It lists all.")


# Layout


def test_a_blank_line_ends_a_sentence_that_has_no_full_stop() -> None:
    assert _sentences("A truce at last\n\nThe guns fell silent.") == ["A truce at last", "The guns fell silent."]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_a_headline_is_a_sentence_under_any_kind_of_newline(newline: str) -> None:
    assert _sentences(f"A truce at last{newline}The guns fell silent.") == ["A truce at last", "The guns fell silent."]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_that_were_wrapped_at_a_width_belong_together(newline: str) -> None:
    lines = (
        "The envoys met in the capital on Monday and spoke of",
        "a truce that might hold until the spring, when talks",
        "resume. No one objected.",
    )
    whole, rest = newline.join(lines).split(" No one")
    assert _sentences(newline.join(lines)) == [whole, f"No one{rest}"]


def test_short_lines_were_not_wrapped() -> None:
    assert _sentences("Truce holds\ntalks to go on") == ["Truce holds", "talks to go on"]


def test_two_wrapped_paragraphs_stay_apart() -> None:
    one = "The envoys met in the capital on Monday and spoke of\na truce that might hold"
    assert _sentences(f"{one}\n\n{one}") == [one, one]


def test_a_headline_byline_and_time_are_sentences_of_their_own() -> None:
    lines = ["Truce holds in the north", "By Ada Byrne", "06:15 GMT", "The guns fell silent."]
    assert _sentences("\n".join(lines)) == lines


def test_a_byline_under_a_long_headline_is_a_sentence_of_its_own() -> None:
    lines = ["Envoys say the northern truce will hold through spring", "By Ada Byrne"]
    assert _sentences("\n".join(lines)) == lines


def test_a_paragraph_under_a_long_headline_is_no_part_of_it() -> None:
    lines = ["Envoys say the northern truce will hold through spring", "The guns fell silent."]
    assert _sentences("\n".join(lines)) == lines


@pytest.mark.parametrize("bullet", ["- ", "* ", "\N{BULLET} ", "\N{EN DASH} ", "1. ", "a) "])
def test_each_point_of_a_list_is_a_sentence(bullet: str) -> None:
    lines = [f"{bullet}The truce holds", f"{bullet}Talks resume", f"{bullet}Aid arrives"]
    assert _sentences("\n".join(lines)) == lines


@pytest.mark.parametrize("bullet", ["- ", "\N{BULLET} "])
def test_each_point_of_a_list_of_long_lines_is_a_sentence(bullet: str) -> None:
    lines = [
        f"{bullet}Envoys say the northern truce will hold through spring",
        f"{bullet}Aid convoys reach the three besieged towns",
    ]
    assert _sentences("\n".join(lines)) == lines


def test_a_point_of_a_list_that_was_wrapped_is_one_sentence() -> None:
    point = "- Envoys say the northern truce will hold through\n  spring, and aid convoys will pass"
    assert _sentences(point) == [point]
