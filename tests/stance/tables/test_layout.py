"""What a table's name tells of its layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance import TableError
from stance.tables import Layout


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("a.csv", Layout("csv", None)),
        ("a.tsv", Layout("tsv", None)),
        ("a.jsonl", Layout("jsonl", None)),
        ("a.ndjson", Layout("jsonl", None)),
        ("a.parquet", Layout("parquet", None)),
        ("a.csv.gz", Layout("csv", "gzip")),
        ("a.jsonl.zst", Layout("jsonl", "zstd")),
        ("A.CSV.GZ", Layout("csv", "gzip")),
        ("2026.11.1.tsv", Layout("tsv", None)),
    ],
)
def test_a_name_tells_kind_and_compression(name: str, layout: Layout) -> None:
    assert Layout.of(Path(name)) == layout


@pytest.mark.parametrize("name", ["a", "a.txt", "a.json", "a.gz", "a.csv.bz2", "a.parquet.gz", ".csv", "csv"])
def test_a_name_that_tells_no_layout_is_refused(name: str) -> None:
    with pytest.raises(TableError, match="no known table by its ending"):
        Layout.of(Path(name))


@pytest.mark.parametrize(("one", "other"), [("a.csv", "a.tsv.gz"), ("a.jsonl", "a.ndjson"), ("a.csv", "a.csv.zst")])
def test_separator_and_compression_do_not_make_another_family(one: str, other: str) -> None:
    assert Layout.of(Path(one)).family == Layout.of(Path(other)).family


@pytest.mark.parametrize(("one", "other"), [("a.csv", "a.jsonl"), ("a.jsonl", "a.parquet")])
def test_other_kinds_are_other_families(one: str, other: str) -> None:
    assert Layout.of(Path(one)).family != Layout.of(Path(other)).family
