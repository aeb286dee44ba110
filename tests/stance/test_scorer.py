"""Every scorer gives the probabilities of the scikit-learn pipeline that it was made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given
from sklearn.pipeline import Pipeline

from stance.folder import LEXICON, SCORER, current_version
from stance.native.scorer import open_python_scorer, open_scorer
from stance.scorer import TextScorer, softmax
from tests.texts import HOSTILE, any_text, every_category

_TOLERANCE = 1e-9
_ROOT = Path(__file__).parents[2]
_SHIPPED = _ROOT / "models" / "ceasefire"
_REAL = _ROOT.parent / "shared" / "real" / "stance_dev.jsonl"


_OPEN = {"compiled": open_scorer, "python": open_python_scorer}


@dataclass(frozen=True)
class Twins:
    """One model in its two forms."""

    pipeline: Pipeline
    scorer: TextScorer

    @classmethod
    def of(cls, folder: Path, kind: str) -> Twins:
        version = folder / current_version(folder)
        lexicon = version / LEXICON
        scorer = _OPEN[kind](version / SCORER, lexicon.read_text(encoding="utf-8") if lexicon.exists() else None)
        assert scorer.name == kind
        return cls(joblib.load(version / "pipeline.joblib"), scorer)

    def distance(self, texts: Sequence[str]) -> float:
        """Return how far apart the two are, at most, in any probability."""
        return float(np.abs(self.pipeline.predict_proba(texts) - self.scorer.probabilities(texts)).max())


@pytest.fixture(scope="module", params=_OPEN)
def kind(request: pytest.FixtureRequest) -> str:
    """The name of a scorer."""
    return str(request.param)


@pytest.fixture(scope="module", params=["model_folder", "binary_folder", "concept_folder", "wide_folder", "shipped"])
def twins(request: pytest.FixtureRequest, kind: str) -> Twins:
    if request.param == "shipped":
        if not (_SHIPPED / "current").exists():
            pytest.skip("no model is committed at models/ceasefire")
        return Twins.of(_SHIPPED, kind)
    return Twins.of(request.getfixturevalue(request.param), kind)


@pytest.fixture(scope="module")
def scorer(model_folder: Path, kind: str) -> TextScorer:
    return Twins.of(model_folder, kind).scorer


def _texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_its_labels_are_the_pipelines_in_the_same_order(twins: Twins) -> None:
    assert twins.scorer.labels == tuple(twins.pipeline.classes_)


def test_it_agrees_with_the_pipeline_on_every_sentence_of_the_corpus(twins: Twins) -> None:
    corpus = [text for path in sorted((_ROOT / "training" / "corpus").glob("*.jsonl")) for text in _texts(path)]
    assert twins.distance(corpus) <= _TOLERANCE


@pytest.mark.skipif(not _REAL.exists(), reason="the real sentences do not stand beside this checkout")
def test_it_agrees_with_the_pipeline_on_real_sentences(twins: Twins) -> None:
    assert twins.distance(_texts(_REAL)) <= _TOLERANCE


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_agrees_with_the_pipeline_on_hostile_text(twins: Twins, text: str) -> None:
    assert twins.distance([text]) <= _TOLERANCE


def test_it_agrees_with_the_pipeline_on_every_category_of_character(twins: Twins) -> None:
    assert twins.distance([every_category(), *every_category().split()]) <= _TOLERANCE


@given(text=any_text())
def test_it_agrees_with_the_pipeline_on_any_text(twins: Twins, text: str) -> None:
    assert twins.distance([text]) <= _TOLERANCE


@given(text=any_text())
def test_the_probabilities_of_any_text_sum_to_one(scorer: TextScorer, text: str) -> None:
    assert scorer.probabilities([text]).sum() == pytest.approx(1.0, abs=1e-12)


def test_a_text_gets_the_same_probabilities_to_the_last_bit_alone_and_among_others(scorer: TextScorer) -> None:
    texts = [text for text in HOSTILE.values() if len(text) < 1_000]
    alone = np.concatenate([scorer.probabilities([text]) for text in texts])
    assert np.array_equal(scorer.probabilities(texts), alone)


def test_a_text_without_known_features_gets_the_intercept_as_logits(scorer: TextScorer) -> None:
    assert np.array_equal(scorer.logits("\u4e00"), scorer.intercept)


def test_no_texts_give_no_rows_and_a_column_for_each_label(scorer: TextScorer) -> None:
    assert scorer.probabilities([]).shape == (0, 3)


def test_scoring_a_text_leaves_the_intercept_as_it_was(scorer: TextScorer) -> None:
    before = scorer.intercept.copy()
    scorer.logits("The truce holds.")
    assert np.array_equal(scorer.intercept, before)


def test_softmax_of_huge_logits_does_not_overflow() -> None:
    assert softmax(np.array([1e4, 0.0])).tolist() == [1.0, 0.0]


def test_softmax_of_equal_logits_is_even() -> None:
    assert softmax(np.array([-700.0, -700.0])).tolist() == [0.5, 0.5]
