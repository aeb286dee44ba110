"""Assembly: the fitted scikit-learn pipeline of a recipe, from counts that are there already."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline

from training.counts import Counted, Counts, count
from training.examples import Dataset
from training.recipe import ChannelRecipe, Recipe


def fit_pipeline(recipe: Recipe, dataset: Dataset, counted: Counted) -> Pipeline:
    """Return the pipeline of `recipe`, fitted on a dataset.

    It is what `recipe.pipeline().fit(texts, labels)` gives, but that channels without names leave those out, and that
    nothing is counted twice.
    """
    names = [channel.analyzer.name for channel in recipe.channels]
    made = [_vectorizer(channel, count(channel, dataset, counted)) for channel in recipe.channels]
    weighted = [tfidf * channel.weight for channel, (_, tfidf) in zip(recipe.channels, made, strict=True)]
    classifier = recipe.classifier().fit(sparse.hstack(weighted, format="csr"), dataset.labels)
    union = FeatureUnion(
        list(zip(names, (vectorizer for vectorizer, _ in made), strict=True)),
        transformer_weights={channel.analyzer.name: channel.weight for channel in recipe.channels},
    )
    return Pipeline([("features", union), ("classifier", classifier)])


def _vectorizer(channel: ChannelRecipe, counts: Counts) -> tuple[TfidfVectorizer, sparse.csr_matrix]:
    """Return the fitted vectoriser and the TF-IDF of the texts counted."""
    frequent = np.flatnonzero(counts.matrix.getnnz(axis=0) >= channel.min_df)
    tfidf = TfidfTransformer(sublinear_tf=True)
    features = tfidf.fit_transform(counts.matrix[:, frequent])
    vectorizer = TfidfVectorizer(
        analyzer=channel.analyzer,
        vocabulary=[counts.features[i] for i in frequent.tolist()],
        lowercase=False,  # an analyser that is a callable sees to case itself
        sublinear_tf=True,
    )
    vectorizer.idf_ = tfidf.idf_
    return vectorizer, features
