"""Timing: contenders take turns, so that whatever else the machine does, it does to all of them."""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.contenders import Contender, Label

_SLOW_SHARE = 20


@dataclass(frozen=True)
class Spread:
    """Microseconds: the median of some rounds, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(statistics.median(values), min(values), max(values))


def bulk(entries: Sequence[Contender], texts: Sequence[str], rounds: int) -> dict[str, Spread]:
    """Return the CPU time for each text, in microseconds, one thread, all texts in one call.

    Slow contenders get every twentieth text. A first round, of all, is not counted.
    """
    times: dict[str, list[float]] = {entry.name: [] for entry in entries}
    for _ in range(rounds + 1):
        for entry in entries:
            batch = texts[::_SLOW_SHARE] if entry.slow else texts
            start = time.process_time()
            entry.label(batch)
            times[entry.name].append((time.process_time() - start) / len(batch) * 1e6)
    return {name: Spread.of(values[1:]) for name, values in times.items()}


def single(entries: Sequence[Contender], texts: Sequence[str], calls: int) -> dict[str, dict[str, float]]:
    """Return the wall time of a call with one text, in microseconds: the same text again and again (`hot`), and another
    each time (`varied`), the median and the 99th percentile.
    """
    middling = min(texts, key=lambda text: abs(len(text) - 145))
    found = {}
    for entry in entries:
        count = calls // _SLOW_SHARE if entry.slow else calls
        hot = _calls(entry.label, [middling] * count)
        varied = _calls(entry.label, [texts[i * 7919 % len(texts)] for i in range(count)])
        found[entry.name] = {
            "hot": statistics.median(hot),
            "hot p99": statistics.quantiles(hot, n=100)[98],
            "varied": statistics.median(varied),
            "varied p99": statistics.quantiles(varied, n=100)[98],
        }
    return found


def threads(label: Label, texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Return how much sooner two threads are done than one; beside it the same for a hash that needs no lock.

    The best of some rounds: other work on the machine takes from both.
    """
    block = bytes(1 << 26)
    halves = [texts[::2], texts[1::2]]
    return {
        "stance": _speedup(lambda: label(texts), [lambda half=half: label(half) for half in halves], rounds),
        "control": _speedup(
            lambda: [hashlib.sha256(block).digest() for _ in range(2)],
            [lambda: hashlib.sha256(block).digest()] * 2,
            rounds,
        ),
    }


def _speedup(whole: Callable[[], object], halves: Sequence[Callable[[], object]], rounds: int) -> float:
    alone, together = [], []
    with ThreadPoolExecutor(len(halves)) as pool:
        for _ in range(rounds):
            start = time.perf_counter()
            whole()
            middle = time.perf_counter()
            list(pool.map(lambda half: half(), halves))
            alone.append(middle - start)
            together.append(time.perf_counter() - middle)
    return min(alone) / min(together)


def _calls(label: Label, texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        start = time.perf_counter_ns()
        label([text])
        times.append((time.perf_counter_ns() - start) / 1e3)
    return times
