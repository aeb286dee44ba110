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
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from stance.analyzer import Analyzer
from stance.analyzers import analyzer_from, analyzer_spec
from stance.arrays import Arrays, map_arrays, write_arrays
from stance.concepts import ON_TOPIC, Concepts
from stance.errors import ModelDamagedError
from stance.lexicon import Lexicon
from stance.ngrams import WordNgrams, is_word

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


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


class TextScorer(Protocol):
    """What every scorer does. All that a model's folder can be opened with give the same answers."""

    @property
    def name(self) -> str: ...

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def channels(self) -> tuple[Channel, ...]: ...

    @property
    def intercept(self) -> Floats: ...

    def score(self, texts: Sequence[str]) -> Scores:
        """Score texts of any content and length."""
        ...

    def logits(self, text: str) -> Floats:
        """Return the logits (labels,) of one text."""
        ...

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the probabilities (texts, labels); each row sums to one."""
        ...


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
        write_arrays(path, self.to_arrays())

    def to_arrays(self) -> Arrays:
        """Return the scorer as plain arrays; a channel's rows hold its idf and then its coefficients."""
        header = {
            "labels": self.labels,
            "channels": [analyzer_spec(c.analyzer) | {"sublinear": c.sublinear} for c in self.channels],
        }
        arrays: Arrays = {"header": to_bytes(json.dumps(header)), "intercept": self.intercept}
        for i, channel in enumerate(self.channels):
            arrays[f"{i}.features"] = to_bytes("\n".join(channel.features))
            arrays[f"{i}.rows"] = np.column_stack([channel.idf, channel.coefficients])
        return arrays

    @classmethod
    def load(cls, path: Path, lexicon: Lexicon | None = None) -> Scorer:
        """Read what `save` wrote; a concept channel reads by `lexicon`.

        Raises:
            ModelDamagedError: the file is not a scorer, or its arrays do not fit together.
        """
        try:
            return cls.of_arrays(map_arrays(path), lexicon)
        except Exception as error:  # damaged bytes make zipfile and numpy raise almost anything
            raise ModelDamagedError(path, f"not a scorer: {error}") from error

    @classmethod
    def of_arrays(cls, arrays: Arrays, lexicon: Lexicon | None) -> Scorer:
        """Make a scorer of the arrays that `save` wrote.

        Raises:
            Exception: an array is missing, or not what it should be.
        """
        header = Header.of(arrays)
        channels = tuple(
            _channel(arrays, i, spec, len(header.labels), lexicon) for i, spec in enumerate(header.channels)
        )
        return cls(header.labels, channels, header.intercept)


@dataclass(frozen=True)
class Header:
    """What stands first in a scorer's file: the labels, the intercept, and each channel's settings."""

    labels: tuple[str, ...]
    channels: tuple[dict[str, object], ...]
    intercept: Floats

    @classmethod
    def of(cls, arrays: Arrays) -> Header:
        """Read the header.

        Raises:
            Exception: it is not one.
        """
        header = json.loads(_to_text(arrays["header"]))
        labels = tuple(str(label) for label in header["labels"])
        if len(labels) < 2:  # noqa: PLR2004 - a classifier tells two or more things apart
            raise ValueError(f"the labels are {labels}")
        channels = tuple(cast(list[dict[str, object]], header["channels"]))
        for i, channel in enumerate(channels):
            if not isinstance(channel.get("sublinear"), bool):
                raise TypeError(f"channel {i}: sublinear is {channel.get('sublinear')!r}")
        return cls(labels, channels, floats(arrays["intercept"], (len(labels),), "intercept"))


def softmax(logits: Floats) -> Floats:
    """Return the softmax over the last axis, without overflow."""
    exponentials: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return cast(Floats, exponentials / exponentials.sum(axis=-1, keepdims=True))


def _words(channel: Channel, counts: Mapping[str, int]) -> tuple[int, int]:
    """Return how many words with a letter in front there are, and how many of them the channel knows."""
    words = [feature for feature in counts if is_word(feature)]
    return sum(counts[word] for word in words), sum(counts[word] for word in words if word in channel.index)


def _channel(
    arrays: Arrays,
    i: int,
    spec: Mapping[str, object],
    labels: int,
    lexicon: Lexicon | None,
) -> Channel:
    text = _to_text(arrays[f"{i}.features"])
    features = text.split("\n") if text else []
    if len(set(features)) != len(features):
        raise ValueError(f"channel {i} names a feature twice")
    rows = floats(arrays[f"{i}.rows"], (len(features), 1 + labels), f"{i}.rows")
    settings = dict(spec)
    sublinear = bool(settings.pop("sublinear"))
    return Channel(analyzer_from(settings, lexicon), features, rows[:, 0], rows[:, 1:], sublinear)


def floats(array: npt.NDArray[np.generic], shape: tuple[int, ...], name: str) -> Floats:
    """Return `array` if it has `shape` and holds finite float64 alone.

    Raises:
        ValueError: it has not.
    """
    if array.dtype != np.float64 or array.shape != shape:
        raise ValueError(f"{name} is {array.dtype}{array.shape}, float64{shape} is needed")
    checked = cast(Floats, array)
    if not np.isfinite(checked).all():
        raise ValueError(f"{name} holds a value that is not finite")
    return checked


def to_bytes(text: str) -> npt.NDArray[np.uint8]:
    """Return a text as an array of its UTF-8 bytes."""
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _to_text(array: npt.NDArray[np.generic]) -> str:
    return array.astype(np.uint8, casting="no").tobytes().decode("utf-8", "surrogatepass")
