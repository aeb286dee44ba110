"""Texts that a careless reader of text would trip over."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache

from hypothesis import strategies as st

HOSTILE: dict[str, str] = {
    "empty": "",
    "blank": " \t\r\n\N{NO-BREAK SPACE}\N{LINE SEPARATOR}\x1c\x85",
    "one letter": "a",
    "one space": " ",
    "no letters": "12:30 -- 3,5 % !?",
    "punctuation": "...!?\N{HORIZONTAL ELLIPSIS}''\N{RIGHT SINGLE QUOTATION MARK}-",
    "lone surrogates": "truce \ud800 and \udc00\udfff end",
    "final sigma": "ΟΔΟΣ ΣΑΣ. ΤΕΛΟΣ",
    "dotted I": "İSTANBUL İ I\N{LATIN SMALL LETTER DOTLESS I} i\N{COMBINING DOT ABOVE}",
    "emoji": "\N{WHITE FLAG}\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}\N{RAINBOW} \U0001f1fa\U0001f1f3",
    "NUL": "tru\0ce\0 holds\0",
    "apostrophes": "won\N{RIGHT SINGLE QUOTATION MARK}t won't won\N{MODIFIER LETTER APOSTROPHE}t 'tis o'",
    "right to left": "הפסקת אש וקף إطلاق النار",
    "combining": "e\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}" * 5,
    "one long word": "a" * 5_000,
    "a hundred thousand characters": "We say yes, they say no... " * 3_704,
}


@cache
def every_category() -> str:
    """Return three characters of each Unicode category, among spaces."""
    found: dict[str, list[str]] = {}
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        members = found.setdefault(unicodedata.category(character), [])
        if len(members) < 3:
            members.append(character)
    return " ".join("".join(members) + "x" for members in found.values())


_WORDS = st.sampled_from(
    ["truce", "TRUCE", "won\N{RIGHT SINGLE QUOTATION MARK}t", "not", "collapsed", "hope", ".", "…"]
)


def any_text(max_size: int = 200) -> st.SearchStrategy[str]:
    """Texts of any code points at all, lone surrogates among them, and texts with words that a model knows."""
    anything = st.text(st.characters(exclude_categories=()), max_size=max_size)
    return anything | st.lists(_WORDS | anything, max_size=10).map(" ".join)
