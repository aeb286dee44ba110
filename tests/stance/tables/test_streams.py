"""Compressed tables: read whole or refused, written the same every time."""

from __future__ import annotations

import gc
import gzip
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import example, given
from hypothesis import strategies as st

from stance import TableError
from stance.tables import read_table
from tests.rows import Rows, copy


def _zstd(content: bytes) -> bytes:
    """Compress with a checksum, which Zstandard leaves out unless told."""
    return zstd.compress(content, options={zstd.CompressionParameter.checksum_flag: 1})


_COMPRESS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": _zstd}
_DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.decompress, "zst": zstd.decompress}
_LINES = b"".join(b'{"text": "%d"}\n' % i for i in range(200))
_TEXTS = [(str(i),) for i in range(200)]

endings = pytest.mark.parametrize("ending", _COMPRESS)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a property's examples write to, one after the other."""
    return tmp_path_factory.mktemp("streams")


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@endings
def test_a_compressed_table_is_read_whole(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"in.jsonl.{ending}", _COMPRESS[ending](_LINES))
    assert Rows.of(path, "text").values == _TEXTS


@endings
def test_all_parts_of_a_table_compressed_in_parts_are_read(tmp_path: Path, ending: str) -> None:
    compress = _COMPRESS[ending]
    path = _write(tmp_path / f"in.jsonl.{ending}", compress(_LINES[:500]) + compress(_LINES[500:]))
    assert Rows.of(path, "text").values == _TEXTS


@endings
def test_what_is_written_is_compressed_as_the_name_says(tmp_path: Path, ending: str) -> None:
    source = _write(tmp_path / "in.csv", b"a\n1\n")
    copied = copy(source, tmp_path / f"out.csv.{ending}", new="x")
    assert _DECOMPRESS[ending](copied.read_bytes()) == b"a,new\n1,x\n"


@endings
def test_a_table_is_compressed_to_the_same_bytes_under_any_name(tmp_path: Path, ending: str) -> None:
    source = _write(tmp_path / "in.csv", b"a\n1\n")
    one, other = (copy(source, tmp_path / f"{name}.csv.{ending}", new="x") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_gzip_file_tells_no_time(tmp_path: Path) -> None:
    copied = copy(_write(tmp_path / "in.csv", b"a\n1\n"), tmp_path / "out.csv.gz", new="x")
    assert copied.read_bytes()[4:8] == b"\0\0\0\0"


@endings
@given(kept=st.floats(0, 1, exclude_max=True))
@example(kept=0.0)
@example(kept=0.999999)
def test_a_table_cut_anywhere_is_refused(scratch: Path, ending: str, kept: float) -> None:
    whole = _COMPRESS[ending](_LINES)
    path = _write(scratch / f"cut.jsonl.{ending}", whole[: int(kept * len(whole))])
    with pytest.raises(TableError, match="cannot be read to its end"):
        Rows.of(path, "text")


@endings
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_table_with_a_bit_flipped_is_refused_or_read_as_it_was(
    scratch: Path, ending: str, place: float, bit: int
) -> None:
    content = bytearray(_COMPRESS[ending](_LINES))
    content[int(place * len(content))] ^= 1 << bit
    path = _write(scratch / f"flipped.jsonl.{ending}", bytes(content))
    with suppress(TableError):
        assert Rows.of(path, "text").values == _TEXTS


@endings
def test_a_table_that_is_not_compressed_is_refused(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"in.jsonl.{ending}", _LINES)
    with pytest.raises(TableError, match="cannot be read to its end"):
        Rows.of(path, "text")


@endings
def test_a_table_with_something_else_after_its_end_is_refused(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"in.jsonl.{ending}", _COMPRESS[ending](_LINES) + b"more")
    with pytest.raises(TableError, match="cannot be read to its end"):
        Rows.of(path, "text")


@endings
def test_a_compressed_table_that_is_refused_is_closed(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"in.csv.{ending}", b"not compressed")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with suppress(TableError):
            read_table(path, ["text"])
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz", "in.jsonl.zst"])
def test_at_the_end_of_a_table_the_position_is_its_size(tmp_path: Path, name: str) -> None:
    compress = _COMPRESS.get(name.rpartition(".")[2], bytes)
    with read_table(_write(tmp_path / name, compress(_LINES)), ["text"]) as reader:
        positions = [chunk.position for chunk in reader.chunks()]
        assert positions[-1] == reader.size
