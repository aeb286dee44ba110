"""The command line `python -m training`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import stance
from stance.folder import SCORER, current_version
from stance.manifest import NAME as MANIFEST
from stance.manifest import Manifest
from training.cli import main
from training.fit import CARD
from training.gates import Gate
from training.registry import versions
from training.sentences import CorpusSentence

ROOT = Path(__file__).parents[2]
OPINIONS = {"for": "We back the plan in part", "against": "They reject the draft on page"}
ROWS = [f"{text} {i}.,{label}" for label, text in OPINIONS.items() for i in range(10)]


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="python -m training")


def _process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _table(path: Path, rows: list[str], header: str = "text,label") -> Path:
    path.write_bytes(_lines(header, *rows))
    return path


@dataclass
class Trained:
    """A model's folder that `fit` has made from `data`, and what came of the command."""

    result: subprocess.CompletedProcess[str]
    data: Path
    out: Path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("cli")
    data, out = _table(folder / "mine.csv", ROWS), folder / "mine"
    return Trained(_process("fit", "--data", data, "--out", out, "--folds", "2"), data, out)


@pytest.fixture
def copy(trained: Trained, tmp_path: Path) -> Path:
    """A copy of the model's folder, for commands that change it."""
    return Path(shutil.copytree(trained.out, tmp_path / "mine"))


@pytest.fixture
def two(copy: Path) -> Path:
    """A copy of the model's folder with a second version, which is not current."""
    first = current_version(copy)
    year, month, number = first.split(".")
    shutil.copytree(copy / first, copy / f"{year}.{month}.{int(number) + 1}")
    return copy


def _assert_refused(result: Result, message: str) -> None:
    assert (result.exit_code, result.stdout, bool(re.search(message, result.stderr))) == (1, "", True), result.stderr


def test_fit_succeeds(trained: Trained) -> None:
    assert trained.result.returncode == 0


def test_fit_measures_external_data_for_the_card(trained: Trained, tmp_path: Path) -> None:
    news = _table(tmp_path / "news.csv", ROWS[:3])
    out = tmp_path / "out"
    _run("fit", "--data", trained.data, "--out", out, "--folds", "2", "--external", news)
    assert "| news.csv | 3 |" in (out / current_version(out) / "card.md").read_text(encoding="utf-8")


def test_fit_refuses_external_data_of_another_label_before_it_fits(trained: Trained, tmp_path: Path) -> None:
    news = _table(tmp_path / "news.csv", ["We wait.,unsure"])
    result = _run("fit", "--data", trained.data, "--out", tmp_path / "out", "--external", news)
    _assert_refused(result, r"news.csv: the label 'unsure' is none of the model's")


def test_fit_draws_no_progress_bar_in_a_pipe(trained: Trained) -> None:
    assert trained.result.stderr == ""


def test_fit_names_the_version_it_has_made(trained: Trained) -> None:
    (version,) = versions(trained.out)
    assert trained.result.stdout.startswith(f"{trained.out / version}: fitted on 20 texts")


def test_fit_makes_the_new_version_the_current_one(trained: Trained) -> None:
    assert [current_version(trained.out)] == versions(trained.out)


def test_a_fitted_model_knows_the_labels_of_the_data(trained: Trained) -> None:
    assert stance.load(trained.out).labels == ("against", "for")


def test_list_marks_the_current_version(trained: Trained) -> None:
    (line,) = _run("list", trained.out).stdout.splitlines()
    assert line.startswith(f"* {current_version(trained.out)} ")


def test_list_does_not_mark_the_other_versions(two: Path) -> None:
    assert [line[0] for line in _run("list", two).stdout.splitlines()] == ["*", " "]


def test_list_tells_what_a_version_was_fitted_on(trained: Trained) -> None:
    assert "20 texts from mine.csv" in _run("list", trained.out).stdout


def test_list_names_a_damaged_version(two: Path) -> None:
    (two / versions(two)[1] / SCORER).write_bytes(b"")
    assert re.search(r"\n  \S+ +damaged: .*scorer\.npz", _run("list", two).stdout)


def test_list_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    _assert_refused(_run("list", tmp_path / "none"), "none: no such folder")


