"""Templates: the form of every concept feature, so that the compiled scorer can name a feature by numbers.

`stance.concepts` writes features as strings; the compiled scorer, which never builds one, says which template it fills
with what. Both are one feature because each string of a vocabulary is read back here in every way that it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product

TEMPLATES = (
    "{name}",
    "{name} → {name}",
    "{name} … {name}",
    "sign {sign}",
    "no sign",
    "signs {sign}{sign}",
    "first sign {sign}",
    "last sign {sign}",
    "balance {balance}",
    "{name} before topic",
    "{name} after topic",
    "{sign} near topic",
    "{sign} before topic",
    "{sign} after topic",
    "before but: {name}",
    "before but: {sign}",
    "after but: {name}",
    "after but: {sign}",
    "although: {sign}",
    "beside although: {sign}",
    "in topic clause: {name}",
    "in topic clause: {sign}",
    "topic clause signs {clause}",
    "topic clause order {order}",
    "topic clause balance {balance}",
    "{name} + {unit}",
    "{unit} + {name}",
    "on topic",
    "off topic",
    "on topic with {signs}",
    "off topic with {signs}",
    "topic {name}",
    "topic {name} with {signs}",
    "{name} & {name}",
    "question",
    "question inside",
    "call with {signs}",
    "length {length}",
)
"""In the order of `enum template` in src/concepts.h."""

Slot = Callable[[str], int | None]
"""The number of what stands in a slot, or none where it cannot stand there."""

_SLOT = re.compile(r"\{(\w+)\}")
_SIGNS = ("none", "+", "-", "+-")


def readings(feature: str, slots: Mapping[str, Slot]) -> Iterator[tuple[int, int, int]]:
    """Yield every way to read a feature: its template's number, and the numbers in its slots (0 where it has none)."""
    for number, (literals, names) in enumerate(_PARTED):
        if not (feature.startswith(literals[0]) and feature.endswith(literals[-1])):
            continue
        middle = feature[len(literals[0]) : len(feature) - len(literals[-1])]
        for values in _values(middle, literals, [slots[name] for name in names]):
            yield number, *values


def fixed_slots() -> dict[str, Slot]:
    """Return the slots that no lexicon changes, numbered as in src/concepts.c."""
    # A first bit of 1, then a bit for each sign, 1 for -.
    orders = {"".join(signs): _order(signs) for n in range(1, 5) for signs in product("+-", repeat=n)}
    clauses = {
        signs.replace("none", "") + mark: i + 4 * (mark == "?") for i, signs in enumerate(_SIGNS) for mark in ("", "?")
    }
    return {
        "sign": {"-": 0, "0": 1, "+": 2}.get,
        "signs": {signs: i for i, signs in enumerate(_SIGNS)}.get,
        "balance": {f"{i:+d}": i + 3 for i in range(-3, 4)}.get,
        "clause": clauses.get,
        "order": orders.get,
        "length": {str(i): i for i in range(6)}.get,
    }


def _order(signs: tuple[str, ...]) -> int:
    return int("1" + "".join("1" if sign == "-" else "0" for sign in signs), 2)


def _values(middle: str, literals: list[str], slots: list[Slot]) -> Iterator[tuple[int, int]]:
    if not slots:
        if not middle and len(literals) == 1:
            yield 0, 0
    elif len(slots) == 1:
        value = slots[0](middle)
        if value is not None:
            yield value, 0
    else:
        for cut in range(len(middle) + 1):
            if middle.startswith(literals[1], cut):
                left, right = slots[0](middle[:cut]), slots[1](middle[cut + len(literals[1]) :])
                if left is not None and right is not None:
                    yield left, right


def _parted(template: str) -> tuple[list[str], list[str]]:
    """Return the literals of a template and, one fewer, the slots between them."""
    parts = _SLOT.split(template)
    return parts[::2], parts[1::2]


_PARTED = tuple(map(_parted, TEMPLATES))
