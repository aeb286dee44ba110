"""Evidence: the n-grams of a text with their places and their part in each logit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from stance.prediction import Evidence, Explanation, Prediction
from stance.scorer import Channel, Scorer, softmax
from stance.span import Span


def explain(scorer: Scorer, text: str) -> Explanation:
    """Take the scorer's answer for `text` apart, feature by feature."""
    evidence = [item for channel in scorer.channels for item in _channel_evidence(scorer, channel, text)]
    logits = scorer.logits(text)
    probabilities = dict(zip(scorer.labels, softmax(logits).tolist(), strict=True))
    label = scorer.labels[int(np.argmax(logits))]
    evidence.sort(key=lambda item: -abs(item.contributions[label]))
    return Explanation(
        Prediction(label, probabilities),
        dict(zip(scorer.labels, scorer.intercept.tolist(), strict=True)),
        dict(zip(scorer.labels, logits.tolist(), strict=True)),
        tuple(evidence),
    )


def _channel_evidence(scorer: Scorer, channel: Channel, text: str) -> Iterator[Evidence]:
    places: dict[str, list[Span]] = defaultdict(list)
    for feature, start, end in channel.analyzer.occurrences(text):
        places[feature].append(Span.of(text, start, end))
    counts = {feature: len(spans) for feature, spans in places.items()}
    known, _, contributions = channel.weights(counts)
    for feature, row in zip(known, contributions.tolist(), strict=True):
        yield Evidence(
            feature, channel.analyzer.name, tuple(places[feature]), dict(zip(scorer.labels, row, strict=True))
        )
