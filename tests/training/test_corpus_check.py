"""Checking a corpus as a whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from training.corpus_check import CorpusReport, check_corpus
from training.sentences import Rules
from training.shipped import CORPUS

RULES = Rules({"label": frozenset({"yes", "no"})}, {}, 0.5, ("no", "yes"))
LONG = "The envoys met twice in the old town hall and parted without a word to the waiting crowd"


def _write(path: Path, *rows: dict[str, str]) -> Path:
    lines = [
        json.dumps({"id": f"{path.stem}-{i}", "label": "yes", "conflict": "other", "genre": "news"} | row)
        for i, row in enumerate(rows, start=1)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _check(folder: Path, *rows: dict[str, str], rules: Rules = RULES) -> CorpusReport:
    return check_corpus([_write(folder / "a.jsonl", *rows)], rules)


def _faults(report: CorpusReport) -> list[tuple[int, str]]:
    """Return line and reason of each fault, paths without their folders."""
    return [(fault.line, fault.reason.replace(str(fault.path), fault.path.name)) for fault in report.faults]


@pytest.fixture(scope="module")
def shipped() -> CorpusReport:
    return check_corpus(sorted(CORPUS.glob("*.jsonl")), Rules.read(CORPUS / "corpus.toml"))


def test_the_shipped_corpus_passes(shipped: CorpusReport) -> None:
    assert [str(fault) for fault in shipped.faults] == []


def test_the_shipped_corpus_holds_thousands_of_sentences(shipped: CorpusReport) -> None:
    assert shipped.sentences == sum(shipped.counts["label"].values()) > 5_000


def test_sentences_of_their_own_have_no_faults(tmp_path: Path) -> None:
    assert _faults(_check(tmp_path, {"text": "Talks go on."}, {"text": "Guns fall silent."})) == []


def test_a_repeated_id_is_named_with_its_first_place(tmp_path: Path) -> None:
    report = _check(tmp_path, {"id": "x", "text": "Talks go on."}, {"id": "x", "text": "Guns fall silent."})
    assert _faults(report) == [(2, "the id 'x' stands already at a.jsonl:1")]


def test_a_repeated_text_is_named_with_its_first_place(tmp_path: Path) -> None:
    report = _check(tmp_path, {"text": "Talks go on."}, {"text": "Guns fall silent."}, {"text": "Talks go on."})
    assert _faults(report) == [(3, "the same text as a.jsonl:1")]


def test_neither_case_nor_white_space_makes_another_text(tmp_path: Path) -> None:
    report = _check(tmp_path, {"text": "Talks go on."}, {"text": "TALKS  go on."})
    assert _faults(report) == [(2, "the same text as a.jsonl:1")]


def test_a_sentence_with_two_labels_is_named_with_both(tmp_path: Path) -> None:
    report = _check(tmp_path, {"text": "Talks go on."}, {"text": "Talks go on.", "label": "no"})
    assert _faults(report) == [(2, "labelled no, but yes at a.jsonl:1")]


def test_a_repeated_text_is_found_across_files(tmp_path: Path) -> None:
    files = [_write(tmp_path / name, {"text": "Talks go on."}) for name in ("b.jsonl", "a.jsonl")]
    assert [(fault.path.name, fault.line) for fault in check_corpus(files, RULES).faults] == [("a.jsonl", 1)]


def test_a_pair_of_one_is_a_fault(tmp_path: Path) -> None:
    report = _check(tmp_path, {"text": "Talks go on.", "pair": "p"}, {"text": "Guns fall silent."})
    assert _faults(report) == [(1, "the pair 'p' has no other member")]


def test_a_pair_with_one_label_is_a_fault(tmp_path: Path) -> None:
    report = _check(tmp_path, {"text": "Talks go on.", "pair": "p"}, {"text": "Guns fall silent.", "pair": "p"})
    assert _faults(report) == [(1, "all members of the pair 'p' are labelled yes")]


def test_nearly_the_same_text_is_a_fault(tmp_path: Path) -> None:
    report = _check(tmp_path, {"text": LONG}, {"text": f"{LONG} outside"})
    assert _faults(report) == [(2, "nearly the same text as a.jsonl:1 (likeness 0.94)")]


def test_members_of_a_pair_may_be_nearly_the_same(tmp_path: Path) -> None:
    rows = [{"text": LONG, "pair": "p"}, {"text": f"{LONG} outside", "pair": "p", "label": "no"}]
    assert _faults(_check(tmp_path, *rows)) == []


def test_members_of_two_pairs_may_not_be_nearly_the_same(tmp_path: Path) -> None:
    rows = [
        {"text": LONG, "pair": "p"},
        {"text": f"{LONG} outside", "pair": "q"},
        {"text": "Guns fall silent.", "pair": "p", "label": "no"},
        {"text": "Talks go on.", "pair": "q", "label": "no"},
    ]
    assert [line for line, _ in _faults(_check(tmp_path, *rows))] == [2]


@pytest.mark.parametrize(("threshold", "lines"), [(0.93, [2]), (15 / 16, [])])
def test_how_near_is_too_near_is_a_rule(tmp_path: Path, threshold: float, lines: list[int]) -> None:
    # Fifteen runs of four words in the one, the same and one more in the other: their likeness is 15/16.
    rules = replace(RULES, near_duplicate=threshold)
    report = _check(tmp_path, {"text": LONG}, {"text": f"{LONG} outside"}, rules=rules)
    assert [line for line, _ in _faults(report)] == lines


def test_short_texts_with_a_common_word_are_not_nearly_the_same(tmp_path: Path) -> None:
    assert _faults(_check(tmp_path, {"text": "Truce holds."}, {"text": "Truce fails."})) == []


@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        ({"no": (0.5, 1.0)}, "25% of all sentences are no; 50% to 100% is the rule"),
        ({"yes": (0.0, 0.5)}, "75% of all sentences are yes; 0% to 50% is the rule"),
    ],
)
def test_a_label_out_of_balance_is_a_fault_of_the_corpus_as_a_whole(
    tmp_path: Path, shares: dict[str, tuple[float, float]], reason: str
) -> None:
    rows = [{"text": "Talks."}, {"text": "Guns."}, {"text": "Roads."}, {"text": "Ports.", "label": "no"}]
    assert _faults(_check(tmp_path, *rows, rules=replace(RULES, shares=shares))) == [(0, reason)]


def test_a_share_at_either_end_of_the_rule_passes(tmp_path: Path) -> None:
    rules = replace(RULES, shares={"yes": (0.1, 0.5), "no": (0.5, 0.9)})
    assert _faults(_check(tmp_path, {"text": "Talks."}, {"text": "Guns.", "label": "no"}, rules=rules)) == []


def test_faults_of_every_kind_are_named_at_once_in_order(tmp_path: Path) -> None:
    report = _check(
        tmp_path,
        {"text": LONG, "id": "x"},
        {"text": "Talks go on.", "id": "x"},
        {"text": " Guns."},
        {"text": "talks go on.", "label": "no"},
        {"text": f"{LONG} outside"},
        {"text": "Ports.", "pair": "p"},
        rules=replace(RULES, shares={"no": (0.4, 0.6)}),
    )
    assert [line for line, _ in _faults(report)] == [0, 2, 3, 4, 5, 6]


def test_labels_conflicts_and_genres_are_counted(tmp_path: Path) -> None:
    report = _check(
        tmp_path, {"text": "Talks."}, {"text": "Guns.", "label": "no"}, {"text": "Ports.", "genre": "speech"}
    )
    assert report.counts == {
        "label": {"yes": 2, "no": 1},
        "conflict": {"other": 3},
        "genre": {"news": 2, "speech": 1},
    }
