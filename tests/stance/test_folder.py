"""Model folders: whole ones open, all others are refused with an error that says what is wrong."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stance import ModelDamagedError, ModelNotFoundError, ModelUnsupportedError
from stance.folder import CURRENT, LEXICON, SCORER, open_folder, sha256
from stance.manifest import FORMAT
from stance.manifest import NAME as MANIFEST
from tests.folders import change_manifest, members_of, npy, replace_file, replace_member, version_of


@pytest.fixture
def folder(concept_folder: Path, tmp_path: Path) -> Path:
    """A copy of a whole model's folder, to be damaged."""
    return Path(shutil.copytree(concept_folder, tmp_path / "model"))


@pytest.fixture
def version(folder: Path) -> Path:
    """The current version in that copy."""
    return version_of(folder)


# Whole folders


def test_a_models_folder_opens_at_its_current_version(folder: Path) -> None:
    assert open_folder(folder).version == (folder / CURRENT).read_text(encoding="utf-8").strip()


def test_a_versions_folder_opens_without_being_current(folder: Path, version: Path) -> None:
    (folder / CURRENT).unlink()
    assert open_folder(version).version == version.name


def test_a_models_name_is_that_of_its_folder(folder: Path) -> None:
    assert open_folder(folder).name == "model"


def test_names_are_right_where_the_path_is_a_dot(version: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(version)
    opened = open_folder(Path())
    assert (opened.name, opened.version) == ("model", version.name)


def test_the_digest_is_that_of_the_manifest(version: Path) -> None:
    assert open_folder(version).digest == sha256(version / MANIFEST)


def test_a_file_that_the_manifest_does_not_list_is_left_alone(version: Path) -> None:
    (version / "notes.txt").write_text("mine", encoding="utf-8")
    assert open_folder(version).version == version.name


def test_a_golden_probability_may_differ_by_rounding(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["golden"][0]["probabilities"].update(_moved(manifest, 1e-12)))
    assert open_folder(version).version == version.name


# Nothing to open


def test_a_missing_folder_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="no such folder"):
        open_folder(tmp_path / "none")


def test_a_file_in_place_of_a_folder_is_not_found(version: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="no such folder"):
        open_folder(version / SCORER)


def test_a_folder_without_manifest_and_current_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="no model here"):
        open_folder(tmp_path)


def test_a_path_with_a_nul_is_not_found() -> None:
    with pytest.raises(ModelNotFoundError):
        open_folder(Path("models\0"))


# A wrong `current`


def test_a_current_that_names_a_missing_version_is_refused_by_name(folder: Path) -> None:
    (folder / CURRENT).write_text("2001.1.1\n", encoding="utf-8")
    with pytest.raises(ModelDamagedError, match=r"names the version 2001\.1\.1, which is not there"):
        open_folder(folder)


def test_a_current_that_leads_out_of_the_folder_is_refused(folder: Path, version: Path) -> None:
    shutil.move(version, folder.parent / "elsewhere")
    (folder / CURRENT).write_text("../elsewhere", encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="is no version's name"):
        open_folder(folder)


def test_a_current_that_is_an_absolute_path_is_refused(folder: Path, version: Path) -> None:
    (folder / CURRENT).write_text(str(version), encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="is no version's name"):
        open_folder(folder)


@pytest.mark.parametrize(
    "content", ["", "\n", ".", "..", ".hidden", "a\\b", "a/b", "a b", "1\n2", "a\0", "\N{DIGIT ONE}é"]
)
def test_a_current_that_is_no_name_of_a_version_is_refused(folder: Path, content: str) -> None:
    (folder / CURRENT).write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="is no version's name"):
        open_folder(folder)


def test_a_current_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / CURRENT).write_bytes(b"\xff")
    with pytest.raises(ModelDamagedError):
        open_folder(folder)


def test_a_current_that_is_a_folder_is_refused(folder: Path) -> None:
    (folder / CURRENT).unlink()
    (folder / CURRENT).mkdir()
    with pytest.raises(ModelDamagedError):
        open_folder(folder)


# Damaged files


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _turn_into_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("name", ["card.md", "lexicon.toml", "pipeline.joblib", "scorer.npz"])
@pytest.mark.parametrize("damage", [_truncate, _flip_a_bit, _empty, _turn_into_a_folder, os.remove])
def test_damage_to_any_file_is_refused_and_names_the_file(
    version: Path, damage: Callable[[Path], None], name: str
) -> None:
    damage(version / name)
    with pytest.raises(ModelDamagedError) as caught:
        open_folder(version)
    assert caught.value.path == version / name


def test_every_file_of_a_version_is_listed_in_its_manifest(version: Path) -> None:
    assert {file.name for file in version.iterdir()} == {MANIFEST, *open_folder(version).manifest.files}


