"""Choosing when a model is certain: on predictions for texts that it had not seen, and on the words of its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

from stance.certainty import Certainty, known_share
from stance.ngrams import WordNgrams, is_word
from stance.scorer import Scores
from training.names import proper_names
from training.recipe import Recipe

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

# Text from elsewhere costs three to four points of accuracy (docs/experiments.md), so that at 0.06 in cross-validation
# nine in ten of the certain answers are still right there.
TARGET_RISK = 0.06
CONFIDENCE = 0.95
# The strangest hundredth of the texts sets the measure. Other languages stay below two thirds of its share, English on
# other subjects hardly ever does (docs/experiments.md).
_STRANGE = 0.01
_OF_STRANGE = 2 / 3


def choose_certainty(
    recipe: Recipe, texts: Sequence[str], gold: Ints, probabilities: Floats
) -> tuple[Certainty, Bools]:
    """Return what a model fitted by `recipe` on `texts` can vouch for, and which out-of-fold answers are certain by it.

    `probabilities` (texts, labels) come from models that did not see the text; `gold` (texts,) are label indices.
    """
    confidence = probabilities.max(axis=1)
    threshold = confident_threshold(confidence, probabilities.argmax(axis=1) != gold)
    shares = unseen_shares(recipe, texts)
    certain = confidence >= (np.inf if threshold is None else threshold)
    if shares is None:
        return Certainty(threshold, None), certain
    strange = _OF_STRANGE * float(np.quantile(shares, _STRANGE))
    return Certainty(threshold, strange), certain & (shares > strange)


def confident_threshold(confidence: Floats, wrong: Bools, risk: float = TARGET_RISK) -> float | None:
    """Return the least confidence such that at most a share `risk` of the answers that reach it are wrong, or `None`.

    As in Geifman & El-Yaniv 2017 the share is not the one observed but its upper 95% bound (Clopper & Pearson 1934, one
    side), so that a few lucky answers prove nothing; 49 faultless ones are the fewest that do.
    """
    order = np.argsort(-confidence, kind="stable")
    answers = np.arange(1, len(order) + 1)
    errors = np.cumsum(wrong[order])
    bound = np.where(errors < answers, beta.ppf(CONFIDENCE, errors + 1, np.maximum(answers - errors, 1)), 1.0)
    # Of answers that are equally confident all are certain or none.
    last = np.append(np.diff(confidence[order]) != 0, [True])
    reached = np.flatnonzero(last & (bound <= risk))
    return float(confidence[order][reached[-1]]) if len(reached) else None


def unseen_shares(recipe: Recipe, texts: Sequence[str]) -> Floats | None:
    """Return the share of each text's words that a model fitted on the other texts knows (texts,).

    `None` if no channel reads single words.
    """
    for channel in recipe.channels:
        if isinstance(channel.analyzer, WordNgrams) and channel.analyzer.low == 1:
            words = [[word for word in channel.analyzer(text) if is_word(word)] for text in texts]
            frequency = Counter(word for one in words for word in set(one))
            if not channel.names:
                for name in proper_names(texts):
                    del frequency[name]
            return np.array(
                [known_share(len(one), sum(frequency[word] > channel.min_df for word in one)) for one in words]
            )
    return None


def certain_answers(certainty: Certainty, scores: Scores) -> Bools:
    """Return which of the answers are certain (texts,)."""
    rows = zip(scores.probabilities.max(axis=1), scores.words, scores.known, scores.topical, strict=True)
    return np.array(
        [
            certainty.certain(
                float(highest), certainty.flags(words=int(words), known=int(known), topical=bool(topical))
            )
            for highest, words, known, topical in rows
        ],
        dtype=np.bool_,
    )
