"""Edges packed for the compiled scorer: every one has a place of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.native.edges import NONE, Tree, pack

_NODES = st.integers(0, NONE - 1)
_EDGES = st.dictionaries(st.tuples(_NODES, _NODES), _NODES, max_size=200)


@given(edges=_EDGES)
def test_every_edge_stands_in_one_slot_as_it_is(edges: dict[tuple[int, int], int]) -> None:
    rows = pack("tree", edges)["tree"]
    taken = rows[rows[:, 0] != NONE].tolist()
    assert sorted(map(tuple, taken)) == sorted((*step, child) for step, child in edges.items())


@given(edges=_EDGES)
def test_packing_the_same_edges_gives_the_same_arrays(edges: dict[tuple[int, int], int]) -> None:
    first, again = pack("tree", edges), pack("tree", edges)
    assert all(np.array_equal(first[name], again[name]) for name in first)


def test_a_hundred_thousand_edges_take_few_more_slots_than_they_are() -> None:
    edges = {(i // 7, i * i % 1009): i for i in range(100_000)}
    rows = pack("tree", edges)["tree"]
    assert len(rows) < 1.3 * len(edges)


def test_no_edges_still_have_a_slot_and_a_seed_to_look_at() -> None:
    packed = pack("tree", {})
    assert packed["tree"].shape[0] > 0
    assert packed["tree.seeds"].shape[0] > 0


@given(runs=st.lists(st.lists(st.integers(0, 5), max_size=6), unique_by=tuple))
def test_different_runs_lead_to_different_nodes_and_the_same_run_to_the_same(runs: list[list[int]]) -> None:
    tree = Tree()
    ends = [tree.plant(run) for run in runs]
    assert len(set(ends)) == len(runs)
    assert [tree.plant(run) for run in runs] == ends


def test_the_nodes_named_come_first_and_the_root_right_after_them() -> None:
    tree = Tree()
    ends = [tree.plant([1, 2]), tree.plant([3])]
    edges = tree.renumbered(ends)
    assert edges[2, 3] == 1
    assert edges[edges[2, 1], 2] == 0


@pytest.mark.parametrize("child", [0, NONE - 1])
def test_a_child_of_any_number_is_kept(child: int) -> None:
    rows = pack("tree", {(5, 6): child})["tree"]
    assert [5, 6, child] in rows.tolist()
