"""Candidates: every place of a sentence that may attribute something to somebody."""

from __future__ import annotations

from stance.viewpoint.candidate import Candidate
from stance.viewpoint.cues import Cues, cues
from stance.viewpoint.nouns import of_adjective, of_light_noun, of_noun
from stance.viewpoint.sources import of_colon, of_phrase
from stance.viewpoint.syntax import Syntax
from stance.viewpoint.verbs import of_verb


def candidates(syntax: Syntax) -> list[Candidate]:
    """Return the candidates of a sentence in the order of the words that speak for them."""
    parts, known = syntax.parts, cues()
    found = []
    for i, word in enumerate(syntax.words):
        if word in known.words or parts[i] in ":-":
            candidate = _at(syntax, known, i, word)
            if candidate is not None:
                found.append(candidate)
    return found


def _at(syntax: Syntax, known: Cues, i: int, word: str) -> Candidate | None:
    """Return what the word at token `i` may attribute, by its likeliest reading."""
    part = syntax.parts[i]
    found = None
    if word in known.sources:
        found = of_phrase(syntax, i)
    if found is None and part in "veyg" and word in known.verbs:
        found = of_verb(syntax, i, known.verbs[word])
    if found is None and part in "eayn" and word in known.adjectives:
        found = of_adjective(syntax, i, known.adjectives[word])
    if found is None and (part in "ne" or i == 0) and word in known.nouns:
        found = of_noun(syntax, i, known.nouns[word])
    if found is None and part == "n" and word in known.light_nouns:
        found = of_light_noun(syntax, i)
    if part in ":-":
        found = of_colon(syntax, i)
    return found
