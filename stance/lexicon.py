"""The lexicon: words, stems and idioms, each standing for a concept.

A lexicon is a TOML file that people read and edit. Each table is a concept:

    [PROGRESS]
    sign = 1                # 1 speaks for, -1 against, 0 neither
    role = "…"              # only where the concept has a part in the grammar of a sentence, see ROLES
    entries = '''
    progress, breakthrough^, step+ forward, mov* ~ closer
    '''

Entries are separated by commas and written in lower case. `word^` is a noun, singular and plural; `word+` a regular
verb in its four forms, `word++` one that doubles its last consonant; `word*` any word that begins so; `~` up to
three words of any kind. In several words it is an idiom; where several entries fit, the longest counts.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stance.errors import LexiconError
from stance.tokens import tokens

ROLES = ("topic", "negation", "contrast", "concession", "unreal", "speech")
"""What a concept can do besides speaking for or against: name the topic (a truce, talks); negate what follows; open
the clause that decides (but); open the one that does not (although); make what follows unreal (calls, duties,
aims); report."""

LONGEST_GAP = 3

_HEADER = """\
# Concepts: words, stems and idioms that stand for one thing. Entries are separated by commas, in lower case.
#   word^   a noun, singular and plural          word*   any word that begins so
#   word+   a regular verb in its four forms     word++  one that doubles its last consonant
#   ~       up to three words of any kind        in several words: an idiom; the longest entry counts
# sign: 1 speaks for a ceasefire, -1 against, 0 neither. An entry under two concepts belongs to the first.

"""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_VOWELS = frozenset("aeiou")
_HISS = ("s", "sh", "ch", "x", "z")


@dataclass(frozen=True)
class Concept:
    """A concept: its name, its sign (1, 0 or -1), its role (one of `ROLES`, or none), and its entries as written."""

    name: str
    sign: int
    role: str | None
    entries: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A place in the tree of entries: what may follow by word, by the beginning of a word, or after a gap."""

    words: dict[str, Node] = field(default_factory=dict)
    stems: dict[str, Node] = field(default_factory=dict)
    gap: Node | None = None
    concept: Concept | None = None


@dataclass(frozen=True)
class Lexicon:
    """Concepts in the order of their file; an entry that two of them have belongs to the first."""

    concepts: tuple[Concept, ...]

    @classmethod
    def parse(cls, source: str) -> Lexicon:
        """Read the text of a lexicon file.

        Raises:
            LexiconError: it is not TOML, or a concept or an entry is not what it should be.
        """
        try:
            tables = tomllib.loads(source)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise LexiconError(f"not TOML: {error}") from error
        lexicon = cls(tuple(_concept(name, table) for name, table in tables.items()))
        _ = lexicon.tree
        return lexicon

    def extended(self, other: Lexicon) -> Lexicon:
        """Return a lexicon with the other's concepts and entries added; where both have an entry, the other's wins."""
        mine = {concept.name: concept for concept in self.concepts}
        first = []
        for theirs in other.concepts:
            ours = mine.pop(theirs.name, None)
            entries = theirs.entries + (ours.entries if ours else ())
            first.append(Concept(theirs.name, theirs.sign, theirs.role, tuple(dict.fromkeys(entries))))
        return Lexicon((*first, *mine.values()))

    def to_toml(self) -> str:
        """Return the text that `parse` reads back as this lexicon."""
        return _HEADER + "\n".join(line for concept in self.concepts for line in _table(concept))

    @cached_property
    def tree(self) -> Node:
        """The entries in all their forms."""
        root = Node()
        for concept in self.concepts:
            for entry in concept.entries:
                _plant(root, concept, entry)
        return root

    @property
    def names_topics(self) -> bool:
        """Whether there is a concept whose role is to name the topic."""
        return any(concept.role == "topic" for concept in self.concepts)

    def __getstate__(self) -> Mapping[str, object]:
        # The tree is large and quickly made again.
        return {"concepts": self.concepts}


def _concept(name: str, table: object) -> Concept:
    if not isinstance(table, dict) or set(table) - {"sign", "role", "entries"}:
        raise LexiconError(f"{name}: a table with sign, entries and perhaps role is needed")
    sign, role, entries = table.get("sign", 0), table.get("role"), table.get("entries", "")
    if not isinstance(sign, int) or sign not in {-1, 0, 1}:
        raise LexiconError(f"{name}: sign is {sign!r}; 1, 0 or -1 is needed")
    if role is not None and (not isinstance(role, str) or role not in ROLES):
        raise LexiconError(f"{name}: role is {role!r}; there are {', '.join(ROLES)}")
    if not isinstance(entries, str):
        raise LexiconError(f"{name}: entries is {type(entries).__name__}; a string is needed")
    if "'''" in entries:
        raise LexiconError(f"{name}: an entry cannot hold three apostrophes")
    written = (" ".join(entry.split()) for entry in entries.split(","))
    return Concept(name, int(sign), role, tuple(dict.fromkeys(entry for entry in written if entry)))


def _table(concept: Concept) -> Iterator[str]:
    yield f"[{concept.name if _BARE.fullmatch(concept.name) else json.dumps(concept.name)}]"
    yield f"sign = {concept.sign}"
    if concept.role:
        yield f'role = "{concept.role}"'
    yield "entries = '''"
    line = ""
    for entry in concept.entries:
        if len(line) + len(entry) > 116:  # noqa: PLR2004 - so that lines stay under 120
            yield line.rstrip()
            line = ""
        line += f"{entry}, "
    yield line.rstrip(", ")
    yield "'''\n"


def _plant(root: Node, concept: Concept, entry: str) -> None:
    nodes = [root]
    for part in entry.split():
        nodes = [child for node in nodes for child in _children(node, part, concept, entry)]
    for node in nodes:
        if node is root or node.concept is None:
            node.concept = concept


def _children(node: Node, part: str, concept: Concept, entry: str) -> list[Node]:
    if part == "~":
        node.gap = node.gap or Node()
        return [node.gap]
    if part.endswith("*"):
        if len(part) < 3:  # noqa: PLR2004 - shorter beginnings catch anything
            raise LexiconError(f"{concept.name}: {entry!r}: two letters or more must stand before *")
        return [node.stems.setdefault(part[:-1], Node())]
    ends = []
    for form in _forms(part):
        end = node
        for word, _, _ in tokens(form):
            end = end.words.setdefault(word, Node())
        if end is node:
            raise LexiconError(f"{concept.name}: {entry!r}: {part!r} holds no word")
        ends.append(end)
    return ends


def _forms(part: str) -> list[str]:
    if part.endswith("++"):
        verb = part[:-2]
        return [verb, _third_person(verb), f"{verb}{verb[-1:]}ed", f"{verb}{verb[-1:]}ing"]
    if part.endswith("+"):
        verb = part[:-1]
        if verb.endswith("e"):
            return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
        past = f"{verb[:-1]}ied" if _consonant_y(verb) else f"{verb}ed"
        return [verb, _third_person(verb), past, f"{verb}ing"]
    if part.endswith("^"):
        return [part[:-1], _third_person(part[:-1])]
    return [part]


def _third_person(word: str) -> str:
    """Return a verb's third person, which is spelt as a noun's plural."""
    if _consonant_y(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(_HISS) else f"{word}s"


def _consonant_y(word: str) -> bool:
    return len(word) > 1 and word[-1] == "y" and word[-2] not in _VOWELS
