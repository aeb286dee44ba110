"""Features: what speaks for and against a candidate, each a name that its weight is kept under."""

from __future__ import annotations

from collections.abc import Sequence

from stance.viewpoint.candidate import Candidate
from stance.viewpoint.cues import cues
from stance.viewpoint.syntax import Stretch, Syntax

_CLAUSAL = frozenset({"that", "clause", "wh", "quote", "end", "inverted"})
_CLOSING = frozenset({"end", "inverted", "source"})
_PERSONS = {
    **dict.fromkeys("i me my we us our".split(), "first person"),
    "you": "second person",
    **dict.fromkeys("it this that there its what".split(), "it"),
    **dict.fromkeys("he she they his her their him them".split(), "third person"),
}
_MODALS = frozenset("would will could can should must may might 'll 'd wouldn't couldn't can't cannot won't".split())
_BE = frozenset("is are was were be been 's 're".split())
_THINGS = ("tion", "tions", "ment", "ments", "ness", "ity", "ities", "ism", "ing", "ings", "age", "ages", "ure", "ures")
_AGENTS = ("er", "or", "ist", "ian", "man", "men", "woman", "women", "ers", "ors", "ists", "ians", "ees", "ee", "ants")
IN_QUOTATION = "holder in quotation"
_FARTHEST = 6
_MOST = 4


def features(syntax: Syntax, candidates: Sequence[Candidate]) -> list[list[str]]:
    """Return the features of each candidate of a sentence."""
    if not candidates:
        return []
    cues_of: dict[Stretch, int] = {}
    for candidate in candidates:
        cues_of[candidate.holder] = cues_of.get(candidate.holder, 0) + 1
    quoted = syntax.quoted
    last = max((candidate.cue[0] for candidate in candidates if candidate.frame in _CLOSING), default=-1)
    shared = [f"candidates={min(len(candidates), _MOST)}"]
    if quoted[0] and syntax.parts[0] != "Q":
        shared.append("begins in a quotation")
    clause: Candidate | None = None
    found = []
    for rank, candidate in enumerate(candidates):
        who = _who(syntax, candidate.holder)
        own = [*shared, *_of_holder(syntax, candidate, who), *_of_cue(syntax, candidate)]
        if rank == 0:
            own.append("first candidate")
        if cues_of[candidate.holder] > 1:
            own.append("holder has another cue")
        if clause is not None and _is_within(syntax, candidate, clause):
            own += ("nested", f"nested {who}", f"nested {candidate.kind}")
        if candidate.cue[0] < last:
            own += ("another follows", f"another follows {candidate.kind}")
        found.append(own)
        if clause is None and candidate.frame in _CLAUSAL and not quoted[candidate.cue[0]]:
            clause = candidate
    return found


def _is_within(syntax: Syntax, candidate: Candidate, clause: Candidate) -> bool:
    """Tell whether a candidate stands in what another says, not after it: "After reports saying so, Kyiv denied"."""
    start = candidate.holder[0]
    if clause.cue[0] >= start:
        return False
    parts = syntax.parts
    fronted = parts[clause.cue[0]] == "g" or parts[0] in "ui"
    return not (fronted and parts[start - 1] == ",") and ";" not in parts[clause.cue[0] : start]


def _who(syntax: Syntax, holder: Stretch) -> str:
    start, end = holder
    word, parts = syntax.words[start], syntax.parts
    person = _PERSONS.get(word)
    if person is not None and end == start + 1:
        return person
    if parts[start] in "wT":
        return "relative"
    if "N" in parts[start:end]:
        return "name"
    if parts[start] == "q":
        return "quantity"
    return "plural" if syntax.words[end - 1].endswith("s") else "singular"


def _sort(syntax: Syntax, holder: Stretch) -> str:
    """Say what sort of thing a holder is, by the last word of its first phrase."""
    start, end = holder
    parts = syntax.parts
    k = start
    while k < end and parts[k] not in "iwTt,(":
        k += 1
    head = max(start, k - 1)
    word = syntax.words[head]
    if word in cues().documents:
        return "document"
    if word in cues().agents:
        return "agent"
    if parts[head] in "NpwTo":
        return "name or pronoun"
    return "thing" if word.endswith(_THINGS) else "agent by ending" if word.endswith(_AGENTS) else "other"


def _of_holder(syntax: Syntax, candidate: Candidate, who: str) -> list[str]:
    start, end = candidate.holder
    cue = candidate.cue[0]
    sort = _sort(syntax, candidate.holder)
    before = syntax.parts[start - 1] if start else "^"
    distance = cue - end if cue >= end else start - cue
    found = [
        who,
        sort,
        f"{who} {candidate.kind}",
        f"{who} {candidate.frame}",
        f"{sort} {candidate.kind}",
        f"{sort} {candidate.frame}",
        f"after {before}",
        f"distance={min(distance, _FARTHEST)}",
    ]
    if before == "u":
        found.append(f"after {syntax.words[start - 1]}")
    if syntax.quoted[start]:
        found.append(IN_QUOTATION)
    if syntax.quoted[cue]:
        found += ("cue in quotation", f"cue in quotation {who}")
    return found


def _of_cue(syntax: Syntax, candidate: Candidate) -> list[str]:
    parts, (start, end) = syntax.parts, candidate.cue
    group = syntax.group(start)
    auxiliaries = syntax.words[group:start]
    found = [
        candidate.kind,
        candidate.frame,
        f"{candidate.kind} {candidate.frame}",
        f"form={parts[start]}",
        f"before {parts[end]}",
    ]
    if candidate.frame.startswith("noun"):
        found.append(f"{candidate.frame} before {parts[end]}")
        if parts[start - 1] in "na":
            found.append(f"{candidate.frame} modified")
        k = syntax.ending.get(start + 1)
        if k is not None:
            found.append(f"{candidate.frame} after {parts[k - 1] if k else '^'}")
    cue = cues().verbs.get(syntax.words[start])
    if cue is not None and "any" in cue.frames:
        found += ("unmistakable", f"unmistakable {candidate.frame}")
    if not _MODALS.isdisjoint(auxiliaries):
        found.append("modal")
    if not _BE.isdisjoint(auxiliaries):
        found.append("be")
    if any(word in {"not", "never"} or word.endswith("n't") for word in auxiliaries):
        found.append("negated")
    if group and parts[group - 1] == "t":
        found.append("infinitive")
    return found
