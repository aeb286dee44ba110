"""The command `stance`: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import stance
from stance.cli import main
from tests.rows import Rows, table_of

_ROOT = Path(__file__).parents[2]
_TEXT = "The truce collapsed within hours."

Run = Callable[..., Result]


@pytest.fixture
def run(model_folder: Path) -> Iterator[Run]:
    """Runs the command in this process, with the small model."""
    handler = signal.getsignal(signal.SIGTERM)

    def run(*arguments: str | Path, stdin: bytes | None = None, **environment: str) -> Result:
        environment = {"STANCE_MODEL": str(model_folder)} | environment
        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin, env=environment)

    yield run
    signal.signal(signal.SIGTERM, handler)  # which `batch` sets


@pytest.fixture
def command(model_folder: Path) -> dict[str, Any]:
    """What a process of the command is started with."""
    environment = os.environ | {"STANCE_MODEL": str(model_folder), "PYTHONWARNINGS": "error"}
    return {"cwd": _ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return table_of(tmp_path / "in.csv", [_TEXT, "The committee has nine members."])


def _stance(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "stance", *map(str, arguments)]


def _is_one_line(message: str) -> bool:
    return message.startswith("Error: ") and message.count("\n") == 1


# predict


def test_predict_prints_label_probability_certainty_and_text(run: Run, model: stance.Model) -> None:
    probability = model.predict([_TEXT])[0].probabilities["sceptical"]
    assert run("predict", _TEXT).stdout == f"sceptical  {probability:.2f}  unsure   {_TEXT}\n"


def test_predict_marks_an_answer_that_is_certain(run: Run, certain_folder: Path) -> None:
    assert "  certain  " in run("predict", _TEXT, "--model", certain_folder).stdout


def test_predict_shows_flags_before_the_text(run: Run) -> None:
    assert run("predict", "Zwischenspiel").stdout.endswith("  unsure   [unfamiliar]  Zwischenspiel\n")


def test_predict_answers_several_texts_in_order(run: Run) -> None:
    lines = run("predict", "a", "b", "c").stdout.splitlines()
    assert [line.split()[-1] for line in lines] == ["a", "b", "c"]


def test_predict_reads_lines_of_standard_input(run: Run) -> None:
    lines = run("predict", stdin="één\r\n\nlast".encode()).stdout.splitlines()
    assert [line.split("  ")[-1].strip() for line in lines] == ["één", "", "last"]


def test_predict_of_empty_standard_input_prints_nothing(run: Run) -> None:
    result = run("predict", stdin=b"")
    assert (result.exit_code, result.output) == (0, "")


def test_predict_names_the_line_of_standard_input_that_is_not_utf_8(run: Run) -> None:
    result = run("predict", stdin=b"fine\na\xff\n")
    assert (result.exit_code, result.stderr) == (1, "Error: standard input:2: not UTF-8 at byte 1\n")


def test_predict_answers_the_lines_before_one_that_is_not_utf_8(run: Run) -> None:
    assert len(run("predict", stdin=b"fine\na\xff\n").stdout.splitlines()) == 1


def test_predict_prints_json_that_parses_to_the_prediction(run: Run, model: stance.Model) -> None:
    (said,) = model.predict([_TEXT])
    assert json.loads(run("predict", "--json", _TEXT).stdout) == {
        "text": _TEXT,
        "label": said.label,
        "probabilities": dict(said.probabilities),
        "certain": said.certain,
        "flags": list(said.flags),
    }


def test_predict_prints_one_line_of_json_for_each_text(run: Run) -> None:
    lines = run("predict", "--json", "a\nb", "c").stdout.splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["a\nb", "c"]


def test_predict_at_a_terminal_asks_for_a_text(command: dict[str, Any]) -> None:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    terminal, end = pty.openpty()
    try:
        done = subprocess.run(_stance("predict"), stdin=end, check=False, **command)
    finally:
        os.close(terminal)
        os.close(end)
    assert (done.returncode, b"give a TEXT" in done.stderr) == (2, True)


def test_a_text_that_the_terminal_cannot_show_is_no_crash(command: dict[str, Any]) -> None:
    command["env"] |= {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(_stance("predict", "\u505c\u706b"), check=False, **command)
    assert (done.returncode, done.stderr) == (0, b"")


def test_json_stays_json_where_the_terminal_cannot_show_a_character(command: dict[str, Any]) -> None:
    command["env"] |= {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(_stance("predict", "--json", "\u505c \N{DOVE OF PEACE}"), check=False, **command)
    assert json.loads(done.stdout)["text"] == "\u505c \N{DOVE OF PEACE}"


def test_a_reader_that_has_seen_enough_is_no_crash(command: dict[str, Any]) -> None:
    with subprocess.Popen(_stance("predict"), stdin=subprocess.PIPE, **command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"a\n" * 10)
        process.stdin.close()
        assert b"Traceback" not in process.stderr.read()


# The model


def test_the_model_option_comes_before_the_environment(run: Run, binary_folder: Path) -> None:
    said = json.loads(run("predict", "--json", "--model", binary_folder, _TEXT).stdout)
    assert list(said["probabilities"]) == ["hopeful", "sceptical"]


def test_a_missing_model_is_one_line_and_exit_code_1(run: Run, tmp_path: Path) -> None:
    result = run("predict", _TEXT, "--model", tmp_path / "none")
    assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path / 'none'}: no such folder\n")


@pytest.mark.parametrize("arguments", [["predict", "a"], ["explain", "a"], ["analyze", "-"]])
def test_a_damaged_model_is_one_line_and_exit_code_1(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    result = run(*arguments, "--model", tmp_path, stdin=b"a")
    assert (result.exit_code, _is_one_line(result.stderr), result.stdout) == (1, True, "")


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["predict", "--none"],
        ["explain"],
        ["explain", "a", "--top", "0"],
        ["analyze"],
        ["analyze", "no-such-file.txt"],
        ["analyze", "."],
        ["batch", "in.csv"],
        ["batch", "no-such-file.csv", "out.csv"],
        ["batch", ".", "out.csv"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [[], ["predict"], ["explain"], ["analyze"], ["batch"]], ids=" ".join)
def test_every_command_explains_itself(run: Run, arguments: list[str]) -> None:
    result = run(*arguments, "--help")
    assert (result.exit_code, result.stdout[:6]) == (0, "Usage:")


def test_python_m_stance_is_the_command(command: dict[str, Any]) -> None:
    done = subprocess.run(_stance("--version"), check=False, **command)
    assert re.fullmatch(rb"stance, version \d+\.\d+\.\d+\S*\n", done.stdout)


# explain


def _figures(output: str) -> list[float]:
    """Return the figures of an explanation's table: contributions, the rest, the intercept, the logit."""
    return [float(line.split()[0]) for line in output.splitlines() if line.lstrip().startswith(("+", "-"))]


