"""Labelling whole tables: what is added, what is kept, and what is left when it goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import stance
from stance.batch import BatchProgress, label_table
from stance.scorer import Scorer
from stance.tables import table as tables
from tests.rows import Rows, table_of

_ROOT = Path(__file__).parents[2]
_TEXTS = ("The truce holds.", "Shelling resumed, they say.", 'A "sham",\nhe said.', "Talks begin on Monday.")

every_layout = pytest.mark.parametrize(
    "name", ["a.csv", "a.tsv", "a.jsonl", "a.ndjson", "a.parquet", "a.csv.gz", "a.tsv.zst", "a.jsonl.gz", "a.jsonl.zst"]
)


class _StopError(Exception):
    pass


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A CSV whose lines 3 and 5 are bad rows."""
    path = tmp_path / "in.csv"
    path.write_text("id,text\n1,The truce holds.\n2\n3,Shelling resumed.\n4,5,6\n", encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder for what is written, where anything left over is seen."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a property's examples write to, one after the other."""
    return tmp_path_factory.mktemp("batch")


def _stop(_: BatchProgress) -> None:
    raise _StopError


def _interrupt(_: BatchProgress) -> None:
    raise KeyboardInterrupt


# What is added and what is kept


@every_layout
def test_every_row_gets_the_label_that_predict_gives_its_text(
    model: stance.Model, tmp_path: Path, out: Path, name: str
) -> None:
    label_table(model, table_of(tmp_path / name, _TEXTS), out / name)
    labels = [prediction.label for prediction in model.predict(_TEXTS)]
    assert Rows.of(out / name, "text", "stance").values == list(zip(_TEXTS, labels, strict=True))


@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=5))
def test_a_table_of_any_texts_is_labelled_like_the_texts(model: stance.Model, scratch: Path, texts: list[str]) -> None:
    label_table(model, table_of(scratch / "in.jsonl", texts), scratch / "out.jsonl")
    labels = [(prediction.label,) for prediction in model.predict(texts)]
    assert Rows.of(scratch / "out.jsonl", "stance").values == labels


def test_probabilities_are_written_to_the_last_bit(model: stance.Model, tmp_path: Path, out: Path) -> None:
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")
    written = Rows.of(out / "a.csv", *(f"stance_{label}" for label in model.labels)).values
    assert [tuple(map(float, row)) for row in written] == [
        tuple(p.probabilities.values()) for p in model.predict(_TEXTS)
    ]


def test_new_columns_of_a_csv_stand_last_in_the_models_order(model: stance.Model, tmp_path: Path, out: Path) -> None:
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")
    header = (out / "a.csv").read_bytes().partition(b"\n")[0]
    assert header == (b"id,text,stance,stance_hopeful,stance_neutral,stance_sceptical,stance_certain,stance_flags")


def test_new_members_of_json_lines_stand_last_in_the_models_order(
    model: stance.Model, tmp_path: Path, out: Path
) -> None:
    label_table(model, table_of(tmp_path / "a.jsonl", ["The truce holds."]), out / "a.jsonl")
    members = list(json.loads((out / "a.jsonl").read_bytes()))
    probabilities = ["stance_hopeful", "stance_neutral", "stance_sceptical"]
    assert members == ["id", "text", "stance", *probabilities, "stance_certain", "stance_flags"]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv.gz"])
def test_certainty_is_written_as_true_or_false_and_flags_separated_by_spaces(
    certain_folder: Path, tmp_path: Path, out: Path, name: str
) -> None:
    texts = ["The truce collapsed within hours.", "Zwischenspiel"]
    label_table(stance.load(certain_folder), table_of(tmp_path / name, texts), out / name)
    written = Rows.of(out / name, "stance_certain", "stance_flags").values
    assert written == [("true", ""), ("false", "off-topic unfamiliar")]


def test_certainty_is_a_boolean_in_json_lines(certain_folder: Path, tmp_path: Path, out: Path) -> None:
    label_table(stance.load(certain_folder), table_of(tmp_path / "a.jsonl", _TEXTS), out / "a.jsonl")
    written = [json.loads(line)["stance_certain"] for line in (out / "a.jsonl").read_bytes().splitlines()]
    assert written == [said.certain for said in stance.load(certain_folder).predict(_TEXTS)]


