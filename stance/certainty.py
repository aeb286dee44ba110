"""Certainty: when an answer can be relied on, and what may be wrong with a text.

A linear model answers whatever it is asked. Two figures that were chosen when it was fitted say when to believe it: the
least probability from which on its answers are right often enough (a reject option on the risk-coverage curve, Geifman
& El-Yaniv 2017), and the share of known words at or below which a text is foreign to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Flag = Literal["off-topic", "unfamiliar"]
"""`off-topic`: no word for a ceasefire, a peace deal or talks was found. `unfamiliar`: not English, or hardly any words
that the model knows."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """What a model can vouch for.

    An answer whose highest probability reaches `threshold` is certain; with `None` no answer is. A text whose known
    share is at most `known_share` is unfamiliar; with `None`, for models that do not read single words, no text is.
    """

    threshold: float | None
    known_share: float | None

    def __post_init__(self) -> None:
        for name, value in (("threshold", self.threshold), ("known_share", self.known_share)):
            if value is not None and not 0.0 <= value <= 1.0:
                raise ValueError(f"{name} is {value}; a number from 0 to 1 is needed")

    def flags(self, words: int, known: int, topical: bool) -> tuple[Flag, ...]:  # noqa: FBT001 - called for each text: keywords cost
        """Return what may be wrong with a text of so many `words`, so many of them `known`."""
        if self.known_share is None or known_share(words, known) > self.known_share:
            return () if topical else ("off-topic",)
        return ("unfamiliar",) if topical else ("off-topic", "unfamiliar")

    def certain(self, probability: float, flags: tuple[Flag, ...]) -> bool:
        """Tell whether an answer of this highest `probability` can be relied on."""
        return self.threshold is not None and probability >= self.threshold and "unfamiliar" not in flags


def known_share(words: int, known: int) -> float:
    """Return the share, 0 to 1, of a text's words that are known.

    One unknown word is forgiven where another is known: in "Haddad agreed" one word of two is a name. A text without
    words, or without a known one, has the share 0.
    """
    return known / max(known, words - 1, 1)
