"""Arrays on disk: an `.npz` file that is mapped into memory, so that all processes that use a model share one copy."""

from __future__ import annotations

import io
import mmap
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[np.generic]]

_ALIGNMENT = 64
_LOCAL_HEADER = 30
_ENDING = ".npy"
_LONGEST_HEADER = 1 << 14


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Write arrays as `numpy.savez` does, each where a processor likes to find it: at a multiple of 64 bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(name + _ENDING)
            start = archive.fp.tell() + _LOCAL_HEADER + len(member.filename.encode())  # type: ignore[union-attr] # open
            # An extra field has four bytes of its own; numpy pads its header to a multiple of 64 bytes.
            padding = -(start + 4) % _ALIGNMENT
            member.extra = b"\0\0" + padding.to_bytes(2, "little") + bytes(padding)
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
            archive.writestr(member, content.getvalue())


def map_arrays(path: Path) -> Arrays:
    """Return the arrays of an `.npz` file, read-only and, where they are not compressed, without a copy of their own.

    Raises:
        Exception: damaged bytes make zipfile and numpy raise almost anything.
    """
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return {
            member.filename.removesuffix(_ENDING): _member(archive, member, mapped) for member in archive.infolist()
        }


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, mapped: mmap.mmap) -> npt.NDArray[np.generic]:
    with archive.open(member) as content:  # which checks what stands before the content
        if member.compress_type != zipfile.ZIP_STORED:
            return _array(content.read(), 0)
    return _array(mapped, _start(mapped, member))


def _start(mapped: mmap.mmap, member: zipfile.ZipInfo) -> int:
    """Return where the content of a member begins."""
    header = mapped[member.header_offset : member.header_offset + _LOCAL_HEADER]
    return (
        member.header_offset
        + _LOCAL_HEADER
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )


def _array(content: bytes | mmap.mmap, start: int) -> npt.NDArray[np.generic]:
    header = io.BytesIO(content[start : start + _LONGEST_HEADER])
    version = np.lib.format.read_magic(header)
    if version != (1, 0):
        raise ValueError(f"an array is in version {version} of numpy's format; (1, 0) is needed")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(header)
    if dtype.hasobject:
        raise ValueError("an array holds a pickle")
    flat = np.frombuffer(content, dtype, count=int(np.prod(shape, dtype=object)), offset=start + header.tell())
    return flat.reshape(shape, order="F" if fortran else "C")
