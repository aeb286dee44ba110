"""The sentences of a corpus: one JSON object a line, as `corpus.toml` beside them lays down."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stance import strict_json
from stance.fold import fold
from training.errors import DataError, Fault
from training.examples import Dataset, Example

SOURCE = "the shipped corpus"
_REQUIRED = ("id", "text", "label", "conflict", "genre")
_OPTIONAL = ("construction", "pair")


@dataclass(frozen=True, slots=True)
class CorpusSentence:
    """A labelled sentence of the corpus and where it stands; `pair` is shared by the members of a minimal pair."""

    path: Path
    line: int
    id: str
    text: str
    label: str
    conflict: str
    genre: str
    construction: str | None = None
    pair: str | None = None

    @property
    def key(self) -> str:
        """The text as far as two texts count as the same: neither case nor white space tells them apart."""
        return " ".join(fold(self.text).split())

    def fault(self, reason: str) -> Fault:
        """Return a fault at this sentence."""
        return Fault(self.path, self.line, reason)


@dataclass(frozen=True)
class Rules:
    """What a corpus allows: the values of each field, and the least and greatest share of each label."""

    values: Mapping[str, frozenset[str]]
    shares: Mapping[str, tuple[float, float]]
    near_duplicate: float
    poles: tuple[str, str]

    @classmethod
    def read(cls, path: Path) -> Rules:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            {name: frozenset(values) for name, values in content["values"].items()},
            {label: (float(low), float(high)) for label, (low, high) in content["shares"].items()},
            float(content["near_duplicate"]),
            (content["poles"][0], content["poles"][1]),
        )


def read_sentences(paths: Sequence[Path], rules: Rules) -> tuple[list[CorpusSentence], list[Fault]]:
    """Read corpus files; lines that break the schema are left out and returned as faults."""
    sentences: list[CorpusSentence] = []
    faults: list[Fault] = []
    for path in paths:
        for line, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
            if not raw.strip():
                continue
            try:
                sentences.append(_sentence(path, line, strict_json.loads(raw), rules))
            except ValueError as error:
                faults += [Fault(path, line, reason) for reason in str(error).split("\n")]
    return sentences, faults


def to_dataset(source: str, sentences: Sequence[CorpusSentence]) -> Dataset:
    """Return the sentences as training examples; minimal pairs are groups."""
    return Dataset(
        source,
        tuple(Example(s.text, s.label, f"pair:{s.pair}" if s.pair else f"text:{s.key}") for s in sentences),
    )


def read_corpus(paths: Sequence[Path], rules: Rules) -> Dataset:
    """Read corpus files as training examples.

    Raises:
        DataError: there are none, or a line breaks the schema.
    """
    return replace(to_dataset(SOURCE, sound_sentences(paths, rules)), poles=rules.poles)


def sound_sentences(paths: Sequence[Path], rules: Rules) -> list[CorpusSentence]:
    """Read corpus files that are to be without fault.

    Raises:
        DataError: there are none, or a line breaks the schema.
    """
    sentences, faults = read_sentences(paths, rules)
    if not sentences and not faults:
        faults = [Fault(path, 0, "no sentences") for path in paths or [Path("corpus")]]
    if faults:
        raise DataError(faults)
    return sentences


def _sentence(path: Path, line: int, row: Any, rules: Rules) -> CorpusSentence:  # noqa: ANN401 - JSON is any value
    if not isinstance(row, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of fault for the caller
    faults = [f"the field {name!r} is missing" for name in _REQUIRED if name not in row]
    faults += [f"an unknown field {name!r}" for name in row if name not in _REQUIRED + _OPTIONAL]
    faults += [
        f"the field {name!r} is {value!r}, a string that is not blank is needed"
        for name, value in row.items()
        if not (isinstance(value, str) and value.strip())
    ]
    faults += [
        f"{name} {row[name]!r} is none of corpus.toml's"
        for name, allowed in rules.values.items()
        if isinstance(row.get(name), str) and row[name] not in allowed
    ]
    text = row.get("text")
    if isinstance(text, str):
        faults += _text_faults(text)
    if faults:
        raise ValueError("\n".join(faults))
    return CorpusSentence(path, line, **row)


def _text_faults(text: str) -> list[str]:
    faults = []
    if text != text.strip():
        faults.append("the text begins or ends with white space")
    if not text.isprintable():
        bad = next(character for character in text if not character.isprintable())
        faults.append(f"the text holds the character U+{ord(bad):04X}")
    return faults
