"""Checking a corpus: every fault of every line, and of the lines together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.fold import fold
from stance.ngrams import WordNgrams
from training.errors import Fault
from training.sentences import CorpusSentence, Rules, read_sentences

_SHINGLE = WordNgrams(4, 4)


@dataclass(frozen=True)
class CorpusReport:
    """All faults in file order, and how many sentences each label, conflict and genre has."""

    faults: Sequence[Fault]
    sentences: int
    counts: Mapping[str, Mapping[str, int]]


def check_corpus(paths: Sequence[Path], rules: Rules, *, whole: bool = True) -> CorpusReport:
    """Check corpus files against the rules: schema, ids, duplicates, near-duplicates, pairs.

    Where they are the `whole` corpus, also check its balance.
    """
    sentences, faults = read_sentences(paths, rules)
    for check in (_repeated_ids, _repeated_texts, _pairs):
        faults += check(sentences)
    faults += _near_duplicates(sentences, rules.near_duplicate)
    if whole:
        faults += _balance(paths, sentences, rules)
    order = {path: i for i, path in enumerate(paths)}
    faults.sort(key=lambda fault: (order[fault.path], fault.line))
    counts = {
        name: dict(Counter(getattr(s, name) for s in sentences).most_common())
        for name in ("label", "conflict", "genre")
    }
    return CorpusReport(faults, len(sentences), counts)


def _repeated_ids(sentences: Sequence[CorpusSentence]) -> Iterator[Fault]:
    first: dict[str, CorpusSentence] = {}
    for sentence in sentences:
        other = first.setdefault(sentence.id, sentence)
        if other is not sentence:
            yield sentence.fault(f"the id {sentence.id!r} stands already at {_place(other)}")


def _repeated_texts(sentences: Sequence[CorpusSentence]) -> Iterator[Fault]:
    first: dict[str, CorpusSentence] = {}
    for sentence in sentences:
        other = first.setdefault(sentence.key, sentence)
        if other is sentence:
            continue
        if other.label == sentence.label:
            yield sentence.fault(f"the same text as {_place(other)}")
        else:
            yield sentence.fault(f"labelled {sentence.label}, but {other.label} at {_place(other)}")


def _pairs(sentences: Sequence[CorpusSentence]) -> Iterator[Fault]:
    pairs: dict[str, list[CorpusSentence]] = defaultdict(list)
    for sentence in sentences:
        if sentence.pair:
            pairs[sentence.pair].append(sentence)
    for pair, members in pairs.items():
        if len(members) == 1:
            yield members[0].fault(f"the pair {pair!r} has no other member")
        elif len({member.label for member in members}) == 1:
            yield members[0].fault(f"all members of the pair {pair!r} are labelled {members[0].label}")


def _near_duplicates(sentences: Sequence[CorpusSentence], threshold: float) -> Iterator[Fault]:
    """Yield sentences whose runs of four words are too many of an earlier one's (Jaccard; Broder 1997).

    Members of one pair are meant to be alike.
    """
    shingles = [frozenset(_SHINGLE(sentence.text)) or frozenset(fold(sentence.text).split()) for sentence in sentences]
    seen: dict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        shared = Counter(j for shingle in shingles[i] for j in seen[shingle])
        for j, common in shared.items():
            other = sentences[j]
            likeness = common / (len(shingles[i]) + len(shingles[j]) - common)
            if likeness <= threshold or sentence.key == other.key or (sentence.pair and sentence.pair == other.pair):
                continue
            yield sentence.fault(f"nearly the same text as {_place(other)} (likeness {likeness:.2f})")
        for shingle in shingles[i]:
            seen[shingle].append(i)


def _balance(paths: Sequence[Path], sentences: Sequence[CorpusSentence], rules: Rules) -> Iterator[Fault]:
    counts = Counter(sentence.label for sentence in sentences)
    for label, (low, high) in rules.shares.items():
        share = counts[label] / max(1, len(sentences))
        if not low <= share <= high:
            yield Fault(paths[0], 0, f"{share:.0%} of all sentences are {label}; {low:.0%} to {high:.0%} is the rule")


def _place(sentence: CorpusSentence) -> str:
    return f"{sentence.path}:{sentence.line}"
