"""Marks in a sentence: {1|the envoy} <1|said>."""

from __future__ import annotations

import re

_MARK = re.compile(r"[{<](\d)\|([^}>]*)[}>]")

Marked = tuple[str, list[tuple[str, int, str, int]]]
"""A sentence, and of each attribution in it the holder and where it begins, the cue and where it begins."""


def parse(marked: str) -> Marked:
    """Take the marks out of a sentence."""
    text = ""
    last = 0
    holders: dict[str, tuple[str, int]] = {}
    found: dict[str, tuple[str, int]] = {}
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        (holders if match[0][0] == "{" else found)[match[1]] = (match[2], len(text))
        text += match[2]
        last = match.end()
    return text + marked[last:], [(*holders[rank], *found[rank]) for rank in sorted(holders)]
