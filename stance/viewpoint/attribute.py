"""Attributing: from a sentence to whose viewpoints it reports."""

from __future__ import annotations

from collections.abc import Sequence

from stance.errors import TextTypeError
from stance.span import Span
from stance.viewpoint.attribution import Attribution
from stance.viewpoint.candidate import Candidate
from stance.viewpoint.candidates import candidates
from stance.viewpoint.features import IN_QUOTATION, features
from stance.viewpoint.syntax import Syntax
from stance.viewpoint.weights import Weights, weights
from stance.viewpoint.words import read

_CLAUSAL = frozenset({"that", "clause"})
_ASSERTING = frozenset({"that", "clause", "wh", "object", "prep", "to"})

OWN = Attribution(None, Span("", 0, 0), "own")
"""What a sentence has that reports nobody's view but its writer's."""


def attribute(sentence: str) -> tuple[Attribution, ...]:
    """Say whose viewpoint a sentence reports, the main one first; `OWN` alone if nobody's but the writer's.

    Candidates are found by cues and noun phrases (`candidates`) and believed or not by a logistic regression
    (`weights`). No two holders overlap.

    Raises:
        TextTypeError: `sentence` is not a string.
    """
    if not isinstance(sentence, str):
        raise TextTypeError(f"sentence is a {type(sentence).__name__}; a string is needed")
    words = read(sentence)
    syntax = Syntax(words)
    found = candidates(syntax)
    kept = believed(found, features(syntax, found), weights())
    if not kept:
        return (OWN,)
    return tuple(Attribution(words.span(*item.holder), words.span(*item.cue), item.kind) for item in kept)


def believed(found: Sequence[Candidate], named: Sequence[Sequence[str]], fitted: Weights) -> list[Candidate]:
    """Return the candidates that are believed by their features, the most probable first; no two holders overlap.

    Who speaks inside a quotation is left out if its speaker is known: the words there are the speaker's own.
    """
    ranked = sorted(
        (
            (fitted.probability(names), candidate, IN_QUOTATION in names)
            for candidate, names in zip(found, named, strict=True)
        ),
        key=lambda item: (item[2], -item[0], item[1].cue),
    )
    taken: set[int] = set()
    kept: list[Candidate] = []
    spoken = False
    for probability, candidate, inside in ranked:
        if probability < (fitted.further if kept else fitted.threshold) or (inside and spoken):
            continue
        holder = range(*candidate.holder)
        if taken.isdisjoint(holder):
            taken.update(holder)
            kept.append(candidate)
            spoken = spoken or not inside
    return _innermost_first(kept) if len(kept) > 1 else kept


def _innermost_first(kept: list[Candidate]) -> list[Candidate]:
    """Put one who only tells what another says behind the other: "aides said the marshal had dismissed it"."""
    asserting = {item.holder[0] for item in kept if item.frame in _ASSERTING}
    tellers = {
        item for item in kept if item.frame in _CLAUSAL and not asserting.isdisjoint((item.cue[1], item.cue[1] + 1))
    }
    return sorted(kept, key=lambda item: item in tellers)
