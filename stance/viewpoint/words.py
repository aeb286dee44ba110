"""Words: a sentence cut into tokens, each with the part that it most likely has in the sentence.

One letter a token makes a string of the parts, in which regular expressions find phrases:

    d determiner   q quantifier   p pronoun as subject   o pronoun as object   N name   n noun   a adjective   # number
    m word of time   r adverb   x auxiliary   v finite verb   e -ed form   y participle only   g -ing form
    i preposition   t "to"   T "that"   w "who", "which"   u subordinator   c "and", "or"   k "but"   ' possessive
    Q quotation opens   Z quotation closes   , ; : . ( ) - punctuation
"""

from __future__ import annotations

import re

from stance.span import Span
from stance.viewpoint.parts import lower_part, parts_of
from stance.viewpoint.quotations import settle_quotations
from stance.viewpoint.senses import settle_senses

_TITLES = (
    "Mrs?|Ms|Dr|Sens?|Govs?|Reps?|Gen|Lt|Col|Sgt|Capt|Prof|Rev|St|Jr|Sr|Adm|Maj|Brig|Inc|Corp|Co|No|Ltd|"
    "Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec"
)
_TOKEN = re.compile(
    rf"(?=[A-Z]\w{{0,4}}\.)(?:(?:[A-Z]\.){{2,}}|(?i:{_TITLES})\.|[A-Z]\.(?=\s[^\W\d_]))"  # U.S., Mr., J.
    r"|[^\W_]+(?:'(?!(?:s|re|ve|ll|d|m|S)\b)[^\W_]+|(?:[-/&@\u2011]|\.(?=[a-z\d]))(?=[^\W_])[^\W_]+|,\d\d\d|%)*"
    r"|'(?:s|re|ve|ll|d|m|S)\b"  # what an apostrophe ties to the word before it
    r"|''|``|[-\u2013\u2014]+|\.\.\.|\S"
)
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_FEW = 4


class Words:
    """A sentence in tokens: each in lower case in `words`, the letters of their parts in `parts`.

    `parts` has a full stop more than there are tokens, so that a look past the end finds the end.
    """

    __slots__ = ("_matches", "parts", "text", "words")

    def __init__(self, text: str, words: list[str], parts: str, matches: list[re.Match[str]]) -> None:
        self.text, self.words, self.parts, self._matches = text, words, parts, matches

    def span(self, first: int, last: int) -> Span:
        """Return the text of the tokens from `first` to `last` (exclusive), and where it stands in code points."""
        return Span.of(self.text, self._matches[first].start(), self._matches[last - 1].end())


def read(text: str) -> Words:
    """Cut any text at all into tokens and guess their parts."""
    matches = list(_TOKEN.finditer(text.replace(_APOSTROPHE, "'")))
    raw = [match[0] for match in matches]
    known = parts_of(raw)
    words = [word for word, _ in known]
    parts = [part for _, part in known]
    names = parts.count("N")
    if names > _FEW and names * 2 > len(parts) and _is_title_case(raw):
        parts = [lower_part(word) if word[0].isalpha() else part for word, part in known]
    else:
        _mend_openings(words, parts)
    if '"' in parts:
        settle_quotations(text, parts, matches)
    settle_senses(words, parts)
    return Words(text, words, "".join(parts) + ".", matches)


def _is_title_case(raw: list[str]) -> bool:
    return sum(word[0].isupper() for word in raw) * 3 > 2 * sum(word[0].isalpha() for word in raw)


def _mend_openings(words: list[str], parts: list[str]) -> None:
    """Read the first word of a sentence or quotation, which has a capital whatever it is, as one without."""
    previous = "."
    for i, part in enumerate(parts):
        if part == "N" and previous in '".:(':
            after = parts[i + 1] if i + 1 < len(parts) else "."
            lower = lower_part(words[i], by_ending=after not in ":',vxe")
            if lower != "n" and not (lower in "bsvae" and after == "N"):
                parts[i] = lower
        previous = part
