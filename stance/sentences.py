"""Sentence splitting with offsets into the original text.

nupunkt (Bommarito et al. 2025, arXiv:2504.04131) finds the sentences of running prose. What it does not know is
layout, so the text is first cut into blocks: headlines, bylines, bullet points and timestamps stand on lines of their
own, while lines that an editor or mail program wrapped at a fixed width belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import nupunkt

from stance.span import Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_NARROWEST_WRAP = 40
# Ranks that stand before a name; nupunkt's legal model lacks them.
_RANKS = ["lt", "col", "sgt", "capt", "cpl", "maj", "cmdr", "adm", "brig", "pvt", "amb", "gov", "sen", "rep", "hon"]


def split(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them.

    Nothing but white space is left out, and no two sentences overlap.
    """
    tokenizer = _tokenizer()
    sentences = []
    for block_start, block_end in _blocks(text):
        for start, end in tokenizer.spans(text[block_start:block_end]):
            trimmed = _trim(text, block_start + start, block_start + end)
            if trimmed.text:
                sentences.append(trimmed)
    return sentences


@cache
def _tokenizer() -> nupunkt.PunktSentenceTokenizer:
    tokenizer = nupunkt.load_default_model()
    tokenizer.add_abbreviations(_RANKS)
    return tokenizer


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    paragraph: list[tuple[int, int]] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        line = _trim(text, *match.span())
        if not line.text:
            continue
        if paragraph and _blank_line_between(text[previous_end : line.start]):
            yield from _join(text, paragraph)
            paragraph = []
        paragraph.append((line.start, line.end))
        previous_end = line.end
    yield from _join(text, paragraph)


def _blank_line_between(gap: str) -> bool:
    return len(gap.replace("\r\n", "\n").strip(" \t").splitlines()) > 1


def _join(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(lines) > 1 and _is_wrapped(text, lines):
        yield lines[0][0], lines[-1][1]
    else:
        yield from lines


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether no line had room for the first word of the next: what wrapping at a width leaves behind."""
    width = max(end - start for start, end in lines)
    if width < _NARROWEST_WRAP:
        return False
    return all(
        end - start + 1 + len(text[next_start:next_end].split(maxsplit=1)[0]) > width
        for (start, end), (next_start, next_end) in pairwise(lines)
    )


def _trim(text: str, start: int, end: int) -> Span:
    inner = text[start:end].strip()
    start += text[start:end].find(inner)
    return Span(inner, start, start + len(inner))
