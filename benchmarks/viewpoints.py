"""Attribution: what it costs to say whose viewpoint a sentence reports, beside what a spaCy pipeline costs.

No trained pipeline is among the packages that may be installed by name, so that spaCy's tagger and parser are its small
English ones with weights drawn at random: what they say is worthless, what they cost is not.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import stance
from benchmarks.machine import description
from training.holders import FOLDER, read_marked

_RESULTS = Path(__file__).parent / "results"
_ROUNDS = 7


def main() -> None:
    """Measure on our marked sentences, contenders in turn, and write a dated page."""
    texts = [sentence.text for sentence in read_marked(sorted(FOLDER.glob("*.jsonl")))]
    contenders: dict[str, Callable[[Sequence[str]], object]] = {
        "stance.attribute": lambda batch: [stance.attribute(text) for text in batch],
        **_spacy(texts),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(_ROUNDS):
        for name, run in contenders.items():
            start = time.process_time()
            run(texts)
            times[name].append((time.process_time() - start) / len(texts) * 1e6)
    ours = statistics.median(times["stance.attribute"])
    lines = [
        f"| {name} | {statistics.median(t):.0f} [{min(t):.0f}, {max(t):.0f}] | {1e6 / statistics.median(t):,.0f} "
        f"| {statistics.median(t) / ours:.1f} |"
        for name, t in times.items()
    ]
    day = datetime.now(UTC).date().isoformat()
    page = (
        f"# Whose viewpoint: cost, {day}\n\n"
        + "\n".join(f"- {name}: {value}" for name, value in description().items())
        + f"\n\n{len(texts)} marked sentences, {sum(map(len, texts)) / len(texts):.0f} characters on average; CPU"
        " time on one core, contenders in turn, median [least, most]. spaCy's weights are random: its cost counts here,"
        " not its answers.\n\n"
        "| | µs a sentence | sentences a CPU second | times ours |\n|---|---|---|---|\n" + "\n".join(lines) + "\n"
    )
    (_RESULTS / f"{day}-viewpoints.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page)


def _spacy(texts: Sequence[str]) -> dict[str, Callable[[Sequence[str]], object]]:
    """Return spaCy's tokeniser alone, and with tagger and parser behind it, where it is installed."""
    try:
        spacy: Any = importlib.import_module("spacy")
    except ImportError:
        return {}
    plain, parsing = spacy.blank("en"), spacy.blank("en")
    for pipe in ("tok2vec", "tagger", "parser"):
        parsing.add_pipe(pipe)
    parsing.get_pipe("tagger").add_label("NN")
    for label in ("nsubj", "dobj", "ccomp", "ROOT", "dep", "amod"):
        parsing.get_pipe("parser").add_label(label)
    parsing.initialize()
    list(parsing.pipe(texts[:10]))
    version = spacy.__version__
    return {
        f"spaCy {version}, tokeniser alone": lambda batch: list(plain.pipe(batch)),
        f"spaCy {version}, tokeniser, tagger and parser": lambda batch: list(parsing.pipe(batch)),
    }


if __name__ == "__main__":
    main()
