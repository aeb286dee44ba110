"""Leaving rows out by what they share, and training on fewer of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.partings import leave_out, shortened

_rows = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 30)), min_size=2, max_size=80)


@given(_rows, st.integers(1, 20))
def test_every_row_is_left_out_once(rows: list[tuple[str, int]], fewest: int) -> None:
    values, groups = [value for value, _ in rows], [f"g{group}" for _, group in rows]
    tested = [i for _, test in leave_out(values, groups, fewest=fewest).values() for i in test.tolist()]
    assert sorted(tested) == list(range(len(rows)))


@given(_rows, st.integers(1, 20))
def test_what_is_left_out_is_not_trained_on_nor_are_its_groups(rows: list[tuple[str, int]], fewest: int) -> None:
    values, groups = [value for value, _ in rows], [f"g{group}" for _, group in rows]
    for train, test in leave_out(values, groups, fewest=fewest).values():
        assert {values[i] for i in train}.isdisjoint(values[i] for i in test)
        assert {groups[i] for i in train}.isdisjoint(groups[i] for i in test)


@given(_rows, st.integers(1, 20))
def test_each_fold_has_rows_enough_or_all_of_them(rows: list[tuple[str, int]], fewest: int) -> None:
    folds = leave_out([value for value, _ in rows], [str(i) for i in range(len(rows))], fewest=fewest)
    assert all(len(test) >= fewest for _, test in folds.values()) or len(folds) == 1


def test_rare_values_are_left_out_together() -> None:
    values = [*"aaaa", *"bb", *"cc", "d"]
    assert list(leave_out(values, [str(i) for i in range(9)], fewest=4)) == ["a", "b, c, d"]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.integers(0, 3))
def test_a_smaller_share_lies_in_a_larger_one(groups: list[int], seed: int) -> None:
    names = [str(group) for group in groups]
    folds = [(np.arange(len(groups)), np.array([], dtype=np.intp))]
    ((few, _),), ((many, _),) = (shortened(folds, names, share, seed=seed) for share in (0.25, 0.5))
    assert set(few.tolist()) <= set(many.tolist())


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.floats(0.1, 1.0))
def test_a_share_of_the_rows_parts_no_group(groups: list[int], share: float) -> None:
    names = [str(group) for group in groups]
    ((some, _),) = shortened([(np.arange(len(groups)), np.array([], dtype=np.intp))], names, share, seed=0)
    assert {names[i] for i in some}.isdisjoint(names[i] for i in range(len(names)) if i not in set(some.tolist()))


def test_the_whole_share_is_every_row() -> None:
    folds = [(np.array([0, 2, 3]), np.array([1]))]
    ((train, test),) = shortened(folds, ["a", "b", "c", "d"], 1.0, seed=0)
    assert (train.tolist(), test.tolist()) == ([0, 2, 3], [1])
