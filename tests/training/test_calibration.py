"""Temperature scaling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.linear_model import LogisticRegression

from stance.scorer import softmax
from training.calibration import fold_in, temperature
from training.recipe import Recipe

LOGITS = arrays.arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(2, 4)), elements=st.floats(-20, 20))


@given(LOGITS, st.data())
def test_a_temperature_keeps_every_label(logits: np.ndarray, data: st.DataObject) -> None:
    gold = data.draw(st.lists(st.integers(0, logits.shape[1] - 1), min_size=len(logits), max_size=len(logits)))
    scaled = logits / temperature(logits, gold)
    assert (scaled.argmax(axis=1) == logits.argmax(axis=1)).all()


@pytest.mark.parametrize("known", [0.4, 1.0, 2.5, 8.0])
@pytest.mark.parametrize("labels", [2, 3, 5])
def test_a_known_temperature_is_recovered(known: float, labels: int) -> None:
    rng = np.random.default_rng(labels)
    honest = rng.normal(scale=2.0, size=(20_000, labels))
    gold = (softmax(honest).cumsum(axis=1) < rng.random((20_000, 1))).sum(axis=1)
    assert temperature(honest * known, gold.tolist()) == pytest.approx(known, rel=0.05)


@given(LOGITS, st.data())
def test_no_temperature_nearby_fits_better(logits: np.ndarray, data: st.DataObject) -> None:
    gold = data.draw(st.lists(st.integers(0, logits.shape[1] - 1), min_size=len(logits), max_size=len(logits)))

    def loss(t: float) -> float:
        return float(-np.log(np.maximum(softmax(logits / t)[np.arange(len(gold)), gold], 1e-300)).mean())

    found = temperature(logits, gold)
    nearby = [t for t in (found * 0.9, found * 1.1) if np.exp(-3) <= t <= np.exp(3)]
    assert all(loss(found) <= loss(t) + 1e-9 for t in nearby)


def _fitted(labels: int) -> tuple[LogisticRegression, np.ndarray]:
    rng = np.random.default_rng(labels)
    rows = rng.normal(size=(60, 4))
    return Recipe().classifier().fit(rows, rng.permutation(np.arange(60) % labels)), rows


@pytest.mark.parametrize("labels", [2, 3, 5])
@pytest.mark.parametrize("t", [0.3, 1.0, 4.0])
def test_folding_a_temperature_in_divides_the_logits_by_it(labels: int, t: float) -> None:
    classifier, rows = _fitted(labels)
    expected = classifier.decision_function(rows) / t
    fold_in(classifier, t)
    np.testing.assert_allclose(classifier.decision_function(rows), expected, rtol=1e-12, atol=1e-12)


def test_folding_a_temperature_in_gives_the_softmax_of_the_divided_logits() -> None:
    classifier, rows = _fitted(3)
    expected = softmax(classifier.decision_function(rows) / 2.5)
    fold_in(classifier, 2.5)
    np.testing.assert_allclose(classifier.predict_proba(rows), expected, rtol=1e-12, atol=1e-12)


def test_folding_a_temperature_in_keeps_every_label() -> None:
    classifier, rows = _fitted(3)
    expected = classifier.predict(rows).tolist()
    fold_in(classifier, 7.0)
    assert classifier.predict(rows).tolist() == expected
