"""Cues: the words that attribute, from `cues.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stance.viewpoint.forms import noun_forms, verb_forms


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes: its base form, what kind of attribution it makes, what must stand beside it.

    `form` is the part's letter of a verb form (see `words`), "n" for a noun, "a" for an adjective.
    """

    base: str
    kind: str
    form: str
    frames: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """All cues, by the form in which they stand in a sentence, and the words that help to judge them.

    `verbs`, `nouns`, `adjectives`, `sources` attribute. `light` verbs leave their meaning to a noun, `light_nouns` or
    `nouns`. `control` verbs have an object that does what follows. `clausal` verbs take a clause without "that".
    `documents` are nouns that can say something, `agents` nouns for those who can hold a view. `words` are all at which
    an attribution may be found.
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    sources: Mapping[str, tuple[tuple[str, ...], ...]]
    light: frozenset[str]
    light_nouns: frozenset[str]
    control: frozenset[str]
    clausal: frozenset[str]
    documents: frozenset[str]
    agents: frozenset[str]
    words: frozenset[str]


@cache
def cues() -> Cues:
    """Return the shipped cues."""
    tables = tomllib.loads((Path(__file__).parent / "cues.toml").read_text(encoding="utf-8"))
    sources: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in _entries(tables["sources"]["before"]):
        words = tuple(entry.split())
        sources[words[0]] = (*sources.get(words[0], ()), words)
    verbs, nouns = _verbs(tables["verbs"]), _words(tables["nouns"], "n")
    adjectives = _words(tables["adjectives"], "a")
    light_nouns = _noun_forms(tables["light"]["nouns"])
    return Cues(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        sources=sources,
        light=_verb_forms(tables["light"]["verbs"]),
        light_nouns=light_nouns,
        control=_verb_forms(tables["control"]["verbs"]),
        clausal=frozenset(form for form, cue in verbs.items() if cue.frames & {"any", "clause"}),
        documents=_noun_forms(tables["holders"]["documents"]),
        agents=_noun_forms(tables["holders"]["agents"]),
        words=frozenset().union(verbs, nouns, adjectives, light_nouns, sources),
    )


def _verb_forms(text: str) -> frozenset[str]:
    return frozenset(form for entry in _entries(text) for form in verb_forms(entry))


def _noun_forms(text: str) -> frozenset[str]:
    return frozenset(form for entry in _entries(text) for form in noun_forms(entry))


def _entries(text: str) -> Iterator[str]:
    return (entry.strip() for entry in text.split(",") if entry.strip())


def _verbs(groups: list[dict[str, object]]) -> dict[str, Cue]:
    irregular: dict[str, str] = {}
    kinds: dict[str, str] = {}
    frames: dict[str, set[str]] = {}
    for group in groups:
        for entry in _entries(str(group["words"])):
            base = entry.split()[0].removesuffix("++")
            if len(entry) > len(irregular.get(base, "")):
                irregular[base] = entry
            kinds.setdefault(base, str(group["kind"]))
            frames.setdefault(base, set()).update(group["frames"])  # type: ignore[arg-type]
    return {
        form: Cue(base, kinds[base], part, frozenset(frames[base]))
        for base, entry in reversed(irregular.items())
        for form, part in verb_forms(entry).items()
    }


def _words(groups: list[dict[str, object]], part: str) -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for group in groups:
        for entry in _entries(str(group["words"])):
            word, _, bound = entry.partition(":")
            frames = frozenset([bound]) if bound else frozenset(group["frames"])  # type: ignore[call-overload]
            for form in noun_forms(word):
                found[form] = Cue(word, str(group["kind"]), part, frames)
    return found
