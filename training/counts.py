"""N-gram counts: made once for each analyser, for the search, a study and the fit alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from training.errors import DataError, Fault
from training.examples import Dataset
from training.names import holds_name, proper_names
from training.recipe import ChannelRecipe


@dataclass(frozen=True)
class Counts:
    """How often each feature, in alphabetical order, is in each text; `matrix` has shape (texts, features)."""

    matrix: sparse.csr_matrix
    features: Sequence[str]

    def without(self, names: frozenset[str]) -> Counts:
        """Leave out the features that hold one of these names."""
        kept = [i for i, feature in enumerate(self.features) if not holds_name(feature, names)]
        return Counts(self.matrix[:, kept], [self.features[i] for i in kept])


Counted = dict[tuple[int, bool], Counts]
"""Counts by the identity of their analyser, and whether names count: recipes that share these share the counts."""


def count(channel: ChannelRecipe, dataset: Dataset, counted: Counted) -> Counts:
    """Return the counts of a channel's features in a dataset, from those counted before if they are there.

    Raises:
        DataError: no text has a feature.
    """
    key = (id(channel.analyzer), channel.names)
    if key not in counted:
        counted[key] = _count(channel, dataset)
    return counted[key]


def _count(channel: ChannelRecipe, dataset: Dataset) -> Counts:
    vectorizer = CountVectorizer(analyzer=channel.analyzer)
    try:
        counts = Counts(vectorizer.fit_transform(dataset.texts), vectorizer.get_feature_names_out().tolist())
    except ValueError as error:
        raise DataError([Fault(Path(dataset.source), 0, f"no {channel.analyzer.name} in any text")]) from error
    return counts if channel.names else counts.without(proper_names(dataset.texts))
