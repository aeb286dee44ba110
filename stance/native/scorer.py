"""The compiled scorer, and which scorer opens a model: the compiled one where it was built, otherwise Python's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from stance.arrays import Arrays, map_arrays, write_arrays
from stance.concepts import Concepts
from stance.errors import LexiconError, ModelDamagedError
from stance.lexicon import Lexicon
from stance.native.characters import page
from stance.native.tables import VERSION, Tables, UncompilableError, tables
from stance.ngrams import CharNgrams, WordNgrams
from stance.scorer import Channel, Floats, Header, Scorer, Scores, TextScorer, floats, to_bytes

try:
    from stance.native import compiled
except ImportError:  # it was not built: this machine has no compiler, perhaps
    compiled = None  # type: ignore[assignment] # the module or none

Opened = TypeVar("Opened")

_CHANNELS = (WordNgrams.name, CharNgrams.name, Concepts.name)
_PREFIX = "tables."
_SOURCE = "tables-source"


@dataclass(frozen=True, eq=False)
class CompiledScorer:
    """A scorer in C over a model's arrays. Safe to share between threads, which it lets run beside it.

    `arrays` are those of the model's file, and `lexicon` is its lexicon's text.
    """

    name = "compiled"

    header: Header
    arrays: Arrays = field(repr=False)
    lexicon: str | None = field(repr=False)
    core: compiled.Scorer = field(repr=False)

    @classmethod
    def of(cls, arrays: Arrays, lexicon: str | None) -> CompiledScorer:
        """Make a scorer of a model's arrays.

        Raises:
            UncompilableError: the compiled scorer cannot read such a model.
            Exception: an array is missing, or not what it should be.
        """
        header = Header.of(arrays)
        return cls(header, arrays, lexicon, compiled.Scorer(lent_arrays(header, arrays, lexicon), page))

    @property
    def labels(self) -> tuple[str, ...]:
        return self.header.labels

    @property
    def intercept(self) -> Floats:
        return self.header.intercept

    @property
    def channels(self) -> tuple[Channel, ...]:
        return self._twin.channels

    def score(self, texts: Sequence[str]) -> Scores:
        """Score texts of any content and length."""
        counts = np.empty((2, len(texts)), dtype=np.intp)
        scores = Scores(self._empty(texts), counts[0], counts[1], np.empty(len(texts), dtype=np.bool_))
        self.core.score(list(texts), scores.probabilities, counts, scores.topical, True)  # noqa: FBT003 - not logits
        return scores

    def logits(self, text: str) -> Floats:
        """Return the logits (labels,) of one text."""
        rows = self._empty([text])
        self.core.score([text], rows, None, None, False)  # noqa: FBT003 - not probabilities
        row: Floats = rows[0]
        return row

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the probabilities (texts, labels); each row sums to one."""
        rows = self._empty(texts)
        self.core.score(list(texts), rows, None, None, True)  # noqa: FBT003 - not logits
        return rows

    def _empty(self, texts: Sequence[str]) -> Floats:
        return np.empty((len(texts), len(self.header.labels)))

    @cached_property
    def _twin(self) -> Scorer:
        """The same model in Python, which can say where in a text a feature was found."""
        return _python_scorer(self.arrays, self.lexicon)


def open_scorer(path: Path, lexicon: str | None) -> TextScorer:
    """Open a scorer's file; its concept channel, if it has one, reads by the lexicon of that text.

    Raises:
        ModelDamagedError: the file is not a scorer, or its arrays do not fit together.
        LexiconError: the lexicon does not follow its notation.
    """
    if compiled is not None:
        try:
            return _open(CompiledScorer.of, path, lexicon)
        except UncompilableError:
            pass
    return open_python_scorer(path, lexicon)


def open_python_scorer(path: Path, lexicon: str | None) -> Scorer:
    """Open a scorer's file like `open_scorer`, with Python's scorer in any case."""
    return _open(_python_scorer, path, lexicon)


def _python_scorer(arrays: Arrays, lexicon: str | None) -> Scorer:
    return Scorer.of_arrays(arrays, None if lexicon is None else Lexicon.parse(lexicon))


def _open(make: Callable[[Arrays, str | None], Opened], path: Path, lexicon: str | None) -> Opened:
    try:
        return make(map_arrays(path), lexicon)
    except (LexiconError, UncompilableError):
        raise
    except Exception as error:  # damaged bytes make zipfile and numpy raise almost anything
        raise ModelDamagedError(path, f"not a scorer: {error}") from error


def save_scorer(scorer: Scorer, path: Path) -> None:
    """Write a scorer's file, and into it what the compiled scorer needs to open it at once."""
    arrays = scorer.to_arrays()
    lexicon = next((c.analyzer.lexicon.to_toml() for c in scorer.channels if isinstance(c.analyzer, Concepts)), None)
    try:
        made = tables([(channel.analyzer, channel.features) for channel in scorer.channels])
    except UncompilableError:
        made = {}
    else:
        arrays[_SOURCE] = to_bytes(_source(arrays, lexicon))
    write_arrays(path, arrays | {_PREFIX + name: table for name, table in made.items()})


def lent_arrays(header: Header, arrays: Arrays, lexicon: str | None) -> Arrays:
    """Return the arrays that the compiled scorer stands on, under the names that it knows them by.

    Raises:
        UncompilableError: the compiled scorer cannot read such a model.
        Exception: an array is missing, or not what it should be.
    """
    lent = dict(_tables(arrays, lexicon))
    lent["intercept"] = header.intercept
    settings = np.zeros((len(_CHANNELS), 4), dtype=np.uint32)
    for i, channel in enumerate(header.channels):
        name = str(channel["analyzer"])
        rows = arrays[f"{i}.rows"]
        lent[f"{name}.rows"] = floats(rows, (len(rows), 1 + len(header.labels)), f"{i}.rows")
        row = [True, channel.get("low", 0), channel.get("high", 0), channel["sublinear"]]
        settings[_CHANNELS.index(name)] = np.array(row, dtype=np.uint32)
    lent["channels"] = settings
    return lent


def _tables(arrays: Arrays, lexicon: str | None) -> Tables:
    """Return the tables stored with a model or, where they were not made of what stands beside them, new ones."""
    source = arrays.get(_SOURCE)
    if source is not None and source.tobytes() == _source(arrays, lexicon).encode():
        return {name.removeprefix(_PREFIX): array for name, array in arrays.items() if name.startswith(_PREFIX)}
    twin = _python_scorer(arrays, lexicon)
    return tables([(channel.analyzer, channel.features) for channel in twin.channels])


def _source(arrays: Arrays, lexicon: str | None) -> str:
    """Return the SHA-256 of all that tables are made of: their own form, the channels, the features, the lexicon."""
    digest = hashlib.sha256(json.dumps([VERSION, lexicon]).encode())
    for name in sorted(name for name in arrays if not name.startswith(_PREFIX)):
        if name == "header" or name.endswith(".features"):
            digest.update(f"\0{name}\0{arrays[name].shape}\0".encode() + arrays[name].tobytes())
        elif name.endswith(".rows"):
            digest.update(f"\0{name}\0{arrays[name].shape}".encode())
    return digest.hexdigest()
