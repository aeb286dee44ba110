"""Versions of a model on disk: written whole or not at all, listed, promoted."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stance import Model, ModelError, load
from stance.atomic import PARTIAL, replacing, sync_folder
from stance.folder import CURRENT, current_version
from training.errors import RegistryError

_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d+)")


@dataclass(frozen=True)
class Entry:
    """A version in the registry: its model, or why it cannot be loaded."""

    version: str
    current: bool
    model: Model | None
    fault: str | None


def add_version(out: Path, fill: Callable[[Path], None]) -> str:
    """Create the next version of the model at `out`, its folder filled by `fill`, and return its name.

    The folder gets its name when everything in it is on disk; until then it is a `.partial-…` that no one loads. A kill
    leaves at worst such a folder.

    Raises:
        RegistryError: `out` cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=out))
    except OSError as error:
        raise RegistryError(f"{out}: {error.strerror}") from error
    try:
        fill(partial)
        for file in partial.iterdir():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())
        partial.chmod(0o755)
        return _rename(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def promote(out: Path, version: str) -> Model:
    """Make `version` the current one, once it has been loaded and checked; a version that fails stays out of use.

    Raises:
        RegistryError: there is no such version, or it cannot be loaded.
    """
    model = find(out, version)
    with replacing(out / CURRENT) as partial:
        partial.write_text(f"{version}\n", encoding="utf-8")
    return model


def find(out: Path, version: str) -> Model:
    """Load and check a version of the model at `out`.

    Raises:
        RegistryError: there is no such version, or it cannot be loaded.
    """
    if version not in versions(out):
        raise RegistryError(f"{out}: no version {version!r}; there are {', '.join(versions(out)) or 'none'}")
    try:
        return load(out / version)
    except ModelError as error:
        raise RegistryError(f"not promoted: {error}") from error


def current_model(out: Path) -> Model | None:
    """Return the current version of the model at `out`; none where there is none that can be loaded."""
    try:
        return load(out)
    except ModelError:
        return None


def entries(out: Path) -> list[Entry]:
    """Return every version of the model at `out`, oldest first.

    Raises:
        RegistryError: there is no folder `out`.
    """
    if not out.is_dir():
        raise RegistryError(f"{out}: no such folder")
    try:
        current = current_version(out)
    except ModelError:
        current = ""
    return [_entry(out, version, current) for version in versions(out)]


def versions(out: Path) -> list[str]:
    """Return the names of the versions at `out`, oldest first."""
    found = (
        [path.name for path in out.iterdir() if path.is_dir() and _VERSION.fullmatch(path.name)] if out.is_dir() else []
    )
    return sorted(found, key=_order)


def _entry(out: Path, version: str, current: str) -> Entry:
    try:
        return Entry(version, version == current, load(out / version), None)
    except ModelError as error:
        return Entry(version, version == current, None, str(error))


def _rename(partial: Path, out: Path) -> str:
    while True:
        version = _next_version(out)
        try:
            partial.rename(out / version)
        except OSError:
            # Another fit took the number first; only then is there something to try again.
            if not (out / version).exists():
                raise
            continue
        sync_folder(out)
        return version


def _next_version(out: Path) -> str:
    today = datetime.now(UTC)
    taken = [path.name for path in out.iterdir() if _VERSION.fullmatch(path.name)]
    numbers = [number for year, month, number in map(_order, taken) if (year, month) == (today.year, today.month)]
    return f"{today.year}.{today.month}.{max(numbers, default=0) + 1}"


def _order(version: str) -> tuple[int, int, int]:
    year, month, number = version.split(".")
    return int(year), int(month), int(number)
