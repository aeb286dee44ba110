"""The scorer gives the probabilities of the scikit-learn pipeline that it was made from."""

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

import stance
from stance.scorer import Scorer, softmax
from tests.texts import HOSTILE, any_text, every_category

_TOLERANCE = 1e-9
_ROOT = Path(__file__).parents[2]
_SHIPPED = _ROOT / "models" / "ceasefire"
_REAL = _ROOT.parent / "shared" / "real" / "stance_dev.jsonl"


@dataclass(frozen=True)
class Twins:
    """One model in its two forms."""

    pipeline: Pipeline
    scorer: Scorer

    @classmethod
    def of(cls, folder: Path) -> Twins:
        model = stance.load(folder)
        return cls(joblib.load(folder / model.version / "pipeline.joblib"), model.scorer)

    def distance(self, texts: Sequence[str]) -> float:
        """Return how far apart the two are, at most, in any probability."""
        return float(np.abs(self.pipeline.predict_proba(texts) - self.scorer.probabilities(texts)).max())


@pytest.fixture(scope="module", params=["model_folder", "binary_folder", "concept_folder", "shipped"])
def twins(request: pytest.FixtureRequest) -> Twins:
    if request.param == "shipped":
        if not (_SHIPPED / "current").exists():
            pytest.skip("no model is committed at models/ceasefire")
        return Twins.of(_SHIPPED)
    return Twins.of(request.getfixturevalue(request.param))


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
def test_the_probabilities_of_any_text_sum_to_one(model: stance.Model, text: str) -> None:
    assert model.scorer.probabilities([text]).sum() == pytest.approx(1.0, abs=1e-12)


def test_a_text_gets_the_same_probabilities_to_the_last_bit_alone_and_among_others(model: stance.Model) -> None:
    texts = [text for text in HOSTILE.values() if len(text) < 1_000]
    alone = np.concatenate([model.scorer.probabilities([text]) for text in texts])
    assert np.array_equal(model.scorer.probabilities(texts), alone)


def test_a_text_without_known_features_gets_the_intercept_as_logits(model: stance.Model) -> None:
    assert np.array_equal(model.scorer.logits("\u4e00"), model.scorer.intercept)


def test_no_texts_give_no_rows_and_a_column_for_each_label(model: stance.Model) -> None:
    assert model.scorer.probabilities([]).shape == (0, 3)


def test_scoring_a_text_leaves_the_intercept_as_it_was(model: stance.Model) -> None:
    before = model.scorer.intercept.copy()
    model.scorer.logits("The truce holds.")
    assert np.array_equal(model.scorer.intercept, before)


def test_softmax_of_huge_logits_does_not_overflow() -> None:
    assert softmax(np.array([1e4, 0.0])).tolist() == [1.0, 0.0]


def test_softmax_of_equal_logits_is_even() -> None:
    assert softmax(np.array([-700.0, -700.0])).tolist() == [0.5, 0.5]
