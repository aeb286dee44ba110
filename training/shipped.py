"""What the repository ships to train on: the corpus, its rules and the lexicon."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.sentences import CorpusSentence, Rules, sound_sentences

LEXICON = Path(os.path.relpath(Path(__file__).parent / "lexicon.toml"))
SUITE = Path(os.path.relpath(Path(__file__).parent / "behaviour"))
CORPUS = Path(os.path.relpath(Path(__file__).parent / "corpus"))


def corpus_files() -> list[Path]:
    """Return the files of the shipped corpus."""
    return sorted(CORPUS.glob("*.jsonl"))


def corpus_rules() -> Rules:
    """Return the rules of the shipped corpus."""
    return Rules.read(CORPUS / "corpus.toml")


_OFF_TOPIC = "offtopic"


def corpus_sentences() -> list[CorpusSentence]:
    """Return the sentences of the shipped corpus, in the order of its dataset."""
    return sound_sentences(corpus_files(), corpus_rules())


def corpus_facets(sentences: Sequence[CorpusSentence]) -> Mapping[str, Sequence[str]]:
    """Return by what the corpus can be parted: each sentence's conflict and genre."""
    return {"conflict": [s.conflict for s in sentences], "genre": [s.genre for s in sentences]}


def on_topic(sentences: Sequence[CorpusSentence]) -> list[bool]:
    """Return which sentences were written about a ceasefire."""
    return [sentence.construction != _OFF_TOPIC for sentence in sentences]
