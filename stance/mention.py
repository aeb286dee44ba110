"""A mention: the words by which a text names somebody, and what they tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
THEY = frozenset("they them their theirs themselves both".split())
IT = frozenset("it its".split())
WHO = frozenset("who whom whose which that".split())
SPEAKER = frozenset("i me my mine myself we us our ours ourselves".split())
DEFINITE = frozenset("the this that these those his her its their".split())
INDEFINITE = frozenset("a an some many most several few other others another one two three four five no all".split())

_MALE = "mr sir lord king prince father son brother husband man grandson spokesman chairman businessman"
_FEMALE = "mrs ms miss lady queen princess mother daughter sister wife woman granddaughter spokeswoman chairwoman"
_TITLES = dict.fromkeys(_MALE.split(), "m") | dict.fromkeys(_FEMALE.split(), "f")
_SMALL = DEFINITE | INDEFINITE | frozenset("of for in on at to and or from with by who".split())
_PERSONAL = re.compile(
    r"\w+(?:or|er|ist|yst|man|woman|ian|ant|ident)|envoy|official|diplomat|chief|general|aide|captain|king"
)
_WORD = re.compile(r"\w+(?:[.&-]\w+)*")
_CORE_ENDS = re.compile(r",|\s(?:of|for|in|at|from|with|to|on|who|which)\s|\s\(")
_FARTHEST_DETERMINER = 5


@dataclass(slots=True)
class Character:
    """Somebody whom a text names: the fullest name so far, all words used for them, what is known of them.

    `head` is the noun that a short mention repeats: the surname of a name, the last word before "of" or a comma.
    """

    name: str
    head: str
    words: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    person: bool = False
    surname: bool = False


def read_mention(mention: str) -> Character:
    """Return the character that a mention, no pronoun, would name if nobody had been named before."""
    core = _WORD.findall(_CORE_ENDS.split(mention, maxsplit=1)[0])
    written = _WORD.findall(mention)
    words = {word.casefold() for word in written} - _SMALL
    head = core[-1].casefold() if core else mention.casefold()
    gender = next((_TITLES[part] for word in written for part in word.casefold().split("-") if part in _TITLES), "")
    proper = [word for word in core if word[:1].isupper()]
    common = bool(core) and core[-1][:1].islower()
    return Character(
        mention,
        head,
        words,
        gender,
        plural="and" in core or (common and head.endswith("s")) or head in {"people", "police"},
        person=bool(gender)
        or (common and bool(_PERSONAL.fullmatch(head)))
        or (len(proper) > 1 and core[0] == proper[0]),
        surname=written == proper[:1],
    )


def antecedent(before: str) -> str | None:
    """Return the noun phrase at the end of the words before a relative pronoun, None if there is none.

    That is a run of capitalised words, or what begins at the nearest of the last few words that is a determiner.
    """
    words = list(_WORD.finditer(before))
    start = len(words)
    while start and words[start - 1][0][:1].isupper():
        start -= 1
    for i in range(start - 1, max(-1, start - 1 - _FARTHEST_DETERMINER), -1):
        if words[i][0].casefold() in DEFINITE | INDEFINITE:
            start = i
            break
    return before[words[start].start() : words[-1].end()] if start < len(words) else None