def test_certainty_is_a_boolean_in_parquet(certain_folder: Path, tmp_path: Path, out: Path) -> None:
    label_table(stance.load(certain_folder), table_of(tmp_path / "a.parquet", _TEXTS), out / "a.parquet")
    written = parquet.read_table(out / "a.parquet").column("stance_certain").to_pylist()
    assert written == [said.certain for said in stance.load(certain_folder).predict(_TEXTS)]


@pytest.mark.parametrize("label", ["certain", "flags"])
def test_a_label_that_would_share_a_column_is_refused_by_name(
    model: stance.Model, tmp_path: Path, out: Path, label: str
) -> None:
    odd = replace(model, scorer=Scorer((label, *model.labels[1:]), model.scorer.channels, model.scorer.intercept))
    with pytest.raises(stance.TableError, match=f"label '{label}' would share the column stance_{label}"):
        label_table(odd, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")


def test_a_line_of_json_lines_is_kept_to_the_byte(model: stance.Model, tmp_path: Path, out: Path) -> None:
    line = '{ "n" : 1.50e0,"text": "a\\u00e9"'
    (tmp_path / "a.jsonl").write_text(line + "}", encoding="utf-8")
    label_table(model, tmp_path / "a.jsonl", out / "a.jsonl")
    assert (out / "a.jsonl").read_text(encoding="utf-8").startswith(line + ', "stance": ')


def test_the_column_and_the_prefix_can_be_chosen(model: stance.Model, tmp_path: Path, out: Path) -> None:
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv", column="id", prefix="x")
    assert Rows.of(out / "a.csv", "x").values == [(p.label,) for p in model.predict(["1", "2", "3", "4"])]


def test_a_csv_may_become_a_compressed_tsv(model: stance.Model, tmp_path: Path, out: Path) -> None:
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.tsv.zst")
    assert Rows.of(out / "a.tsv.zst", "text").values == [(text,) for text in _TEXTS]


@every_layout
def test_a_table_without_rows_gets_the_new_columns(model: stance.Model, tmp_path: Path, out: Path, name: str) -> None:
    label_table(model, table_of(tmp_path / name, []), out / name)
    assert Rows.of(out / name, "stance") == Rows()


def test_a_table_of_more_than_one_chunk_keeps_its_order(model: stance.Model, tmp_path: Path, out: Path) -> None:
    n = tables.CHUNK_ROWS + 1
    label_table(model, table_of(tmp_path / "a.csv", ["a"] * n), out / "a.csv")
    assert Rows.of(out / "a.csv", "id").values == [(str(i),) for i in range(1, n + 1)]


def test_a_table_may_be_labelled_in_place(model: stance.Model, tmp_path: Path) -> None:
    path = table_of(tmp_path / "a.csv", _TEXTS)
    label_table(model, path, path)
    assert Rows.of(path, "text").values == [(text,) for text in _TEXTS]


def test_an_older_output_is_replaced(model: stance.Model, tmp_path: Path, out: Path) -> None:
    (out / "a.csv").write_text("old", encoding="utf-8")
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")
    assert len(Rows.of(out / "a.csv", "stance").values) == len(_TEXTS)


def test_nothing_but_the_output_is_left(model: stance.Model, tmp_path: Path, out: Path) -> None:
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")
    assert list(out.iterdir()) == [out / "a.csv"]


def test_an_output_may_have_a_long_name(model: stance.Model, tmp_path: Path, out: Path) -> None:
    long = out / f"{'a' * 240}.csv"
    label_table(model, table_of(tmp_path / "a.csv", _TEXTS), long)
    assert long.exists()


# The report and the progress


def test_the_report_counts_rows_and_labels(model: stance.Model, tmp_path: Path, out: Path) -> None:
    report = label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")
    assert (report.rows, report.labels) == (4, Counter(p.label for p in model.predict(_TEXTS)))


def test_without_skipping_there_is_no_file_of_rejects(model: stance.Model, tmp_path: Path, out: Path) -> None:
    report = label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv")
    assert (report.rejected, report.rejects) == (0, None)


@every_layout
def test_progress_rises_to_the_size_of_the_table(model: stance.Model, tmp_path: Path, out: Path, name: str) -> None:
    said: list[BatchProgress] = []
    texts = ["a"] * (tables.CHUNK_ROWS + 1)
    label_table(model, table_of(tmp_path / name, texts), out / name, progress=said.append)
    positions = [progress.position for progress in said]
    assert (len(said) > 1, positions) == (True, [*sorted(positions)[:-1], said[0].size])


@pytest.mark.parametrize(("name", "unit"), [("a.csv", "B"), ("a.jsonl", "B"), ("a.parquet", "row")])
def test_progress_tells_its_unit(model: stance.Model, tmp_path: Path, out: Path, name: str, unit: str) -> None:
    said: list[BatchProgress] = []
    label_table(model, table_of(tmp_path / name, _TEXTS), out / name, progress=said.append)
    assert {progress.unit for progress in said} == {unit}


# Bad rows


def test_a_bad_row_is_named_with_file_line_and_reason(model: stance.Model, bad: Path, out: Path) -> None:
    with pytest.raises(stance.RowError) as caught:
        label_table(model, bad, out / "a.csv")
    assert str(caught.value) == f"{bad}:3: 1 fields, the header has 2"


def test_the_line_of_a_bad_row_is_told_apart(model: stance.Model, bad: Path, out: Path) -> None:
    with pytest.raises(stance.RowError) as caught:
        label_table(model, bad, out / "a.csv")
    assert (caught.value.path, caught.value.line) == (bad, 3)


@every_layout
def test_a_skipped_table_without_bad_rows_is_labelled_whole(
    model: stance.Model, tmp_path: Path, out: Path, name: str
) -> None:
    report = label_table(model, table_of(tmp_path / name, _TEXTS), out / name, on_error="skip")
    assert (report.rows, report.rejected) == (len(_TEXTS), 0)


def test_skipping_labels_the_good_rows(model: stance.Model, bad: Path, out: Path) -> None:
    label_table(model, bad, out / "a.csv", on_error="skip")
    assert Rows.of(out / "a.csv", "id").values == [("1",), ("3",)]


def test_skipping_puts_bad_rows_with_line_and_reason_into_a_file(model: stance.Model, bad: Path, out: Path) -> None:
    label_table(model, bad, out / "a.csv", on_error="skip")
    lines = (out / "a.csv.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"line": 3, "reason": "1 fields, the header has 2", "row": "2"},
        {"line": 5, "reason": "3 fields, the header has 2", "row": "4,5,6"},
    ]


def test_skipping_reports_how_many_rows_were_rejected_and_where_they_are(
    model: stance.Model, bad: Path, out: Path
) -> None:
    report = label_table(model, bad, out / "a.csv", on_error="skip")
    assert (report.rows, report.rejected, report.rejects) == (2, 2, out / "a.csv.rejects.jsonl")


def test_a_table_of_bad_rows_alone_is_skipped_to_its_end(model: stance.Model, tmp_path: Path, out: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * (tables.CHUNK_ROWS + 1), encoding="utf-8")
    report = label_table(model, tmp_path / "a.jsonl", out / "a.jsonl", on_error="skip")
    assert (report.rows, report.rejected) == (0, tables.CHUNK_ROWS + 1)


# Tables that cannot be read or written as asked


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.txt", "a.csv.bz2"])
def test_an_output_of_another_kind_is_refused(model: stance.Model, tmp_path: Path, out: Path, name: str) -> None:
    with pytest.raises(stance.TableError) as caught:
        label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / name)
    assert caught.value.path == out / name


