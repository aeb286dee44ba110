"""Fitting: from labelled examples to a version in the registry."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import joblib
import numpy as np
from sklearn.pipeline import Pipeline

from stance.concepts import Concepts
from stance.folder import LEXICON, SCORER, sha256
from stance.manifest import NAME as MANIFEST
from stance.manifest import GoldenSentence, Manifest
from stance.scorer import Scorer, softmax
from training.calibration import fold_in, temperature
from training.card import write_card
from training.examples import Dataset
from training.export import to_scorer
from training.metrics import Metrics, measure
from training.recipe import Recipe
from training.registry import add_version
from training.search import Choice, choose

PIPELINE = "pipeline.joblib"
CARD = "card.md"
_LIBRARIES = ("joblib", "numpy", "scikit-learn", "scipy", "stance")
_GOLDEN_EXTRAS = ("", "CEASE-FIRE\N{HORIZONTAL ELLIPSIS} \N{RIGHT SINGLE QUOTATION MARK}İΣ 3.5%")


@dataclass(frozen=True)
class Fitted:
    """A fitted model and what is known of it: `metrics` are of out-of-fold predictions, calibrated."""

    pipeline: Pipeline
    scorer: Scorer
    choice: Choice
    temperature: float
    metrics: Metrics


def fit(
    dataset: Dataset,
    paths: Sequence[Sequence[Recipe]],
    *,
    folds: int = 5,
    seed: int = 0,
    progress: Callable[[], None] = lambda: None,
) -> Fitted:
    """Choose a recipe by grouped cross-validation, calibrate it, and fit it on all examples."""
    choice = choose(paths, dataset, folds=folds, seed=seed, progress=progress)
    names = list(dataset.counts())
    gold = np.array([names.index(label) for label in dataset.labels])
    t = temperature(choice.logits, gold.tolist())
    pipeline = choice.recipe.pipeline().fit(dataset.texts, dataset.labels)
    fold_in(pipeline["classifier"], t)
    metrics = measure(names, gold, softmax(choice.logits / t), seed=seed)
    return Fitted(pipeline, to_scorer(pipeline), choice, t, metrics)


def save(fitted: Fitted, dataset: Dataset, out: Path, *, seed: int = 0) -> str:
    """Write a fitted model as the next version of the model at `out`, and return its name."""
    return add_version(out, lambda folder: _fill(folder, out.resolve().name, fitted, dataset, seed))


def _fill(folder: Path, name: str, fitted: Fitted, dataset: Dataset, seed: int) -> None:
    joblib.dump(fitted.pipeline, folder / PIPELINE, compress=("zlib", 6))
    fitted.scorer.save(folder / SCORER)
    for channel in fitted.scorer.channels:
        if isinstance(channel.analyzer, Concepts):
            (folder / LEXICON).write_text(channel.analyzer.lexicon.to_toml(), encoding="utf-8")
    choice = fitted.choice
    card = write_card(name, dataset, choice.recipe, choice.tried, fitted.metrics)
    (folder / CARD).write_text(card, encoding="utf-8")
    manifest = Manifest(
        labels=fitted.scorer.labels,
        files={file.name: sha256(file) for file in sorted(folder.iterdir())},
        versions={"python": platform.python_version()} | {library: version(library) for library in _LIBRARIES},
        data={
            "source": dataset.source,
            "rows": len(dataset.examples),
            "labels": dataset.counts(),
            "sha256": dataset.digest(),
            "seed": seed,
        },
        metrics={
            "cross_validation": asdict(fitted.metrics),
            "recipe": choice.recipe.describe(),
            "temperature": fitted.temperature,
        },
        golden=_golden(fitted.scorer, dataset),
    )
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")


def _golden(scorer: Scorer, dataset: Dataset) -> tuple[GoldenSentence, ...]:
    first = {example.label: example.text for example in reversed(dataset.examples)}
    texts = [*(first[label] for label in scorer.labels), *_GOLDEN_EXTRAS]
    rows = scorer.probabilities(texts).tolist()
    return tuple(
        GoldenSentence(text, dict(zip(scorer.labels, row, strict=True))) for text, row in zip(texts, rows, strict=True)
    )
