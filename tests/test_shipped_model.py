"""The model that the repository ships, and the corpus and lexicon that it was fitted on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import stance
from stance.lexicon import Lexicon
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
