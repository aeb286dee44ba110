"""Syntax: what is known of a sentence's grammar: its words, their parts and its noun phrases."""

from __future__ import annotations

import re
from functools import cached_property

from stance.viewpoint.words import Words

Stretch = tuple[int, int]
"""Tokens: the first, and the one after the last."""

# What may stand between a determiner and its noun; bounded, so that hostile texts are read in linear time.
_INNER = r"(?:[aq#]|r(?=[aen])|[ey](?=[anNe#m])|g(?=[nN])|-(?=[anN])){0,6}"
_PHRASE = re.compile(
    rf"(?:[dq]q?{_INNER}|(?:[aq#]|(?<=a)g(?=n)){{0,6}})[nNm#]+(?:a{{1,4}}[nN]+|'{_INNER}[nNm]+|'(?=[^dnN])|,(?=\#)|Q[nN]+Z)*"
    rf"|(?:(?<=[.,;:uT])|^)g[nN]+(?=[vxe])|^a(?=[vex])|da(?![anNe#mg'\-])|[pow]|d{_INNER}q|q|d(?=[wxvey.,Z])"
)
_ARTICLES = frozenset({"a", "an", "the"})
_NUMERALS = frozenset("two three four five six seven eight nine ten eleven twelve".split())
_FLOATING = frozenset({"all", "both", "each"})
_REACH = 400
_WIDEST = 8
_OPENING = 40
_TAIL = frozenset({"of", "from", "for", "in", "at", "with", "on"})


class Syntax:
    """The tokens of a sentence and its noun phrases: `starting` by their first token, `ending` by the one after.

    `parts` has a letter a token, see `stance.viewpoint.words`.
    """

    def __init__(self, words: Words) -> None:
        self.words, self.parts = words.words, words.parts
        self.ending: dict[int, int] = {}
        self.starting: dict[int, int] = {}
        for match in _PHRASE.finditer(words.parts):
            start, end = match.span()
            if end == start + 1 and words.words[start] in _ARTICLES:
                continue
            self.ending[end] = start
            self.starting[start] = end

    def group(self, verb: int) -> int:
        """Return where a verb's auxiliaries and adverbs begin."""
        parts = self.parts
        while verb:
            floating = parts[verb - 2 : verb] == "xq" and self.words[verb - 1] in _FLOATING
            if parts[verb - 1] in "xr" or floating:
                verb -= 1
            elif parts[verb - 4 : verb] == "x,r,":  # "has, moreover, shown"
                verb -= 3
            else:
                break
        return verb

    def last(self, marks: str, end: int) -> int:
        """Return the last token before `end` that is one of these parts, or -1."""
        start = max(0, end - _REACH)
        return max(self.parts.rfind(mark, start, end) for mark in marks)

    def phrase_from(self, start: int) -> Stretch | None:
        """Return the phrase that begins at a token, with what belongs to it on its right; None for times, numbers."""
        parts = self.parts
        while parts[start] == "r":
            start += 1
        if parts[start] == "Q":  # a book's title
            closing = parts.find("Z", start, start + _REACH // 20)
            return (start, closing + 1) if closing > 0 else self.phrase_from(start + 1)
        end = self.starting.get(start)
        if end == start + 1 and self.words[start] in _NUMERALS:
            return None
        if end is None or not parts[start:end].strip("#m") or parts[end - 1] == "m":
            return None
        return (start, self._widened(end))

    def after_opening(self, start: int) -> Stretch | None:
        """Return the subject of the clause after an opening phrase: "Convinced that it failed, the drivers waited"."""
        comma = start
        for _ in range(_WIDEST):
            comma = self.parts.find(",", comma + 1, start + _OPENING)
            if comma < 0:
                return None
            found = self.phrase_from(comma + 1)
            if found is not None and self.parts[found[0]] not in "wo" and self.parts[found[1]] in "vxer,":
                return found
        return None

    def _widened(self, end: int) -> int:
        for _ in range(_WIDEST):
            further = self._further(end)
            if further is None:
                break
            end = further
        return end

    def _further(self, end: int) -> int | None:
        """Return the end of a phrase once "of …", "and …" or an apposition that follows it is added."""
        parts, starting = self.parts, self.starting
        after = starting.get(end + 1)
        if after is None:
            return None
        if parts[end] == "c":
            return after if parts[after] not in "vxe" else None
        if parts[end] == "t":  # "an aide to the president"
            return after if parts[end + 1] in "Nd" else None
        if parts[end] == "i":
            return after if self.words[end] in _TAIL and parts[end + 1] != "m" else None
        if parts[end] == "," and parts[end + 1] in "danN":
            while parts[after] == "i" and after + 1 in starting:
                after = starting[after + 1]
            return after if parts[after] in ",." else None
        return None

    @cached_property
    def quoted(self) -> list[bool]:
        """Of each token, whether it stands inside a quotation, which may have begun or may end elsewhere."""
        parts = self.parts
        found = [False] * len(parts)
        first, closing = parts.find("Q"), parts.find("Z")
        if first < 0 and closing < 0:
            return found
        opened: int | None = 0 if first < 0 or 0 <= closing < first else None
        for i, part in enumerate(parts):
            if part == "Q":
                opened = i if opened is None else opened
            elif part == "Z" and opened is not None:
                found[opened:i] = [True] * (i - opened)
                opened = None
        if opened is not None:
            found[opened:] = [True] * (len(parts) - opened)
        return found
