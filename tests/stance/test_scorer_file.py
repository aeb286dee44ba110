"""Files named scorer.npz that stand in the manifest with their right digest and are no scorer all the same."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance import ModelDamagedError
from stance.folder import SCORER, open_folder
from tests.folders import change_header, change_manifest, members_of, npy, npz, replace_file, replace_member, version_of


@pytest.fixture
def version(model_folder: Path, tmp_path: Path) -> Path:
    """A copy of a whole version, to be damaged."""
    return Path(shutil.copytree(version_of(model_folder), tmp_path / "1"))


@pytest.fixture(scope="module")
def scratch(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a version whose scorer a property's examples replace, one after the other."""
    return Path(shutil.copytree(version_of(model_folder), tmp_path_factory.mktemp("scratch") / "1"))


class _Trap:
    """A pickle of this makes a folder where it is loaded."""

    def __init__(self, sprung: Path) -> None:
        self._sprung = sprung

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self._sprung),)


@pytest.fixture
def trap(version: Path, tmp_path: Path) -> Path:
    """What would be there had the pickle in the version's scorer been loaded."""
    trap = tmp_path / "sprung"
    file = io.BytesIO()
    np.save(file, np.array([_Trap(trap)], dtype=object), allow_pickle=True)
    replace_member(version, "intercept.npy", file.getvalue())
    return trap


@pytest.mark.usefixtures("trap")
def test_a_scorer_that_holds_a_pickle_is_refused(version: Path) -> None:
    with pytest.raises(ModelDamagedError):
        open_folder(version)


def test_a_pickle_in_a_scorer_is_not_run(version: Path, trap: Path) -> None:
    with pytest.raises(ModelDamagedError):
        open_folder(version)
    assert not trap.exists()


def test_a_scorer_that_is_one_array_is_refused(version: Path) -> None:
    replace_file(version, SCORER, npy(np.zeros(3)))
    with pytest.raises(ModelDamagedError):
        open_folder(version)


def test_a_scorer_that_is_no_archive_is_refused(version: Path) -> None:
    replace_file(version, SCORER, b"PK\3\4 but no archive")
    with pytest.raises(ModelDamagedError):
        open_folder(version)


def test_a_scorer_with_a_member_that_is_no_array_is_refused(version: Path) -> None:
    replace_member(version, "intercept.npy", b"no array")
    with pytest.raises(ModelDamagedError):
        open_folder(version)


def test_a_scorer_with_a_damaged_compressed_stream_is_refused(version: Path) -> None:
    content = bytearray((version / SCORER).read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        start = first.header_offset + 30 + len(first.filename) + int.from_bytes(content[28:30], "little")
    content[start] = 0xFF  # no kind of block that deflate knows
    replace_file(version, SCORER, bytes(content))
    with pytest.raises(ModelDamagedError):
        open_folder(version)


@pytest.mark.parametrize(("offset", "value"), [(8, 1), (10, 99)], ids=["encrypted", "unknown compression"])
def test_a_scorer_whose_archive_cannot_be_unpacked_is_refused(version: Path, offset: int, value: int) -> None:
    content = bytearray((version / SCORER).read_bytes())
    content[content.index(b"PK\1\2") + offset] = value
    replace_file(version, SCORER, bytes(content))
    with pytest.raises(ModelDamagedError):
        open_folder(version)


@pytest.mark.parametrize("shape", ["(3", "(01,)", "(10000000000000000,)", "(-1,)", "3"])
def test_a_scorer_with_an_array_of_an_impossible_shape_is_refused(version: Path, shape: str) -> None:
    description = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    replace_member(version, "intercept.npy", b"\x93NUMPY\1\0" + len(description).to_bytes(2, "little") + description)
    with pytest.raises(ModelDamagedError):
        open_folder(version)


@pytest.mark.parametrize("name", ["header", "intercept", "0.features", "0.rows"])
def test_a_scorer_that_lacks_an_array_is_refused(version: Path, name: str) -> None:
    members = members_of((version / SCORER).read_bytes())
    del members[f"{name}.npy"]
    replace_file(version, SCORER, npz(members))
    with pytest.raises(ModelDamagedError):
        open_folder(version)


@pytest.mark.parametrize("name", ["intercept", "0.rows"])
def test_a_scorer_whose_arrays_do_not_fit_together_is_refused(version: Path, name: str) -> None:
    members = members_of((version / SCORER).read_bytes())
    replace_member(version, f"{name}.npy", npy(np.load(io.BytesIO(members[f"{name}.npy"]))[:-1]))
    with pytest.raises(ModelDamagedError, match=f"{name} is float64"):
        open_folder(version)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_scorer_with_a_number_that_is_not_finite_is_refused(version: Path, value: float) -> None:
    replace_member(version, "intercept.npy", npy(np.array([0.0, 0.0, value])))
    with pytest.raises(ModelDamagedError, match="intercept holds a value that is not finite"):
        open_folder(version)


def test_a_scorer_in_single_precision_is_refused(version: Path) -> None:
    replace_member(version, "intercept.npy", npy(np.zeros(3, np.float32)))
    with pytest.raises(ModelDamagedError, match="float64"):
        open_folder(version)


def test_a_scorer_that_names_a_feature_twice_is_refused(version: Path) -> None:
    members = members_of((version / SCORER).read_bytes())
    features = np.load(io.BytesIO(members["0.features.npy"])).tobytes().split(b"\n")
    features[1] = features[0]
    replace_member(version, "0.features.npy", npy(np.frombuffer(b"\n".join(features), np.uint8)))
    with pytest.raises(ModelDamagedError, match="names a feature twice"):
        open_folder(version)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda header: header.update(channels=[1]), id="a channel that is a number"),
        pytest.param(lambda header: header.update(channels=["words"]), id="a channel that is a string"),
        pytest.param(lambda header: header.update(channels=None), id="no channels"),
        pytest.param(lambda header: header.update(labels=None), id="no labels"),
        pytest.param(lambda header: header.update(labels=[]), id="no label"),
        pytest.param(lambda header: header["channels"][0].update(sublinear=1), id="sublinear is no boolean"),
        pytest.param(lambda header: header["channels"][0].pop("sublinear"), id="sublinear is missing"),
        pytest.param(lambda header: header["channels"][0].update(analyzer="os.system"), id="an unknown analyser"),
        pytest.param(lambda header: header["channels"][0].update(analyzer=[]), id="an analyser that is no name"),
        pytest.param(lambda header: header["channels"][0].update(extra=1), id="an unknown parameter"),
    ],
)
def test_a_scorer_with_a_wrong_header_is_refused(version: Path, change: Callable[[dict[str, Any]], object]) -> None:
    change_header(version, change)
    with pytest.raises(ModelDamagedError):
        open_folder(version)


