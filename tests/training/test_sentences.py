"""The lines of a corpus: each fault is named with file, line and reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.errors import DataError, Fault
from training.sentences import Rules, read_corpus, read_sentences
from training.shipped import CORPUS

RULES = Rules({"label": frozenset({"yes", "no"}), "genre": frozenset({"news"})}, {}, 0.5, ("no", "yes"))
GOOD = {"id": "a-1", "text": "Talks go on.", "label": "yes", "conflict": "other", "genre": "news"}
FAULTS: dict[str, tuple[Any, str]] = {
    "no id": ({**GOOD, "id": ...}, "the field 'id' is missing"),
    "no text": ({**GOOD, "text": ...}, "the field 'text' is missing"),
    "no label": ({**GOOD, "label": ...}, "the field 'label' is missing"),
    "no conflict": ({**GOOD, "conflict": ...}, "the field 'conflict' is missing"),
    "no genre": ({**GOOD, "genre": ...}, "the field 'genre' is missing"),
    "an unknown field": ({**GOOD, "gender": "x"}, "an unknown field 'gender'"),
    "a blank text": ({**GOOD, "text": ""}, "the field 'text' is '', a string that is not blank is needed"),
    "a number": ({**GOOD, "pair": 7}, "the field 'pair' is 7, a string that is not blank is needed"),
    "a value that is not allowed": ({**GOOD, "label": "maybe"}, "label 'maybe' is none of corpus.toml's"),
    "white space at an end": ({**GOOD, "text": "Talks go on. "}, "the text begins or ends with white space"),
    "a line break": ({**GOOD, "text": "Talks\ngo on."}, "the text holds the character U+000A"),
    "a character of no width": ({**GOOD, "text": "Talks\u200b go on."}, "the text holds the character U+200B"),
    "an array": ([GOOD], "not an object"),
}
NOT_JSON = {
    "cut short": (b'{"id": "a"', "not JSON at line 1, column 11"),
    "a member twice": (b'{"id": "a", "id": "b"}', "the member 'id' stands twice"),
    "not UTF-8": (b'{"id": "\xff"}', "not UTF-8 at byte 8"),
}


def _line(row: Any) -> bytes:  # noqa: ANN401 - JSON is any value
    if isinstance(row, dict):
        row = {name: value for name, value in row.items() if value is not ...}
    return json.dumps(row, ensure_ascii=False).encode()


def _write(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.mark.parametrize(("row", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_file_line_and_reason(tmp_path: Path, row: object, reason: str) -> None:
    file = _write(tmp_path / "a.jsonl", _line(GOOD), _line(row))
    assert read_sentences([file], RULES)[1] == [Fault(file, 2, reason)]


@pytest.mark.parametrize(("line", "reason"), NOT_JSON.values(), ids=NOT_JSON)
def test_a_line_that_is_not_strict_json_is_named(tmp_path: Path, line: bytes, reason: str) -> None:
    file = _write(tmp_path / "a.jsonl", _line(GOOD), line)
    ((path, number, why),) = [(f.path, f.line, f.reason) for f in read_sentences([file], RULES)[1]]
    assert (path, number, reason in why) == (file, 2, True)


def test_a_line_with_several_faults_names_each(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.jsonl", _line({**GOOD, "label": "maybe", "id": ..., "text": " x"}))
    assert len(read_sentences([file], RULES)[1]) == 3


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    files = [_write(tmp_path / f"{i}.jsonl", *[_line(row) for row, _ in FAULTS.values()]) for i in range(2)]
    with pytest.raises(DataError) as caught:
        read_corpus(files, RULES)
    assert list(caught.value.faults) == [
        Fault(file, line, reason) for file in files for line, (_, reason) in enumerate(FAULTS.values(), start=1)
    ]


def test_lines_at_fault_are_left_out(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.jsonl", _line(GOOD), b"{", _line({**GOOD, "id": "a-2"}))
    assert [sentence.id for sentence in read_sentences([file], RULES)[0]] == ["a-1", "a-2"]


def test_blank_lines_are_counted_but_are_no_faults(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.jsonl", b"", b"  ", _line(GOOD), b"")
    sentences, faults = read_sentences([file], RULES)
    assert ([sentence.line for sentence in sentences], faults) == ([3], [])


def test_a_file_without_sentences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"a\.jsonl: no sentences"):
        read_corpus([_write(tmp_path / "a.jsonl")], RULES)


def test_no_files_are_refused() -> None:
    with pytest.raises(DataError, match="no sentences"):
        read_corpus([], RULES)


def test_members_of_a_pair_are_one_group(tmp_path: Path) -> None:
    rows = [{**GOOD, "text": f"Talks {i}.", "pair": "p" if i < 2 else "q"} for i in range(4)]
    groups = read_corpus([_write(tmp_path / "a.jsonl", *map(_line, rows))], RULES).groups
    assert (groups[0] == groups[1], groups[1] == groups[2]) == (True, False)


def test_sentences_without_a_pair_stand_alone(tmp_path: Path) -> None:
    rows = [{**GOOD, "text": f"Talks {i}."} for i in range(4)]
    assert len(set(read_corpus([_write(tmp_path / "a.jsonl", *map(_line, rows))], RULES).groups)) == 4


def test_rules_are_read_from_the_file_beside_the_corpus() -> None:
    assert Rules.read(CORPUS / "corpus.toml").values["label"] == {"hopeful", "sceptical", "neutral"}
