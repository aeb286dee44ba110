"""A loaded model: what it answers, and what it refuses."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from tests.texts import any_text

_TEXTS = ("The truce holds.", "Shelling resumed.", "Talks begin on Monday.")


@given(texts=st.lists(any_text(50), max_size=5))
def test_predict_answers_each_text_in_order(model: stance.Model, texts: list[str]) -> None:
    assert model.predict(texts) == [model.predict([text])[0] for text in texts]


@given(text=any_text())
def test_the_label_given_is_the_most_probable(model: stance.Model, text: str) -> None:
    (prediction,) = model.predict([text])
    assert prediction.probabilities[prediction.label] == max(prediction.probabilities.values())


@given(text=any_text())
def test_probabilities_are_given_for_each_label_in_the_models_order(model: stance.Model, text: str) -> None:
    assert tuple(model.predict([text])[0].probabilities) == model.labels


def test_a_model_finds_the_labels_of_what_it_was_fitted_on(model: stance.Model) -> None:
    said = model.predict(["The truce collapsed within hours.", "The committee has nine members."])
    assert [prediction.label for prediction in said] == ["sceptical", "neutral"]


def test_the_labels_are_those_of_the_data(binary_folder: Path) -> None:
    assert stance.load(binary_folder).labels == ("hopeful", "sceptical")


def test_predict_takes_any_iterable_of_texts(model: stance.Model) -> None:
    assert model.predict(iter(_TEXTS)) == model.predict(_TEXTS)


def test_no_texts_get_no_predictions(model: stance.Model) -> None:
    assert model.predict([]) == []


@pytest.mark.parametrize("text", ["The truce holds.", b"The truce holds.", ""])
def test_predict_refuses_one_text_in_place_of_several(model: stance.Model, text: str) -> None:
    with pytest.raises(stance.TextTypeError, match=r"write \[text\]"):
        model.predict(text)


@pytest.mark.parametrize("text", [None, 1, 1.5, b"bytes", ["list"]])
def test_predict_names_the_place_of_what_is_no_text(model: stance.Model, text: object) -> None:
    with pytest.raises(stance.TextTypeError, match=rf"text 1 is of type {type(text).__name__}, not str"):
        model.predict(["fine", text])  # type: ignore[list-item]


@pytest.mark.parametrize("method", [stance.Model.explain, stance.Model.analyze])
def test_explain_and_analyze_refuse_what_is_no_text(
    model: stance.Model, method: Callable[[stance.Model, object], object]
) -> None:
    with pytest.raises(stance.TextTypeError, match="of type bytes, not str"):
        method(model, b"The truce holds.")


def test_a_text_of_the_wrong_type_is_a_type_error_too(model: stance.Model) -> None:
    with pytest.raises(TypeError):
        model.explain(None)  # type: ignore[arg-type]


def test_an_answer_does_not_depend_on_the_thread(model: stance.Model) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(model.predict, [_TEXTS] * 20))
    assert answers == [model.predict(_TEXTS)] * 20


def test_a_model_cannot_be_changed(model: stance.Model) -> None:
    with pytest.raises(FrozenInstanceError):
        model.version = "2"  # type: ignore[misc]


def test_a_model_knows_its_name(model: stance.Model) -> None:
    assert model.name == "small"


def test_a_folder_loaded_twice_has_one_digest(model: stance.Model, model_folder: Path) -> None:
    assert stance.load(model_folder).digest == model.digest


def test_models_fitted_on_other_data_have_other_digests(model: stance.Model, binary_folder: Path) -> None:
    assert stance.load(binary_folder).digest != model.digest


def test_a_model_can_be_loaded_by_a_path_that_is_a_string(model: stance.Model, model_folder: Path) -> None:
    assert stance.load(os.fspath(model_folder)).digest == model.digest


@given(text=any_text())
def test_the_sentences_of_an_analysis_stand_in_the_text(model: stance.Model, text: str) -> None:
    sentences = model.analyze(text).sentences
    assert [sentence.text for sentence in sentences] == [text[s.start : s.end] for s in sentences]


@given(text=any_text())
def test_each_sentence_of_an_analysis_gets_the_answer_that_predict_gives_it(model: stance.Model, text: str) -> None:
    for sentence in model.analyze(text).sentences:
        answer = stance.Prediction(sentence.label, sentence.probabilities, sentence.certain, sentence.flags)
        assert model.predict([sentence.text]) == [answer]


def test_an_analysis_labels_sentence_by_sentence(model: stance.Model) -> None:
    analysis = model.analyze("The committee has nine members. The truce collapsed within hours.")
    assert [sentence.label for sentence in analysis.sentences] == ["neutral", "sceptical"]


@pytest.mark.parametrize("text", ["", " \n\t\r\n "])
def test_a_blank_text_has_no_sentences(model: stance.Model, text: str) -> None:
    assert model.analyze(text).sentences == ()
