"""Temperature scaling: one number that makes probabilities honest and changes no label (Guo et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float64]
_RANGE = (-3.0, 3.0)  # of ln T: a twentieth to twenty


def temperature(logits: Floats, gold: Sequence[int]) -> float:
    """Return the temperature T that minimises the negative log-likelihood of `logits / T`.

    `logits` has shape (examples, labels) and comes from models that did not see the example; `gold` are label indices.
    """
    rows = np.arange(len(logits))

    def loss(log_t: float) -> float:
        scaled = logits / np.exp(log_t)
        return float(np.mean(logsumexp(scaled, axis=1) - scaled[rows, gold]))

    found = minimize_scalar(loss, bounds=_RANGE, method="bounded", options={"xatol": 1e-6})
    return float(np.exp(found.x))


def fold_in(classifier: LogisticRegression, t: float) -> None:
    """Divide the coefficients and the intercept by `t`: the model stays linear and carries its calibration."""
    classifier.coef_ = classifier.coef_ / t
    classifier.intercept_ = classifier.intercept_ / t
