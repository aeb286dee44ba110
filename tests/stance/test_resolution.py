"""Who is meant by the holders of a whole text."""

from __future__ import annotations

import pytest
from hypothesis import given

from stance.resolution import Viewpoint, resolve
from stance.sentences import split
from stance.viewpoint import attribute
from tests.texts import any_text


def _viewpoints(text: str) -> list[tuple[Viewpoint, ...]]:
    sentences = split(text)
    return resolve(sentences, [attribute(sentence.text) for sentence in sentences])


def _names(text: str) -> list[str | None]:
    """The main holder of each sentence."""
    return [viewpoints[0].name for viewpoints in _viewpoints(text)]


def test_the_words_keep_their_place_in_the_text() -> None:
    text = "Rain fell. The envoy said the truce holds."
    (viewpoint,) = _viewpoints(text)[1]
    assert viewpoint.holder is not None
    assert text[viewpoint.holder.start : viewpoint.holder.end] == viewpoint.holder.text == "The envoy"
    assert text[viewpoint.cue.start : viewpoint.cue.end] == viewpoint.cue.text == "said"


def test_a_sentence_that_reports_nobody_is_the_writers() -> None:
    assert _names("The truce took effect at dawn.") == [None]


@pytest.mark.parametrize("pronoun", ["she", "he"])
def test_a_pronoun_means_the_person_named_before(pronoun: str) -> None:
    text = f"Lena Orsk, a professor of law, said the truce holds. Talks go on, {pronoun} said."
    assert _names(text)[1] == "Lena Orsk, a professor of law"


def test_a_pronoun_means_the_main_holder_rather_than_one_named_in_passing() -> None:
    text = "According to Lena Orsk, Ivan Brandt's promise is worth nothing. She added that talks go on."
    assert _names(text) == ["Lena Orsk", "Lena Orsk"]


def test_a_pronoun_does_not_mean_somebody_of_the_other_sex() -> None:
    text = "Mrs Orsk said the truce holds. Mr Brandt said it does not. She said talks go on."
    assert _names(text)[2] == "Mrs Orsk"


def test_they_means_several() -> None:
    text = "Two rebel commanders said the truce holds. The envoy said talks go on. They said nobody fires."
    assert _names(text)[2] == "Two rebel commanders"


def test_it_means_no_person() -> None:
    text = "The army said the truce holds. The envoy said talks go on. It said nobody fires."
    assert _names(text)[2] == "The army"


def test_a_surname_means_the_person_named_in_full() -> None:
    text = "Foreign minister Lena Orsk said the truce holds. Talks go on, Orsk said."
    assert _names(text)[1] == "Foreign minister Lena Orsk"


def test_a_common_noun_means_the_person_who_was_called_so() -> None:
    text = "Lena Orsk, a professor of law and an author, said the truce holds. The professor said talks go on."
    assert _names(text)[1] == "Lena Orsk, a professor of law and an author"


def test_a_fuller_name_that_comes_later_is_used_throughout() -> None:
    text = "Orsk said the truce holds. Talks go on, said Lena Orsk."
    assert _names(text) == ["Lena Orsk", "Lena Orsk"]


def test_holders_with_one_noun_and_other_attributes_are_two() -> None:
    text = "The Lebanese army said the truce holds. The Israeli army said it does not."
    assert _names(text) == ["The Lebanese army", "The Israeli army"]


def test_an_indefinite_holder_is_somebody_new() -> None:
    text = "A diplomat said the truce holds. Another diplomat said it does not."
    assert _names(text) == ["A diplomat", "Another diplomat"]


def test_one_holder_is_one_whatever_the_case_of_its_letters() -> None:
    assert len(set(_names("The army said the truce holds. Talks go on, the army said."))) == 1


def test_a_quotation_that_runs_on_keeps_its_speaker() -> None:
    text = "“The truce holds,” the envoy said. “Nobody fires. The roads are open. People sleep,” she said."
    names = _names(text)
    assert names == ["the envoy"] * len(names)


def test_a_speaker_named_at_the_end_holds_the_whole_quotation() -> None:
    text = "“The truce holds. The roads are open. People sleep,” said the mayor."
    assert _names(text) == ["the mayor"] * 3


def test_a_quoted_sentence_without_a_speaker_of_its_own_names_nobody_in_its_words() -> None:
    viewpoints = _viewpoints("“The truce holds. The roads are open,” said the mayor.")
    assert viewpoints[0][0].holder is None
    assert viewpoints[0][0].kind == "quoted"


def test_i_within_a_quotation_is_its_speaker() -> None:
    text = "“I doubt the truce. I want guarantees,” said the mayor."
    assert _names(text) == ["the mayor", "the mayor"]


def test_i_outside_a_quotation_is_the_writer() -> None:
    viewpoints = _viewpoints("I think that the truce holds.")
    assert viewpoints[0][0].name is None
    assert viewpoints[0][0].holder is not None


def test_a_relative_pronoun_means_what_stands_before_it() -> None:
    text = "The shop belongs to the mayor of the old town, who said that the truce holds."
    assert "who" not in _names(text)
    assert (_names(text)[0] or "").endswith("town")


def test_a_pronoun_without_anybody_before_it_stands_for_itself() -> None:
    assert _names("He said the truce holds.") == ["He"]


@given(text=any_text(200))
def test_each_sentence_of_any_text_has_a_viewpoint_whose_words_stand_in_the_text(text: str) -> None:
    for viewpoints in _viewpoints(text):
        assert viewpoints
        for viewpoint in viewpoints:
            for span in (viewpoint.holder, viewpoint.cue):
                assert span is None or text[span.start : span.end] == span.text
