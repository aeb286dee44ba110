"""Byte streams from and to plain, gzip and Zstandard files."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from backports import zstd

from stance.errors import TableError


class LineSource:
    """Iterates over a file's lines as bytes; `position` is how many bytes of the file itself have been read."""

    def __init__(self, path: Path, compression: str | None) -> None:
        self.path = path
        try:
            self.size = path.stat().st_size
            self._file = path.open("rb")
        except OSError as error:
            raise TableError(path, error.strerror or str(error)) from error
        self._stream = _decompressed(self._file, compression)
        self._compressed = compression is not None

    @property
    def position(self) -> int:
        return self._file.tell()

    def __iter__(self) -> Iterator[bytes]:
        if self._compressed and not self.size:
            raise TableError(self.path, "cannot be read to its end: it is empty")
        try:
            yield from self._stream
        except (OSError, EOFError, zlib.error, zstd.ZstdError) as error:
            raise TableError(self.path, f"cannot be read to its end: {error}") from error

    def close(self) -> None:
        self._stream.close()
        self._file.close()


class ByteSink:
    """Writes bytes to a file, compressed as asked; gzip without a time stamp: equal input gives equal output."""

    def __init__(self, path: Path, compression: str | None) -> None:
        self._compression = compression
        self._file = path.open("wb")
        if compression == "gzip":
            self._stream = cast(BinaryIO, gzip.GzipFile(filename="", mode="wb", fileobj=self._file, mtime=0))
        elif compression == "zstd":
            self._stream = cast(BinaryIO, zstd.ZstdFile(self._file, "wb"))
        else:
            self._stream = self._file

    def write(self, content: bytes) -> None:
        self._stream.write(content)

    def close(self) -> None:
        self._stream.close()
        if self._compression == "zstd" and not self._file.tell():
            # Where nothing was written there is no frame at all, and the file would look cut off.
            self._file.write(zstd.compress(b""))
        self._file.close()


def _decompressed(file: BinaryIO, compression: str | None) -> BinaryIO:
    if compression == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if compression == "zstd":
        return cast(BinaryIO, zstd.ZstdFile(file))
    return file
