"""Characters as the running Python knows them, packed for the compiled scorer."""

from __future__ import annotations

from array import array

from stance.fold import fold

_PAGE = 256
_WORD, _SPACE, _DIGIT, _ALPHA = 1 << 21, 1 << 22, 1 << 23, 1 << 24


def page(number: int) -> bytes:
    r"""Return 256 code points from `256 * number` on, as uint32: for each its folded form and the classes of that form.

    The classes are `\w`, `\s` and `\d` of regular expressions, and `str.isalpha`.
    """
    start = _PAGE * number
    return array("I", (_packed(fold(chr(point))) for point in range(start, start + _PAGE))).tobytes()


def _packed(character: str) -> int:
    classes = (
        (_WORD, character.isalnum() or character == "_"),
        (_SPACE, character.isspace()),
        (_DIGIT, character.isdecimal()),
        (_ALPHA, character.isalpha()),
    )
    return ord(character) + sum(bit for bit, member in classes if member)