def test_evaluate_prints_the_figures(trained: Trained) -> None:
    assert "accuracy 1.000" in _run("evaluate", trained.out, "--data", trained.data).stdout


@pytest.fixture
def figures(trained: Trained, tmp_path: Path) -> dict[str, dict[str, object]]:
    """What `evaluate --json` has written."""
    file = tmp_path / "figures.json"
    assert _run("evaluate", trained.out, "--data", trained.data, "--json", file).exit_code == 0
    content: dict[str, dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    return content


def test_evaluate_writes_the_figures_as_json(figures: dict[str, dict[str, object]]) -> None:
    perfect = {"value": 1.0, "low": 1.0, "high": 1.0}
    assert (figures["metrics"]["rows"], figures["metrics"]["accuracy"]) == (20, perfect)


def test_evaluate_writes_which_model_it_measured(trained: Trained, figures: dict[str, dict[str, object]]) -> None:
    model = stance.load(trained.out)
    assert figures["model"] == {"name": model.name, "version": model.version, "digest": model.digest}


def test_evaluate_writes_on_which_data_it_measured(trained: Trained, figures: dict[str, dict[str, object]]) -> None:
    assert figures["data"] == {"source": "mine.csv", "sha256": stance.load(trained.out).manifest.data["sha256"]}


def test_evaluate_reads_other_columns(trained: Trained, tmp_path: Path) -> None:
    data = _table(tmp_path / "other.csv", ROWS, "body,side")
    result = _run("evaluate", trained.out, "--data", data, "--text-column", "body", "--label-column", "side")
    assert result.exit_code == 0


def test_evaluate_measures_a_version_that_is_not_current(two: Path, trained: Trained) -> None:
    assert _run("evaluate", two / versions(two)[1], "--data", trained.data).exit_code == 0


def test_evaluate_refuses_a_label_that_the_model_does_not_give(trained: Trained, tmp_path: Path) -> None:
    data = _table(tmp_path / "other.csv", [row.replace(",for", ",pro") for row in ROWS])
    _assert_refused(_run("evaluate", trained.out, "--data", data), "the label 'pro' is none of the model's")


BEHAVIOUR = """\
[[test]]
name = "a backer is for"
kind = "minimum functionality"
capability = "plain"
label = "LABEL"
cases = ["We back the plan.", "We back the plan in part."]
"""
RULES = """\
["minimum functionality"]
most_failures = 0
least_passed = 1
[invariance]
most_flips = 0
most_change = 0
least_passed = 1
[direction]
least_change = 0
least_share = 0
least_passed = 1
"""


def _behaviour(folder: Path, label: str) -> Path:
    """Write a behaviour suite of one test."""
    folder.mkdir()
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    (folder / "plain.toml").write_text(BEHAVIOUR.replace("LABEL", label), encoding="utf-8")
    return folder


def test_behave_prints_the_table_and_succeeds_if_the_suite_is_passed(trained: Trained, tmp_path: Path) -> None:
    result = _run("behave", trained.out, "--suite", _behaviour(tmp_path / "suite", "for"))
    assert (result.exit_code, result.stdout.splitlines()[1][-4:]) == (0, "pass")


def test_behave_fails_if_the_suite_is_not_passed(trained: Trained, tmp_path: Path) -> None:
    suite = _behaviour(tmp_path / "suite", "against")
    result = _run("behave", trained.out, "--suite", suite)
    assert (result.exit_code, result.stderr) == (1, f"Error: {trained.out} does not pass the tests of {suite}\n")


def test_behave_lists_the_misses_if_asked(trained: Trained, tmp_path: Path) -> None:
    suite = _behaviour(tmp_path / "suite", "against")
    line = "  against expected, for given: We back the plan in part.\n"
    assert line in _run("behave", trained.out, "--suite", suite, "--misses").stdout
    assert line not in _run("behave", trained.out, "--suite", suite).stdout


@pytest.mark.parametrize(("label", "passed"), [("for", True), ("against", False)])
def test_behave_writes_the_report_as_json_whether_passed_or_not(
    trained: Trained, tmp_path: Path, *, label: str, passed: bool
) -> None:
    _run("behave", trained.out, "--suite", _behaviour(tmp_path / "suite", label), "--json", tmp_path / "report.json")
    content = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (content["passed"], content["gates"][0]["passed"], content["outcomes"][0]["passed"]) == (passed,) * 3
    assert content["model"]["digest"] == stance.load(trained.out).digest


def test_behave_refuses_a_suite_for_other_labels(trained: Trained) -> None:
    _assert_refused(_run("behave", trained.out), "the label 'hopeful' is none of the model's")


def test_promote_makes_a_version_the_current_one(two: Path) -> None:
    version = versions(two)[1]
    _run("promote", two, version)
    assert current_version(two) == version


def test_promote_goes_back(two: Path) -> None:
    first, second = versions(two)
    _run("promote", two, second)
    _run("promote", two, first)
    assert current_version(two) == first


def test_promote_refuses_a_version_that_is_not_there(copy: Path) -> None:
    _assert_refused(_run("promote", copy, "1999.1.1"), "no version '1999.1.1'; there are")


def test_promote_refuses_a_damaged_version(two: Path) -> None:
    version = versions(two)[1]
    (two / version / SCORER).write_bytes(b"")
    _assert_refused(_run("promote", two, version), "not promoted: ")


def test_without_promotion_the_current_version_stays(copy: Path, trained: Trained) -> None:
    before = current_version(copy)
    _run("fit", "--data", trained.data, "--out", copy, "--folds", "2", "--no-promote")
    assert (current_version(copy), len(versions(copy))) == (before, 2)


def test_without_promotion_fit_tells_how_to_promote(trained: Trained, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = _run("fit", "--data", trained.data, "--out", out, "--folds", "2", "--no-promote").stdout
    assert f"python -m training promote {out} {versions(out)[0]} " in told


def _worsen(version: Path) -> None:
    """Let the manifest of a version tell a macro-F1 of nought."""
    manifest = Manifest.read(version / MANIFEST)
    figures = manifest.metrics["cross_validation"] | {"macro_f1": {"value": 0.0, "low": 0.0, "high": 0.0}}
    worse = replace(manifest, metrics=dict(manifest.metrics) | {"cross_validation": figures})
    (version / MANIFEST).write_text(worse.to_json(), encoding="utf-8")


def test_fit_shows_every_gate(trained: Trained) -> None:
    shown = re.findall(r"^(\S+): (passed|failed|not applicable): ", trained.result.stdout, re.MULTILINE)
    assert shown == [
        ("macro-F1", "not applicable"),
        ("calibration", "passed"),
        ("parity", "passed"),
        ("behaviour", "not applicable"),
    ]


@pytest.fixture
def kept(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model's folder, before a fit whose result fails the gate called "test"."""
    monkeypatch.setattr("training.cli.STANDARD", (lambda *_: Gate("test", "failed", "it must"),))
    return copy


def test_a_version_that_fails_a_gate_is_written_but_not_promoted(kept: Path, trained: Trained) -> None:
    before = current_version(kept)
    result = _run("fit", "--data", trained.data, "--out", kept, "--folds", "2")
    assert (result.exit_code, len(versions(kept)), current_version(kept)) == (1, 2, before)


def test_a_failed_gate_is_told_with_the_way_round_it(kept: Path, trained: Trained) -> None:
    result = _run("fit", "--data", trained.data, "--out", kept, "--folds", "2")
    assert "test: failed: it must" in result.stdout
    assert f"python -m training promote {kept} {versions(kept)[1]} --force" in result.stderr


def test_force_promotes_a_version_that_fails_a_gate(kept: Path, trained: Trained) -> None:
    result = _run("fit", "--data", trained.data, "--out", kept, "--folds", "2", "--force")
    assert (result.exit_code, current_version(kept)) == (0, versions(kept)[1])


def test_a_version_that_is_not_to_be_promoted_cannot_fail_at_it(kept: Path, trained: Trained) -> None:
    assert _run("fit", "--data", trained.data, "--out", kept, "--folds", "2", "--no-promote").exit_code == 0


def test_promote_refuses_a_version_worse_than_the_current_one(two: Path) -> None:
    first, second = versions(two)
    _worsen(two / second)
    assert (_run("promote", two, second).exit_code, current_version(two)) == (1, first)


def test_promote_can_be_forced(two: Path) -> None:
    second = versions(two)[1]
    _worsen(two / second)
    assert (_run("promote", two, second, "--force").exit_code, current_version(two)) == (0, second)


def test_compare_shows_figures_and_difference(two: Path, trained: Trained) -> None:
    first, second = versions(two)
    shown = _run("compare", two / first, two / second, "--data", trained.data).stdout
    assert re.search(r"\ndifference +\+0\.000 \[\+0\.000, \+0\.000\]\n.* p = 1\n\n0 labels change\n$", shown)


def test_compare_writes_the_comparison_as_json(trained: Trained, tmp_path: Path) -> None:
    file = tmp_path / "comparison.json"
    _run("compare", trained.out, trained.out, "--data", trained.data, "--json", file)
    content = json.loads(file.read_text(encoding="utf-8"))
    assert (content["first"], content["comparison"]["rows"]) == (content["second"], 20)


def test_compare_needs_data(trained: Trained) -> None:
    assert _run("compare", trained.out, trained.out).exit_code == 2


@pytest.fixture
def told(trained: Trained, tmp_path: Path) -> str:
    """The page that `report` has written on the data that the model was fitted on."""
    page = tmp_path / "page.md"
    result = _run("report", "--data", trained.data, "--external", trained.data, "--out", page, "--folds", "2")
    assert result.exit_code == 0, result.stderr
    return page.read_text(encoding="utf-8")


def test_report_measures_every_system_on_external_data_too(told: str) -> None:
    assert "| system | cross-validation | difference | mine.csv (20 texts) |" in told


def test_report_refuses_external_data_with_a_foreign_label(trained: Trained, tmp_path: Path) -> None:
    other = _table(tmp_path / "other.csv", [row.replace(",for", ",pro") for row in ROWS])
    page = tmp_path / "page.md"
    result = _run("report", "--data", trained.data, "--external", other, "--out", page)
    _assert_refused(result, "the label 'pro' is none of the model's")


def test_fit_puts_a_study_into_the_card_where_asked_to(trained: Trained, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _run("fit", "--data", trained.data, "--out", out, "--folds", "2", "--study")
    assert "## Beside simpler systems" in (out / versions(out)[0] / CARD).read_text(encoding="utf-8")


def test_suspects_are_named_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(f"{OPINIONS[side]} {i}.", side) for side in OPINIONS for i in range(10)]
    sentences = [
        CorpusSentence(tmp_path / "a.jsonl", i + 1, f"a-{i}", text, "against" if i == 3 else side, "other", "news")
        for i, (text, side) in enumerate(texts)
    ]
    monkeypatch.setattr("training.cli_figures.corpus_sentences", lambda: sentences)
    (line,) = _run("suspects", "--top", "1", "--folds", "2").stdout.splitlines()
    assert re.fullmatch(rf"{tmp_path / 'a.jsonl'}:4: against 0\.\d+, for 0\.\d+: {re.escape(texts[3][0])}", line)


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert _run("fit", "--data", tmp_path / "none.csv").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["fit", "--folds", "1"],
        ["fit", "--seed", "-1"],
        ["evaluate", "models"],
        ["behave"],
        ["promote", "models"],
    ],
)
def test_wrong_usage_ends_with_code_2(arguments: list[str]) -> None:
    assert _run(*arguments).exit_code == 2


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    data = _table(tmp_path / "mine.csv", ROWS, "text,side")
    _assert_refused(
        _run("fit", "--data", data, "--out", tmp_path), "no column called 'label'; the columns are text, side"
    )


def test_a_refusal_in_a_process_is_one_line_and_code_1(tmp_path: Path) -> None:
    ended = _process("fit", "--data", _table(tmp_path / "mine.csv", ROWS, "text,side"), "--out", tmp_path / "out")
    assert (ended.returncode, ended.stderr.count("\n"), ended.stderr[:7]) == (1, 1, "Error: ")


def test_data_at_fault_make_no_version(tmp_path: Path) -> None:
    _run("fit", "--data", _table(tmp_path / "mine.csv", [",for", *ROWS]), "--out", tmp_path / "out")
    assert versions(tmp_path / "out") == []


def test_every_fault_of_the_data_is_a_line(tmp_path: Path) -> None:
    data = _table(tmp_path / "mine.csv", [",for", *ROWS, "Plan.,"])
    told = _run("fit", "--data", data, "--out", tmp_path / "out").stderr
    assert told == f"Error: {data}:2: 'text' is empty\n{data}:23: 'label' is empty\n"


def test_check_names_every_fault_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("{}\n[]\n", encoding="utf-8")
    result = _run("check", file)
    assert (result.exit_code, f"{file}:2: not an object" in result.stdout) == (1, True)


def test_fit_reads_concepts_by_a_lexicon_of_ones_own(trained: Trained, tmp_path: Path) -> None:
    lexicon, out = tmp_path / "mine.toml", tmp_path / "out"
    lexicon.write_text("[YES]\nsign = 1\nentries = 'back+, plan^'\n", encoding="utf-8")
    _run("fit", "--data", trained.data, "--lexicon", lexicon, "--out", out, "--folds", "2")
    assert "concepts" in [channel.analyzer.name for channel in stance.load(out).scorer.channels]


FILES: dict[str, bytes] = {
    "good.csv": _lines("text,label", *ROWS),
    "good.txt": _lines("text,label", *ROWS),
    "few.csv": _lines("text,label", *["We go.,for", "They stay.,against"] * 4),
    "latin.csv": _lines("text,label", "Café.,for", *ROWS).decode().encode("latin-1"),
    "one-group.csv": _lines("text,label,g", *[f"{row},g" for row in ROWS]),
    "two-groups.csv": _lines("text,label,g", *[f"{row},{i % 2}" for i, row in enumerate(ROWS)]),
    "group-a-label.csv": _lines("text,label,g", *[f"{row},{row.split(',')[1]}" for row in ROWS]),
    "one-text.csv": _lines("text,label", *["We go.,for"] * 6, *[f"They stay {i}.,against" for i in range(6)]),
    "no-words.csv": _lines("text,label", *[f"{'+-'[i % 2] * (i + 1)},{i % 2}" for i in range(12)]),
    "unmatched.toml": b"[SEA]\nentries = 'harbour'\n",
    "broken.toml": b"SEA: harbour\n",
    "latin.toml": "[SEA]\nentries = 'café'\n".encode("latin-1"),
    "sign.toml": b"[SEA]\nsign = [1]\nentries = 'plan'\n",
    "role.toml": b"[SEA]\nrole = ['topic']\nentries = 'plan'\n",
}
FIT = "fit --out out --folds 3 --data"
MISTAKES = {
    "a model that is not there": "evaluate none --data good.csv",
    "a file for a model": "evaluate good.csv --data good.csv",
    "a file for the model's folder": "fit --out good.csv --folds 2 --data good.csv",
    "a table that is not known as one": f"{FIT} good.txt",
    "a table in another encoding": f"{FIT} latin.csv",
    "too few rows": f"{FIT} few.csv",
    "one group for all rows": f"{FIT} one-group.csv --group-column g",
    "fewer groups than folds": f"{FIT} two-groups.csv --group-column g",
    "a group for each label": f"{FIT} group-a-label.csv --group-column g",
    "one text for all rows of a label": f"{FIT} one-text.csv",
    "texts without words": f"{FIT} no-words.csv",
    "a seed too large": f"{FIT} good.csv --seed {2**32}",
    "figures into a folder that is not there": "evaluate model --data good.csv --json none/figures.json",
    "a lexicon that matches nothing": f"{FIT} good.csv --lexicon unmatched.toml",
    "a lexicon that is no TOML": f"{FIT} good.csv --lexicon broken.toml",
    "a lexicon in another encoding": f"{FIT} good.csv --lexicon latin.toml",
    "a lexicon with a list for a sign": f"{FIT} good.csv --lexicon sign.toml",
    "a lexicon with a list for a role": f"{FIT} good.csv --lexicon role.toml",
}


@pytest.mark.parametrize("command", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_answered_without_a_traceback(
    command: str, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(trained.out, tmp_path / "model")
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    result = _run(*command.split())
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)


def test_every_command_explains_itself() -> None:
    assert isinstance(main, click.Group)
    assert [name for name in main.commands if _run(name, "--help").exit_code] == []
