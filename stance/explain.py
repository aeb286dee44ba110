"""Evidence: the n-grams of a text with their places and their part in each logit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from stance.prediction import Evidence, Explanation, Prediction
from stance.scorer import Channel, TextScorer
from stance.span import Span


def explain(scorer: TextScorer, text: str, prediction: Prediction) -> Explanation:
    """Take the answer for `text`, which is `prediction`, apart, feature by feature."""
    evidence = [item for channel in scorer.channels for item in _channel_evidence(scorer, channel, text)]
    logits = scorer.logits(text)
    evidence.sort(key=lambda item: -abs(item.contributions[prediction.label]))
    return Explanation(
        prediction,
        dict(zip(scorer.labels, scorer.intercept.tolist(), strict=True)),
        dict(zip(scorer.labels, logits.tolist(), strict=True)),
        tuple(evidence),
    )


def _channel_evidence(scorer: TextScorer, channel: Channel, text: str) -> Iterator[Evidence]:
    places: dict[str, list[Span]] = defaultdict(list)
    for feature, start, end in channel.analyzer.occurrences(text):
        places[feature].append(Span.of(text, start, end))
    counts = {feature: len(spans) for feature, spans in places.items()}
    known, _, contributions = channel.weights(counts)
    for feature, row in zip(known, contributions.tolist(), strict=True):
        yield Evidence(
            feature, channel.analyzer.name, tuple(places[feature]), dict(zip(scorer.labels, row, strict=True))
        )
