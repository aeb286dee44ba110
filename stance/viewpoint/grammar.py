"""Grammar: which part of a sentence a word is, where its form does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from stance.viewpoint.cues import cues
from stance.viewpoint.forms import noun_forms, verb_forms

_LETTERS = {
    "determiner": "d",
    "quantifier": "q",
    "subject": "p",
    "object": "o",
    "auxiliary": "x",
    "preposition": "i",
    "subordinator": "u",
    "relative": "w",
    "and": "c",
    "but": "k",
    "adverb": "r",
    "adjective": "a",
    "time": "m",
    "noun": "n",
}


@cache
def grammar() -> Mapping[str, str]:
    """Return the letter of each known word's part; see `stance.viewpoint.words` for the letters."""
    tables = tomllib.loads((Path(__file__).parent / "grammar.toml").read_text(encoding="utf-8"))
    verbs, closed = tables["verbs"], tables["closed"]
    forms: dict[str, str] = {}
    known = cues()
    for entry in (*verbs["plain"].split(), *verbs["irregular"].split(";")):
        if entry.strip():
            forms |= verb_forms(entry.strip())
    forms |= {form: cue.form for form, cue in known.verbs.items()}
    nouns = {form for noun in verbs["nouns"].split() for form in noun_forms(f"{noun}^")}
    nouns |= known.nouns.keys() | known.light_nouns | known.documents
    parts = {form: "v" if part in "bs" and form not in nouns else part for form, part in forms.items()}
    for name, letter in _LETTERS.items():
        parts |= dict.fromkeys(closed[name].split(), letter)
    return parts | {"to": "t", "that": "T"}
