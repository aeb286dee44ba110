"""Labelled tables: how they are read, and how their faults are told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from stance import TableError
from training.errors import DataError
from training.examples import Dataset, Example, read_examples

ROWS = [(f"Plan {i} is good.", "yes") for i in range(5)] + [(f"Plan {i}, again\N{EN DASH}no!", "no") for i in range(5)]


def _csv(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _good(*labels: str) -> list[str]:
    """Five rows for each label."""
    return [f"Plan {i} {label}.,{label}" for label in labels for i in range(5)]


def _write(path: Path, header: tuple[str, str] = ("text", "label")) -> Path:
    if path.suffix == ".parquet":
        parquet.write_table(pa.table(dict(zip(header, zip(*ROWS, strict=True), strict=True))), path)
    elif ".jsonl" in path.suffixes:
        lines = [json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in ROWS]
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        joint = "\t" if ".tsv" in path.suffixes else ","
        lines = [joint.join(f'"{field}"' for field in row) for row in [header, *ROWS]]
        path.write_text("\n".join(lines), encoding="utf-8")
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(path.read_bytes()))
    return path


def _faults(caught: pytest.ExceptionInfo[DataError]) -> list[tuple[str, int, str]]:
    return [(fault.path.name, fault.line, fault.reason) for fault in caught.value.faults]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.parquet", "a.csv.gz", "a.jsonl.gz"])
def test_a_table_of_any_kind_gives_its_rows_in_order(tmp_path: Path, name: str) -> None:
    read = read_examples([_write(tmp_path / name)])
    assert list(zip(read.texts, read.labels, strict=True)) == ROWS


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.parquet"])
def test_the_columns_may_have_other_names(tmp_path: Path, name: str) -> None:
    read = read_examples([_write(tmp_path / name, ("body", "side"))], text_column="body", label_column="side")
    assert list(zip(read.texts, read.labels, strict=True)) == ROWS


def test_several_tables_follow_one_another(tmp_path: Path) -> None:
    read = read_examples([_write(tmp_path / "a.csv"), _write(tmp_path / "b.jsonl")])
    assert list(zip(read.texts, read.labels, strict=True)) == ROWS + ROWS


def test_the_source_names_the_files_without_their_folders(tmp_path: Path) -> None:
    assert read_examples([_write(tmp_path / "a.csv"), _write(tmp_path / "b.tsv")]).source == "a.csv, b.tsv"


def test_numbers_in_json_lines_are_labels(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Plan {i}.", "label": i % 2}) for i in range(10)]
    assert read_examples([_csv(tmp_path / "a.jsonl", *lines)]).counts() == {"0": 5, "1": 5}


def test_numbers_in_csv_are_labels(tmp_path: Path) -> None:
    assert read_examples([_csv(tmp_path / "a.csv", "text,label", *_good("-1", "1"))]).counts() == {"-1": 5, "1": 5}


def test_white_space_around_a_label_is_no_part_of_it(tmp_path: Path) -> None:
    rows = [f"Plan {i}.,{label}" for i, label in enumerate(["yes", " yes", "yes ", "no", "no\t"] * 3)]
    assert set(read_examples([_csv(tmp_path / "a.csv", "text,label", *rows)]).labels) == {"yes", "no"}


def test_quotation_marks_may_be_ordinary_characters(tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.tsv", "text\tlabel", *[f'"Plan {i}\t{label}' for label in ("x", "y") for i in range(5)])
    assert read_examples([file], quoting=False).texts[0] == '"Plan 0'


def test_rows_of_one_group_share_it(tmp_path: Path) -> None:
    rows = [f"{row},{i % 4}" for i, row in enumerate(_good("yes", "no"))]
    groups = read_examples([_csv(tmp_path / "a.csv", "text,label,g", *rows)], group_column="g").groups
    assert [groups.index(group) for group in groups] == [i % 4 for i in range(10)]


def test_rows_without_a_group_stand_alone(tmp_path: Path) -> None:
    rows = [f"{row}," for row in _good("yes", "no")]
    groups = read_examples([_csv(tmp_path / "a.csv", "text,label,g", *rows)], group_column="g").groups
    assert len(set(groups)) == 10


def test_a_group_is_not_mistaken_for_a_text(tmp_path: Path) -> None:
    rows = ["plan,yes,", "Other.,no,plan", *[f"{row}," for row in _good("yes", "no")]]
    groups = read_examples([_csv(tmp_path / "a.csv", "text,label,g", *rows)], group_column="g").groups
    assert groups[0] != groups[1]


def test_repeated_texts_are_one_group_whatever_their_case_and_white_space(tmp_path: Path) -> None:
    rows = ["The plan works.,yes", "the  PLAN works. ,yes", *_good("yes", "no")]
    groups = read_examples([_csv(tmp_path / "a.csv", "text,label", *rows)]).groups
    assert groups[0] == groups[1] != groups[2]


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"a\.csv: no column called 'label'; the columns are text, side"):
        read_examples([_write(tmp_path / "a.csv", ("text", "side"))])


def test_a_missing_group_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no column called 'topic'"):
        read_examples([_write(tmp_path / "a.csv")], group_column="topic")


def test_all_faults_of_a_csv_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.csv", "text,label", ",yes", "Plan.,", " , ", "Plan.", "a,b,c", *_good("yes", "no"))
    with pytest.raises(DataError) as caught:
        read_examples([file])
    assert _faults(caught) == [
        ("a.csv", 2, "'text' is empty"),
        ("a.csv", 3, "'label' is empty"),
        ("a.csv", 4, "'text' is empty"),
        ("a.csv", 4, "'label' is empty"),
        ("a.csv", 5, "1 fields, the header has 2"),
        ("a.csv", 6, "3 fields, the header has 2"),
    ]


def test_all_faults_of_json_lines_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    lines = ['{"text": "Plan."}', "", "[]", '{"text": "Plan.", "label": null}', '{"text": "Plan.", "label": "yes"']
    with pytest.raises(DataError) as caught:
        read_examples([_csv(tmp_path / "a.jsonl", *lines)])
    assert [(line, reason.split(";")[0].split(" at ")[0]) for _, line, reason in _faults(caught)] == [
        (1, "no member called 'label'"),
        (3, "a array, an object is needed"),
        (4, "the member 'label' is a null, a string is needed"),
        (5, "not JSON"),
    ]


def test_faults_of_several_files_are_told_at_once(tmp_path: Path) -> None:
    files = [_csv(tmp_path / name, "text,label", ",yes", *_good("yes", "no")) for name in ("b.csv", "a.csv")]
    with pytest.raises(DataError) as caught:
        read_examples(files)
    assert _faults(caught) == [("a.csv", 2, "'text' is empty"), ("b.csv", 2, "'text' is empty")]


def test_a_fault_is_told_as_file_line_and_reason(tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.csv", "text,label", *_good("yes", "no"), ",yes")
    with pytest.raises(DataError) as caught:
        read_examples([file])
    assert str(caught.value) == f"{file}:12: 'text' is empty"


def test_beyond_fifty_faults_the_others_are_counted(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_examples([_csv(tmp_path / "a.csv", "text,label", *[",yes"] * 70)])
    assert str(caught.value).splitlines()[50:] == ["… and 20 more faults"]


def test_one_label_alone_is_refused(tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.csv", "text,label", *_good("yes"))
    with pytest.raises(DataError, match="two or more labels are needed; found yes"):
        read_examples([file])


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="two or more labels are needed; found no rows"):
        read_examples([_csv(tmp_path / "a.csv", "text,label")])


def test_every_label_with_too_few_rows_is_named(tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.csv", "text,label", *_good("yes"), *_good("no")[:4], *_good("perhaps")[:1])
    with pytest.raises(DataError) as caught:
        read_examples([file])
    assert [reason for _, _, reason in _faults(caught)] == [
        "the label 'no' has 4 rows; at least 5 are needed",
        "the label 'perhaps' has 1 rows; at least 5 are needed",
    ]


def test_rows_of_a_label_are_counted_over_all_files(tmp_path: Path) -> None:
    files = [_csv(tmp_path / f"{label}.csv", "text,label", *_good(label)) for label in ("yes", "no")]
    assert read_examples(files).counts() == {"no": 5, "yes": 5}


def test_labels_are_counted_in_alphabetical_order() -> None:
    examples = tuple(Example("Plan.", label, "g") for label in ("c", "a", "b", "a"))
    assert list(Dataset("x", examples).counts().items()) == [("a", 2), ("b", 1), ("c", 1)]


_examples = st.builds(Example, st.text(max_size=3), st.sampled_from(["a", "b"]), st.sampled_from(["g", "h"]))
_lists = st.lists(_examples, max_size=4).map(tuple)


@given(_lists, _lists)
def test_two_datasets_have_one_digest_only_if_their_examples_are_the_same(
    some: tuple[Example, ...], others: tuple[Example, ...]
) -> None:
    assert (Dataset("x", some).digest() == Dataset("y", others).digest()) == (some == others)
