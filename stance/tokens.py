"""Tokens: the words, numbers and punctuation of a text, each with its place."""

from __future__ import annotations

import re

from stance.fold import fold

Token = tuple[str, int, int]
"""A token in lower case and where it stands, in code points."""

_TOKEN = re.compile(r"[^\W\d_](?:[\w'-]*\w)?|\d(?:[\w,.:]*\w)?|\.\.\.|[^\w\s]|_")
_NOT = re.compile(r"(?:(?P<irregular>wo|ca|sha)|(?P<regular>\w+))n't")
_SPELLINGS = {"cease-fire": "ceasefire", "cease-fires": "ceasefires"}
_IRREGULAR = {"wo": "will", "ca": "can", "sha": "shall"}


def tokens(text: str) -> list[Token]:
    """Cut a text into words, numbers and punctuation.

    "hasn't" is "has", "not"; "cease-fire" is "ceasefire"; a possessive 's is left out.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(fold(text)):
        word, start, end = match.group(), match.start(), match.end()
        contracted = _NOT.fullmatch(word)
        if contracted:
            verb = contracted["regular"] or _IRREGULAR[contracted["irregular"]]
            found += [(verb, start, end - 3), ("not", end - 3, end)]
        elif word == "cannot":
            found += [("can", start, start + 3), ("not", start + 3, end)]
        else:
            if word.endswith("'s") and len(word) > 2:  # noqa: PLR2004 - the two characters just named
                word, end = word[:-2], end - 2
            found.append((_SPELLINGS.get(word, word), start, end))
    return found
