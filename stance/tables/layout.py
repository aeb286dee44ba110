"""A table's layout, read off its file name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stance.errors import TableError

_KINDS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
NAMES = ".csv, .tsv, .jsonl (each also .gz or .zst), .parquet"


@dataclass(frozen=True)
class Layout:
    """`kind` is csv, tsv, jsonl or parquet; `compression` gzip, zstd or None."""

    kind: str
    compression: str | None

    @classmethod
    def of(cls, path: Path) -> Layout:
        """Tell the layout of a file from its name.

        Raises:
            TableError: no layout has that ending.
        """
        compression = _COMPRESSIONS.get(path.suffix.lower())
        inner = path.with_suffix("") if compression else path
        kind = _KINDS.get(inner.suffix.lower())
        if kind is None or (kind == "parquet" and compression):
            raise TableError(path, f"no known table by its ending; there are {NAMES}")
        return cls(kind, compression)

    @property
    def family(self) -> str:
        """Layouts of one family hold the same rows: CSV and TSV differ in the separator alone."""
        return "delimited" if self.kind in {"csv", "tsv"} else self.kind
