"""What every kind of table has in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from stance.errors import TableError

CHUNK_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used: where it begins, why, and the row as it stands in the file."""

    line: int
    reason: str
    row: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some consecutive rows: the wanted columns' `values` and first `lines` of the good ones, and the bad ones.

    `payload` holds the good rows whole, in the form in which the writer of the same kind takes them back.
    `position` tells how far the reader is, in the reader's unit.
    """

    values: Sequence[tuple[str, ...]]
    lines: Sequence[int]
    payload: Any
    rejected: Sequence[Rejected]
    position: int


class Reader(Protocol):
    """Reads a table in chunks; `size` is its length in `unit`s, for progress."""

    path: Path
    size: int
    unit: str

    @property
    def columns(self) -> Sequence[str]:
        """All columns, where the format names them up front; empty for JSON Lines, where each row names its own."""
        ...

    def chunks(self) -> Iterator[Chunk]: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Writer(Protocol):
    """Writes rows back with columns added at their end."""

    def write(self, payload: Any, added: Mapping[str, Sequence[Any]]) -> None: ...  # noqa: ANN401 - see Chunk

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def check_free(path: Path, names: Iterable[str], added: Iterable[str]) -> None:
    """Refuse to write a column over another.

    Raises:
        TableError: one of the names to be `added` is among `names`.
    """
    for name in set(names).intersection(added):
        raise TableError(path, f"a column called {name!r} is there already; choose another prefix")
