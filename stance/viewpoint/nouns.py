"""Nouns and adjectives that attribute: "Moscow's insistence", "hopes among diplomats", "is confident that"."""

from __future__ import annotations

from stance.viewpoint.candidate import Candidate
from stance.viewpoint.complements import frame
from stance.viewpoint.cues import Cue, cues
from stance.viewpoint.subjects import subject
from stance.viewpoint.syntax import Stretch, Syntax
from stance.viewpoint.verbs import by

_OWNERS = frozenset("his her their my our your whose".split())
_TOPICAL = frozenset({"for", "to", "about", "over", "on"})
_HEADLINE = frozenset({"as", "about", "of", "over", "on", "that", "after"})
_IMPERSONAL = frozenset({"it", "this", "that", "there", "what"})
_LINKS = ("feel", "felt", "seem", "remain", "becom", "became", "sound", "appear", "stay", "grew", "grow")


def of_noun(syntax: Syntax, noun: int, cue: Cue) -> Candidate | None:
    """Return whose a claim, a hope or a demand is."""
    start = syntax.ending.get(noun + 1)
    if start is None:
        return None
    after = syntax.words[noun + 1] if noun + 1 < len(syntax.words) else ""
    bound = len(cue.frames) == 1
    if bound and after not in cue.frames:
        return None
    owner = _owner(syntax, start, noun) if bound or "possessive" in cue.frames else None
    if owner is not None and owner[1] == start + 1:  # "shared their concerns"
        light = _light(syntax, start, noun, cue.kind)
        if light is not None:
            return light
    if owner is None:
        beyond = _beyond_topic(syntax, noun + 1)
        if beyond < len(syntax.words) and syntax.words[beyond] in cue.frames:
            owner = syntax.phrase_from(beyond + 1)
    if owner is None and after == "of" and cue.kind != "attitude":
        owner = _agent(syntax, noun + 2)  # "the hope of the mediators", not "the hope of rain"
    if owner is None and "by" in cue.frames:
        owner = _author(syntax, noun + 1)
    if owner is None:
        return _light(syntax, start, noun, cue.kind)
    found = "noun of" if owner[0] > noun else "noun in" if syntax.words[start - 1 : start] == ["in"] else "noun"
    return Candidate(owner, (noun, noun + 1), cue.kind, found)


def of_light_noun(syntax: Syntax, noun: int) -> Candidate | None:
    """Return who "made the case", where only the verb before it makes a noun attribute."""
    start = syntax.ending.get(noun + 1)
    return _light(syntax, start, noun, "reported") if start is not None else None


def _owner(syntax: Syntax, start: int, noun: int) -> Stretch | None:
    mark = syntax.parts.rfind("'", start, noun)
    if mark > start:
        return (start, mark)
    return (start, start + 1) if syntax.words[start] in _OWNERS else None


def _agent(syntax: Syntax, start: int) -> Stretch | None:
    end = syntax.starting.get(start)
    return syntax.phrase_from(start) if end is not None and syntax.words[end - 1] in cues().agents else None


def _author(syntax: Syntax, after: int) -> Stretch | None:
    """Return who follows later: "the claim, by a broadcaster", "an accusation of theft, made by", "came from"."""
    words, parts = syntax.words, syntax.parts
    if words[after : after + 2] in (["came", "from"], ["comes", "from"]):
        return syntax.phrase_from(after + 2)
    if words[after : after + 1] == ["of"] and after + 1 in syntax.starting:
        after = syntax.starting[after + 1]
    while parts[after] in ",rey" and after < len(words):
        after += 1
    return syntax.phrase_from(after + 1) if words[after : after + 1] == ["by"] else None


def _beyond_topic(syntax: Syntax, after: int) -> int:
    """Return the token after what an attitude is about: "support for the truce among voters"."""
    end = syntax.starting.get(after + 1)
    if end is None or syntax.words[after] not in _TOPICAL:
        return after
    while syntax.words[end : end + 1] == ["of"] and end + 1 in syntax.starting:
        end = syntax.starting[end + 1]
    return end


def _light(syntax: Syntax, start: int, noun: int, kind: str) -> Candidate | None:
    """Return who "issued a statement" or "has doubts"."""
    verb = start - 1
    if verb < 1 or syntax.words[verb] not in cues().light:
        return None
    if syntax.parts[verb] == "e" and syntax.group(verb) == verb and by(syntax, noun) is not None:
        return None
    holder = subject(syntax, verb)
    return Candidate(holder, (verb, noun + 1), kind, "light") if holder is not None else None


def of_adjective(syntax: Syntax, adjective: int, cue: Cue) -> Candidate | None:
    """Return who is or seems hopeful."""
    found = frame(syntax, adjective + 1)
    near = syntax.words[adjective + 1 : adjective + 3]
    fits = found in cue.frames or not cue.frames.isdisjoint(near) or (found == "end" and "alone" in cue.frames)
    apart = _set_apart(syntax, adjective) if fits else None
    if apart is not None:
        return Candidate(apart, (adjective, adjective + 1), cue.kind, "adjective apart")
    group = syntax.group(adjective)
    verb = adjective
    if "x" not in syntax.parts[group:adjective]:
        verb = group - 1
        if (
            group
            and syntax.ending.get(adjective) == 0
            and not _HEADLINE.isdisjoint(syntax.words[adjective + 1 : adjective + 2])
        ):
            return Candidate(
                (0, adjective), (adjective, adjective + 1), cue.kind, "adjective"
            )  # "Mediators hopeful as …"
        if verb < 1 or not syntax.words[verb].startswith(_LINKS):
            return None
    if not fits:
        return None
    holder = subject(syntax, verb)
    if holder is None or syntax.words[holder[0]] in _IMPERSONAL:  # "it is clear that"
        return None
    return Candidate(holder, (adjective, adjective + 1), cue.kind, "adjective")


def _set_apart(syntax: Syntax, adjective: int) -> Stretch | None:
    """Return of whom an adjective set apart is said: "Mindful of it, the elders …", "residents, wary of …"."""
    if adjective == 0:
        return syntax.after_opening(adjective)
    left = syntax.ending.get(adjective - 1)
    return (left, adjective - 1) if syntax.parts[adjective - 1] == "," and left is not None else None
