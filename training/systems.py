"""Systems to compare a model with: simpler ones, and the model with parts of it left out."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from stance.concepts import Concepts
from stance.lexicon import Lexicon
from stance.reading import read
from stance.tagging import tag
from stance.tokens import tokens
from training.counts import Counted
from training.examples import Dataset
from training.metrics import Ints, macro_f1
from training.recipe import Recipe
from training.search import Split, out_of_fold

_STRENGTHS = (0.1, 0.3, 1.0, 3.0)
# Of five settings tried on the shipped corpus within 0.002 of the best in cross-validation (docs/experiments.md). It
# starts its embeddings a tenth by each thread: fewer than ten leave the rest as memory happens to be. Threads race, so
# that no two runs are quite alike.
_FASTTEXT = {"dim": 50, "epoch": 25, "lr": 0.2, "wordNgrams": 2, "minn": 0, "maxn": 0, "bucket": 200_000, "thread": 10}


class UnavailableError(Exception):
    """A system that cannot be measured here; the message says why."""


@dataclass(frozen=True)
class System:
    """A way to label texts. `label` gives the label index of every row that a fold tests; other rows are -1.

    `label` takes the examples and the folds; the settings, where there are any, it chooses by macro-F1 on the rows of
    the first argument's `range`. It raises UnavailableError where it cannot be measured.
    """

    name: str
    label: Callable[[Dataset, Sequence[Split], range], Ints]


def rivals(recipe: Recipe, dataset: Dataset, counted: Counted, seed: int) -> list[System]:
    """Return the systems to compare a recipe with on a dataset.

    Where two labels are poles and there is one beside them, the lexicon alone is a system. Recipes share their n-gram
    counts by `counted`.
    """
    signs = _signs(dataset)
    systems = [System("majority label", majority)]
    lexicons = [c.analyzer.lexicon for c in recipe.channels if isinstance(c.analyzer, Concepts)]
    if signs and lexicons:
        systems.append(System("lexicon alone, signs summed", _Balance(lexicons[0], signs).label))
    systems += [
        System(f"{channel.analyzer.name} alone", linear(_path(replace(recipe, channels=(channel,))), counted))
        for channel in recipe.channels
    ]
    if len(recipe.channels) > 2:  # noqa: PLR2004 - of two channels, one left out is the other alone
        for channel in recipe.channels:
            others = tuple(other for other in recipe.channels if other is not channel)
            systems.append(
                System(f"without {channel.analyzer.name}", linear(_path(replace(recipe, channels=others)), counted))
            )
    return [*systems, System("fastText", _FastText(seed).label)]


def linear(path: Sequence[Recipe], counted: Counted) -> Callable[[Dataset, Sequence[Split], range], Ints]:
    """Return how recipes that differ in C alone label: the one of them that is best on the rows for choosing."""

    def label(dataset: Dataset, folds: Sequence[Split], chosen_on: range) -> Ints:
        names = list(dataset.counts())
        gold = np.searchsorted(names, dataset.labels)
        given = [_answers(logits) for logits in out_of_fold(path, dataset, folds, counted)]
        rows = np.intersect1d(chosen_on, np.flatnonzero(given[0] >= 0))
        return max(given, key=lambda one: macro_f1(gold[rows], one[rows], len(names)))

    return label


def majority(dataset: Dataset, folds: Sequence[Split], _chosen_on: range) -> Ints:
    """Give every text the commonest label of the training rows."""
    gold = np.searchsorted(list(dataset.counts()), dataset.labels)
    given = np.full(len(gold), -1)
    for train, test in folds:
        given[test] = np.bincount(gold[train]).argmax()
    return given


@dataclass(frozen=True)
class _Balance:
    """Labels by the sign of the sum of a text's concepts, 0 where the topic is not named; nothing is fitted."""

    lexicon: Lexicon
    signs: Mapping[int, str]

    def label(self, dataset: Dataset, folds: Sequence[Split], _chosen_on: range) -> Ints:
        names = list(dataset.counts())
        tested = np.concatenate([test for _, test in folds])
        given = np.full(len(dataset.examples), -1)
        given[tested] = [names.index(self.signs[self._sign(dataset.texts[i])]) for i in tested]
        return given

    def _sign(self, text: str) -> int:
        cut = tokens(text)
        readings = read(tag(self.lexicon, cut), [word for word, _, _ in cut])
        if not any(reading.role == "topic" for reading in readings):
            return 0
        return int(np.sign(sum(reading.sign for reading in readings)))


@dataclass(frozen=True)
class _FastText:
    """Bag of n-grams with learned embeddings (Joulin et al. 2017), where the package `fasttext` is installed."""

    seed: int

    def label(self, dataset: Dataset, folds: Sequence[Split], _chosen_on: range) -> Ints:
        try:
            fasttext: Any = importlib.import_module("fasttext")
        except ImportError as error:
            raise UnavailableError("not measured: the package fasttext is not installed") from error
        lines = [" ".join(word for word, _, _ in tokens(text)) for text in dataset.texts]
        gold = np.searchsorted(list(dataset.counts()), dataset.labels)
        given = np.full(len(gold), -1)
        for train, test in folds:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "train.txt"
                file.write_text("".join(f"__label__{gold[i]} {lines[i]}\n" for i in train), encoding="utf-8")
                try:
                    model = fasttext.train_supervised(input=str(file), seed=self.seed, verbose=0, **_FASTTEXT)
                except RuntimeError as error:
                    raise UnavailableError(f"not measured: fastText fails: {error}") from error
            answers, _ = model.predict([lines[i] for i in test])
            given[test] = [int(answer[0].removeprefix("__label__")) for answer in answers]
        return given


def _signs(dataset: Dataset) -> dict[int, str]:
    """Return the label that each balance of signs speaks for; empty if the labels are not two poles and one between."""
    between = set(dataset.counts()) - set(dataset.poles or ())
    if not dataset.poles or len(between) != 1:
        return {}
    return {-1: dataset.poles[0], 0: between.pop(), 1: dataset.poles[1]}


def _path(recipe: Recipe) -> list[Recipe]:
    return [replace(recipe, c=c) for c in _STRENGTHS]


def _answers(logits: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Ints:
    return np.where(np.isnan(logits[:, 0]), -1, np.nan_to_num(logits, nan=0.0).argmax(axis=1))
