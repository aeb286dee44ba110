"""Verbs that attribute: "the envoy said", "is seen by diplomats", "said the envoy"."""

from __future__ import annotations

from stance.viewpoint.candidate import Candidate
from stance.viewpoint.complements import fits, frame
from stance.viewpoint.cues import Cue
from stance.viewpoint.subjects import subject
from stance.viewpoint.syntax import Stretch, Syntax

_BE = frozenset(
    "be is are was were been being am 's 're 'm isn't aren't wasn't weren't get gets got getting gotten ain't".split()
)
# "Said little", "said nothing": no subject behind the verb.
_LITTLE = frozenset("little much so nothing no more less it him them me us her".split())
_IMPERSONAL = frozenset({"it", "this", "that", "which", "there"})
_OPENING = frozenset({"say", "add", "write"})
_CLAUSES = frozenset({"that", "clause", "how"})
_AUTHORED = frozenset({"write", "quote", "read"})
_BEHIND = frozenset({"reported", "belief", "demand", "agreement", "intention"})
_QUOTE_REACH = 25


def of_verb(syntax: Syntax, verb: int, cue: Cue) -> Candidate | None:
    """Return what a form of an attributing verb attributes."""
    part, group = syntax.parts[verb], syntax.group(verb)
    if part in "ey":
        passive = not _BE.isdisjoint(syntax.words[group:verb])
        if passive or part == "y" or group == verb:
            agent = by(syntax, verb) if cue.base not in _AUTHORED and cue.frames - _CLAUSES else None
            if agent is not None:
                return Candidate(agent, (verb, verb + 1), cue.kind, "by" if passive else "participle")
        if passive or (part == "y" and group == verb):
            return None
    if part in "ve" and group == verb and cue.kind in _BEHIND:
        behind = _inverted(syntax, verb, cue)
        if behind is not None:
            return Candidate(behind, (verb, verb + 1), _kind(syntax, verb, cue, "inverted"), "inverted")
    return _in_front(syntax, verb, cue)


def _in_front(syntax: Syntax, verb: int, cue: Cue) -> Candidate | None:
    found = frame(syntax, verb + 1)
    fit = fits(syntax, verb, found, cue)
    if not fit and not (found in ("end", "prep") and "that" in cue.frames) and "quote" not in cue.frames:
        return None
    if cue.base == "call" and _is_name(syntax, verb):
        return None
    holder = subject(syntax, verb)
    if holder is None or syntax.words[holder[0] - 1 : holder[0]] == ["how"]:  # "how many"
        return None
    fit = fit or ("quote" in cue.frames and "Z" in syntax.parts[max(0, holder[0] - 2) : holder[0]])
    if found not in ("end", "prep") and not fit:
        return None
    if not fit:  # "…, officials estimate.", "…, a poll found on Sunday"
        start = holder[0]
        if not start or syntax.parts[start - 1] not in ",Z-" or syntax.words[start] in _IMPERSONAL:
            return None
        found = "aside"
    return Candidate(holder, (verb, verb + 1), _kind(syntax, verb, cue, found), found)


def _is_name(syntax: Syntax, called: int) -> bool:
    """Tell whether a name only follows: "a film called “Rain”", "wrote a book called Rain"."""
    start = syntax.ending.get(called)
    return start is not None and start > 0 and syntax.parts[called + 1] in "QN" and syntax.parts[start - 1] in "igve"


def _kind(syntax: Syntax, verb: int, cue: Cue, found: str) -> str:
    if cue.kind != "reported":
        return cue.kind
    near = "Q" in syntax.parts[verb : verb + 4] or _closes_quotation(syntax, verb)
    return "quoted" if found == "quote" or near else "reported"


def _closes_quotation(syntax: Syntax, verb: int) -> bool:
    return "Z" in syntax.parts[max(0, verb - _QUOTE_REACH) : verb]


def by(syntax: Syntax, verb: int) -> Stretch | None:
    """Return who follows "by" after a participle."""
    for k in range(verb + 1, min(verb + 5, len(syntax.words))):
        if syntax.words[k] == "by":
            return syntax.phrase_from(k + 1)
        if syntax.parts[k] not in "rmito#nNadT":
            return None
    return None


def _inverted(syntax: Syntax, verb: int, cue: Cue) -> Stretch | None:  # noqa: PLR0911 - a case each
    """Return a subject that stands behind its verb: "…," said the envoy, who …"""
    parts, words = syntax.parts, syntax.words
    if (
        cue.base == "tell"
        or cue.frames.isdisjoint(("any", "alone", "quote"))
        or (verb == 0 and cue.base not in _OPENING)
    ):
        return None
    if verb and parts[verb - 1] not in ",Z-.":
        return None
    if verb + 1 not in syntax.starting or words[verb + 1] in _LITTLE:
        return None
    found = syntax.phrase_from(verb + 1)
    if found is None or parts[found[1]] in "vxTtQo":
        return None
    if parts[verb - 1] == ",":
        in_front = subject(syntax, verb)
        if in_front is not None and (in_front[1] < verb - 1 or "," in parts[slice(*in_front)]):
            return None  # "the envoy, a former judge, noted the gap"
        if parts[found[1]] not in ".,i-Zew" and not _closes_quotation(syntax, verb):
            return None
    return found
