"""The pipeline that is assembled from counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stance.lexicon import Lexicon
from tests.examples import LEXICON
from training.assembly import fit_pipeline
from training.examples import Dataset
from training.recipe import Recipe, grid


def _recipe(min_df: int, *, names: bool) -> Recipe:
    recipe = grid(60, Lexicon.parse(LEXICON))[0][0]
    return replace(recipe, channels=tuple(replace(c, min_df=min_df, names=names) for c in recipe.channels))


@pytest.mark.parametrize("min_df", [1, 2])
def test_it_is_the_pipeline_that_scikit_learn_fits(small_dataset: Dataset, min_df: int) -> None:
    recipe = _recipe(min_df, names=True)
    fitted = fit_pipeline(recipe, small_dataset, {})
    plain = recipe.pipeline().fit(small_dataset.texts, small_dataset.labels)
    texts = [*small_dataset.texts, "", "Nothing of the kind was seen."]
    np.testing.assert_allclose(fitted.predict_proba(texts), plain.predict_proba(texts), rtol=0, atol=1e-9)


def test_without_names_a_name_has_no_feature(small_dataset: Dataset) -> None:
    named = replace(small_dataset.examples[0], text="Envoys from Ruritania said that the truce holds.")
    dataset = replace(small_dataset, examples=(named, *small_dataset.examples))
    words = dict(fit_pipeline(_recipe(1, names=False), dataset, {})["features"].transformer_list)["words"]
    features = set(words.get_feature_names_out())
    assert "envoys from" in features
    assert not features & {"ruritania", "from ruritania", "ruritania said"}
