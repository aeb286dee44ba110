"""Model folders on disk: which version is current, and whether a version is whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stance import manifest as manifests
from stance.errors import LexiconError, ModelDamagedError, ModelNotFoundError
from stance.manifest import Manifest
from stance.native.scorer import open_scorer
from stance.scorer import TextScorer

CURRENT = "current"
SCORER = "scorer.npz"
LEXICON = "lexicon.toml"
GOLDEN_TOLERANCE = 1e-9
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


@dataclass(frozen=True)
class ModelFolder:
    """One version of a model, checked: `digest` is the SHA-256 of its manifest, which covers all other files."""

    name: str
    version: str
    digest: str
    manifest: Manifest
    scorer: TextScorer


def open_folder(path: Path) -> ModelFolder:
    """Open a version's folder, or the current version of a model's folder, and check all that it promises.

    Raises:
        ModelNotFoundError: there is no model at `path`.
        ModelDamagedError: a file is missing, altered or unreadable, or the golden sentences come out otherwise.
        ModelUnsupportedError: the folder is in another version of the format.
    """
    folder = _version_folder(path)
    manifest = Manifest.read(folder / manifests.NAME)
    for name, digest in manifest.files.items():
        if sha256(folder / name) != digest:
            raise ModelDamagedError(folder / name, "its SHA-256 is not the one in the manifest")
    if SCORER not in manifest.files:
        raise ModelDamagedError(folder / manifests.NAME, f"lists no {SCORER}")
    scorer = _open_scorer(folder, lexicon=LEXICON in manifest.files)
    if scorer.labels != manifest.labels:
        raise ModelDamagedError(folder / SCORER, f"labels {scorer.labels}, in the manifest {manifest.labels}")
    _check_golden(folder, manifest, scorer)
    resolved = folder.resolve()
    return ModelFolder(resolved.parent.name, resolved.name, sha256(folder / manifests.NAME), manifest, scorer)


def current_version(model: Path) -> str:
    """Return the version in use of the model at `model`.

    Raises:
        ModelNotFoundError: no version is current.
        ModelDamagedError: the file `current` does not hold a version's name.
    """
    try:
        version = (model / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise ModelNotFoundError(model, "no model here (neither a manifest.json nor a file named current)") from error
    except (OSError, UnicodeError) as error:
        raise ModelDamagedError(model / CURRENT, str(error)) from error
    if not _VERSION.fullmatch(version):
        raise ModelDamagedError(model / CURRENT, f"{version[:80]!r} is no version's name")
    return version


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal.

    Raises:
        ModelDamagedError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelDamagedError(path, error.strerror or str(error)) from error


def _version_folder(path: Path) -> Path:
    if not path.is_dir():
        raise ModelNotFoundError(path, "no such folder")
    if (path / manifests.NAME).exists():
        return path
    folder = path / current_version(path)
    if not (folder / manifests.NAME).exists():
        raise ModelDamagedError(path / CURRENT, f"names the version {folder.name}, which is not there")
    return folder


def _open_scorer(folder: Path, *, lexicon: bool) -> TextScorer:
    try:
        return open_scorer(folder / SCORER, (folder / LEXICON).read_text(encoding="utf-8") if lexicon else None)
    except (LexiconError, UnicodeError) as error:
        raise ModelDamagedError(folder / LEXICON, str(error)) from error


def _check_golden(folder: Path, manifest: Manifest, scorer: TextScorer) -> None:
    if not manifest.golden:
        raise ModelDamagedError(folder / manifests.NAME, "holds no golden sentences")
    for sentence in manifest.golden:
        found = dict(zip(scorer.labels, scorer.probabilities([sentence.text])[0].tolist(), strict=True))
        if not _equal(found, sentence.probabilities):
            raise ModelDamagedError(
                folder, f"golden sentence {sentence.text!r}: {found}, expected {dict(sentence.probabilities)}"
            )


def _equal(found: Mapping[str, float], expected: Mapping[str, float]) -> bool:
    return found.keys() == expected.keys() and all(
        abs(found[label] - expected[label]) <= GOLDEN_TOLERANCE for label in found
    )
