"""Forms: what a verb or a noun looks like in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("aeiou")
_HISS = ("s", "sh", "ch", "x", "z")


def verb_forms(entry: str) -> dict[str, str]:
    """Return the forms of an entry "praise", "admit++" or "write wrote written", and the part of each.

    The parts: b base, s third person, e past and participle, v past alone, y participle alone, g -ing.
    """
    base, *past = entry.split()
    stem = base.removesuffix("++")
    if base != stem:
        base, stem = stem, stem + stem[-1]
    found = {_ing(stem): "g"}
    if base.endswith(("el", "al")) and not past:  # British spelling
        found |= {f"{stem}led": "e", f"{stem}ling": "g"}
    if len(past) == 2 and past[0] != past[1]:  # noqa: PLR2004 - past and participle
        found |= {past[1]: "y", past[0]: "v"}
    else:
        found[past[0] if past else _ed(stem)] = "e"
    return {**found, _s(base): "s", base: "b"}


def noun_forms(entry: str) -> Iterator[str]:
    """Yield the noun, and its plural if the entry ends in ^."""
    noun = entry.removesuffix("^")
    yield noun
    if noun != entry:
        yield _s(noun)


def _s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_HISS) or word in ("go", "veto", "echo", "do") else "s")


def _ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    return stem[:-1] + "ied" if stem.endswith("y") and stem[-2:-1] not in _VOWELS else stem + "ed"


def _ing(stem: str) -> str:
    return stem[:-1] + "ing" if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) else stem + "ing"