@pytest.mark.parametrize("top", ["1", "5", "1000"])
def test_the_figures_of_explain_add_up_to_the_logit(run: Run, top: str) -> None:
    *parts, logit = _figures(run("explain", _TEXT, "--top", top).stdout)
    assert sum(parts) == pytest.approx(logit, abs=5e-5 * (len(parts) + 1))


def test_explain_shows_as_many_ngrams_as_asked(run: Run) -> None:
    assert len(_figures(run("explain", _TEXT, "--top", "5").stdout)) == 5 + len(["rest", "intercept", "logit"])


def test_explain_begins_with_the_prediction(run: Run) -> None:
    assert run("explain", _TEXT).stdout.startswith(run("predict", _TEXT).stdout)


def test_explain_of_nothing_known_is_the_intercept(run: Run) -> None:
    rest, intercept, logit = _figures(run("explain", "\u505c").stdout)
    assert (rest, intercept) == (0, logit)


def test_explain_prints_json_that_adds_up(run: Run) -> None:
    said = json.loads(run("explain", "--json", _TEXT).stdout)
    for label, logit in said["logits"].items():
        parts = [item["contributions"][label] for item in said["evidence"]]
        assert said["intercept"][label] + sum(parts) == pytest.approx(logit, abs=1e-9)


def test_explain_prints_json_with_the_places_of_each_ngram(run: Run) -> None:
    said = json.loads(run("explain", "--json", "No truce. Truce?").stdout)
    places = {(item["channel"], item["ngram"]): item["spans"] for item in said["evidence"]}
    assert places["words", "truce"] == [[3, 8], [10, 15]]


# analyze


def test_analyze_labels_each_sentence_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{_TEXT} The committee has nine members.", encoding="utf-8")
    lines = run("analyze", tmp_path / "a.txt").stdout.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["sceptical", "neutral"]


def test_analyze_counts_the_whole_text_by_label(run: Run) -> None:
    lines = run("analyze", "-", stdin=f"{_TEXT} {_TEXT}".encode()).stdout.splitlines()
    (whole,) = [line.split() for line in lines if line.startswith("(the whole text)")]
    assert whole[3:6] == ["0", "0", "2"]


def test_analyze_says_whose_viewpoint_each_sentence_is(run: Run) -> None:
    said = json.loads(run("analyze", "--json", "-", stdin=b"The envoy said the truce holds.").stdout)
    assert [view["name"] for view in said["sentences"][0]["viewpoints"]] == ["The envoy"]
    assert [tally["name"] for tally in said["summary"]["holders"]] == ["The envoy"]


def test_analyze_prints_json_with_offsets_into_the_text(run: Run) -> None:
    text = "İt holds.\n\n  Talks \N{WHITE FLAG} go on."
    said = json.loads(run("analyze", "--json", "-", stdin=text.encode()).stdout)
    assert [text[s["start"] : s["end"]] for s in said["sentences"]] == [s["text"] for s in said["sentences"]]


