"""How well holders are found, by the relaxed match of attribution studies: a shared word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stance.span import Span
from training.holders import MarkedSentence

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class HolderMetrics:
    """Precision, recall and F1 over holders; how often the first one given is a marked one, where there is one."""

    precision: float
    recall: float
    f1: float
    first: float


def words_of(text: str, span: Span) -> frozenset[int]:
    """Return where the words begin that a span touches."""
    return frozenset(
        match.start() for match in _WORD.finditer(text) if match.start() < span.end and match.end() > span.start
    )


def holder_metrics(sentences: Iterable[MarkedSentence], given: Iterable[Sequence[Span]]) -> HolderMetrics:
    """Compare the holders given for each sentence, the main one first, with the marked ones.

    A holder is right when it shares a word with a marked one that no holder before it has matched.
    """
    found = marked = answers = first = attributed = 0
    for sentence, spans in zip(sentences, given, strict=True):
        left = [words_of(sentence.text, item.holder) for item in sentence.marked]
        marked += len(left)
        answers += len(spans)
        attributed += bool(left)
        for rank, span in enumerate(spans):
            match = next((gold for gold in left if gold & words_of(sentence.text, span)), None)
            if match is not None:
                left.remove(match)
                found += 1
                first += rank == 0
    return HolderMetrics(
        precision=found / max(answers, 1),
        recall=found / max(marked, 1),
        f1=2 * found / max(answers + marked, 1),
        first=first / max(attributed, 1),
    )