def test_an_output_in_a_folder_that_is_not_there_is_refused(model: stance.Model, tmp_path: Path, out: Path) -> None:
    with pytest.raises(stance.TableError, match="its folder does not exist"):
        label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "none" / "a.csv")


def test_an_output_that_cannot_be_created_is_refused(model: stance.Model, tmp_path: Path, out: Path) -> None:
    with pytest.raises(stance.TableError):
        label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / f"{'a' * 300}.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
@pytest.mark.parametrize("prefix", ["id", "text"])
def test_a_column_that_is_there_already_is_refused(
    model: stance.Model, tmp_path: Path, out: Path, name: str, prefix: str
) -> None:
    with pytest.raises(stance.TableError, match=f"a column called '{prefix}' is there already"):
        label_table(model, table_of(tmp_path / name, _TEXTS), out / name, prefix=prefix)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_the_error_about_a_column_that_is_there_already_names_a_file_that_the_user_knows(
    model: stance.Model, tmp_path: Path, out: Path, name: str
) -> None:
    source = table_of(tmp_path / name, _TEXTS)
    with pytest.raises(stance.TableError) as caught:
        label_table(model, source, out / name, prefix="id")
    assert caught.value.path in {source, out / name}


# What is left when it goes wrong


@pytest.mark.parametrize(
    ("progress", "error"), [(_stop, _StopError), (_interrupt, KeyboardInterrupt)], ids=["error", "Ctrl-C"]
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl.gz", "a.tsv.zst", "a.parquet"])
def test_an_interrupted_run_leaves_nothing(
    model: stance.Model, tmp_path: Path, out: Path, name: str, progress: object, error: type[BaseException]
) -> None:
    with pytest.raises(error):
        label_table(model, table_of(tmp_path / name, _TEXTS), out / name, on_error="skip", progress=progress)  # type: ignore[arg-type]
    assert list(out.iterdir()) == []


def test_a_run_stopped_by_a_bad_row_leaves_nothing(model: stance.Model, bad: Path, out: Path) -> None:
    with pytest.raises(stance.RowError):
        label_table(model, bad, out / "a.csv")
    assert list(out.iterdir()) == []


def test_a_run_stopped_by_a_bad_row_after_whole_chunks_leaves_nothing(
    model: stance.Model, tmp_path: Path, out: Path
) -> None:
    source = table_of(tmp_path / "a.jsonl", ["a"] * (2 * tables.CHUNK_ROWS))
    with source.open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(stance.RowError, match=f":{2 * tables.CHUNK_ROWS + 1}: "):
        label_table(model, source, out / "a.jsonl")
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.zst"])
def test_a_truncated_table_leaves_nothing(model: stance.Model, tmp_path: Path, out: Path, name: str) -> None:
    source = table_of(tmp_path / name, _TEXTS)
    source.write_bytes(source.read_bytes()[:-3])
    with pytest.raises(stance.TableError, match="cannot be read to its end"):
        label_table(model, source, out / name)
    assert list(out.iterdir()) == []


def test_a_refused_run_leaves_nothing(model: stance.Model, tmp_path: Path, out: Path) -> None:
    with pytest.raises(stance.TableError):
        label_table(model, table_of(tmp_path / "a.csv", _TEXTS), out / "a.csv", prefix="id")
    assert list(out.iterdir()) == []


def test_a_failed_run_leaves_an_older_output_as_it_was(model: stance.Model, bad: Path, out: Path) -> None:
    (out / "a.csv").write_text("old", encoding="utf-8")
    with pytest.raises(stance.RowError):
        label_table(model, bad, out / "a.csv")
    assert (out / "a.csv").read_text(encoding="utf-8") == "old"


_HALF = """
import sys
from pathlib import Path
import stance
from stance.batch import label_table

def pause(progress):
    print("half way", flush=True)
    sys.stdin.read()

label_table(stance.load(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), progress=pause)
"""


def test_a_run_that_is_killed_leaves_no_output(model_folder: Path, tmp_path: Path, out: Path) -> None:
    source = table_of(tmp_path / "a.csv", _TEXTS)
    command = [sys.executable, "-c", _HALF, str(model_folder), str(source), str(out / "a.csv")]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half way\n"
        process.kill()
    assert not (out / "a.csv").exists()


# Memory


def _peak(model: stance.Model, source: Path, target: Path) -> int:
    tracemalloc.start()
    try:
        label_table(model, source, target, on_error="skip")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["delimited", "jsonlines"])
@pytest.mark.parametrize("good", [True, False], ids=["good rows", "bad rows"])
def test_memory_does_not_grow_with_the_table(
    model: stance.Model, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, *, kind: str, good: bool
) -> None:
    monkeypatch.setattr(f"stance.tables.{kind}.CHUNK_ROWS", 25)  # a thousand would take long under tracemalloc
    name, header, row = {
        ("delimited", True): ("a.csv", b"text,more\n", b"a,%s\n"),
        ("delimited", False): ("a.csv", b"text,more\n", b'"a"b,%s\n'),
        ("jsonlines", True): ("a.jsonl", b"", b'{"text": "a", "more": "%s"}\n'),
        ("jsonlines", False): ("a.jsonl", b"", b'{"text": 1.5, "more": "%s"}\n'),
    }[kind, good]
    rows = row % (b"x" * 1_000)
    few, many = tmp_path / f"few-{name}", tmp_path / f"many-{name}"
    few.write_bytes(header + rows * 75)
    many.write_bytes(header + rows * 1_500)
    _peak(model, few, out / name)  # what is made once, is made now
    growth = _peak(model, many, out / name) - _peak(model, few, out / name)
    assert growth < (many.stat().st_size - few.stat().st_size) / 5
