"""Names and lengths, and nothing else of a text."""

from __future__ import annotations

import pytest
from hypothesis import given

from stance.fold import fold
from tests.texts import any_text
from training.surface import Surface


def _names(text: str) -> list[str]:
    return [feature for feature in Surface()(text) if not feature.endswith((" words", " characters"))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Envoys met in Doha on Monday.", ["Doha", "Monday"]),
        ("They left. Envoys met in Doha.", ["Doha"]),
        ('Then he said: "Nobody in Doha agreed."', ["Doha"]),
        ("I think that I'm late, and I'd rather go.", []),
        ("Truce Holds in Doha", []),
        ("TALKS FAIL", []),
        ("nothing of the kind", []),
        ("", []),
    ],
)
def test_names_are_capitalised_words_inside_a_sentence(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    ("words", "step"), [(0, "0 words"), (4, "0 words"), (5, "5 words"), (9, "5 words"), (10, "10 words")]
)
def test_length_is_told_in_steps(words: int, step: str) -> None:
    assert step in Surface()("word " * words)


@given(any_text())
def test_a_text_without_capitals_shows_two_features_only(text: str) -> None:
    assert len(Surface()(fold(text).lower())) == 2
