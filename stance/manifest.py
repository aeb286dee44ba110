"""The manifest of a model folder: what is in it, and what it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stance.certainty import Certainty
from stance.errors import ModelDamagedError, ModelUnsupportedError

FORMAT = 2
NAME = "manifest.json"
_FILE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


@dataclass(frozen=True)
class GoldenSentence:
    """A sentence and the probabilities that the model must give it, here and everywhere."""

    text: str
    probabilities: Mapping[str, float]


@dataclass(frozen=True)
class Manifest:
    """`files` maps each other file of the folder to its SHA-256; `data` and `metrics` are for people and reports.

    `poles` are the labels that stand against and for, if two of them do: a balance is struck between them.
    """

    labels: tuple[str, ...]
    files: Mapping[str, str]
    versions: Mapping[str, str]
    data: Mapping[str, Any]
    metrics: Mapping[str, Any]
    golden: tuple[GoldenSentence, ...]
    certainty: Certainty
    poles: tuple[str, str] | None = None
    format: int = FORMAT

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Read a manifest.

        Raises:
            ModelDamagedError: it is not a manifest.
            ModelUnsupportedError: it is one, in a format this library does not read.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            version = content["format"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise ModelDamagedError(path, f"not a manifest: {error!r}") from error
        if version != FORMAT:
            raise ModelUnsupportedError(path, f"format {version!r}; this version of stance reads format {FORMAT}")
        try:
            return cls._from_content(content)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ModelDamagedError(path, f"not a manifest: {error!r}") from error

    @classmethod
    def _from_content(cls, content: dict[str, Any]) -> Manifest:
        files = {str(name): str(digest) for name, digest in content["files"].items()}
        for name in files:
            if not _FILE.fullmatch(name):
                raise ValueError(f"{name!r} is no file of a model folder")
        return cls(
            labels=tuple(str(label) for label in content["labels"]),
            files=files,
            versions=dict(content["versions"]),
            data=dict(content["data"]),
            metrics=dict(content["metrics"]),
            golden=tuple(
                GoldenSentence(str(g["text"]), {str(k): float(v) for k, v in g["probabilities"].items()})
                for g in content["golden"]
            ),
            certainty=_certainty(content["certainty"]),
            poles=_poles(content["poles"], content["labels"]),
        )


def _certainty(content: dict[str, Any]) -> Certainty:
    # A misspelt name must not pass for null.
    threshold, known_share = content["threshold"], content["known_share"]
    return Certainty(
        None if threshold is None else float(threshold), None if known_share is None else float(known_share)
    )


def _poles(content: list[str] | None, labels: list[str]) -> tuple[str, str] | None:
    if content is None:
        return None
    against, in_favour = content
    if against == in_favour or against not in labels or in_favour not in labels:
        raise ValueError(f"poles are {content}; two of the labels {labels} are needed")
    return against, in_favour
