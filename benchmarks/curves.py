"""Curves: how the time of the scorer in use grows with a text's length, the vocabulary and the batch."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from stance.folder import LEXICON, SCORER
from stance.native.scorer import open_python_scorer, open_scorer, save_scorer
from stance.scorer import Channel, TextScorer

_LENGTHS = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
_BATCHES = (1, 2, 4, 16, 64, 256, 1_024, 4_096)
_SHARES = (1 / 64, 1 / 16, 1 / 4, 1 / 2, 1)
_LEAST = 0.05

Curve = list[tuple[float, float]]


def lengths(scorer: TextScorer, texts: Sequence[str]) -> Curve:
    """Return characters of a text and nanoseconds of CPU for each character; the texts are all different."""
    joined = " ".join(texts)
    found = []
    for length in _LENGTHS:
        cut = [joined[i : i + length] for i in range(0, min(len(joined), 300 * length) - length, length)]
        found.append((float(length), _microseconds(scorer, cut) / length * 1e3))
    return found


def vocabularies(version: Path, texts: Sequence[str]) -> Curve:
    """Return the features of a model, the others left out by chance, and microseconds for each text."""
    lexicon = (version / LEXICON).read_text(encoding="utf-8") if (version / LEXICON).exists() else None
    whole = open_python_scorer(version / SCORER, lexicon)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for share in _SHARES:
            part = replace(whole, channels=tuple(_thinned(channel, share) for channel in whole.channels))
            path = Path(folder) / f"{share}.npz"
            save_scorer(part, path)
            size = sum(len(channel.features) for channel in part.channels)
            # The lexicon as the model writes it: the tables hold for that text.
            found.append((float(size), _microseconds(open_scorer(path, lexicon), texts)))
    return found


def batches(scorer: TextScorer, texts: Sequence[str]) -> Curve:
    """Return the texts in a call and microseconds for each text."""
    found = []
    for size in _BATCHES:
        calls = [texts[i : i + size] for i in range(0, min(len(texts), 200 * size), size)]
        count = sum(map(len, calls))
        for call in calls:
            scorer.probabilities(call)
        start = time.process_time()
        for call in calls:
            scorer.probabilities(call)
        found.append((float(size), (time.process_time() - start) / count * 1e6))
    return found


def _thinned(channel: Channel, share: float) -> Channel:
    keep = np.flatnonzero(np.random.default_rng(0).random(len(channel.features)) < share)
    return Channel(
        channel.analyzer,
        [channel.features[i] for i in keep],
        channel.idf[keep],
        channel.coefficients[keep],
        channel.sublinear,
    )


def _microseconds(scorer: TextScorer, texts: Sequence[str]) -> float:
    """Return CPU time for each text, once warm, over a twentieth of a second or more."""
    scorer.probabilities(texts)
    rounds, start = 0, time.process_time()
    while time.process_time() - start < _LEAST:
        scorer.probabilities(texts)
        rounds += 1
    return (time.process_time() - start) / rounds / len(texts) * 1e6
