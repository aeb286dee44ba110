"""What the tests share: a small corpus, and models fitted on it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

import stance
from stance.concepts import Concepts
from stance.lexicon import Lexicon
from stance.ngrams import CharNgrams, WordNgrams
from tests.examples import EXAMPLES, LEXICON
from tests.folders import change_manifest, version_of
from training.examples import Dataset, Example
from training.fit import Fitted, fit, save
from training.recipe import ChannelRecipe, Recipe
from training.registry import promote

# The same examples on every machine: a run fails for what changed, not by chance. To look further:
# pytest --hypothesis-profile=thorough
settings.register_profile("same", deadline=None, max_examples=50, derandomize=True, database=None)
settings.register_profile("thorough", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def small_dataset() -> Dataset:
    """Sixty texts, twenty of each of three labels."""
    rows = [(text, label) for label, texts in EXAMPLES.items() for text in texts]
    examples = tuple(Example(text, label, f"text:{text}") for text, label in rows)
    return Dataset("small", examples, poles=("sceptical", "hopeful"))


@pytest.fixture(scope="session")
def fitted(small_dataset: Dataset) -> Fitted:
    """A model of three labels, not yet on disk."""
    return fit(small_dataset, [[Recipe(c=3.0)]], folds=3)


@pytest.fixture(scope="session")
def model_folder(fitted: Fitted, small_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder with one version, the current one. Tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("models") / "small"
    promote(folder, save(fitted, small_dataset, folder))
    return folder


@pytest.fixture(scope="session")
def model(model_folder: Path) -> stance.Model:
    """The model of three labels, loaded."""
    return stance.load(model_folder)


@pytest.fixture(scope="session")
def binary_folder(small_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder whose model knows two labels; scikit-learn fits those with one row of coefficients."""
    two = replace(small_dataset, examples=tuple(e for e in small_dataset.examples if e.label != "neutral"))
    folder = tmp_path_factory.mktemp("models") / "binary"
    promote(folder, save(fit(two, [[Recipe(c=3.0)]], folds=3), two, folder))
    return folder


@pytest.fixture(scope="session")
def concept_folder(small_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder whose model reads words and concepts, and so has a lexicon."""
    channels = (ChannelRecipe(WordNgrams(1, 1)), ChannelRecipe(Concepts(Lexicon.parse(LEXICON)), weight=2.0))
    folder = tmp_path_factory.mktemp("models") / "concepts"
    promote(folder, save(fit(small_dataset, [[Recipe(channels, c=3.0)]], folds=3), small_dataset, folder))
    return folder


@pytest.fixture(scope="session")
def wide_folder(small_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder whose model has five labels, runs of two to four words and of one to ten characters."""
    examples = tuple(
        replace(example, label=f"{example.label} {i % 2}" if example.label != "neutral" else "neutral")
        for i, example in enumerate(small_dataset.examples)
    )
    channels = (ChannelRecipe(WordNgrams(2, 4)), ChannelRecipe(CharNgrams(1, 10), weight=0.5))
    folder = tmp_path_factory.mktemp("models") / "wide"
    five = replace(small_dataset, examples=examples, poles=None)
    promote(folder, save(fit(five, [[Recipe(channels, c=3.0)]], folds=3), five, folder))
    return folder


@pytest.fixture(scope="session")
def concept_model(concept_folder: Path) -> stance.Model:
    """The model that reads words and concepts, loaded."""
    return stance.load(concept_folder)


@pytest.fixture(scope="session")
def certain_folder(concept_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder whose answers are certain from one half on; of sixty texts a fit vouches for none."""
    folder = Path(shutil.copytree(concept_folder, tmp_path_factory.mktemp("models") / "certain"))
    change_manifest(version_of(folder), lambda manifest: manifest["certainty"].update(threshold=0.5))
    return folder
