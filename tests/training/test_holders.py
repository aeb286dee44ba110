"""Reading marked sentences, and measuring holders against them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from stance import Span
from training.errors import DataError
from training.holder_metrics import holder_metrics
from training.holders import Marked, MarkedSentence, read_marked

HE = {"text": "He", "start": 0, "end": 2, "cue": {"text": "said", "start": 3, "end": 7}}
ROW: Mapping[str, object] = {
    "id": "1",
    "text": "He said it holds.",
    "genre": "news",
    "construction": "pronoun",
    "holders": [HE],
}
SENTENCE = MarkedSentence("1", "He said it holds.", "news", "pronoun", (Marked(Span("He", 0, 2), Span("said", 3, 7)),))


def _write(path: Path, *rows: object) -> list[Path]:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return [path]


def test_a_line_is_a_sentence_with_its_holders(tmp_path: Path) -> None:
    assert read_marked(_write(tmp_path / "a.jsonl", ROW)) == [SENTENCE]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"genre": " "}, "genre is ' '"),
        ({"holders": {}}, "holders is {}"),
        ({"holders": [HE | {"start": 1}]}, "'He' does not stand from 1 to 2"),
        ({"holders": [HE | {"cue": {"text": "said"}}]}, "is no span"),
        ({"holders": [HE | {"cue": "said"}]}, "is no span"),
        ({"more": "x"}, "an object with the fields id, text"),
    ],
)
def test_a_line_that_is_at_fault_is_named(tmp_path: Path, change: Mapping[str, object], reason: str) -> None:
    with pytest.raises(DataError, match=r"a\.jsonl:1: ") as caught:
        read_marked(_write(tmp_path / "a.jsonl", {**ROW, **change}))
    assert reason in str(caught.value)


def test_an_id_that_is_taken_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"a\.jsonl:2: the id '1' is taken"):
        read_marked(_write(tmp_path / "a.jsonl", ROW, ROW))


def test_no_files_are_a_fault() -> None:
    with pytest.raises(DataError, match="no marked sentences"):
        read_marked([])


def test_a_holder_is_right_when_it_shares_a_word_with_a_marked_one() -> None:
    metrics = holder_metrics([SENTENCE], [[Span("He said", 0, 7)]])
    assert (metrics.precision, metrics.recall, metrics.f1, metrics.first) == (1, 1, 1, 1)


def test_a_marked_holder_is_matched_once() -> None:
    metrics = holder_metrics([SENTENCE], [[Span("He", 0, 2), Span("He", 0, 2)]])
    assert (metrics.precision, metrics.recall) == (0.5, 1)


def test_a_first_holder_that_is_wrong_counts_as_such() -> None:
    metrics = holder_metrics([SENTENCE], [[Span("it", 8, 10), Span("He", 0, 2)]])
    assert (metrics.recall, metrics.first) == (1, 0)
