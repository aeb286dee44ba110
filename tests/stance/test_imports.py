"""What using a model brings into a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import stance

_ROOT = Path(__file__).parents[2]
_USE = """
import sys
import stance
model = stance.load(sys.argv[1])
model.predict(["The truce holds."])
model.explain("The truce holds.")
{more}
print(*sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def imported(concept_folder: Path) -> set[str]:
    """The packages in a process that has loaded a model, predicted and explained."""
    return _packages(concept_folder, "")


def _packages(folder: Path, more: str) -> set[str]:
    return {name.partition(".")[0] for name in _modules(folder, more)}


def _modules(folder: Path, more: str = "") -> set[str]:
    command = [sys.executable, "-W", "error", "-c", _USE.format(more=more), str(folder)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("package", ["sklearn", "scipy", "joblib", "fastapi", "pydantic", "pyarrow"])
def test_prediction_does_not_import(imported: set[str], package: str) -> None:
    assert package not in imported


def test_prediction_does_not_import_a_sentence_splitter(imported: set[str]) -> None:
    assert "nupunkt" not in imported


def test_analysis_imports_the_sentence_splitter(model_folder: Path) -> None:
    assert "nupunkt" in _packages(model_folder, 'model.analyze("The truce holds.")')


@pytest.mark.parametrize("package", ["viewpoint", "resolution", "summary", "analysis"])
def test_prediction_does_not_import_what_analyses_a_whole_text(concept_folder: Path, package: str) -> None:
    assert f"stance.{package}" not in _modules(concept_folder)


def test_what_analyses_a_text_can_be_had_from_the_package_all_the_same() -> None:
    assert stance.attribute.__module__.startswith("stance.viewpoint")
    assert stance.Analysis.__name__ == "Analysis"


def test_a_name_that_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        stance.analyse  # type: ignore[attr-defined]  # noqa: B018 - the point of the test
