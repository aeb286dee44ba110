"""Quotations that run over several sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_OPENING, _CLOSING = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_LONGEST = 20
"""Sentences after which a quotation mark that nobody closed is taken for a slip of the pen."""


def quotations(sentences: Sequence[str]) -> Iterator[range]:
    """Yield the runs of two or more sentences that one quotation spans, by their numbers.

    A quotation is opened by a double mark and closed by one. A paragraph inside it may open it anew, as newspapers do.
    """
    opened: int | None = None
    for i, sentence in enumerate(sentences):
        if opened is not None and i - opened >= _LONGEST:
            opened = None
        for place, character in enumerate(sentence):
            if character not in {'"', _OPENING, _CLOSING}:
                continue
            if _opens(sentence, place, inside=opened is not None):
                opened = i if opened is None else opened
            elif opened is not None:
                if opened < i:
                    yield range(opened, i + 1)
                opened = None


def _opens(sentence: str, place: int, *, inside: bool) -> bool:
    if sentence[place] != '"':
        return sentence[place] == _OPENING
    if place == 0:  # white space after it: the splitter cut before the mark that closes
        return not inside or bool(sentence[1:2].strip())
    return not inside and not sentence[place - 1].isalnum()


def is_quoted(sentence: str) -> bool:
    """Tell whether a sentence is one quotation and nothing else."""
    inner = sentence.strip()
    marks = {'"', _OPENING, _CLOSING}
    return len(inner) > 2 and inner[0] in marks and inner[-1] in marks and not marks & set(inner[1:-1])  # noqa: PLR2004 - the two marks themselves
