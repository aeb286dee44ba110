"""Recipes and the grid of them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stance.lexicon import Lexicon
from training.recipe import Recipe, grid

LEXICON = Lexicon.parse("[CALM]\nsign = 1\nentries = 'calm, lull^'\n")


@pytest.mark.parametrize("texts", [10, 10_000])
def test_the_recipes_of_a_path_differ_in_c_alone(texts: int) -> None:
    for path in grid(texts):
        assert {replace(recipe, c=1.0) for recipe in path} == {replace(path[0], c=1.0)}


@pytest.mark.parametrize("texts", [10, 10_000])
def test_the_recipes_of_a_path_stand_in_ascending_order_of_c(texts: int) -> None:
    for path in grid(texts):
        strengths = [recipe.c for recipe in path]
        assert strengths == sorted(set(strengths))


def test_no_recipe_stands_in_the_grid_twice() -> None:
    recipes = [recipe for path in grid(10, LEXICON) for recipe in path]
    assert len(set(recipes)) == len(recipes)


@pytest.mark.parametrize(("texts", "fewest"), [(999, 1), (1000, 2)])
def test_from_a_thousand_texts_on_an_ngram_of_one_text_is_left_out(texts: int, fewest: int) -> None:
    assert {channel.min_df for path in grid(texts) for recipe in path for channel in recipe.channels} == {fewest}


@pytest.mark.parametrize("lexicon", [None, LEXICON], ids=["n-grams", "n-grams and concepts"])
def test_labels_weigh_alike_in_every_recipe_of_the_grid(lexicon: Lexicon | None) -> None:
    assert {recipe.class_weight for path in grid(10, lexicon) for recipe in path} == {"balanced"}


def test_a_lexicon_adds_one_channel() -> None:
    assert len(grid(10, LEXICON)[0][0].channels) == len(grid(10)[0][0].channels) + 1


def test_a_recipe_describes_itself_in_plain_json() -> None:
    recipe = grid(10, LEXICON)[0][0]
    assert json.loads(json.dumps(recipe.describe())) == recipe.describe()


def test_two_recipes_of_one_grid_never_describe_themselves_alike() -> None:
    described = [json.dumps(recipe.describe()) for path in grid(10) for recipe in path]
    assert len(set(described)) == len(described)


def test_the_pipeline_has_a_vectoriser_for_each_channel() -> None:
    recipe = grid(10, LEXICON)[0][0]
    names = [name for name, _ in recipe.pipeline()["features"].transformer_list]
    assert names == [channel.analyzer.name for channel in recipe.channels]


def test_the_pipeline_weighs_its_channels_as_the_recipe_says() -> None:
    heavy = replace(Recipe(), channels=tuple(replace(channel, weight=3.5) for channel in Recipe().channels))
    assert set(heavy.pipeline()["features"].transformer_weights.values()) == {3.5}


def test_the_classifier_is_as_strong_as_the_recipe_says() -> None:
    assert Recipe(c=7.0, class_weight="balanced").classifier().get_params().items() >= {
        ("C", 7.0),
        ("class_weight", "balanced"),
    }
