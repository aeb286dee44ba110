"""A candidate: a holder and a cue that may make an attribution."""

from __future__ import annotations

from dataclasses import dataclass

from stance.viewpoint.syntax import Stretch


@dataclass(frozen=True, slots=True)
class Candidate:
    """`holder` and `cue` in tokens, the `kind` that it would be, and the `frame` in which the cue stands.

    The frame is what follows a verb (that, clause, quote, end, to, object …) or how the cue is built otherwise: by,
    inverted, aside, adjective, noun, light, source, colon.
    """

    holder: Stretch
    cue: Stretch
    kind: str
    frame: str
