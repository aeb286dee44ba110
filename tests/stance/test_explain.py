"""The evidence for a label adds up, and stands where it is said to stand."""

from __future__ import annotations

import pytest
from hypothesis import given

import stance
from stance.fold import fold
from tests.texts import HOSTILE, any_text

_TEXT = "The truce collapsed. No truce won\N{RIGHT SINGLE QUOTATION MARK}t collapse, İ say."


@pytest.fixture(scope="module", params=["model_folder", "concept_folder"])
def explained(request: pytest.FixtureRequest) -> stance.Model:
    """A model of words and characters, and one of words and concepts."""
    return stance.load(request.getfixturevalue(request.param))


def _furthest(explanation: stance.Explanation) -> float:
    """Return the greatest difference between a logit and what it is said to consist of."""
    return max(
        abs(logit - explanation.intercept[label] - sum(item.contributions[label] for item in explanation.evidence))
        for label, logit in explanation.logits.items()
    )


@given(text=any_text())
def test_contributions_and_intercept_add_up_to_the_logits(explained: stance.Model, text: str) -> None:
    assert _furthest(explained.explain(text)) <= 1e-9


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_contributions_and_intercept_add_up_to_the_logits_of_hostile_text(explained: stance.Model, text: str) -> None:
    assert _furthest(explained.explain(text)) <= 1e-9


@given(text=any_text())
def test_the_logits_are_those_of_the_prediction(explained: stance.Model, text: str) -> None:
    assert list(explained.explain(text).logits.values()) == explained.scorer.logits(text).tolist()


@given(text=any_text())
def test_the_prediction_explained_is_the_one_that_predict_gives(explained: stance.Model, text: str) -> None:
    assert explained.explain(text).prediction == explained.predict([text])[0]


@given(text=any_text())
def test_the_text_of_every_span_stands_there_in_the_source(explained: stance.Model, text: str) -> None:
    spans = [span for item in explained.explain(text).evidence for span in item.spans]
    assert [span.text for span in spans] == [text[span.start : span.end] for span in spans]


@given(text=any_text().filter(str.strip))
def test_no_span_is_empty(explained: stance.Model, text: str) -> None:
    assert all(span.text for item in explained.explain(text).evidence for span in item.spans)


@given(text=any_text())
def test_characters_are_read_from_the_place_of_their_span(model: stance.Model, text: str) -> None:
    items = [item for item in model.explain(text).evidence if item.channel == "characters"]
    assert all(fold(span.text) == item.ngram.strip(" ") for item in items for span in item.spans)


@given(text=any_text())
def test_evidence_comes_strongest_first(explained: stance.Model, text: str) -> None:
    explanation = explained.explain(text)
    strengths = [abs(item.contributions[explanation.prediction.label]) for item in explanation.evidence]
    assert strengths == sorted(strengths, reverse=True)


def test_offsets_after_characters_that_lower_case_lengthens_are_right(model: stance.Model) -> None:
    (truce,) = [i for i in model.explain("İİİ truce").evidence if (i.channel, i.ngram) == ("words", "truce")]
    assert truce.spans == (stance.Span("truce", 4, 9),)


def test_an_ngram_that_occurs_twice_is_one_piece_of_evidence_with_two_places(model: stance.Model) -> None:
    (truce,) = [i for i in model.explain(_TEXT).evidence if (i.channel, i.ngram) == ("words", "truce")]
    assert [(span.start, span.end) for span in truce.spans] == [(4, 9), (24, 29)]


def test_every_channel_of_the_model_gives_evidence(explained: stance.Model) -> None:
    channels = {channel.analyzer.name for channel in explained.scorer.channels}
    assert {item.channel for item in explained.explain(_TEXT).evidence} == channels


def test_every_label_gets_a_contribution_from_every_ngram(explained: stance.Model) -> None:
    assert all(tuple(item.contributions) == explained.labels for item in explained.explain(_TEXT).evidence)


def test_ngrams_that_the_model_does_not_know_are_no_evidence(model: stance.Model) -> None:
    assert model.explain("\u4e00\u4e01 \u4e02").evidence == ()


def test_a_word_that_hopeful_examples_alone_use_speaks_for_hopeful(model: stance.Model) -> None:
    (item,) = [i for i in model.explain("breakthrough").evidence if (i.channel, i.ngram) == ("words", "breakthrough")]
    assert max(item.contributions, key=item.contributions.__getitem__) == "hopeful"
