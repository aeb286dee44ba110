"""Fitting: from labelled examples to a version in the registry."""

from __future__ import annotations

import math
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import joblib
import numpy as np
from sklearn.pipeline import Pipeline

from stance.certainty import Certainty
from stance.concepts import Concepts
from stance.folder import LEXICON, SCORER, sha256
from stance.manifest import NAME as MANIFEST
from stance.manifest import GoldenSentence, Manifest
from stance.native.scorer import save_scorer
from stance.scorer import Scorer, softmax
from training.assembly import fit_pipeline
from training.calibration import fold_in, temperature
from training.card import write_card
from training.certainty import certain_answers, choose_certainty
from training.counts import Counted
from training.examples import Dataset
from training.export import largest_difference, to_scorer
from training.metrics import External, Ints, Metrics, measure
from training.recipe import Recipe
from training.registry import add_version
from training.search import Choice, choose
from training.study import Study

PIPELINE = "pipeline.joblib"
CARD = "card.md"
_LIBRARIES = ("joblib", "numpy", "scikit-learn", "scipy", "stance")
_PARITY_TEXTS = 2000
_GOLDEN_EXTRAS = ("", "CEASE-FIRE\N{HORIZONTAL ELLIPSIS} \N{RIGHT SINGLE QUOTATION MARK}İΣ 3.5%")


@dataclass(frozen=True)
class Fitted:
    """A fitted model and what is known of it.

    `metrics` are of out-of-fold predictions, calibrated; `external` tells those on other data.
    """

    pipeline: Pipeline
    scorer: Scorer
    choice: Choice
    temperature: float
    certainty: Certainty
    metrics: Metrics
    external: tuple[External, ...]


def fit(
    dataset: Dataset,
    paths: Sequence[Sequence[Recipe]],
    *,
    folds: int = 5,
    seed: int = 0,
    external: Sequence[Dataset] = (),
    progress: Callable[[], None] = lambda: None,
) -> Fitted:
    """Choose a recipe by grouped cross-validation, calibrate it, fit it on all examples, and measure it on `external`.

    Raises:
        DataError: the examples cannot be cross-validated, or external ones have labels that they lack.
    """
    names = list(dataset.counts())
    external_gold = [np.array(other.indices(names, Path(other.source)), dtype=np.intp) for other in external]
    counted: Counted = {}
    choice = choose(paths, dataset, folds=folds, seed=seed, counted=counted, progress=progress)
    gold = np.array(dataset.indices(names, Path(dataset.source)))
    t = temperature(choice.logits, gold.tolist())
    pipeline = fit_pipeline(choice.recipe, dataset, counted)
    fold_in(pipeline["classifier"], t)
    probabilities = softmax(choice.logits / t)
    certainty, certain = choose_certainty(choice.recipe, dataset.texts, gold, probabilities)
    metrics = measure(names, gold, probabilities, certain, seed=seed)
    scorer = to_scorer(pipeline)
    measured = tuple(
        _measure(scorer, certainty, other, right, seed=seed)
        for other, right in zip(external, external_gold, strict=True)
    )
    return Fitted(pipeline, scorer, choice, t, certainty, metrics, measured)


def _measure(scorer: Scorer, certainty: Certainty, dataset: Dataset, gold: Ints, *, seed: int) -> External:
    scores = scorer.score(dataset.texts)
    certain = certain_answers(certainty, scores)
    metrics = measure(scorer.labels, gold, scores.probabilities, certain, seed=seed)
    return External(dataset.source, dataset.digest(), metrics)


def save(fitted: Fitted, dataset: Dataset, out: Path, *, seed: int = 0, study: Study | None = None) -> str:
    """Write a fitted model as the next version of the model at `out`, with a study of it if there is one.

    Returns the version's name.
    """
    return add_version(out, lambda folder: _fill(folder, out.resolve().name, fitted, dataset, seed, study))


def _fill(folder: Path, name: str, fitted: Fitted, dataset: Dataset, seed: int, study: Study | None) -> None:
    joblib.dump(fitted.pipeline, folder / PIPELINE, compress=("zlib", 6))
    save_scorer(fitted.scorer, folder / SCORER)
    for channel in fitted.scorer.channels:
        if isinstance(channel.analyzer, Concepts):
            (folder / LEXICON).write_text(channel.analyzer.lexicon.to_toml(), encoding="utf-8")
    choice = fitted.choice
    card = write_card(
        name, dataset, choice.recipe, choice.tried, fitted.metrics, fitted.certainty, fitted.external, study
    )
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
            "external": [asdict(external) for external in fitted.external],
            "recipe": choice.recipe.describe(),
            "temperature": fitted.temperature,
            "parity": _parity(fitted, dataset),
            "study": None if study is None else asdict(study),
        },
        golden=_golden(fitted.scorer, dataset),
        certainty=fitted.certainty,
        poles=dataset.poles,
    )
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")


def _parity(fitted: Fitted, dataset: Dataset) -> Mapping[str, float]:
    """Compare scorer and pipeline on the data; where they are many, on texts spread evenly over them."""
    texts = dataset.texts[:: math.ceil(len(dataset.examples) / _PARITY_TEXTS)]
    return {"texts": len(texts), "largest_difference": largest_difference(fitted.pipeline, fitted.scorer, texts)}


def _golden(scorer: Scorer, dataset: Dataset) -> tuple[GoldenSentence, ...]:
    first = {example.label: example.text for example in reversed(dataset.examples)}
    texts = [*(first[label] for label in scorer.labels), *_GOLDEN_EXTRAS]
    rows = scorer.probabilities(texts).tolist()
    return tuple(
        GoldenSentence(text, dict(zip(scorer.labels, row, strict=True))) for text, row in zip(texts, rows, strict=True)
    )
