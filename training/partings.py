"""Ways to part the rows into training and test rows: by what they share, or by how many there are to train on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from training.metrics import Ints
from training.search import Split


def leave_out(values: Sequence[str], groups: Sequence[str], *, fewest: int) -> dict[str, Split]:
    """Return a fold for each value, to be tested on its rows by a model that saw none of them nor of their groups.

    Values of fewer than `fewest` rows are packed together until they have as many, the commonest first.
    """
    array, group = np.array(values), np.array(groups)
    folds = {}
    for pack in _packs(values, fewest):
        inside = np.isin(array, pack)
        apart = ~inside & ~np.isin(group, group[inside])
        folds[", ".join(pack)] = (np.flatnonzero(apart), np.flatnonzero(inside))
    return folds


def shortened(folds: Sequence[Split], groups: Sequence[str], share: float, *, seed: int) -> list[Split]:
    """Return the folds with about a `share` of their training rows, in whole groups; more holds less."""
    return [(_some(train, groups, share, seed), test) for train, test in folds]


def _packs(values: Sequence[str], fewest: int) -> list[list[str]]:
    packs: list[list[str]] = []
    rows = 0
    for value, count in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])):
        if not packs or rows >= fewest:
            packs.append([])
            rows = 0
        packs[-1].append(value)
        rows += count
    if rows < fewest and len(packs) > 1:
        last = packs.pop()
        packs[-1] += last
    return packs


def _some(train: Ints, groups: Sequence[str], share: float, seed: int) -> Ints:
    names = sorted({groups[i] for i in train})
    order = {names[j]: place for place, j in enumerate(np.random.default_rng(seed).permutation(len(names)))}
    places = np.array([order[groups[i]] for i in train])
    return train[places < share * len(names)]
