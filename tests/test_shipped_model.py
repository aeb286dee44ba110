"""The model that the repository ships, and the corpus and lexicon that it was fitted on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import stance
from stance.lexicon import Lexicon
from tests.languages import ENGLISH, FOREIGN, FRESH
from tests.texts import HOSTILE
from training.examples import Dataset
from training.fit import Fitted, fit
from training.recipe import grid
from training.registry import versions
from training.sentences import Rules, read_corpus

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "ceasefire"
CORPUS = ROOT / "training" / "corpus"


@pytest.fixture(scope="module")
def corpus() -> Dataset:
    return read_corpus(sorted(CORPUS.glob("*.jsonl")), Rules.read(CORPUS / "corpus.toml"))


@pytest.fixture(scope="module")
def shipped() -> stance.Model:
    return stance.load(MODEL)


@pytest.fixture(scope="module")
def refitted(corpus: Dataset) -> Fitted:
    lexicon = Lexicon.parse((ROOT / "training" / "lexicon.toml").read_text(encoding="utf-8"))
    return fit(corpus, grid(len(corpus.examples), lexicon))


def test_the_shipped_model_was_fitted_on_the_shipped_corpus(corpus: Dataset, shipped: stance.Model) -> None:
    assert shipped.manifest.data["sha256"] == corpus.digest()


def test_fitting_the_shipped_corpus_chooses_the_shipped_recipe(refitted: Fitted, shipped: stance.Model) -> None:
    assert refitted.choice.recipe.describe() == shipped.manifest.metrics["recipe"]


def test_fitting_the_shipped_corpus_reproduces_the_shipped_model(
    corpus: Dataset, refitted: Fitted, shipped: stance.Model
) -> None:
    texts = corpus.texts[::10]
    difference = np.abs(refitted.scorer.probabilities(texts) - shipped.scorer.probabilities(texts)).max()
    # Machines round differently in the solver's products; its tolerance keeps the outcome this close.
    assert difference < 1e-4


def test_the_repository_ships_one_version_and_it_is_current() -> None:
    (version,) = versions(MODEL)
    assert (MODEL / "current").read_text(encoding="utf-8").strip() == version


def test_the_shipped_model_is_smaller_than_20_megabytes() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*")) < 20_000_000


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The truce took effect at dawn and is holding along the whole front.", "hopeful"),
        ("Both delegations say that they are close to a deal.", "hopeful"),
        ("The rebels rejected the truce and walked out of the talks.", "sceptical"),
        ("The talks collapsed.", "sceptical"),
        ("The ceasefire was violated again overnight.", "sceptical"),
        ("The council calls on all parties to respect the ceasefire.", "neutral"),
        ("The harbour was rebuilt after the earthquake.", "neutral"),
    ],
)
def test_the_shipped_model_reads_plain_sentences_right(shipped: stance.Model, text: str, label: str) -> None:
    assert shipped.predict([text])[0].label == label


def _is_unfamiliar(model: stance.Model, text: str) -> bool:
    return "unfamiliar" in model.predict([text])[0].flags


@pytest.mark.parametrize("language", FOREIGN)
def test_the_shipped_model_finds_two_of_three_sentences_in_any_other_language_unfamiliar(
    shipped: stance.Model, language: str
) -> None:
    assert sum(_is_unfamiliar(shipped, text) for text in FOREIGN[language]) >= 2


def test_the_shipped_model_finds_nineteen_in_twenty_sentences_in_other_languages_unfamiliar(
    shipped: stance.Model,
) -> None:
    texts = [text for texts in FOREIGN.values() for text in texts]
    assert sum(_is_unfamiliar(shipped, text) for text in texts) >= 0.95 * len(texts)


def test_the_shipped_model_finds_nine_in_ten_sentences_in_languages_its_limit_was_not_set_on_unfamiliar(
    shipped: stance.Model,
) -> None:
    texts = [text for texts in FRESH.values() for text in texts]
    assert sum(_is_unfamiliar(shipped, text) for text in texts) >= 0.9 * len(texts)


@pytest.mark.parametrize("text", ENGLISH)
def test_the_shipped_model_finds_english_on_any_subject_familiar(shipped: stance.Model, text: str) -> None:
    assert not _is_unfamiliar(shipped, text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_shipped_model_is_never_certain_of_a_text_without_letters(shipped: stance.Model, text: str) -> None:
    (said,) = shipped.predict([text])
    assert any(character.isalpha() for character in text) or not said.certain


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("The truce took effect at dawn.", ()),
        ("Talks begin on Monday.", ()),
        ("The harbour was rebuilt after the earthquake.", ("off-topic",)),
        ("", ("off-topic", "unfamiliar")),
    ],
)
def test_the_shipped_model_tells_what_a_sentence_is_about(
    shipped: stance.Model, text: str, flags: tuple[str, ...]
) -> None:
    assert shipped.predict([text])[0].flags == flags


def test_the_shipped_model_is_certain_of_a_plain_sentence(shipped: stance.Model) -> None:
    assert shipped.predict(["The rebels rejected the truce and walked out of the talks."])[0].certain


def test_the_shipped_model_is_not_certain_of_a_sentence_that_points_both_ways(shipped: stance.Model) -> None:
    assert not shipped.predict(["The truce could hold, or it could fail."])[0].certain


def test_fitting_the_shipped_corpus_reproduces_the_shipped_certainty(refitted: Fitted, shipped: stance.Model) -> None:
    certainty = shipped.manifest.certainty
    assert (refitted.certainty.threshold, refitted.certainty.known_share) == pytest.approx(
        (certainty.threshold, certainty.known_share), abs=1e-3
    )


def test_the_shipped_model_is_calibrated_in_cross_validation(shipped: stance.Model) -> None:
    assert shipped.manifest.metrics["cross_validation"]["ece"] <= 0.03
