"""Templates read every concept feature back, whatever the lexicon calls its concepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.concepts import Concepts
from stance.lexicon import Lexicon
from stance.native import compiled
from stance.native.templates import TEMPLATES, Slot, fixed_slots, readings
from tests.examples import EXAMPLES, LEXICON
from tests.texts import HOSTILE, any_text

_ANALYZER = Concepts(Lexicon.parse(LEXICON))
_NAMES = {mark + concept.name for concept in _ANALYZER.lexicon.concepts for mark in ("", "?", "~")}


def _slots() -> dict[str, Slot]:
    """Slots that take any concept of the lexicon, and any text that `repr` may have written."""
    return {
        **fixed_slots(),
        "name": lambda text: 1 if text in _NAMES else None,
        "unit": lambda text: 1 if text[:1] == text[-1:] and text[:1] in {"'", '"'} else None,
    }


def test_the_compiled_scorer_has_as_many_templates() -> None:
    assert len(TEMPLATES) == compiled.TEMPLATES


@pytest.mark.parametrize("text", [*HOSTILE.values(), *(text for texts in EXAMPLES.values() for text in texts)])
def test_every_feature_of_a_text_has_a_template(text: str) -> None:
    assert all(list(readings(feature, _slots())) for feature in _ANALYZER(text))


@given(text=any_text())
def test_every_feature_of_any_text_has_a_template(text: str) -> None:
    assert all(list(readings(feature, _slots())) for feature in _ANALYZER(text))


@pytest.mark.parametrize("feature", ["", "TRUCES", "TRUCE →  TALKS", "sign *", "length 6", "balance +4", "on topic "])
def test_what_no_text_can_give_has_no_template(feature: str) -> None:
    assert not list(readings(feature, _slots()))


def test_a_feature_that_can_be_read_in_two_ways_is_read_in_both() -> None:
    slots: dict[str, Slot] = {**_slots(), "name": {"A": 0, "A → B": 1, "B": 2, "B → B": 3}.get}
    assert {(left, right) for _, left, right in readings("A → B → B", slots)} == {(1, 2), (0, 3)}


@given(text=st.text(max_size=30))
def test_any_text_at_all_can_be_asked_for_its_template(text: str) -> None:
    list(readings(text, _slots()))
