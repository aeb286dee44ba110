"""Marked sentences: whose viewpoints each of them reports, as `holders/*.jsonl` hold them, one JSON object a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance import strict_json
from stance.span import Span
from training.errors import DataError, Fault

FOLDER = Path(__file__).parent / "holders"
_FIELDS = ("id", "text", "genre", "construction", "holders")


@dataclass(frozen=True, slots=True)
class Marked:
    """A holder and the cue that attributes something to it, as a reader marked them."""

    holder: Span
    cue: Span


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with its attributions, the main one first; none if it reports nobody's view but its writer's."""

    id: str
    text: str
    genre: str
    construction: str
    marked: tuple[Marked, ...]


def read_marked(paths: Sequence[Path]) -> list[MarkedSentence]:
    """Read files of marked sentences.

    Raises:
        DataError: there are none, or a line is not what it should be; lists every fault.
    """
    found: dict[str, MarkedSentence] = {}
    faults = [] if paths else [Fault(FOLDER, 0, "no marked sentences")]
    for path in paths:
        for line, raw in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                sentence = _sentence(strict_json.loads(raw))
            except ValueError as error:
                faults.append(Fault(path, line, str(error)))
                continue
            if sentence.id in found:
                faults.append(Fault(path, line, f"the id {sentence.id!r} is taken"))
            found[sentence.id] = sentence
    if faults:
        raise DataError(faults)
    return list(found.values())


def _sentence(row: Any) -> MarkedSentence:  # noqa: ANN401 - JSON is any value
    if not isinstance(row, dict) or tuple(row) != _FIELDS:
        raise ValueError(f"an object with the fields {', '.join(_FIELDS)} is needed")
    for name in _FIELDS[:-1]:
        if not isinstance(row[name], str) or not row[name].strip():
            raise ValueError(f"{name} is {row[name]!r}; a string that is not blank is needed")
    if not isinstance(row["holders"], list):
        raise ValueError(f"holders is {row['holders']!r}; a list is needed")  # noqa: TRY004 - one kind of fault
    marked = tuple(_marked(row["text"], item) for item in row["holders"])
    return MarkedSentence(row["id"], row["text"], row["genre"], row["construction"], marked)


def _marked(text: str, item: Any) -> Marked:  # noqa: ANN401 - JSON is any value
    if not isinstance(item, dict) or "cue" not in item:
        raise ValueError(f"the holder {item!r} has no cue")
    return Marked(_span(text, item), _span(text, item["cue"]))


def _span(text: str, item: Any) -> Span:  # noqa: ANN401 - JSON is any value
    try:
        span = Span(item["text"], item["start"], item["end"])
        stands = bool(span.text) and text[span.start : span.end] == span.text
    except (TypeError, KeyError) as error:
        raise ValueError(f"{item!r} is no span: text, start and end are needed") from error
    if not stands:
        raise ValueError(f"{span.text!r} does not stand from {span.start} to {span.end}")
    return span
