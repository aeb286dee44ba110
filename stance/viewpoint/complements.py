"""Complements: what follows a cue, and whether it is what the cue needs."""

from __future__ import annotations

from stance.viewpoint.cues import Cue
from stance.viewpoint.syntax import Syntax

_WH = frozenset("whether if how why".split())
_TIMES = frozenset({"after", "before", "since", "until"})
_BY_PART = {
    "T": "that",
    "w": "wh",
    "t": "to",
    "i": "prep",
    "g": "ing",
    **dict.fromkeys("Q:", "quote"),
    **dict.fromkeys(".,;-)kZcu", "end"),
}
_SOON = 8


def frame(syntax: Syntax, after: int) -> str:  # noqa: C901, PLR0911 - a case each
    """Say what begins at token `after`: that, wh, clause, quote, to, ing, prep, as, object or end."""
    parts, words = syntax.parts, syntax.words
    while parts[after] in "rm" and after < len(words):
        after += 1
    if parts[after] == "a" and parts[after + 1 : after + 2] == "T":  # "realised too late that"
        after += 1
    word = words[after] if after < len(words) else ""
    if word == "as":
        return "as"
    if word in _WH:
        return "wh"
    if word in _TIMES:
        return "prep"
    if parts[after] in ",-" and parts[after + 1 : after + 2] == "Q":
        return "quote"
    if parts[after] == "Q" and "Z" in parts[after : after + 4] and parts[after + 4 : after + 5] not in ("", "."):
        return "object"  # so-called
    end = syntax.starting.get(after)
    if end is None or parts[after] == "w":
        return _BY_PART.get(parts[after], "object")
    if parts[after] == "o":
        return "object"
    while parts[end] == "i" and end + 1 in syntax.starting:
        end = syntax.starting[end + 1]
    while parts[end] == "r" and end < len(words):
        end += 1
    return "clause" if parts[end] in "vxe" else "object"


def fits(syntax: Syntax, verb: int, found: str, cue: Cue) -> bool:  # noqa: PLR0911 - a case each
    """Tell whether what follows a verb, its frame, is what the cue needs."""
    frames = cue.frames
    if "any" in frames or found in frames or (found == "wh" and "that" in frames):
        return True
    near = syntax.words[verb + 1 : verb + 3]
    if found == "end":
        if "to" in frames and _after_aside(syntax, verb):
            return True
        return "alone" in frames or not frames.isdisjoint(near[:1])
    if "it" in frames:
        return near[:1] == ["it"] and syntax.parts[verb + 2] in ":.,riQut"
    if found == "object":
        return _fits_after_object(syntax, verb, frames) or not frames.isdisjoint(near[:1])
    if not frames.isdisjoint(near):
        return True
    if found == "prep":
        later = ("t" if "to" in frames else "") + ("TQ" if frames & {"alone", "that"} else "")
        return _soon(syntax, verb, later)
    return False


def _fits_after_object(syntax: Syntax, verb: int, frames: frozenset[str]) -> bool:
    """Tell whether what the cue needs follows its object: "told reporters that", "sees the offer as"."""
    end = syntax.starting.get(verb + 1)
    if end is None:
        return False
    if "that" in frames and syntax.parts[end] in "TZQ:":
        return True
    while end + 1 in syntax.starting and syntax.words[end] == "of":
        end = syntax.starting[end + 1]
    return end < len(syntax.words) and syntax.words[end] in frames


def _after_aside(syntax: Syntax, verb: int) -> bool:
    """Tell whether "to" follows what two commas enclose: "decided, by a show of hands, to go"."""
    if syntax.parts[verb + 1] != ",":
        return False
    comma = syntax.parts.find(",", verb + 2, verb + _SOON + 2)
    return comma > 0 and syntax.parts[comma + 1] == "t"


def _soon(syntax: Syntax, verb: int, wanted: str) -> bool:
    """Tell whether one of these parts follows a verb before another verb does."""
    for part in syntax.parts[verb + 1 : verb + _SOON]:
        if part in wanted:
            return True
        if part in "vx.;e":
            return False
    return False
