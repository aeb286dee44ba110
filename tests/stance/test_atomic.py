"""Files that appear whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from stance.atomic import replacing


class _FaultError(Exception):
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out.txt"


def _fail(path: Path, fault: BaseException) -> None:
    with replacing(path) as partial:
        partial.write_text("half", encoding="utf-8")
        raise fault


def test_a_file_appears_with_what_was_written(path: Path) -> None:
    with replacing(path) as partial:
        partial.write_text("whole", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "whole"


def test_a_file_is_not_there_before_the_block_ends(path: Path) -> None:
    with replacing(path) as partial:
        partial.write_text("half", encoding="utf-8")
        assert not path.exists()


def test_the_old_file_stands_until_the_block_ends(path: Path) -> None:
    path.write_text("old", encoding="utf-8")
    with replacing(path) as partial:
        partial.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"


def test_the_old_file_is_replaced(path: Path) -> None:
    path.write_text("old", encoding="utf-8")
    with replacing(path) as partial:
        partial.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    with replacing(path) as partial:
        partial.write_text("whole", encoding="utf-8")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("fault", [_FaultError(), KeyboardInterrupt(), SystemExit(1)])
def test_an_interrupted_block_leaves_nothing(path: Path, fault: BaseException) -> None:
    with pytest.raises(type(fault)):
        _fail(path, fault)
    assert list(path.parent.iterdir()) == []


def test_an_interrupted_block_leaves_the_old_file(path: Path) -> None:
    path.write_text("old", encoding="utf-8")
    with pytest.raises(_FaultError):
        _fail(path, _FaultError())
    assert path.read_text(encoding="utf-8") == "old"


def test_two_at_once_do_not_write_into_each_other(path: Path) -> None:
    with replacing(path) as one, replacing(path) as other:
        assert one != other


def test_the_file_to_write_stands_in_the_same_folder(path: Path) -> None:
    with replacing(path) as partial:
        assert partial.parent == path.parent


def test_the_file_gets_the_permissions_that_any_new_file_gets(path: Path) -> None:
    usual = path.with_name("usual")
    usual.touch()
    with replacing(path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_the_longest_name_that_a_file_can_have_is_fine(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)
    with replacing(path):
        pass
    assert path.exists()
