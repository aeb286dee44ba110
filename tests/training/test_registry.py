"""Versions on disk: whole or not at all, counted up, promoted only when sound."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import stance
from stance.folder import CURRENT, SCORER, current_version
from stance.manifest import NAME as MANIFEST
from training.errors import RegistryError
from training.registry import add_version, entries, promote, versions

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from training.registry import add_version

def fill(folder):
    (folder / "manifest.json").write_text("{}")
    os.kill(os.getpid(), signal.SIGKILL)

add_version(Path(sys.argv[1]), fill)
"""
# Looking for a free name must come to an end: the process has little processor time.
BRIEFLY = """
import contextlib, resource, sys
from pathlib import Path
from training.registry import add_version

resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
with contextlib.suppress(Exception):
    add_version(Path(sys.argv[1]), lambda folder: None)
print("came to an end")
"""
ADDING = """
import sys
from pathlib import Path
from training.registry import add_version

print("ready", flush=True)
sys.stdin.readline()
for _ in range(60):
    print(add_version(Path(sys.argv[1]), lambda folder: (folder / "file").write_text("content")))
"""


def _fill(folder: Path) -> None:
    (folder / "file").write_text("content", encoding="utf-8")


def _fail(folder: Path) -> None:
    _fill(folder)
    raise RuntimeError(folder)


def _names(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir())


@pytest.fixture
def out(model_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small model's folder: one version, the current one."""
    return Path(shutil.copytree(model_folder, tmp_path / "out"))


def _add_copy(out: Path) -> str:
    current = out / current_version(out)
    return add_version(out, lambda folder: shutil.copytree(current, folder, dirs_exist_ok=True) and None)


def _damage_scorer(version: Path) -> None:
    os.truncate(version / SCORER, 100)


def _drop_scorer(version: Path) -> None:
    (version / SCORER).unlink()


def _drop_manifest(version: Path) -> None:
    (version / MANIFEST).unlink()


def _foreign_format(version: Path) -> None:
    (version / MANIFEST).write_text('{"format": 99}', encoding="utf-8")


any_damage = pytest.mark.parametrize("damage", [_damage_scorer, _drop_scorer, _drop_manifest, _foreign_format])


def test_the_first_version_of_a_month_is_number_one(tmp_path: Path) -> None:
    assert re.fullmatch(r"\d{4}\.\d{1,2}\.1", add_version(tmp_path / "out", _fill))


def test_versions_are_listed_in_the_order_in_which_they_were_added(tmp_path: Path) -> None:
    added = [add_version(tmp_path, _fill) for _ in range(11)]
    assert versions(tmp_path) == added


def test_the_next_version_is_one_more_than_the_highest(tmp_path: Path) -> None:
    month = datetime.now(UTC).strftime("%Y.%-m")
    for number in (1, 41, 7):
        (tmp_path / f"{month}.{number}").mkdir()
    assert add_version(tmp_path, _fill) == f"{month}.42"


def test_versions_of_other_months_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "2020.1.5").mkdir()
    assert add_version(tmp_path, _fill).endswith(".1")


def test_versions_are_ordered_by_number_not_by_letter(tmp_path: Path) -> None:
    ordered = ["2025.9.2", "2025.10.1", "2025.10.2", "2025.10.10", "2026.1.1"]
    for version in sorted(ordered):
        (tmp_path / version).mkdir()
    assert versions(tmp_path) == ordered


def test_a_version_holds_what_it_was_filled_with(tmp_path: Path) -> None:
    assert (tmp_path / add_version(tmp_path, _fill) / "file").read_text(encoding="utf-8") == "content"


def test_a_version_can_be_read_by_everyone(tmp_path: Path) -> None:
    assert (tmp_path / add_version(tmp_path, _fill)).stat().st_mode & 0o777 == 0o755


def test_a_new_version_is_not_yet_the_current_one(out: Path) -> None:
    before = current_version(out)
    _add_copy(out)
    assert current_version(out) == before


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        add_version(tmp_path, _fail)
    assert _names(tmp_path) == []


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A model's folder that a process was killed in while it wrote a version."""
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    return tmp_path


def test_a_kill_while_writing_leaves_no_version(killed: Path) -> None:
    assert versions(killed) == []


def test_a_kill_while_writing_leaves_at_worst_a_partial_folder(killed: Path) -> None:
    assert [name.startswith(".partial-") for name in _names(killed)] == [True]


