"""An attribution: whose viewpoint a stretch of text reports, and by which words."""

from __future__ import annotations

from dataclasses import dataclass

from stance.span import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """`holder` is whose viewpoint it is, None for the writer's own; `cue` the words that attribute it.

    `kind` says how: quoted, reported, according-to, belief, attitude, wish, intention, demand, agreement, or own
    (the writer's voice: its cue is empty and stands at the beginning).
    """

    holder: Span | None
    cue: Span
    kind: str
