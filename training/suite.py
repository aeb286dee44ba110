"""A behaviour suite: tests of what a model must be able to do, read from a folder of TOML files.

`rules.toml` says when a test of each kind passes and how many of them must. The other files hold tests (`[[test]]`) and
what these share: word lists for perturbations (`[words]`) and sentences with a gap (`[frames]`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from training.errors import DataError, Fault
from training.expectation import Direction, Expectation, Invariance, MinimumFunctionality, Pair
from training.fields import COUNT, PAIR, PAIRS, ROWS, SHARE, TABLE, TABLES, TEXT, TEXTS, Fields, checked
from training.perturbations import PERTURBATIONS, Rows

T = TypeVar("T")

RULES = "rules.toml"
_LEAST_PASSED = "least_passed"
_GAP = "{}"
_COMMON = {"name": TEXT, "kind": TEXT, "capability": TEXT}
_BOUNDS: Mapping[str, Fields] = {
    MinimumFunctionality.kind: {"most_failures": SHARE},
    Invariance.kind: {"most_flips": SHARE, "most_change": SHARE},
    Direction.kind: {"least_change": SHARE, "least_share": SHARE},
}
_REQUIRED: Mapping[str, Fields] = {
    MinimumFunctionality.kind: {"label": TEXT, "cases": TEXTS},
    Invariance.kind: {"sentences": TEXT, "perturbation": TEXT},
    Direction.kind: {"towards": TEXT},
}
_OPTIONAL: Mapping[str, Fields] = {
    MinimumFunctionality.kind: {},
    Invariance.kind: {"words": TEXT, "variants": COUNT},
    Direction.kind: {"pairs": PAIRS, "change": PAIR, "frames": TEXT},
}


@dataclass(frozen=True)
class Suite:
    """Tests, those of minimum functionality first, and for each kind the share of its tests that must pass."""

    path: Path
    tests: tuple[Expectation, ...]
    least_passed: Mapping[str, float]

    @property
    def texts(self) -> list[str]:
        """Every text of the tests, once."""
        return list(dict.fromkeys(text for test in self.tests for text in test.texts))

    @property
    def labels(self) -> frozenset[str]:
        """Every label that a test expects."""
        return frozenset(label for test in self.tests for label in test.labels)


@dataclass
class _Draft:
    """What was read so far."""

    rules: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    rows: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    words: dict[str, Rows] = field(default_factory=dict)
    frames: dict[str, Sequence[str]] = field(default_factory=dict)
    tests: dict[str, Expectation] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_suite(folder: Path) -> Suite:
    """Read a suite.

    Raises:
        DataError: files or tests are at fault: all of them are listed.
    """
    draft = _Draft()
    for path in [folder / RULES, *(path for path in sorted(folder.glob("*.toml")) if path.name != RULES)]:
        try:
            _read_file(path, draft)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            draft.faults += [Fault(path, 0, line) for line in str(reason).split("\n")]
    if draft.faults:
        raise DataError(draft.faults)
    # Minimum functionality first: the invariance tests alter its sentences.
    order = list(_REQUIRED)
    for path, row in sorted(draft.rows, key=lambda item: order.index(item[1]["kind"])):
        try:
            draft.tests[row["name"]] = _test(row, draft)
        except ValueError as error:
            draft.faults += [Fault(path, 0, f"the test {row.get('name')!r}: {line}") for line in str(error).split("\n")]
    if not draft.rows:
        draft.faults.append(Fault(folder, 0, "no tests"))
    if draft.faults:
        raise DataError(draft.faults)
    return Suite(
        folder, tuple(draft.tests.values()), {kind: bounds[_LEAST_PASSED] for kind, bounds in draft.rules.items()}
    )


def _read_file(path: Path, draft: _Draft) -> None:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    if path.name == RULES:
        for kind, bounds in checked(content, dict.fromkeys(_BOUNDS, TABLE), {}).items():
            checked(bounds, {**_BOUNDS[kind], _LEAST_PASSED: SHARE}, {})
        draft.rules = content
        return
    checked(content, {}, {"words": TABLE, "frames": TABLE, "test": TABLES})
    words, frames = content.get("words", {}), content.get("frames", {})
    checked(words, {}, dict.fromkeys(words.keys() - draft.words, ROWS))
    checked(frames, {}, dict.fromkeys(frames.keys() - draft.frames, TEXTS))
    draft.words |= {name: [[row] if isinstance(row, str) else row for row in rows] for name, rows in words.items()}
    draft.frames |= frames
    for row in content.get("test", []):
        name, kind = row.get("name"), row.get("kind")
        if kind not in list(_REQUIRED):
            raise ValueError(f"the test {name!r}: the kind {kind!r} is none of {', '.join(_REQUIRED)}")
        draft.rows.append((path, row))


def _test(row: Mapping[str, Any], draft: _Draft) -> Expectation:
    kind = row["kind"]
    checked(row, {**_COMMON, **_REQUIRED[kind]}, {**_OPTIONAL[kind], **_BOUNDS[kind]})
    if row["name"] in draft.tests:
        raise ValueError("another test has this name")
    bounds = {name: row.get(name, draft.rules[kind][name]) for name in _BOUNDS[kind]}
    if kind == MinimumFunctionality.kind:
        return MinimumFunctionality(row["name"], row["capability"], row["label"], tuple(row["cases"]), **bounds)
    if kind == Invariance.kind:
        return Invariance(row["name"], row["capability"], _altered(row, draft), **bounds)
    return Direction(row["name"], row["capability"], row["towards"], _directed(row, draft), **bounds)


def _altered(row: Mapping[str, Any], draft: _Draft) -> tuple[Pair, ...]:
    """Return each plain sentence with each of its alterations, of many the wanted number evenly spaced."""
    perturb = _named(PERTURBATIONS, row["perturbation"], "perturbation")
    words = _named(draft.words, row["words"], "word list") if "words" in row else ()
    sentences = [
        text
        for test in draft.tests.values()
        if isinstance(test, MinimumFunctionality) and test.capability == row["sentences"]
        for text in test.cases
    ]
    pairs = []
    for sentence in sentences:
        found = list(perturb(sentence, words))
        kept = min(row.get("variants", len(found)), len(found))
        pairs += [(sentence, found[i * len(found) // kept]) for i in range(kept)]
    if not pairs:
        raise ValueError(f"{row['perturbation']} alters no sentence of the capability {row['sentences']!r}")
    return tuple(pairs)


def _directed(row: Mapping[str, Any], draft: _Draft) -> tuple[Pair, ...]:
    """Return the pairs as written, or the frames with one phrase and the other in the gap."""
    if ("pairs" in row) == ("frames" in row) or ("change" in row) != ("frames" in row):
        raise ValueError("either 'pairs' or 'change' and 'frames' are needed")
    if "pairs" in row:
        return tuple((before, after) for before, after in row["pairs"])
    frames = _named(draft.frames, row["frames"], "list of frames")
    without = next((frame for frame in frames if frame.count(_GAP) != 1), None)
    if without is not None:
        raise ValueError(f"there is not one gap {_GAP} in {without!r}")
    before, after = row["change"]
    return tuple((frame.replace(_GAP, before), frame.replace(_GAP, after)) for frame in frames)


def _named(things: Mapping[str, T], name: str, what: str) -> T:
    if name not in things:
        raise ValueError(f"there is no {what} {name!r}; there are {', '.join(sorted(things)) or 'none'}")
    return things[name]
