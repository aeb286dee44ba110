"""The scorer: a fitted pipeline as plain arrays, and the arithmetic that turns a text into probabilities.

For each channel a text's feature counts become a TF-IDF vector of length one, as scikit-learn's `TfidfVectorizer`
makes it (tf = 1 + ln count where the channel is sublinear, times idf, L2-normalised; Salton & Buckley 1988). The
logits are the intercept plus the vectors' products with the coefficients; the probabilities their softmax.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from stance.analyzer import Analyzer
from stance.analyzers import analyzer_from, analyzer_spec
from stance.concepts import ON_TOPIC, Concepts
from stance.errors import ModelDamagedError
from stance.lexicon import Lexicon
from stance.ngrams import WordNgrams, is_word

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Scores:
    """What a scorer finds in each of some texts.

    `probabilities` has shape (texts, labels), each row summing to one; the others have shape (texts,). `words` counts
    the words that begin with a letter, `known` those among them that the model knows; both are 0 where no channel reads
    single words. `topical` tells whether a word for the topic was found; it is true where no channel looks for one.
    """

    probabilities: Floats
    words: Ints
    known: Ints
    topical: Bools


@dataclass(frozen=True)
class Channel:
    """One TF-IDF: `idf` has shape (features,), `coefficients` (features, labels), rows in the order of `features`."""

    analyzer: Analyzer
    features: Sequence[str]
    idf: Floats
    coefficients: Floats
    sublinear: bool
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", {feature: i for i, feature in enumerate(self.features)})

    def weights(self, counts: Mapping[str, int]) -> tuple[list[str], Floats, Floats]:
        """Return the known features of `counts`, their TF-IDF values (n,) and their contributions (n, labels)."""
        known = [feature for feature in counts if feature in self.index]
        rows = np.array([self.index[feature] for feature in known], dtype=np.intp)
        values = np.array([counts[feature] for feature in known], dtype=np.float64)
        if self.sublinear:
            values = 1.0 + np.log(values)
        values = values * self.idf[rows]
        norm = np.sqrt(values @ values)
        if norm > 0.0:
            values = values / norm
        return known, values, values[:, None] * self.coefficients[rows]

    @property
    def reads_words(self) -> bool:
        """Whether single words are among the features."""
        return isinstance(self.analyzer, WordNgrams) and self.analyzer.low == 1

    @property
    def finds_topics(self) -> bool:
        """Whether it looks for words that name the topic."""
        return isinstance(self.analyzer, Concepts) and self.analyzer.lexicon.names_topics


@dataclass(frozen=True)
class Scorer:
    """A linear model over the features of its channels; `intercept` has shape (labels,)."""

    name = "python"

    labels: tuple[str, ...]
    channels: tuple[Channel, ...]
    intercept: Floats

    def score(self, texts: Sequence[str]) -> Scores:
        """Score texts of any content and length, each read once by each channel."""
        logits = np.empty((len(texts), len(self.labels)))
        words, known = np.zeros(len(texts), dtype=np.intp), np.zeros(len(texts), dtype=np.intp)
        topical = np.ones(len(texts), dtype=np.bool_)
        for i, text in enumerate(texts):
            counts = [Counter(channel.analyzer(text)) for channel in self.channels]
            logits[i] = self._logits(counts)
            for channel, counted in zip(self.channels, counts, strict=True):
                if channel.reads_words:
                    words[i], known[i] = _words(channel, counted)
                if channel.finds_topics:
                    topical[i] = ON_TOPIC in counted
        return Scores(softmax(logits), words, known, topical)

    def logits(self, text: str) -> Floats:
        """Return the logits (labels,) of one text."""
        return self._logits([Counter(channel.analyzer(text)) for channel in self.channels])

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the probabilities (texts, labels); each row sums to one."""
        return self.score(texts).probabilities

    def _logits(self, counts: Sequence[Mapping[str, int]]) -> Floats:
        total = self.intercept.copy()
        for channel, counted in zip(self.channels, counts, strict=True):
            _, _, contributions = channel.weights(counted)
            total += contributions.sum(axis=0)
        return total

    def save(self, path: Path) -> None:
        """Write the scorer as one `.npz` file of plain arrays."""
        header = {
            "labels": self.labels,
            "channels": [analyzer_spec(c.analyzer) | {"sublinear": c.sublinear} for c in self.channels],
        }
        arrays: Arrays = {"header": _to_bytes(json.dumps(header)), "intercept": self.intercept}
        for i, channel in enumerate(self.channels):
            arrays[f"{i}.features"] = _to_bytes("\n".join(channel.features))
            arrays[f"{i}.idf"] = channel.idf
            arrays[f"{i}.coefficients"] = channel.coefficients
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path, lexicon: Lexicon | None = None) -> Scorer:
        """Read what `save` wrote; a concept channel reads by `lexicon`.

        Raises:
            ModelDamagedError: the file is not a scorer, or its arrays do not fit together.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return cls._from_arrays({name: arrays[name] for name in arrays.files}, lexicon)
        except Exception as error:  # damaged bytes make zipfile and numpy raise almost anything
            raise ModelDamagedError(path, f"not a scorer: {error}") from error

    @classmethod
    def _from_arrays(cls, arrays: Arrays, lexicon: Lexicon | None) -> Scorer:
        header = json.loads(_to_text(arrays["header"]))
        labels = tuple(str(label) for label in header["labels"])
        if len(labels) < 2:  # noqa: PLR2004 - a classifier tells two or more things apart
            raise ValueError(f"the labels are {labels}")
        channels = tuple(
            _channel(arrays, i, spec, len(labels), lexicon)
            for i, spec in enumerate(cast(list[dict[str, object]], header["channels"]))
        )
        return cls(labels, channels, _floats(arrays["intercept"], (len(labels),), "intercept"))


def softmax(logits: Floats) -> Floats:
    """Return the softmax over the last axis, without overflow."""
    exponentials: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return cast(Floats, exponentials / exponentials.sum(axis=-1, keepdims=True))


def _words(channel: Channel, counts: Mapping[str, int]) -> tuple[int, int]:
    """Return how many words with a letter in front there are, and how many of them the channel knows."""
    words = [feature for feature in counts if is_word(feature)]
    return sum(counts[word] for word in words), sum(counts[word] for word in words if word in channel.index)


def _channel(arrays: Arrays, i: int, spec: dict[str, object], labels: int, lexicon: Lexicon | None) -> Channel:
    text = _to_text(arrays[f"{i}.features"])
    features = text.split("\n") if text else []
    if len(set(features)) != len(features):
        raise ValueError(f"channel {i} names a feature twice")
    sublinear = spec.pop("sublinear")
    if not isinstance(sublinear, bool):
        raise TypeError(f"channel {i}: sublinear is {sublinear!r}")
    return Channel(
        analyzer_from(spec, lexicon),
        features,
        _floats(arrays[f"{i}.idf"], (len(features),), f"{i}.idf"),
        _floats(arrays[f"{i}.coefficients"], (len(features), labels), f"{i}.coefficients"),
        sublinear,
    )


def _floats(array: npt.NDArray[np.generic], shape: tuple[int, ...], name: str) -> Floats:
    if array.dtype != np.float64 or array.shape != shape:
        raise ValueError(f"{name} is {array.dtype}{array.shape}, float64{shape} is needed")
    floats = cast(Floats, array)
    if not np.isfinite(floats).all():
        raise ValueError(f"{name} holds a value that is not finite")
    return floats


def _to_bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _to_text(array: npt.NDArray[np.generic]) -> str:
    return array.astype(np.uint8, casting="no").tobytes().decode("utf-8", "surrogatepass")
