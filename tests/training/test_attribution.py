"""The weights of attribution: fitted on our marked sentences, reproducibly, and good enough."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from stance.viewpoint.weights import FILE
from training.attribution import FittedWeights, fit_weights, write_weights
from training.cli import main
from training.holders import FOLDER, MarkedSentence, read_marked

FEWEST = 600
LEAST_F1 = 0.85
LEAST_FIRST = 0.88
ONCE = 5e-3
"""How far a weight may lie from the shipped one: they are rounded to three digits, and solvers differ by machine."""


@pytest.fixture(scope="module")
def sentences() -> list[MarkedSentence]:
    return read_marked(sorted(FOLDER.glob("*.jsonl")))


@pytest.fixture(scope="module")
def fitted(sentences: list[MarkedSentence]) -> FittedWeights:
    return fit_weights(sentences)


def test_fitting_the_shipped_sentences_gives_the_shipped_weights(fitted: FittedWeights) -> None:
    shipped = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert (fitted.weights.threshold, fitted.weights.further) == (shipped["threshold"], shipped["further"])
    assert fitted.weights.intercept == pytest.approx(shipped["intercept"], abs=ONCE)
    names = shipped["features"].keys() | fitted.weights.features.keys()
    assert {name: fitted.weights.features.get(name, 0.0) for name in names} == pytest.approx(
        {name: shipped["features"].get(name, 0.0) for name in names}, abs=ONCE
    )


def test_holders_of_sentences_that_were_held_out_are_found(fitted: FittedWeights) -> None:
    assert fitted.metrics.f1 >= LEAST_F1
    assert fitted.metrics.first >= LEAST_FIRST


def test_there_are_hundreds_of_marked_sentences_and_a_quarter_or_so_report_nobody(
    sentences: list[MarkedSentence],
) -> None:
    own = sum(not sentence.marked for sentence in sentences)
    assert len(sentences) >= FEWEST
    assert 0.15 <= own / len(sentences) <= 0.4


def test_no_sentence_is_marked_twice(sentences: list[MarkedSentence]) -> None:
    assert len({sentence.text for sentence in sentences}) == len(sentences)


def test_holders_of_a_sentence_do_not_overlap(sentences: list[MarkedSentence]) -> None:
    for sentence in sentences:
        spans = sorted((item.holder.start, item.holder.end) for item in sentence.marked)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans)), sentence.id


def test_weights_are_read_back_as_they_were_written(fitted: FittedWeights, tmp_path: Path) -> None:
    write_weights(fitted.weights, tmp_path / "weights.toml")
    table = tomllib.loads((tmp_path / "weights.toml").read_text(encoding="utf-8"))
    assert table["features"] == fitted.weights.features
    weights = fitted.weights
    assert (table["intercept"], table["threshold"], table["further"]) == (
        weights.intercept,
        weights.threshold,
        weights.further,
    )


def test_the_command_names_the_fault_of_a_marked_sentence(tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{"id": "1", "text": "He said so.", "genre": "news", "construction": "c", "holders": [{}]}\n')
    result = CliRunner().invoke(main, ["fit-holders", str(file), "--out", str(tmp_path / "weights.toml")])
    assert result.exit_code == 1
    assert f"{file}:1: the holder {{}} has no cue" in result.output
