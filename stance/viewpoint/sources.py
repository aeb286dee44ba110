"""Sources named outside the clause: "according to officials", "Kyiv: No talks", "Truce dead: envoy"."""

from __future__ import annotations

from stance.viewpoint.candidate import Candidate
from stance.viewpoint.cues import cues
from stance.viewpoint.subjects import subject
from stance.viewpoint.syntax import Syntax

# "According to schedule", "according to its means" name nobody.
_NOBODY = frozenset("schedule plan plans its their custom tradition need taste size law protocol".split())
_LOOSE = frozenset({"according", "per"})
# What stands before a colon and is no speaker.
_LABELS = frozenset(
    "latest breaking update updated updates photo photos video watch read analysis opinion exclusive related q a "
    "correction note topics source sources more live quiz fact question answer bottom line example problem result "
    "lesson reason point moral conclusion translation verdict explainer timeline map profile factbox".split()
)
_BOUNDS = ".;:"
_LONGEST_NAME = 6
_SHORTEST_TEXT = 3


def of_phrase(syntax: Syntax, start: int) -> Candidate | None:
    """Return who stands after "according to", "in the view of" and their like."""
    for phrase in cues().sources[syntax.words[start]]:
        after = start + len(phrase)
        if tuple(syntax.words[start:after]) == phrase:
            holder = syntax.phrase_from(after)
            if holder is not None and (phrase[0] not in _LOOSE or syntax.words[holder[0]] not in _NOBODY):
                return Candidate(holder, (start, after), "according-to", "source")
    return None


def of_colon(syntax: Syntax, colon: int) -> Candidate | None:
    """Return who stands before a colon at the beginning of a text, or after one (or a dash) at its end."""
    return _before(syntax, colon) or _quoted_after(syntax, colon) or _after(syntax, colon)


def _before(syntax: Syntax, colon: int) -> Candidate | None:
    parts, words = syntax.parts, syntax.words
    start = syntax.ending.get(colon)
    if parts[colon] != ":" or start is None or start >= _LONGEST_NAME // 2 or colon + 1 == len(words):
        return None
    name = "N" in parts[start:colon] or parts[colon + 1] == "Q"
    if not name or parts[colon + 1] == "#" or not _LABELS.isdisjoint(words[start:colon]):
        return None
    if "v" in parts[:colon] or "x" in parts[:colon]:
        return None
    return Candidate((start, colon), (colon, colon + 1), "quoted", "colon")


def _quoted_after(syntax: Syntax, colon: int) -> Candidate | None:
    """Return of whom the clause before a colon and a quotation speaks: "The governor was blunter: “…"."""
    parts = syntax.parts
    if parts[colon : colon + 2] != ":Q" or parts[colon - 1] in "ve":  # "…, the envoy said: “" is the verb's
        return None
    start = max(syntax.last(_BOUNDS, colon), -1) + 1
    verb = next((k for k in range(start, colon) if parts[k] in "vx"), None)
    holder = subject(syntax, verb) if verb is not None else None
    return Candidate(holder, (colon, colon + 1), "quoted", "colon after") if holder is not None else None


def _after(syntax: Syntax, colon: int) -> Candidate | None:
    parts, end = syntax.parts, len(syntax.words)
    start = syntax.ending.get(end)
    if start != colon + 1 or colon < _SHORTEST_TEXT or end - start > _LONGEST_NAME:
        return None
    if parts[end - 1] in "m#" or parts[start] in "dp#":
        return None
    return Candidate((start, end), (colon, colon + 1), "quoted", "colon")
