"""Quotations: which marks open one and which close one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPENING = frozenset({"``", *"\u201c\u201e\u00ab\u2018"})
_CLOSING = frozenset("\u201d\u00bb\u2019")
_APOSTROPHES = frozenset("'\u2019")
_BEFORE = " \t\r\n\xa0([-\u2013\u2014:\u201c\u2018\"'"
_SIBILANTS = "sSzx"


def settle_quotations(text: str, parts: list[str], tokens: Sequence[re.Match[str]]) -> None:
    """Make each quotation mark (") among the parts Q, opening, or Z, closing, or an apostrophe.

    `tokens` says where each of them stands in the text.
    """
    for i, part in enumerate(parts):
        if part == '"':
            start, end = tokens[i].span()
            before, after = text[start - 1 : start] if start else "", text[end : end + 1]
            parts[i] = _part(text[start:end], before, after)


def _part(mark: str, before: str, after: str) -> str:
    if mark in _OPENING:
        opens = bool(after.strip()) or not before
    else:
        opens = mark not in _CLOSING and not before.strip(_BEFORE) and bool(after.strip())
    if opens:
        return "Q"
    return "'" if mark in _APOSTROPHES and before.isalpha() and (before in _SIBILANTS or after.isalpha()) else "Z"
