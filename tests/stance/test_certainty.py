"""When an answer is certain, and what may be wrong with a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from stance.certainty import Certainty, known_share
from stance.ngrams import CharNgrams
from stance.scorer import Scorer
from tests.texts import any_text

_counts = st.integers(0, 50)


def _with(model: stance.Model, certainty: Certainty) -> stance.Model:
    return replace(model, manifest=replace(model.manifest, certainty=certainty))


@pytest.fixture(scope="module")
def concepts(concept_folder: object) -> stance.Model:
    """A model that reads words and looks for words that name the topic."""
    return _with(stance.load(str(concept_folder)), Certainty(threshold=0.5, known_share=0.3))


# The figures


@pytest.mark.parametrize(("probability", "certain"), [(0.8, True), (0.9, True), (0.7999, False)])
def test_an_answer_is_certain_from_the_threshold_on(probability: float, certain: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    assert Certainty(0.8, 0.3).certain(probability, ()) is certain


def test_an_answer_for_an_unfamiliar_text_is_not_certain() -> None:
    assert not Certainty(0.8, 0.3).certain(1.0, ("unfamiliar",))


def test_an_answer_for_a_text_off_topic_may_be_certain() -> None:
    assert Certainty(0.8, 0.3).certain(0.9, ("off-topic",))


def test_without_a_threshold_no_answer_is_certain() -> None:
    assert not Certainty(None, 0.3).certain(1.0, ())


@pytest.mark.parametrize(("known", "flags"), [(3, ("unfamiliar",)), (4, ())])
def test_a_text_is_unfamiliar_up_to_the_known_share(known: int, flags: tuple[str, ...]) -> None:
    assert Certainty(0.8, 0.3).flags(words=11, known=known, topical=True) == flags


def test_a_text_without_the_topic_is_off_topic() -> None:
    assert Certainty(0.8, 0.3).flags(words=10, known=10, topical=False) == ("off-topic",)


def test_a_text_may_be_off_topic_and_unfamiliar() -> None:
    assert Certainty(0.8, 0.3).flags(words=10, known=0, topical=False) == ("off-topic", "unfamiliar")


@given(words=_counts, known=_counts)
def test_a_model_that_does_not_read_words_finds_no_text_unfamiliar(words: int, known: int) -> None:
    assert Certainty(0.8, None).flags(words=words, known=known, topical=True) == ()


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["threshold", "known_share"])
def test_a_figure_that_is_no_share_is_refused_by_name(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        Certainty(**{"threshold": 0.8, "known_share": 0.3, name: value})


# The share of known words


def test_a_text_without_words_knows_none() -> None:
    assert known_share(0, 0) == 0.0


def test_a_lone_unknown_word_is_not_forgiven() -> None:
    assert known_share(1, 0) == 0.0


def test_one_unknown_word_beside_a_known_one_is_forgiven() -> None:
    assert known_share(2, 1) == 1.0


def test_two_unknown_words_beside_a_known_one_are_not_forgiven() -> None:
    assert known_share(3, 1) == 0.5


@given(words=_counts, known=_counts)
def test_the_share_is_between_nought_and_one(words: int, known: int) -> None:
    assert 0.0 <= known_share(max(words, known), known) <= 1.0


@given(words=_counts, known=_counts)
def test_the_share_does_not_fall_where_one_more_word_is_known(words: int, known: int) -> None:
    words = max(words, known + 1)
    assert known_share(words, known) <= known_share(words, known + 1)


# In a model's answers


@given(text=any_text())
def test_no_answer_for_an_unfamiliar_text_is_certain(concepts: stance.Model, text: str) -> None:
    (said,) = concepts.predict([text])
    assert not (said.certain and "unfamiliar" in said.flags)


@given(text=any_text())
def test_an_answer_is_certain_if_and_only_if_it_reaches_the_threshold_and_the_text_is_familiar(
    concepts: stance.Model, text: str
) -> None:
    (said,) = concepts.predict([text])
    assert said.certain == (said.probabilities[said.label] >= 0.5 and "unfamiliar" not in said.flags)


@pytest.mark.parametrize("text", ["", " \n", "12:30 - 3,5 % !?", "\N{WHITE FLAG}", "\u505c\u706b", "Waffenruhe"])
def test_a_text_without_a_known_word_is_unfamiliar(concepts: stance.Model, text: str) -> None:
    assert "unfamiliar" in concepts.predict([text])[0].flags


def test_a_name_beside_a_known_word_is_not_unfamiliar(concepts: stance.Model) -> None:
    assert "unfamiliar" not in concepts.predict(["Haddad promised."])[0].flags


def test_a_sentence_about_the_topic_has_no_flags(concepts: stance.Model) -> None:
    assert concepts.predict(["The truce is holding."])[0].flags == ()


def test_a_sentence_about_something_else_is_off_topic(concepts: stance.Model) -> None:
    assert concepts.predict(["The committee has nine members."])[0].flags == ("off-topic",)


@given(text=any_text())
def test_a_model_without_a_lexicon_finds_no_text_off_topic(model: stance.Model, text: str) -> None:
    assert "off-topic" not in model.predict([text])[0].flags


def test_a_model_whose_lexicon_names_no_topic_finds_no_text_off_topic(concepts: stance.Model) -> None:
    channels = []
    for channel in concepts.scorer.channels:
        if channel.finds_topics:
            plain = tuple(replace(concept, role=None) for concept in channel.analyzer.lexicon.concepts)  # type: ignore[attr-defined] # only Concepts find topics
            lexicon = replace(channel.analyzer.lexicon, concepts=plain)  # type: ignore[attr-defined] # as above
            channel = replace(channel, analyzer=replace(channel.analyzer, lexicon=lexicon))  # type: ignore[type-var] # noqa: PLW2901 - as above
        channels.append(channel)
    without = replace(concepts, scorer=Scorer(concepts.labels, tuple(channels), concepts.scorer.intercept))
    assert without.predict(["The committee has nine members."])[0].flags == ()


def test_a_scorer_of_characters_alone_counts_no_words(model: stance.Model) -> None:
    characters = tuple(c for c in model.scorer.channels if isinstance(c.analyzer, CharNgrams))
    scores = Scorer(model.labels, characters, model.scorer.intercept).score(["The truce holds."])
    assert (scores.words.tolist(), scores.known.tolist(), scores.topical.tolist()) == ([0], [0], [True])


def test_a_scorer_counts_words_as_often_as_they_stand_and_no_numbers(model: stance.Model) -> None:
    scores = model.scorer.score(["The truce, the 3 truces, the _ Zwischenspiel of 2020."])
    assert (scores.words.tolist(), scores.known.tolist()) == ([7], [5])


@given(texts=st.lists(any_text(50), max_size=5))
def test_a_scorer_counts_for_each_text_what_it_counts_for_it_alone(concepts: stance.Model, texts: list[str]) -> None:
    scores = concepts.scorer.score(texts)
    alone = [concepts.scorer.score([text]) for text in texts]
    assert scores.words.tolist() == [int(one.words[0]) for one in alone]
    assert scores.known.tolist() == [int(one.known[0]) for one in alone]
    assert scores.topical.tolist() == [bool(one.topical[0]) for one in alone]
