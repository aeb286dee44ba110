"""What a manifest may and may not hold."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stance import ModelDamagedError, ModelError, ModelUnsupportedError
from stance.certainty import Certainty
from stance.manifest import NAME, GoldenSentence, Manifest

_MANIFEST = Manifest(
    labels=("no", "yes"),
    files={"scorer.npz": "00"},
    versions={"numpy": "2.0"},
    data={"rows": 2},
    metrics={},
    golden=(GoldenSentence("Ja, \N{RIGHT SINGLE QUOTATION MARK}", {"no": 0.1, "yes": 0.9}),),
    certainty=Certainty(threshold=0.8, known_share=None),
)
_CONTENT: dict[str, Any] = json.loads(_MANIFEST.to_json())
_TOO_DEEP = "[" * 100_000 + "]" * 100_000

_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / NAME


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path that a property's examples write to, one after the other."""
    return tmp_path_factory.mktemp("manifest") / NAME


def _write(path: Path, **changes: object) -> Path:
    path.write_text(json.dumps(_CONTENT | changes), encoding="utf-8")
    return path


def test_a_manifest_reads_as_it_was_written(path: Path) -> None:
    path.write_text(_MANIFEST.to_json(), encoding="utf-8")
    assert Manifest.read(path) == _MANIFEST


@pytest.mark.parametrize("version", [1, 3, 99, "2", "2.0", None])
def test_another_format_is_unsupported(path: Path, version: object) -> None:
    with pytest.raises(ModelUnsupportedError):
        Manifest.read(_write(path, format=version))


def test_an_unsupported_format_is_named(path: Path) -> None:
    with pytest.raises(ModelUnsupportedError, match="format 3; this version of stance reads format 2"):
        Manifest.read(_write(path, format=3))


def test_a_newer_format_is_unsupported_whatever_else_it_holds(path: Path) -> None:
    path.write_text('{"format": 3, "tensors": []}', encoding="utf-8")
    with pytest.raises(ModelUnsupportedError):
        Manifest.read(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"1", b'"format"', b"{}", b"\xff\xfe", _TOO_DEEP.encode()],
    ids=["empty", "cut", "array", "null", "number", "string", "no format", "not UTF-8", "nested too deeply"],
)
def test_what_is_no_manifest_is_damaged(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ModelDamagedError):
        Manifest.read(path)


def test_a_missing_manifest_is_damaged(path: Path) -> None:
    with pytest.raises(ModelDamagedError):
        Manifest.read(path)


@pytest.mark.parametrize("member", ["labels", "files", "versions", "data", "metrics", "golden", "certainty"])
def test_a_manifest_without_one_of_its_members_is_damaged(path: Path, member: str) -> None:
    path.write_text(json.dumps({name: _CONTENT[name] for name in _CONTENT if name != member}), encoding="utf-8")
    with pytest.raises(ModelDamagedError, match=member):
        Manifest.read(path)


@pytest.mark.parametrize("name", ["../scorer.npz", "/etc/passwd", "a/b", "a\\b", ".hidden", ".."])
def test_a_file_outside_the_folder_is_refused(path: Path, name: str) -> None:
    with pytest.raises(ModelDamagedError, match="is no file of a model folder"):
        Manifest.read(_write(path, files={name: "00"}))


@pytest.mark.parametrize(
    "certainty",
    [
        {},
        {"threshold": 0.8},
        {"threshold": 1.5, "known_share": None},
        {"threshold": None, "known_share": -0.1},
        {"threshold": float("nan"), "known_share": None},
        {"threshold": [], "known_share": None},
        None,
    ],
)
def test_a_certainty_that_is_none_is_damaged(path: Path, certainty: object) -> None:
    with pytest.raises(ModelDamagedError):
        Manifest.read(_write(path, certainty=certainty))


def test_an_error_names_the_manifest(path: Path) -> None:
    with pytest.raises(ModelDamagedError) as caught:
        Manifest.read(path)
    assert caught.value.path == path


@given(member=st.sampled_from(sorted(_CONTENT)), value=_JSON)
@example(member="golden", value=[{"text": "a", "probabilities": {"no": 10**400}}])
def test_no_content_raises_anything_but_a_model_error(scratch: Path, member: str, value: object) -> None:
    with suppress(ModelError):
        Manifest.read(_write(scratch, **{member: value}))
