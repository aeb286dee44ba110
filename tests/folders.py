"""Ways to change a model's folder, and to make its digests right again."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from stance.folder import SCORER, current_version, sha256
from stance.manifest import NAME as MANIFEST


def version_of(folder: Path) -> Path:
    """Return the folder of a model's current version."""
    return folder / current_version(folder)


def change_manifest(version: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the content of a manifest."""
    content = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    change(content)
    (version / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


def replace_file(version: Path, name: str, content: bytes) -> None:
    """Replace a file and put its new digest into the manifest: only its content can now give it away."""
    (version / name).write_bytes(content)
    change_manifest(version, lambda manifest: manifest["files"].update({name: sha256(version / name)}))


def members_of(archived: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archived)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def npz(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def npy(array: np.ndarray[Any, Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def change_header(version: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the JSON header of a scorer."""
    members = members_of((version / SCORER).read_bytes())
    header = json.loads(np.load(io.BytesIO(members["header.npy"])).tobytes())
    change(header)
    members["header.npy"] = npy(np.frombuffer(json.dumps(header).encode(), np.uint8))
    replace_file(version, SCORER, npz(members))


def replace_member(version: Path, name: str, content: bytes) -> None:
    replace_file(version, SCORER, npz(members_of((version / SCORER).read_bytes()) | {name: content}))
