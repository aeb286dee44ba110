"""The scorer's plain arrays compute what the scikit-learn pipeline computes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from stance.folder import current_version
from tests.examples import EXAMPLES
from training.examples import Dataset
from training.export import to_scorer
from training.fit import PIPELINE, Fitted
from training.recipe import Recipe

_known = st.sampled_from([text for texts in EXAMPLES.values() for text in texts])
texts = st.lists(_known | st.text(max_size=30), max_size=4).map(" ".join)


def _stored(folder: Path) -> tuple[object, stance.Model]:
    return joblib.load(folder / current_version(folder) / PIPELINE), stance.load(folder)


def _assert_alike(pipeline: object, model: stance.Model, text: str) -> None:
    expected = pipeline.predict_proba([text])  # type: ignore[attr-defined] # joblib gives no type
    np.testing.assert_allclose(model.scorer.probabilities([text]), expected, rtol=0, atol=1e-12)


@pytest.fixture(scope="module")
def three(model_folder: Path) -> tuple[object, stance.Model]:
    return _stored(model_folder)


@pytest.fixture(scope="module")
def two(binary_folder: Path) -> tuple[object, stance.Model]:
    return _stored(binary_folder)


@given(texts)
def test_a_stored_scorer_of_three_labels_gives_the_stored_pipelines_probabilities(
    three: tuple[object, stance.Model], text: str
) -> None:
    _assert_alike(*three, text)


@given(texts)
def test_a_stored_scorer_of_two_labels_gives_the_stored_pipelines_probabilities(
    two: tuple[object, stance.Model], text: str
) -> None:
    _assert_alike(*two, text)


def test_a_scorer_has_the_pipelines_labels_in_its_order(fitted: Fitted) -> None:
    assert fitted.scorer.labels == tuple(fitted.pipeline.classes_)


def test_a_scorer_of_two_labels_has_a_coefficient_for_each(two: tuple[object, stance.Model]) -> None:
    assert {channel.coefficients.shape[1] for channel in two[1].scorer.channels} == {2}


def test_a_channels_weight_goes_into_its_coefficients(small_dataset: Dataset) -> None:
    words, characters, *_ = Recipe().channels
    recipe = replace(Recipe(), channels=(replace(words, weight=0.5), replace(characters, weight=2.0)))
    pipeline = recipe.pipeline().fit(small_dataset.texts, small_dataset.labels)
    expected = pipeline.predict_proba(small_dataset.texts)
    np.testing.assert_allclose(to_scorer(pipeline).probabilities(small_dataset.texts), expected, rtol=0, atol=1e-12)
