"""Subjects: which noun phrase a verb is said of."""

from __future__ import annotations

from stance.viewpoint.cues import cues
from stance.viewpoint.hosts import over_parenthesis, over_relative, widened
from stance.viewpoint.syntax import Stretch, Syntax

_FLOATING = frozenset("each both all himself herself themselves itself myself ourselves".split())
_HEADS = frozenset("those anyone everyone someone anybody everybody somebody nobody one he".split())
_IMPERSONAL = frozenset({"it", "there", "this"})
# "It is hard to say": nobody is said to say it.
_EASY = frozenset(
    "hard easy difficult impossible soon early important possible fair safe tough worth necessary time tempting wise "
    "enough".split()
)
_DEEPEST = 4
_FARTHEST = 60


def subject(syntax: Syntax, verb: int, depth: int = 0) -> Stretch | None:
    """Return the subject of the verb (or predicative adjective) at a token, or None."""
    start = syntax.group(verb)
    if start == 0:  # "Fearing a raid, the shopkeepers left"
        return syntax.after_opening(verb) if syntax.parts[verb] == "g" else None
    if depth > _DEEPEST:
        return None
    if syntax.parts[start - 1] == "t":
        return _of_infinitive(syntax, start - 1, depth)
    if syntax.parts[verb] == "g" and start == verb:
        return _of_participle(syntax, start, depth)
    return _before(syntax, start, depth)


def _of_infinitive(syntax: Syntax, to: int, depth: int) -> Stretch | None:  # noqa: PLR0911 - a case each
    """Return who is to do it: the subject of what governs "to", or its object ("urged him to")."""
    parts, words = syntax.parts, syntax.words
    k = to - 1
    while k >= 0 and parts[k] == "r" and words[k] not in _EASY:
        k -= 1
    if k < 0 or words[k] in _EASY:
        return None
    if parts[k] in "veyga":
        found = subject(syntax, k, depth + 1)
        return None if found is None or words[found[0]] in _IMPERSONAL else found
    if parts[k] == "x":
        return subject(syntax, k, depth + 1)
    start = syntax.ending.get(k + 1)
    if not start:
        return None
    if parts[start - 1] in "veyg":
        return (start, k + 1) if words[start - 1] in cues().control else subject(syntax, start - 1, depth + 1)
    if words[start - 1] == "for":
        return (start, k + 1)
    # "was quick to", "was at pains to"
    link = start - 1 if parts[start - 1] == "i" else start
    group = syntax.group(link)
    return _before(syntax, group, depth) if 0 < group < link else None


def _of_participle(syntax: Syntax, start: int, depth: int) -> Stretch | None:  # noqa: PLR0911 - a case each
    parts = syntax.parts
    if syntax.words[start - 1] == "as":
        return _quoted_as(syntax, start - 1, depth)
    if syntax.words[start - 1] in _EASY:  # "it is worth noting"
        return None
    while start > 1 and parts[start - 1] in "mr":  # "a note on Monday claiming"
        start -= 2 if parts[start - 1] == "m" and parts[start - 2] == "i" else 1
    before = parts[start - 1]
    if before in "ey":
        return subject(syntax, start - 1, depth + 1)
    if before in "nNqpo" and start in syntax.ending:
        return (syntax.ending[start], start)
    if before not in ",-ciuk":
        return None
    verb = _verb_before(syntax, start - 1)
    if verb is not None:
        return subject(syntax, verb, depth + 1)
    return syntax.after_opening(start) if before in "iu" else None  # "Before doubting the bridge, surveyors crossed"


def _quoted_as(syntax: Syntax, at: int, depth: int) -> Stretch | None:
    """Return who is quoted "as saying"."""
    start = syntax.ending.get(at)
    if start and syntax.parts[start - 1] in "veyg":
        return (start, at)
    verb = _verb_before(syntax, at)
    return subject(syntax, verb, depth + 1) if verb is not None else None


def _verb_before(syntax: Syntax, end: int) -> int | None:
    """Return the last finite verb of the clause before a token."""
    parts = syntax.parts
    for k in range(end - 1, max(-1, end - _FARTHEST), -1):
        inside = parts[k - 1 : k] in ("d", "a") and parts[k + 1] in "nN"  # "a planned attack"
        if parts[k] in "ve" and parts[k - 1 : k] != "t" and not inside:
            return k
        if parts[k] in ";.:":
            return None
    return None


def _before(syntax: Syntax, start: int, depth: int) -> Stretch | None:
    """Return the subject that ends before token `start`, over what may stand between."""
    parts = syntax.parts
    before = parts[start - 1]
    if start in syntax.ending:
        return _phrase_before(syntax, start, depth)
    if before == "T":
        return (start - 1, start) if parts[max(0, start - 2)] in "nN)" else None
    if before in ",-":
        return over_parenthesis(syntax, start - 1)
    if before == ")":
        opening = syntax.last("(", start - 1)
        return _before(syntax, opening, depth + 1) if opening > 0 and depth < _DEEPEST else None
    if before in "ck":
        verb = _conjoined(syntax, start - 1)
        return subject(syntax, verb, depth + 1) if verb is not None else None
    return None


def _phrase_before(syntax: Syntax, end: int, depth: int) -> Stretch | None:
    parts, start = syntax.parts, syntax.ending[end]
    if parts[end - 1] == "m" and start:  # "Kyiv on Monday said"
        over = start - 1 if parts[start - 1] == "i" else start
        return _before(syntax, over, depth + 1) if over and depth < _DEEPEST else None
    left = syntax.ending.get(start)
    if left is not None and syntax.words[start] in _FLOATING:  # "the ministries each want", "the envoy herself said"
        return widened(syntax, left, start)
    if parts[start] == "w" and left is not None and syntax.words[start - 1] in _HEADS:  # "those who say"
        return (left, start)
    if parts[start] in "wp":
        return (start, end)
    if parts[start] == "o" and parts[max(0, start - 2)] != "q":
        return _over_object(syntax, start, depth)
    return over_relative(syntax, start) or widened(syntax, start, end)


def _over_object(syntax: Syntax, at: int, depth: int) -> Stretch | None:
    """Return the head of a relative clause that ends in "him" or "them"."""
    parts = syntax.parts
    for k in range(at - 1, max(0, at - 12), -1):
        if parts[k] in "wT":
            return _before(syntax, k, depth + 1) if depth < _DEEPEST else None
        if parts[k] in ".;:,":
            return None
    return None


def _conjoined(syntax: Syntax, conjunction: int) -> int | None:
    """Return the verb that shares its subject with the one after "and"."""
    parts = syntax.parts
    far = parts[conjunction - 1 : conjunction] == ","  # ", and said": the clause's first verb rather than its last
    found: int | None = None
    for k in range(conjunction - 1, max(0, conjunction - _FARTHEST), -1):
        if parts[k] in ";.:":
            break
        if parts[k] == "x" and parts[k + 1] not in "veygrx":
            return k + 1
        finite = parts[k] in "ve" or (parts[k] in "yg" and parts[k - 1] in "xr")
        if finite and not (_is_inner(syntax, k) if far else _is_relative(syntax, k)):
            found = k
            if not far:
                break
    return found


def _is_relative(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb follows "who" or "which"."""
    start = syntax.group(verb)
    return start > 0 and syntax.parts[start - 1] == "w"


def _is_inner(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb belongs to a clause within another: after "who", "that", "to"."""
    parts = syntax.parts
    start = syntax.group(verb)
    if start and parts[start - 1] in "wTti":
        return True
    first = syntax.ending.get(start)
    return bool(first) and parts[first - 1] in "Tuw" if first else False
