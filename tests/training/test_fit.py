"""From labelled examples to a version on disk."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from importlib.metadata import version as version_of
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import stance
from stance import LexiconError
from stance.folder import LEXICON, SCORER, current_version, sha256
from stance.lexicon import Lexicon
from stance.manifest import NAME as MANIFEST
from stance.scorer import Scorer, softmax
from training.certainty import choose_certainty
from training.examples import Dataset, Example
from training.fit import CARD, PIPELINE, Fitted, fit, save
from training.metrics import measure
from training.recipe import Recipe, grid
from training.registry import promote

PLAIN = [[Recipe()]]
OPINIONS = {
    "for": "We back the plan",
    "against": "They reject the draft",
    "unsure": "Perhaps we wait",
    "none": "Rain fell at noon",
    "both": "Praise and blame alike",
}
SOURCE = "[CALM]\nsign = 1\nentries = '''calm, lull^, truce^'''\n"


def _dataset(labels: Sequence[str], rows: int) -> Dataset:
    made = [(f"{OPINIONS[labels[i % len(labels)]]}, part {i}.", labels[i % len(labels)]) for i in range(rows)]
    return Dataset("made.csv", tuple(Example(text, label, f"text:{text}") for text, label in made))


def _arrays(scorer: Scorer) -> list[npt.NDArray[np.float64]]:
    return [scorer.intercept, *(array for c in scorer.channels for array in (c.idf, c.coefficients))]


@pytest.fixture(scope="module")
def again(small_dataset: Dataset) -> Fitted:
    return fit(small_dataset, PLAIN, folds=2, seed=5)


@pytest.fixture(scope="module")
def twin(small_dataset: Dataset) -> Fitted:
    return fit(small_dataset, PLAIN, folds=2, seed=5)


def _version(folder: Path) -> Path:
    return folder / current_version(folder)


def test_the_same_data_and_seed_give_the_same_scorer_to_the_last_bit(again: Fitted, twin: Fitted) -> None:
    for one, other in zip(_arrays(again.scorer), _arrays(twin.scorer), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_same_data_and_seed_give_the_same_features(again: Fitted, twin: Fitted) -> None:
    one, other = ([channel.features for channel in fitted.scorer.channels] for fitted in (again, twin))
    assert one == other


def test_the_same_data_and_seed_give_the_same_figures(again: Fitted, twin: Fitted) -> None:
    assert again.metrics == twin.metrics


def test_the_same_data_and_seed_give_the_same_manifest(
    again: Fitted, twin: Fitted, small_dataset: Dataset, tmp_path: Path
) -> None:
    # The manifest holds the digest of every other file.
    folders = [tmp_path / side / "peace" for side in ("one", "other")]
    saved = [
        folder / save(fitted, small_dataset, folder) for folder, fitted in zip(folders, (again, twin), strict=True)
    ]
    assert sha256(saved[0] / MANIFEST) == sha256(saved[1] / MANIFEST)


def test_the_temperature_has_been_folded_into_the_scorer(again: Fitted, small_dataset: Dataset) -> None:
    plain = again.choice.recipe.pipeline().fit(small_dataset.texts, small_dataset.labels)
    expected = softmax(plain.decision_function(small_dataset.texts) / again.temperature)
    np.testing.assert_allclose(again.scorer.probabilities(small_dataset.texts), expected, rtol=0, atol=1e-12)


def test_the_figures_are_those_of_the_calibrated_out_of_fold_logits(again: Fitted, small_dataset: Dataset) -> None:
    names = list(small_dataset.counts())
    gold = np.array([names.index(label) for label in small_dataset.labels])
    probabilities = softmax(again.choice.logits / again.temperature)
    certainty, certain = choose_certainty(again.choice.recipe, small_dataset.texts, gold, probabilities)
    assert (again.certainty, again.metrics) == (certainty, measure(names, gold, probabilities, certain, seed=5))


def test_five_labels_can_be_fitted() -> None:
    dataset = _dataset(list(OPINIONS), 50)
    fitted = fit(dataset, PLAIN, folds=2)
    assert [
        fitted.scorer.labels[i] for i in fitted.scorer.probabilities(dataset.texts).argmax(axis=1)
    ] == dataset.labels


def test_a_hundred_rows_can_be_fitted_with_the_whole_grid() -> None:
    dataset = _dataset(["for", "against", "none"], 100)
    assert fit(dataset, grid(100), folds=2).metrics.rows == 100


def test_progress_is_told_for_each_recipe_and_fold() -> None:
    told: list[None] = []
    fit(_dataset(["for", "against"], 10), PLAIN, folds=2, progress=lambda: told.append(None))
    assert len(told) == 2


def test_a_saved_model_predicts_what_the_fitted_one_does(
    fitted: Fitted, model: stance.Model, small_dataset: Dataset
) -> None:
    np.testing.assert_allclose(
        model.scorer.probabilities(small_dataset.texts), fitted.scorer.probabilities(small_dataset.texts), atol=1e-12
    )


def test_golden_sentences_hold(model: stance.Model) -> None:
    for golden in model.manifest.golden:
        assert model.predict([golden.text])[0].probabilities == pytest.approx(dict(golden.probabilities), abs=1e-12)


def test_there_is_a_golden_sentence_from_the_data_for_each_label(model: stance.Model, small_dataset: Dataset) -> None:
    texts = {golden.text for golden in model.manifest.golden}
    assert {example.label for example in small_dataset.examples if example.text in texts} == set(model.labels)


def test_the_empty_text_is_a_golden_sentence(model: stance.Model) -> None:
    assert "" in {golden.text for golden in model.manifest.golden}


def test_the_manifest_names_every_other_file_with_its_digest(model_folder: Path, model: stance.Model) -> None:
    version = _version(model_folder)
    assert model.manifest.files == {path.name: sha256(path) for path in version.iterdir() if path.name != MANIFEST}


def test_a_version_holds_pipeline_scorer_card_and_manifest(model_folder: Path) -> None:
    assert {PIPELINE, SCORER, CARD, MANIFEST} <= {path.name for path in _version(model_folder).iterdir()}


def test_the_manifest_names_the_versions_it_was_made_with(model: stance.Model) -> None:
    libraries = ["joblib", "numpy", "scikit-learn", "scipy", "stance"]
    expected = {"python": platform.python_version()} | {library: version_of(library) for library in libraries}
    assert model.manifest.versions == expected


def test_the_manifest_names_the_data(model: stance.Model, small_dataset: Dataset) -> None:
    assert model.manifest.data == {
        "source": small_dataset.source,
        "rows": 60,
        "labels": {"hopeful": 20, "neutral": 20, "sceptical": 20},
        "sha256": small_dataset.digest(),
        "seed": 0,
    }


def test_the_manifest_holds_the_figures_of_cross_validation(fitted: Fitted, model: stance.Model) -> None:
    assert model.manifest.metrics["cross_validation"] == json.loads(json.dumps(asdict(fitted.metrics)))


def test_neither_manifest_nor_card_holds_an_absolute_path(model_folder: Path) -> None:
    texts = [(_version(model_folder) / name).read_text(encoding="utf-8") for name in (MANIFEST, CARD)]
    assert [re.findall(r"""(?:^|[\s"'(])(?:/|[A-Z]:\\)\w[^\s"']*""", text) for text in texts] == [[], []]


def test_no_file_of_a_version_holds_the_path_it_was_written_to(model_folder: Path) -> None:
    place = str(model_folder.parent).encode()
    assert [path.name for path in _version(model_folder).iterdir() if place in path.read_bytes()] == []


def test_a_model_bears_the_name_of_its_folder(model_folder: Path) -> None:
    card = (_version(model_folder) / CARD).read_text(encoding="utf-8")
    assert card.startswith(f"# Model card: {model_folder.name}\n")


def test_a_model_saved_where_one_stands_is_called_after_that_folder(
    again: Fitted, small_dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "peace").mkdir()
    monkeypatch.chdir(tmp_path / "peace")
    version = save(again, small_dataset, Path())
    assert Path(version, CARD).read_text(encoding="utf-8").startswith("# Model card: peace\n")


@pytest.fixture(scope="module")
def with_concepts(small_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder whose model reads concepts too."""
    out = tmp_path_factory.mktemp("models") / "concepts"
    fitted = fit(small_dataset, [grid(60, Lexicon.parse(SOURCE))[0][:1]], folds=2)
    promote(out, save(fitted, small_dataset, out))
    return out


def test_a_model_with_concepts_keeps_its_lexicon(with_concepts: Path) -> None:
    stored = (_version(with_concepts) / LEXICON).read_text(encoding="utf-8")
    assert Lexicon.parse(stored) == Lexicon.parse(SOURCE)


def test_a_model_with_concepts_shows_them_as_evidence(with_concepts: Path) -> None:
    explanation = stance.load(with_concepts).explain("A lull, and no truce.")
    assert {item.ngram for item in explanation.evidence if item.channel == "concepts"} >= {"CALM"}


def test_a_concepts_name_in_quotation_marks_is_kept_unless_it_is_refused(tmp_path: Path) -> None:
    dataset = _dataset(["for", "against"], 10)
    with suppress(LexiconError):
        lexicon = Lexicon.parse(SOURCE.replace("[CALM]", '["NO GUNS"]'))
        fitted = fit(dataset, [grid(10, lexicon)[0][:1]], folds=2)
        assert promote(tmp_path, save(fitted, dataset, tmp_path)).labels == fitted.scorer.labels


def test_examples_in_another_order_are_other_data(small_dataset: Dataset) -> None:
    turned = replace(small_dataset, examples=small_dataset.examples[::-1])
    assert turned.digest() != small_dataset.digest()
