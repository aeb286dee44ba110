"""A stretch of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text` is what stands from `start` to `end` (exclusive), in code points, in the text it was taken from."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Span:
        """Cut the span out of its source."""
        return cls(source[start:end], start, end)
