"""The picture of a text on a terminal."""

from __future__ import annotations

import click
import pytest

import stance
from stance.picture import draw

_TEXT = (
    "The envoy said the truce is holding. Lena Orsk, a professor of law, doubts that the ceasefire will survive the "
    "winter. Bread costs more than it did."
)


def _lines(model: stance.Model, text: str, width: int = 100) -> list[str]:
    return [click.unstyle(line) for line in draw(model.analyze(text), model.labels, width)]


def test_each_sentence_stands_beside_its_label_and_its_holder(concept_model: stance.Model) -> None:
    analysis = concept_model.analyze(_TEXT)
    first = _lines(concept_model, _TEXT)[0]
    assert first.startswith(analysis.sentences[0].label)
    assert "The envoy " in first
    assert "truce is holding." in first


@pytest.mark.parametrize("width", [20, 60, 200])
def test_no_word_of_the_text_is_lost(concept_model: stance.Model, width: int) -> None:
    shown = " ".join(_lines(concept_model, _TEXT, width)).split()
    assert all(word in shown for word in _TEXT.split())


def test_a_long_name_is_cut(concept_model: stance.Model) -> None:
    assert "Lena Orsk, a professor of…" in "\n".join(_lines(concept_model, _TEXT))


def test_the_table_names_each_holder_once(concept_model: stance.Model) -> None:
    lines = _lines(concept_model, _TEXT)
    table = lines[lines.index("") + 1 :]
    assert sum(line.startswith("The envoy") for line in table) == 1


def test_sentences_that_are_not_counted_are_told(concept_model: stance.Model) -> None:
    assert _lines(concept_model, _TEXT)[-1].endswith(": 1")


def test_a_text_without_sentences_is_told(concept_model: stance.Model) -> None:
    assert _lines(concept_model, "") == ["no sentences"]
