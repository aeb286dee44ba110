"""Run the benchmarks and write a dated page, plot and figures into benchmarks/results."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import joblib
import numpy as np

import stance
from benchmarks import curves
from benchmarks.contenders import Contender, contenders
from benchmarks.machine import description
from benchmarks.report import write
from benchmarks.startup import startups
from benchmarks.timing import bulk, single, threads
from stance.folder import current_version

_ROOT = Path(__file__).parents[1]
_MODEL = _ROOT / "models" / "ceasefire"
_CORPUS = _ROOT / "training" / "corpus"
_REAL = Path("shared") / "real" / "stance_dev.jsonl"
_RESULTS = Path(__file__).parent / "results"
_ROUNDS, _CALLS = 9, 4_000


def main() -> None:
    """Measure everything; it takes some minutes."""
    version = _MODEL / current_version(_MODEL)
    texts, labels = _sentences(sorted(_CORPUS.glob("*.jsonl")))
    entries = contenders(version, texts, labels)
    model = stance.load(version)
    machine = description()
    sys.stdout.write(f"{len(entries)} contenders, {len(texts)} sentences\n")
    results = {
        "machine": machine,
        "texts": len(texts),
        "characters": sum(map(len, texts)) / len(texts),
        "bulk": {name: asdict(spread) for name, spread in bulk(entries, texts, _ROUNDS).items()},
        "single": single(entries, texts, _CALLS),
        "startup": startups(version, _ROUNDS),
        "threads": threads(model.scorer.probabilities, texts, 3 * _ROUNDS),
        "difference": _difference(version, texts[::10]),
        "quality": _quality(entries),
        "curves": {
            "lengths": curves.lengths(model.scorer, texts),
            "vocabularies": curves.vocabularies(version, texts[::5]),
            "batches": curves.batches(model.scorer, texts),
        },
    }
    _RESULTS.mkdir(exist_ok=True)
    name = datetime.now(UTC).date().isoformat()
    (_RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write(results, _RESULTS, name)
    sys.stdout.write((_RESULTS / f"{name}.md").read_text(encoding="utf-8"))


def _sentences(paths: Sequence[Path]) -> tuple[list[str], list[str]]:
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def _difference(version: Path, texts: Sequence[str]) -> float:
    pipeline = joblib.load(version / "pipeline.joblib")
    ours = stance.load(version).scorer.probabilities(texts)
    return float(np.abs(pipeline.predict_proba(texts) - ours).max())


def _quality(entries: Sequence[Contender]) -> dict[str, float]:
    """Return each contender's macro-F1 on the real sentences, where they stand beside the checkout."""
    found = [folder / _REAL for folder in _ROOT.parents[:2] if (folder / _REAL).exists()]
    if not found:
        return {}
    texts, gold = _sentences(found[:1])
    return {entry.name: _macro_f1(gold, entry.label(texts)) for entry in entries if not entry.name.endswith("predict")}


def _macro_f1(gold: Sequence[str], given: Sequence[str]) -> float:
    scores = []
    for label in sorted(set(gold)):
        right = sum(g == a == label for g, a in zip(gold, given, strict=True))
        scores.append(2 * right / (gold.count(label) + list(given).count(label)))
    return float(np.mean(scores))


if __name__ == "__main__":
    main()
