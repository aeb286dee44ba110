"""Characters packed for the compiled scorer: folded, with the classes that Python gives them."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest

from stance.fold import fold
from stance.native.characters import page

_POINT = (1 << 21) - 1


@pytest.fixture(scope="module")
def every_character() -> str:
    return "".join(map(chr, range(sys.maxunicode + 1)))


@pytest.fixture(scope="module")
def packed() -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """All characters, packed."""
    return np.frombuffer(b"".join(map(page, range((sys.maxunicode + 1) // 256))), dtype=np.uint32)


def test_every_character_is_folded_as_in_python(
    every_character: str, packed: np.ndarray[tuple[int], np.dtype[np.uint32]]
) -> None:
    points = np.frombuffer(fold(every_character).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    assert np.array_equal(packed & _POINT, points)


@pytest.mark.parametrize(("pattern", "bit"), [(r"\w", 21), (r"\s", 22), (r"\d", 23)])
def test_every_character_is_classed_as_by_regular_expressions(
    every_character: str, packed: np.ndarray[tuple[int], np.dtype[np.uint32]], pattern: str, bit: int
) -> None:
    members = {match.start() for match in re.finditer(pattern, fold(every_character))}
    assert set(np.flatnonzero(packed >> bit & 1).tolist()) == members


def test_every_character_that_is_a_letter_is_marked(
    every_character: str, packed: np.ndarray[tuple[int], np.dtype[np.uint32]]
) -> None:
    letters = [character.isalpha() for character in fold(every_character)]
    assert np.array_equal(packed >> 24 & 1, letters)