@pytest.mark.parametrize(("low", "high"), [(0, 2), (3, 2), (1, 11), (1, 10**9), (True, 2), (1.0, 2.0), ("1", "2")])
def test_a_scorer_with_an_impossible_range_of_ngrams_is_refused(version: Path, low: object, high: object) -> None:
    change_header(version, lambda header: header["channels"][0].update(low=low, high=high))
    with pytest.raises(ModelDamagedError, match="does not take"):
        open_folder(version)


def test_a_model_without_labels_is_refused(version: Path) -> None:
    members = members_of((version / SCORER).read_bytes())
    members["intercept.npy"] = npy(np.zeros(0))
    for name in [name for name in members if name.endswith("rows.npy")]:
        members[name] = npy(np.load(io.BytesIO(members[name]))[:, :1])
    replace_file(version, SCORER, npz(members))
    change_header(version, lambda header: header.update(labels=[]))
    change_manifest(version, lambda manifest: manifest.update(labels=[], golden=[{"text": "", "probabilities": {}}]))
    with pytest.raises(ModelDamagedError):
        open_folder(version)


_PLACES = st.floats(0, 1, exclude_max=True)
_EDITS = st.lists(st.tuples(_PLACES, st.integers(0, 255)), min_size=1, max_size=5)


def _edited(content: bytes, edits: list[tuple[float, int]]) -> bytes:
    changed = bytearray(content)
    for place, value in edits:
        changed[int(place * len(changed))] = value
    return bytes(changed)


@pytest.fixture(scope="module")
def scorer(model_folder: Path) -> bytes:
    """The bytes of a whole scorer."""
    return (version_of(model_folder) / SCORER).read_bytes()


def _opens_or_is_damaged(version: Path, npz: bytes) -> bool:
    replace_file(version, SCORER, npz)
    try:
        open_folder(version)
    except ModelDamagedError:
        return True
    return True


@given(edits=_EDITS)
def test_a_scorer_with_any_bytes_changed_opens_or_is_refused_as_damaged(
    scratch: Path, scorer: bytes, edits: list[tuple[float, int]]
) -> None:
    assert _opens_or_is_damaged(scratch, _edited(scorer, edits))


@given(length=_PLACES)
def test_a_scorer_cut_anywhere_is_refused_as_damaged(scratch: Path, scorer: bytes, length: float) -> None:
    replace_file(scratch, SCORER, scorer[: int(length * len(scorer))])
    with pytest.raises(ModelDamagedError):
        open_folder(scratch)


@given(name=st.sampled_from(["header", "intercept", "0.features", "0.rows"]), edits=_EDITS)
def test_an_array_with_any_bytes_changed_opens_or_is_refused_as_damaged(
    scratch: Path, scorer: bytes, name: str, edits: list[tuple[float, int]]
) -> None:
    members = members_of(scorer)
    # The first 128 bytes describe the array; that is where a reader stumbles.
    near = [(place * 128 / len(members[f"{name}.npy"]), value) for place, value in edits]
    members[f"{name}.npy"] = _edited(members[f"{name}.npy"], near)
    assert _opens_or_is_damaged(scratch, npz(members))


@given(content=st.binary(max_size=200))
def test_any_other_bytes_in_place_of_a_scorer_are_refused_as_damaged(scratch: Path, content: bytes) -> None:
    replace_file(scratch, SCORER, content)
    with pytest.raises(ModelDamagedError):
        open_folder(scratch)