def test_after_a_kill_the_next_version_is_number_one(killed: Path) -> None:
    assert add_version(killed, _fill).endswith(".1")


def test_partial_folders_are_not_listed(out: Path) -> None:
    shutil.copytree(out / current_version(out), out / ".partial-abc")
    assert [entry.version for entry in entries(out)] == [current_version(out)]


@pytest.mark.parametrize("name", ["notes", "2026.11", "2026.11.1.bak", "v2026.11.1"])
def test_other_folders_are_not_listed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert versions(tmp_path) == []


def test_a_file_is_no_version(tmp_path: Path) -> None:
    (tmp_path / "2026.11.1").touch()
    assert versions(tmp_path) == []


def test_where_there_is_no_folder_there_are_no_versions(tmp_path: Path) -> None:
    assert versions(tmp_path / "none") == []


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(RegistryError, match=r"/out: "):
        add_version(tmp_path / "out", _fill)


def test_a_file_that_bears_the_next_versions_name_does_not_stop_the_count(tmp_path: Path) -> None:
    (tmp_path / datetime.now(UTC).strftime("%Y.%-m.1")).touch()
    told = subprocess.run(
        [sys.executable, "-c", BRIEFLY, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    assert told.stdout == "came to an end\n"


def test_versions_added_at_the_same_time_get_names_of_their_own(tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    adding = [subprocess.Popen([sys.executable, "-c", ADDING, str(tmp_path)], **pipes) for _ in range(3)]
    for process in adding:
        assert process.stdout.readline() == "ready\n"
    for process in adding:
        process.stdin.write("go\n")
        process.stdin.flush()
    named = [name for process in adding for name in process.communicate()[0].split()]
    assert (len(named), sorted(named)) == (180, sorted(versions(tmp_path)))


def test_promoting_a_version_makes_it_the_current_one(out: Path) -> None:
    version = _add_copy(out)
    promote(out, version)
    assert stance.load(out).version == version


def test_promoting_an_older_version_goes_back(out: Path) -> None:
    first = current_version(out)
    promote(out, _add_copy(out))
    promote(out, first)
    assert stance.load(out).version == first


def test_promoting_gives_the_model(out: Path) -> None:
    assert promote(out, current_version(out)).digest == stance.load(out).digest


def test_promoting_leaves_nothing_behind(out: Path) -> None:
    version = _add_copy(out)
    before = _names(out)
    promote(out, version)
    assert _names(out) == before


@any_damage
def test_a_damaged_version_is_not_promoted(out: Path, damage: Callable[[Path], None]) -> None:
    version = _add_copy(out)
    damage(out / version)
    with pytest.raises(RegistryError, match=r"^not promoted: "):
        promote(out, version)


@any_damage
def test_a_refused_version_leaves_the_current_one_in_use(out: Path, damage: Callable[[Path], None]) -> None:
    before = (out / CURRENT).read_bytes()
    version = _add_copy(out)
    damage(out / version)
    with pytest.raises(RegistryError):
        promote(out, version)
    assert (out / CURRENT).read_bytes() == before


@pytest.mark.parametrize("version", ["2020.1.1", "", ".", "..", "../out", "current", ".partial-abc"])
def test_what_is_no_version_is_not_promoted(out: Path, version: str) -> None:
    with pytest.raises(RegistryError, match=re.escape(f"no version {version!r}; there are {versions(out)[0]}")):
        promote(out, version)


def test_nothing_is_promoted_where_there_are_no_versions(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"no version '2020\.1\.1'; there are none"):
        promote(tmp_path / "none", "2020.1.1")


def test_entries_mark_the_current_version(out: Path) -> None:
    _add_copy(out)
    assert [entry.current for entry in entries(out)] == [True, False]


def test_entries_hold_the_models(out: Path) -> None:
    assert [entry.model.digest for entry in entries(out) if entry.model] == [stance.load(out).digest]


@any_damage
def test_a_damaged_version_is_listed_with_its_fault(out: Path, damage: Callable[[Path], None]) -> None:
    version = _add_copy(out)
    damage(out / version)
    entry = entries(out)[1]
    assert (entry.model, version in str(entry.fault)) == (None, True)


def test_without_a_current_version_none_is_marked(out: Path) -> None:
    (out / CURRENT).unlink()
    assert [entry.current for entry in entries(out)] == [False]


def test_entries_need_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no such folder"):
        entries(tmp_path / "none")
