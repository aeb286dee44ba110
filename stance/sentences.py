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
_BULLET = re.compile(r"[-*\N{BULLET}\N{EN DASH}\N{EM DASH}]\s|(?:\d{1,2}|[A-Za-z])[.)]\s")
_NARROWEST_WRAP = 40
# Abbreviations in statutes, words in news: "refused to bow to the West."
_ENDING = ("west", "south", "cent")
# What ends in a full stop and ends no sentence: ranks and saints before a name, and the numbers of a list. nupunkt
# knows most titles, but not these.
_UNENDED = re.compile(
    r"(?:\b(?:Lt|Col|Sgt|Capt|Cpl|Maj|Cmdr|Adm|Brig|Pvt|Amb|Gov|Sen|Rep|Hon|St)|^\s*(?:\d{1,2}|[A-Za-z]))\.\s*$"
)


def split(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them.

    Nothing but white space is left out, and no two sentences overlap.
    """
    return [
        sentence
        for block_start, block_end in _blocks(text)
        for start, end in _sentence_spans(text[block_start:block_end])
        if (sentence := _trim(text, block_start + start, block_start + end)).text
    ]


@cache
def _tokenizer() -> nupunkt.PunktSentenceTokenizer:
    tokenizer = nupunkt.load_default_model()
    for word in _ENDING:
        tokenizer.remove_abbreviation(word)
    return tokenizer


def _sentence_spans(block: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in _tokenizer().spans(block):
        if spans and _UNENDED.search(block[spans[-1][0] : spans[-1][1]]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


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
    """Yield the blocks of a paragraph: each point of a list, each wrapped run of lines, each line that stands alone."""
    width = max((end - start for start, end in lines), default=0)
    items: list[list[tuple[int, int]]] = []
    for line in lines:
        if items and not _BULLET.match(text, line[0]):
            items[-1].append(line)
        else:
            items.append([line])
    for item in items:
        if len(item) > 1 and _is_wrapped(text, item, width):
            yield item[0][0], item[-1][1]
        else:
            yield from item


def _is_wrapped(text: str, lines: list[tuple[int, int]], width: int) -> bool:
    """Tell whether the lines are prose that was wrapped at a width, or the point of a list that was.

    Then some line begins in the middle of a sentence, and no line of prose has room for the first word of the next.
    Headlines and bylines are not so.
    """
    if width < _NARROWEST_WRAP or not any(text[start].islower() for start, _ in lines[1:]):
        return False
    return bool(_BULLET.match(text, lines[0][0])) or all(
        end - start + 1 + len(text[next_start:next_end].split(maxsplit=1)[0]) > width
        for (start, end), (next_start, next_end) in pairwise(lines)
    )


def _trim(text: str, start: int, end: int) -> Span:
    inner = text[start:end].strip()
    start += text[start:end].find(inner)
    return Span(inner, start, start + len(inner))
