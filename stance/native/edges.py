"""Edges: a tree over numbers as two arrays, in which each step from node to node is found at one place.

The compiled scorer reads texts by such trees alone: code points lead to words and to runs of characters, words to runs
of words and to the entries of the lexicon. A step is exact, since the arrays hold it whole and not its hash alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import numpy as np
import numpy.typing as npt

NONE = 0xFFFFFFFF
_EDGES_PER_BUCKET = 4
_SLOTS_PER_EDGE = 1.2
_LARGEST_SEED = 0xFFFF
_FIRST, _SECOND, _THIRD = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F
_64_BITS = 0xFFFFFFFFFFFFFFFF

Edges = Mapping[tuple[int, int], int]
"""From a parent and a symbol to the child."""


def pack(name: str, edges: Edges) -> dict[str, npt.NDArray[np.generic]]:
    """Return `edges` for the compiled scorer to look up: as `name` their rows (slots, 3), and the seeds (buckets,).

    A perfect hash: an edge hashes to a bucket, whose seed is such that the bucket's edges, hashed with it, have a slot
    each that no other has (hash and displace; Belazzougui, Botelho & Dietzfelbinger 2009). There is nothing to search.
    """
    size = max(1, len(edges))
    buckets = -(-size // _EDGES_PER_BUCKET)
    slots = int(size * _SLOTS_PER_EDGE) + 1
    members: list[list[tuple[int, tuple[int, int, int]]]] = [[] for _ in range(buckets)]
    for (parent, symbol), child in edges.items():
        mixed = _mixed(parent, symbol)
        members[_scaled(mixed * _SECOND, buckets)].append((mixed, (parent, symbol, child)))
    seeds = np.zeros(buckets, dtype=np.uint16)
    rows = np.full((slots, 3), NONE, dtype=np.uint32)
    free = bytearray(b"\1") * slots
    # The fullest bucket first, while there is room.
    for bucket in sorted(range(buckets), key=lambda bucket: -len(members[bucket])):
        seed, places = _fit([mixed for mixed, _ in members[bucket]], free, slots)
        seeds[bucket] = seed
        for place, (_, row) in zip(places, members[bucket], strict=True):
            free[place] = 0
            rows[place] = row
    return {name: rows, f"{name}.seeds": seeds}


def _fit(mixed: Sequence[int], free: bytearray, slots: int) -> tuple[int, list[int]]:
    """Return the first seed that gives each of these a free slot of its own, and the slots."""
    for seed in count():
        if seed > _LARGEST_SEED:
            raise RuntimeError(f"no seed separates {len(mixed)} edges in {slots} slots")
        turned = seed * _FIRST & _64_BITS
        places = [_scaled((one ^ turned) * _THIRD, slots) for one in mixed]
        if all(free[place] for place in places) and len(set(places)) == len(places):
            return seed, places
    raise AssertionError


def _mixed(parent: int, symbol: int) -> int:
    mixed = (parent << 32 | symbol) * _FIRST & _64_BITS
    return mixed ^ mixed >> 32


def _scaled(number: int, size: int) -> int:
    """Map the upper half of a number of 64 bits to 0, …, size - 1 (Lemire 2019)."""
    return ((number & _64_BITS) >> 32) * size >> 32


class Tree:
    """A tree that grows by sequences of numbers. Node 0 is its root; nodes are numbered as they come."""

    def __init__(self) -> None:
        self.nodes = 1
        self.edges: dict[tuple[int, int], int] = {}

    def plant(self, symbols: Iterable[int]) -> int:
        """Return the node to which `symbols` lead, made where it is missing."""
        node = 0
        for symbol in symbols:
            child = self.edges.get((node, symbol))
            if child is None:
                child = self.edges[node, symbol] = self.nodes
                self.nodes += 1
            node = child
        return node

    def renumbered(self, first: Sequence[int]) -> Edges:
        """Return the edges with the nodes in `first` renumbered 0, 1, … and all others, the root before them, after."""
        number = dict(zip(first, count()))
        for node in range(self.nodes):
            number.setdefault(node, len(number))
        return {(number[parent], symbol): number[child] for (parent, symbol), child in self.edges.items()}
