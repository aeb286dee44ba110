"""A study of a small corpus: what it measures, and on what."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace

import numpy as np
import pytest

from training.errors import DataError
from training.examination import _counted, _setting, examine
from training.examples import Dataset, Example
from training.metrics import macro_f1
from training.recipe import ChannelRecipe, Recipe
from training.search import choose
from training.study import Study
from training.study_page import page, sections

RECIPE = Recipe((ChannelRecipe(Recipe().channels[0].analyzer),), c=3.0)


@pytest.fixture(scope="module")
def external(small_dataset: Dataset) -> Dataset:
    return Dataset("elsewhere.csv", small_dataset.examples[::4])


@pytest.fixture(scope="module")
def study(small_dataset: Dataset, external: Dataset) -> Study:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "fasttext", None)
        patch.setattr("training.examination._FEWEST_LEFT_OUT", 20)
        facets = {"place": [("north", "south", "east", "south")[i % 4] for i in range(60)]}
        return examine(small_dataset, RECIPE, facets=facets, external=[external], folds=3)


def test_the_models_figure_is_that_of_cross_validation(study: Study, small_dataset: Dataset) -> None:
    choice = choose([[RECIPE]], small_dataset, folds=3, seed=0)
    figure = study.systems[0].cross_validation
    assert figure is not None
    assert figure.value == pytest.approx(choice.macro_f1)


def test_external_texts_are_labelled_by_a_model_fitted_on_all_examples(
    study: Study, small_dataset: Dataset, external: Dataset
) -> None:
    names = list(small_dataset.counts())
    pipeline = RECIPE.pipeline().fit(small_dataset.texts, small_dataset.labels)
    gold, given = (np.searchsorted(names, labels) for labels in (external.labels, pipeline.predict(external.texts)))
    assert study.systems[0].external[0].value == pytest.approx(macro_f1(gold, given, 3))


def test_the_whole_learning_curve_ends_at_the_models_figures(study: Study) -> None:
    assert study.curve[-1].external == study.systems[0].external


def test_a_share_of_one_label_alone_is_no_point_of_the_curve() -> None:
    examples = tuple(Example(f"Part {i} of the plan.", "ab"[i % 2], str(i)) for i in range(20))
    found = examine(Dataset("x", examples), RECIPE, folds=2)
    assert found.curve[0].rows > 1


def test_the_learning_curve_rises_in_texts(study: Study) -> None:
    rows = [row.rows for row in study.curve]
    assert rows == sorted(set(rows))


def test_what_cannot_be_measured_says_why(study: Study) -> None:
    row = study.systems[-1]
    assert (row.name, row.cross_validation, row.note) == (
        "fastText",
        None,
        "not measured: the package fasttext is not installed",
    )


def test_a_difference_is_the_systems_figure_less_the_models(study: Study) -> None:
    model, majority = study.systems[:2]
    assert model.cross_validation is not None
    assert majority.cross_validation is not None
    assert majority.difference is not None
    assert majority.difference.value == pytest.approx(majority.cross_validation.value - model.cross_validation.value)


def test_values_of_few_texts_are_left_out_together(study: Study) -> None:
    # Fifteen texts each in the north and the east; twenty are wanted.
    assert {(fold.name, fold.rows) for fold in study.partings[0].folds} == {("south", 30), ("east, north", 30)}


def test_texts_of_one_kind_cannot_be_left_out_by_turns(small_dataset: Dataset) -> None:
    assert examine(small_dataset, RECIPE, facets={"place": ["north"] * 60}, folds=2).partings == []


def test_names_and_lengths_are_read_on_the_topical_texts_alone(small_dataset: Dataset) -> None:
    topical = [i % 2 == 0 for i in range(60)]
    assert examine(small_dataset, RECIPE, topical=topical, folds=2).shortcut.rows == 30


def test_external_texts_do_not_decide_which_words_are_names() -> None:
    examples = tuple(Example(f"Talks in Doha, part {i}.", "ab"[i % 2], str(i)) for i in range(8))
    small = Dataset("small.csv", tuple(Example("They met in doha.", "a", str(i)) for i in range(9)))
    recipe = replace(RECIPE, channels=(replace(RECIPE.channels[0], names=False),))
    dataset = Dataset("x", examples)
    counted = _counted(recipe, dataset, _setting(dataset, [small], 2, 0))
    kept = counted[id(recipe.channels[0].analyzer), False]
    assert ("talks" in kept.features, "doha" in kept.features) == (True, False)


def test_external_texts_with_a_foreign_label_are_refused(small_dataset: Dataset, external: Dataset) -> None:
    foreign = replace(external, examples=tuple(replace(e, label="mixed") for e in external.examples))
    with pytest.raises(DataError, match="'mixed'"):
        examine(small_dataset, RECIPE, external=[foreign], folds=2)


def test_a_study_is_plain_json(study: Study) -> None:
    assert json.loads(json.dumps(asdict(study)))["rows"] == 60


def test_the_page_has_a_row_for_each_system(study: Study) -> None:
    told = page(study)
    assert [row.name for row in study.systems if f"\n| {row.name} | " not in told] == []


def test_the_page_names_the_data_by_their_digest(study: Study, small_dataset: Dataset) -> None:
    assert small_dataset.digest() in page(study)


def test_the_rows_of_each_table_have_as_many_cells(study: Study) -> None:
    for table in page(study).split("\n\n"):
        lines = [line for line in table.splitlines() if line.startswith("|")]
        assert len({line.replace("\\|", "").count("|") for line in lines}) <= 1, lines


def test_a_card_shows_no_more_than_the_worst_folds(study: Study) -> None:
    fold = study.partings[0].folds[0]
    folds = [replace(fold, fewest=10, name=f"fold {i}") for i in range(9)]
    shown = sections(replace(study, partings=[replace(study.partings[0], folds=folds)]))
    assert sum(line.startswith("| fold ") for line in shown) == 5


def test_folds_with_few_texts_of_a_label_are_not_ranked(study: Study) -> None:
    fold = replace(study.partings[0].folds[0], fewest=9)
    shown = sections(replace(study, partings=[replace(study.partings[0], folds=[fold])]))
    assert not [line for line in shown if line.startswith(f"| {fold.name} ")]