def test_analyze_of_an_empty_file_finds_no_sentences(run: Run) -> None:
    assert json.loads(run("analyze", "--json", "-", stdin=b"").stdout)["sentences"] == []


def test_analyze_leaves_a_byte_order_mark_out(run: Run) -> None:
    said = json.loads(run("analyze", "--json", "-", stdin="\ufeffIt holds.".encode()).stdout)
    assert [sentence["text"] for sentence in said["sentences"]] == ["It holds."]


def test_analyze_names_a_file_that_is_not_utf_8(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    result = run("analyze", tmp_path / "a.txt")
    assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path / 'a.txt'}: not UTF-8 at byte 3\n")


def test_analyze_wraps_a_long_sentence_and_loses_no_word(run: Run) -> None:
    words = [f"word{i}" for i in range(100)]
    lines = run("analyze", "-", stdin=" ".join(words).encode(), COLUMNS="60").stdout.splitlines()
    assert " ".join(lines[: lines.index("")]).split()[2 : 2 + len(words)] == words


# batch


def test_batch_writes_the_labelled_table(run: Run, table: Path, tmp_path: Path) -> None:
    run("batch", table, tmp_path / "out.csv")
    assert Rows.of(tmp_path / "out.csv", "id", "stance").values == [("1", "sceptical"), ("2", "neutral")]


def test_batch_in_a_pipe_prints_a_summary_and_no_progress_bar(
    command: dict[str, Any], table: Path, tmp_path: Path
) -> None:
    done = subprocess.run(_stance("batch", table, tmp_path / "out.csv"), check=False, **command)
    summary = f"{tmp_path / 'out.csv'}: 2 rows, 0 hopeful, 1 neutral, 1 sceptical\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (0, b"", summary)


def test_batch_names_the_bad_row_in_one_line(run: Run, table: Path, tmp_path: Path) -> None:
    with table.open("a", encoding="utf-8") as file:
        file.write("3\n")
    result = run("batch", table, tmp_path / "out.csv")
    assert (result.exit_code, result.stderr) == (1, f"Error: {table}:4: 1 fields, the header has 2\n")


def test_batch_that_skips_bad_rows_counts_them(run: Run, table: Path, tmp_path: Path) -> None:
    with table.open("a", encoding="utf-8") as file:
        file.write("3\n")
    result = run("batch", table, tmp_path / "out.csv", "--on-error", "skip")
    last = result.stderr.splitlines()[-1]
    assert (result.exit_code, last) == (0, f"{tmp_path / 'out.csv.rejects.jsonl'}: 1 rows rejected")


def test_batch_takes_column_prefix_and_quoting(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_text('body\n"The truce\n', encoding="utf-8")
    run("batch", tmp_path / "in.tsv", tmp_path / "out.tsv", "--column", "body", "--prefix", "x", "--no-quoting")
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8").startswith("body\tx\tx_hopeful\t")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["out.jsonl"], "give both the same ending"),
        (["out.txt"], "no known table by its ending"),
        (["none/out.csv"], "its folder does not exist"),
        (["out.csv", "--column", "none"], "no column called 'none'; the columns are id, text"),
        (["out.csv", "--prefix", "id"], "a column called 'id' is there already; choose another prefix"),
        (["out.csv", "--prefix", "\udcff"], "\\udcff"),
        ([f"{'a' * 300}.csv"], "File name too long"),
    ],
    ids=[
        "another kind",
        "no kind",
        "no folder",
        "no column",
        "a column there already",
        "no Unicode",
        "a name too long",
    ],
)
def test_batch_that_cannot_be_done_is_one_line_and_exit_code_1(
    run: Run, table: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = run("batch", table, tmp_path / arguments[0], *arguments[1:])
    assert (result.exit_code, _is_one_line(result.stderr), message in result.stderr) == (1, True, True)


def test_batch_does_not_show_the_name_of_its_partial_file(run: Run, table: Path, tmp_path: Path) -> None:
    assert ".partial-" not in run("batch", table, tmp_path / "out.csv", "--prefix", "id").stderr


_TERMINATED = """
import os, signal, sys
from stance import cli

def terminate(bar, progress):
    os.kill(os.getpid(), signal.SIGTERM)

cli._Bar.show = terminate
cli.main(["batch", *sys.argv[1:]])
"""


def test_batch_that_is_terminated_leaves_nothing(command: dict[str, Any], table: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    arguments = [sys.executable, "-c", _TERMINATED, str(table), str(tmp_path / "out" / "out.csv")]
    done = subprocess.run(arguments, check=False, **command)
    assert (done.returncode, list((tmp_path / "out").iterdir())) == (128 + signal.SIGTERM, [])


def test_models_names_the_model_its_labels_and_the_scorer_in_use(run: Run, model: stance.Model) -> None:
    said = run("models").output
    assert f"small {model.version}: hopeful, neutral, sceptical" in said
    assert "compiled scorer" in said
