"""The application factory."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings, SettingsError
from stance import ModelDamagedError, ModelNotFoundError
from stance.folder import SCORER, current_version
from tests.service.serving import ROOT, environment


def test_the_app_bears_the_models_version(model_folder: Path) -> None:
    assert create_app(Settings(model=model_folder)).version == current_version(model_folder)


def test_a_versions_folder_can_be_served(model_folder: Path) -> None:
    version = current_version(model_folder)
    assert create_app(Settings(model=model_folder / version)).version == version


def test_without_settings_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch, model_folder: Path) -> None:
    monkeypatch.setenv("STANCE_MODEL", str(model_folder))
    assert create_app().state.service.settings.model == model_folder


def test_a_wrong_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCE_WORKERS", "none")
    with pytest.raises(SettingsError):
        create_app()


def test_no_app_is_made_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError):
        create_app(Settings(model=tmp_path))


def test_no_app_is_made_with_a_damaged_model(model_folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model_folder, tmp_path / "copy"))
    (copy / current_version(copy) / SCORER).write_bytes(b"")
    with pytest.raises(ModelDamagedError):
        create_app(Settings(model=copy))


def test_an_app_that_has_answered_has_loaded_neither_scikit_learn_nor_joblib(model_folder: Path) -> None:
    script = """if True:
        import sys
        from service.app import create_app
        create_app().state.service.model.analyze("The truce holds.")
        print(*{"sklearn", "scipy", "joblib", "training"}.intersection(sys.modules), "and no more")
    """
    command = [sys.executable, "-c", script]
    told = subprocess.run(
        command, cwd=ROOT, env=environment(model=str(model_folder)), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "and no more"
