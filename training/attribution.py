"""Fitting the weights by which a candidate attribution is believed or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from stance.atomic import replacing
from stance.span import Span
from stance.viewpoint.attribute import believed
from stance.viewpoint.candidate import Candidate
from stance.viewpoint.candidates import candidates
from stance.viewpoint.features import features
from stance.viewpoint.syntax import Syntax
from stance.viewpoint.weights import Weights
from stance.viewpoint.words import Words, read
from training.holder_metrics import HolderMetrics, holder_metrics, words_of
from training.holders import MarkedSentence

_STRENGTHS = (0.1, 0.3, 1.0)
"""Inverse strengths of regularisation to choose from."""
_THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
_FURTHER = (0.6, 0.65, 0.7, 0.75, 0.8)
_AS_GOOD = 0.005
"""F1 within which two choices count as alike: less than the standard error on a thousand holders."""
_DIGITS = 3
"""What is kept of a weight: more would differ from one machine to the next."""
_HEADER = """\
# How much each feature speaks for a candidate attribution: a logistic regression, fitted on training/holders/*.jsonl by
# `python -m training fit-holders`. Made by that command; edit the marked sentences or `cues.toml` instead.

"""


@dataclass(frozen=True, slots=True)
class _Read:
    """A marked sentence with its candidates, their features, and which of them share a word with a marked holder."""

    sentence: MarkedSentence
    words: Words
    candidates: Sequence[Candidate]
    features: Sequence[Sequence[str]]
    right: Sequence[bool]


@dataclass(frozen=True, slots=True)
class FittedWeights:
    """Weights and how well they did in cross-validation."""

    weights: Weights
    strength: float
    metrics: HolderMetrics


def fit_weights(sentences: Sequence[MarkedSentence], *, folds: int = 5) -> FittedWeights:
    """Choose regularisation and thresholds by cross-validation (the F1 of holders), and fit on all sentences.

    Folds part sentences, not candidates; each has sentences of every writer. The same
    sentences give the same weights.
    """
    rows = [_read(sentence) for sentence in sentences]
    trials = []
    for strength in _STRENGTHS:
        fitted = [_fit([rows[i] for i in learn], strength) for learn, _ in _parts(len(rows), folds)]
        for threshold in _THRESHOLDS:
            given = _held_out(rows, fitted, folds, (threshold, threshold))
            trials.append((holder_metrics(sentences, given), strength, threshold))
    best = max(metrics.f1 for metrics, _, _ in trials)
    # Among those as good as the best, the simplest, and of these the one that answers least: a wrong holder misleads
    # more than a missing one.
    alike = [trial for trial in trials if trial[0].f1 >= best - _AS_GOOD]
    _, strength, threshold = min(alike, key=lambda trial: (trial[1], -trial[2]))
    fitted = [_fit([rows[i] for i in learn], strength) for learn, _ in _parts(len(rows), folds)]
    stricter = [
        (holder_metrics(sentences, _held_out(rows, fitted, folds, (threshold, further))), further)
        for further in (threshold, *(each for each in _FURTHER if each > threshold))
    ]
    metrics, further = [trial for trial in stricter if trial[0].f1 >= stricter[0][0].f1 - _AS_GOOD][-1]
    intercept, named = _fit(rows, strength)
    return FittedWeights(Weights(intercept, threshold, further, named), strength, metrics)


def write_weights(weights: Weights, path: Path) -> None:
    """Write weights as the TOML that `stance.viewpoint.weights` reads; features in alphabetical order."""
    lines = [f"intercept = {weights.intercept}", f"threshold = {weights.threshold}", f"further = {weights.further}"]
    lines += ["", "[features]"]
    lines += [f"{json.dumps(name)} = {weight}" for name, weight in sorted(weights.features.items())]
    with replacing(path) as partial:
        partial.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _read(sentence: MarkedSentence) -> _Read:
    words = read(sentence.text)
    syntax = Syntax(words)
    found = candidates(syntax)
    gold = [words_of(sentence.text, item.holder) for item in sentence.marked]
    right = [any(words_of(sentence.text, words.span(*item.holder)) & holder for holder in gold) for item in found]
    return _Read(sentence, words, found, features(syntax, found), right)


def _parts(rows: int, folds: int) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    return [
        (np.flatnonzero(fold != held), np.flatnonzero(fold == held))
        for fold in [np.arange(rows) % folds]
        for held in range(folds)
    ]


def _fit(rows: Sequence[_Read], strength: float) -> tuple[float, dict[str, float]]:
    """Return intercept and weights, rounded; a feature that weighs nothing is left out."""
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform([dict.fromkeys(names, 1.0) for row in rows for names in row.features])
    right = [value for row in rows for value in row.right]
    model = LogisticRegression(C=strength, max_iter=10_000, tol=1e-9).fit(counts, right)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), _DIGITS) for name, weight in named}
    return round(float(model.intercept_[0]), _DIGITS), {name: weight for name, weight in weights.items() if weight}


def _held_out(
    rows: Sequence[_Read], fitted: Sequence[tuple[float, dict[str, float]]], folds: int, thresholds: tuple[float, float]
) -> list[list[Span]]:
    """Return the holders given for each sentence by the weights that were fitted without it."""
    given: dict[int, list[Span]] = {}
    for (_, held), (intercept, named) in zip(_parts(len(rows), folds), fitted, strict=True):
        weights = Weights(intercept, *thresholds, named)
        for i in held:
            row = rows[i]
            kept = believed(row.candidates, row.features, weights)
            given[int(i)] = [row.words.span(*item.holder) for item in kept]
    return [given[i] for i in range(len(rows))]
