"""Tables: what the compiled scorer reads, made of a model's analysers, their features and the lexicon."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from stance.analyzer import Analyzer
from stance.concepts import CLAUSE_ENDS, CONCESSION_ENDS, PUNCTUATION, QUESTION_ENDS, Concepts
from stance.lexicon import ROLES, Lexicon, Node
from stance.native.edges import NONE, Edges, Tree, pack
from stance.native.templates import Slot, fixed_slots, readings
from stance.ngrams import CharNgrams, WordNgrams
from stance.reading import NEGATION, UNREAL
from stance.tagging import GAP_ENDS

Tables = dict[str, npt.NDArray[np.generic]]

VERSION = 1
"""Of the form of the tables; tables of another form are made anew when a model is opened."""

WORD_SETS = (
    GAP_ENDS,
    NEGATION.stops,
    UNREAL.stops,
    PUNCTUATION,
    CONCESSION_ENDS,
    CLAUSE_ENDS,
    frozenset("?"),
    QUESTION_ENDS,
)
"""Words that the concept channel asks after, in the order of the bits in src/lexemes.h."""
_STEM = 1 << len(WORD_SETS)
_MARKS = ("", "?", "~")
_BY_WORD, _BY_STEM = 1, 2
_LONGEST_ENTRY = 64
_LARGEST_SLOT = 1 << 24


class UncompilableError(Exception):
    """A model that the compiled scorer cannot read; Python's can."""


def tables(channels: Sequence[tuple[Analyzer, Sequence[str]]]) -> Tables:
    """Return the tables for channels, each an analyser and its features.

    Raises:
        UncompilableError: the channels hold something that the compiled scorer has no form for.
    """
    if len({type(analyzer) for analyzer, _ in channels}) != len(channels):
        raise UncompilableError("two channels have one analyser")
    lexemes = Tree()
    made: Tables = {}
    for analyzer, features in channels:
        match analyzer:
            case WordNgrams():
                made |= pack("words", _words(lexemes, features))
            case CharNgrams():
                made |= pack("characters", _characters(features))
            case Concepts():
                made |= _concepts(lexemes, analyzer.lexicon, features)
            case _:
                raise UncompilableError(f"no compiled analyser is called {analyzer.name!r}")
    made["lexeme_bits"] = _bits(lexemes, made.pop("stems", np.empty(0, dtype=np.uint32)))
    return made | pack("lexemes", lexemes.edges)


def _lexeme(lexemes: Tree, word: str) -> int:
    return lexemes.plant(map(ord, word))


def _words(lexemes: Tree, features: Sequence[str]) -> Edges:
    runs = Tree()
    return runs.renumbered([runs.plant(_lexeme(lexemes, word) for word in f.split(" ")) for f in features])


def _characters(features: Sequence[str]) -> Edges:
    if "" in features:
        raise UncompilableError("a run of no characters")
    runs = Tree()
    return runs.renumbered([runs.plant(map(ord, feature)) for feature in features])


def _concepts(lexemes: Tree, lexicon: Lexicon, features: Sequence[str]) -> Tables:
    concepts = lexicon.concepts
    numbers = {concept.name: i for i, concept in enumerate(concepts)}
    if len(numbers) != len(concepts) or any(name[:1] in _MARKS for name in numbers):
        raise UncompilableError("a concept has no name of its own, or one that begins with a mark of the readings")
    roles = {role: i + 1 for i, role in enumerate(ROLES)}
    meanings = [(concept.sign, roles.get(concept.role or "", 0)) for concept in concepts]
    edges, nodes, stems = _entries(lexemes, lexicon, numbers)
    phrases = Tree()
    found = _features(lexemes, phrases, numbers, features)
    return {
        **pack("lexicon", edges),
        "lexicon_nodes": nodes,
        "stems": np.array(sorted(stems), dtype=np.uint32),
        "concepts": np.array(meanings, dtype=np.int32).reshape(-1, 2),
        **pack("phrases", phrases.edges),
        **pack("features", found),
    }


def _entries(
    lexemes: Tree, lexicon: Lexicon, numbers: Mapping[str, int]
) -> tuple[Edges, npt.NDArray[np.uint32], set[int]]:
    """Return the lexicon's tree: its edges, by word or by stem; of each node the concept, the gap and which kinds of
    edge leave it; the stems.

    A node's number is greater than its parent's, and so no walk returns to where it was.
    """
    edges: dict[tuple[int, int], int] = {}
    rows: list[tuple[int, int, int]] = []
    stems: set[int] = set()
    waiting: list[tuple[Node, int]] = [(lexicon.tree, 0)]
    count = 1
    for node, depth in waiting:
        if depth > _LONGEST_ENTRY:
            raise UncompilableError(f"an entry of the lexicon has more than {_LONGEST_ENTRY} parts")
        number = len(rows)
        children = [(2 * _lexeme(lexemes, word), child) for word, child in node.words.items()]
        for stem, child in node.stems.items():
            stems.add(_lexeme(lexemes, stem))
            children.append((2 * _lexeme(lexemes, stem) + 1, child))
        for symbol, child in children:
            edges[number, symbol] = count
            waiting.append((child, depth + 1))
            count += 1
        gap = NONE
        if node.gap is not None:
            gap = count
            waiting.append((node.gap, depth + 1))
            count += 1
        concept = NONE if node.concept is None else numbers[node.concept.name]
        rows.append((concept, gap, _BY_WORD * bool(node.words) + _BY_STEM * bool(node.stems)))
    return edges, np.array(rows, dtype=np.uint32), stems


def _features(lexemes: Tree, phrases: Tree, numbers: Mapping[str, int], features: Sequence[str]) -> Edges:
    """Return the features as edges: from template and first slot, by the second slot, to the feature's number."""
    names = {mark + name: 3 * i + m for name, i in numbers.items() for m, mark in enumerate(_MARKS)}
    slots: dict[str, Slot] = {**fixed_slots(), "name": names.get, "unit": lambda text: _unit(lexemes, phrases, text)}
    edges: dict[tuple[int, int], int] = {}
    for i, feature in enumerate(features):
        ways = list(readings(feature, slots))
        if not ways:
            raise UncompilableError(f"the concept feature {feature!r} has no template")
        for template, left, right in ways:
            if left >= _LARGEST_SLOT:
                raise UncompilableError(f"the lexicon or the vocabulary is too large for {feature!r}")
            edges[template * _LARGEST_SLOT + left, right] = i
    return edges


def _unit(lexemes: Tree, phrases: Tree, written: str) -> int | None:
    """Return the number of a word or, where it is several words, of a phrase, as `repr` wrote it."""
    try:
        text = ast.literal_eval(written)
    except (SyntaxError, ValueError):
        return None
    if not isinstance(text, str) or repr(text) != written:
        return None
    words = [_lexeme(lexemes, word) for word in text.split(" ")]
    return 2 * words[0] if len(words) == 1 else 2 * phrases.plant(words) + 1


def _bits(lexemes: Tree, stems: npt.NDArray[np.generic]) -> npt.NDArray[np.uint16]:
    """Return for each lexeme the sets of words that it is in, a bit for each, and whether it is a stem."""
    members = [(_lexeme(lexemes, word), bit) for bit, words in enumerate(WORD_SETS) for word in words]
    bits = np.zeros(lexemes.nodes, dtype=np.uint16)
    for lexeme, bit in members:
        bits[lexeme] |= 1 << bit
    bits[stems] |= _STEM
    return bits
