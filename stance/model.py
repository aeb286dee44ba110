"""A loaded model: the library's front door."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stance import explain as explaining
from stance.errors import TextTypeError
from stance.folder import open_folder
from stance.manifest import Manifest
from stance.prediction import Explanation, Prediction
from stance.scorer import TextScorer

if TYPE_CHECKING:
    from stance.analysis import Analysis

_ONE = (str, bytes)


@dataclass(frozen=True)
class Model:
    """A model in memory. It is immutable and safe to share between threads.

    `digest` is the SHA-256 of the manifest: two models with one digest give the same answers.
    """

    name: str
    version: str
    digest: str
    manifest: Manifest
    scorer: TextScorer

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it may give, in the order in which probabilities are listed."""
        return self.scorer.labels

    def predict(self, texts: Iterable[str]) -> list[Prediction]:
        """Label each text; one prediction for each, in order. Any string is a text, the empty one too.

        Raises:
            TextTypeError: `texts` is itself a string, or something in it is not one.
        """
        if isinstance(texts, _ONE):
            raise TextTypeError(f"predict takes a sequence of texts, not one {type(texts).__name__}: write [text]")
        batch = [_checked(text, i) for i, text in enumerate(texts)]
        scores = self.scorer.score(batch)
        labels, flags, certain = self.labels, self.manifest.certainty.flags, self.manifest.certainty.certain
        predictions = []
        # Lists, since looking into an array costs more than reading a text does.
        facts = zip(scores.words.tolist(), scores.known.tolist(), scores.topical.tolist(), strict=True)
        for row, (words, known, topical) in zip(scores.probabilities.tolist(), facts, strict=True):
            highest = max(row)
            raised = flags(words, known, topical)
            probabilities = dict(zip(labels, row, strict=True))
            predictions.append(Prediction(labels[row.index(highest)], probabilities, certain(highest, raised), raised))
        return predictions

    def explain(self, text: str) -> Explanation:
        """Label one text and give every n-gram's part in each logit; parts and intercept add up to the logits.

        Raises:
            TextTypeError: `text` is not a string.
        """
        (prediction,) = self.predict([_checked(text, 0)])
        return explaining.explain(self.scorer, text, prediction)

    def analyze(self, text: str) -> Analysis:
        """Split a text into sentences, label each, say whose viewpoint it is, and count by holder.

        Offsets are code points of `text`.

        Raises:
            TextTypeError: `text` is not a string.
        """
        # Only here: whoever labels sentences alone need not load a sentence splitter, nor the grammar of viewpoints.
        from stance.analysis import Analysis, Sentence  # noqa: PLC0415 - see above
        from stance.resolution import resolve  # noqa: PLC0415 - see above
        from stance.sentences import split  # noqa: PLC0415 - see above
        from stance.summary import summarise  # noqa: PLC0415 - see above
        from stance.viewpoint import attribute  # noqa: PLC0415 - see above

        spans = split(_checked(text, 0))
        viewpoints = resolve(spans, [attribute(span.text) for span in spans])
        sentences = tuple(
            Sentence(span.text, span.start, span.end, said.label, said.probabilities, said.certain, said.flags, views)
            for span, said, views in zip(spans, self.predict([span.text for span in spans]), viewpoints, strict=True)
        )
        return Analysis(sentences, summarise(sentences, self.labels, self.manifest.poles))


def load(path: str | os.PathLike[str]) -> Model:
    """Load a model: a model's folder gives its current version, a version's folder that version.

    Raises:
        ModelNotFoundError: there is no model at `path`.
        ModelDamagedError: a file is missing, altered or unreadable, or the model does not give the answers it should.
        ModelUnsupportedError: the folder was written in another version of the format.
    """
    folder = open_folder(Path(path))
    return Model(folder.name, folder.version, folder.digest, folder.manifest, folder.scorer)


def _checked(text: object, position: int) -> str:
    if not isinstance(text, str):
        raise TextTypeError(f"text {position} is of type {type(text).__name__}, not str")
    return text
