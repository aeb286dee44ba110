"""Folding: lower case without moving a single offset."""

from __future__ import annotations

# str.lower() maps every code point alone and to one code point, but for two. "İ" becomes two; "Σ" depends on what
# follows it. Mapping them here first makes the fold context-free and length-preserving, so that an offset into the
# folded text is an offset into the original. Typographic apostrophes are one character with the plain one.
_FIRST = str.maketrans(
    {
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}": "i",
        "\N{GREEK CAPITAL LETTER SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
    }
)


def fold(text: str) -> str:
    """Lower-case `text`, of any content and length, code point by code point; the result is as long as the text."""
    if text.isascii():
        return text.lower()
    return text.translate(_FIRST).lower()
