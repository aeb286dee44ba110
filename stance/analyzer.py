"""What an analyser is: from a text to its features, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

Occurrence = tuple[str, int, int]
"""A feature and the code points, start and end (exclusive), that it was read from."""


class Analyzer(Protocol):
    """Reads features off a text. A feature never contains a newline.

    An analyser is a callable that scikit-learn's `TfidfVectorizer(analyzer=…)` accepts; the stored pipeline refers
    to it by import path, and the scorer runs the same code, so that the two cannot read a text differently.
    """

    @property
    def name(self) -> str: ...

    def __call__(self, text: str) -> list[str]:
        """Return the features of `text` in order, repeated as often as they occur."""
        ...

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        """Yield the same features in the same order, each with its place."""
        ...

    def parameters(self) -> Mapping[str, object]:
        """Return, in plain JSON values, what `analyzers.analyzer_from` needs to make this analyser again."""
        ...