def test_a_truncated_manifest_is_refused(version: Path) -> None:
    (version / MANIFEST).write_bytes((version / MANIFEST).read_bytes()[:-10])
    with pytest.raises(ModelDamagedError):
        open_folder(version)


def test_a_folder_in_a_newer_format_is_unsupported(folder: Path, version: Path) -> None:
    change_manifest(version, lambda manifest: manifest.update(format=FORMAT + 1))
    with pytest.raises(ModelUnsupportedError):
        open_folder(folder)


def test_a_label_altered_in_the_manifest_is_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["labels"].__setitem__(0, "hopefull"))
    with pytest.raises(ModelDamagedError, match="hopefull"):
        open_folder(version)


def test_labels_in_another_order_in_the_manifest_are_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["labels"].reverse())
    with pytest.raises(ModelDamagedError, match="labels"):
        open_folder(version)


def test_a_manifest_that_lists_no_scorer_is_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["files"].pop(SCORER))
    with pytest.raises(ModelDamagedError, match=r"lists no scorer\.npz"):
        open_folder(version)


@pytest.mark.parametrize("name", ["a\0b", "\ud800"], ids=["NUL", "lone surrogate"])
def test_a_file_name_that_no_file_can_have_is_refused(version: Path, name: str) -> None:
    change_manifest(version, lambda manifest: manifest["files"].update({name: "00"}))
    with pytest.raises(ModelDamagedError):
        open_folder(version)


# Golden sentences


def _moved(manifest: dict[str, Any], by: float) -> dict[str, float]:
    """Return the first golden sentence's probability of the first label, moved."""
    label = manifest["labels"][0]
    return {label: manifest["golden"][0]["probabilities"][label] + by}


def test_a_golden_probability_that_differs_by_a_millionth_is_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["golden"][0]["probabilities"].update(_moved(manifest, 1e-6)))
    with pytest.raises(ModelDamagedError, match="golden sentence"):
        open_folder(version)


def test_the_last_golden_sentence_is_checked_too(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["golden"][-1].update(text="Another text about a truce."))
    with pytest.raises(ModelDamagedError, match="golden sentence"):
        open_folder(version)


def test_a_golden_probability_that_is_not_a_number_is_refused(version: Path) -> None:
    change_manifest(
        version, lambda manifest: manifest["golden"][0]["probabilities"].update(_moved(manifest, float("nan")))
    )
    with pytest.raises(ModelDamagedError, match="golden sentence"):
        open_folder(version)


def test_a_golden_sentence_that_lacks_a_label_is_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["golden"][0]["probabilities"].popitem())
    with pytest.raises(ModelDamagedError, match="golden sentence"):
        open_folder(version)


def test_a_manifest_without_golden_sentences_is_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["golden"].clear())
    with pytest.raises(ModelDamagedError, match="no golden sentences"):
        open_folder(version)


def test_coefficients_altered_together_with_their_digest_are_refused(version: Path) -> None:
    members = members_of((version / SCORER).read_bytes())
    rows = np.load(io.BytesIO(members["0.rows.npy"]))
    rows[:, 1:] *= -1
    replace_member(version, "0.rows.npy", npy(rows))
    with pytest.raises(ModelDamagedError, match="golden sentence"):
        open_folder(version)


# A lexicon whose digest is right


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"[TRUCE", id="not TOML"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b"TRUCE = 1", id="a concept that is no table"),
        pytest.param(b"[TRUCE]\nsign = []", id="a sign that is a list"),
        pytest.param(b"[TRUCE]\nsign = 2", id="a sign that is too large"),
        pytest.param(b"[TRUCE]\nrole = []", id="a role that is a list"),
        pytest.param(b"[TRUCE]\nentries = 1", id="entries that are a number"),
        pytest.param(b"[TRUCE]\nentries = 'a*'", id="an entry that catches too much"),
        pytest.param(b"a = " + b"[" * 10_000 + b"]" * 10_000, id="nested too deeply"),
    ],
)
def test_a_wrong_lexicon_is_refused_and_named(version: Path, content: bytes) -> None:
    replace_file(version, LEXICON, content)
    with pytest.raises(ModelDamagedError) as caught:
        open_folder(version)
    assert caught.value.path == version / LEXICON


def test_another_lexicon_under_the_same_model_is_refused(version: Path) -> None:
    lexicon = (version / LEXICON).read_text(encoding="utf-8")
    replace_file(version, LEXICON, lexicon.replace("truce^", "armistice^").encode())
    with pytest.raises(ModelDamagedError, match="golden sentence"):
        open_folder(version)


def test_a_model_of_concepts_without_a_lexicon_is_refused(version: Path) -> None:
    change_manifest(version, lambda manifest: manifest["files"].pop(LEXICON))
    with pytest.raises(ModelDamagedError, match="needs a lexicon"):
        open_folder(version)
