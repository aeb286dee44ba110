"""From the fitted scikit-learn pipeline to the scorer's plain arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.pipeline import Pipeline

from stance.scorer import Channel, Scorer


def to_scorer(pipeline: Pipeline) -> Scorer:
    """Return the scorer that computes what `pipeline` computes.

    A channel's weight goes into its coefficients. Two labels, for which scikit-learn keeps one row of coefficients, get
    a row each with half of it: their softmax is its sigmoid.
    """
    union, classifier = pipeline["features"], pipeline["classifier"]
    coefficients, intercept = classifier.coef_, classifier.intercept_
    if len(classifier.classes_) == 2:  # noqa: PLR2004 - see above
        coefficients = np.vstack([-coefficients / 2, coefficients / 2])
        intercept = np.concatenate([-intercept / 2, intercept / 2])
    channels = []
    start = 0
    for name, vectorizer in union.transformer_list:
        features = vectorizer.get_feature_names_out().tolist()
        block = coefficients[:, start : start + len(features)].T * union.transformer_weights[name]
        # Common features first: what texts need most lies close together in memory.
        order = np.argsort(vectorizer.idf_, kind="stable")
        channels.append(
            Channel(
                vectorizer.analyzer,
                [features[i] for i in order],
                vectorizer.idf_[order],
                np.ascontiguousarray(block[order]),
                vectorizer.sublinear_tf,
            )
        )
        start += len(features)
    return Scorer(tuple(map(str, classifier.classes_)), tuple(channels), intercept)


def largest_difference(pipeline: Pipeline, scorer: Scorer, texts: Sequence[str]) -> float:
    """Return how far the scorer's probabilities are from the pipeline's at most, over one text or more."""
    return float(np.abs(pipeline.predict_proba(texts) - scorer.probabilities(texts)).max())
