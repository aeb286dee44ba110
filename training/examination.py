"""Examining a recipe: cross-validation beside rivals, learning curve, leaving out, shortcuts; all on the same folds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from training.counts import Counted, count
from training.examples import Dataset
from training.metrics import Interval, Ints, bootstrap, macro_f1
from training.names import proper_names
from training.partings import leave_out, shortened
from training.recipe import ChannelRecipe, Recipe
from training.search import Split, splits
from training.study import FEWEST_OF_A_LABEL, LeftOut, Parting, Row, Shortcut, Study
from training.surface import Surface
from training.systems import System, UnavailableError, linear, rivals

_FEWEST_LEFT_OUT = 100
_SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
_SHUFFLES = 5
_SURFACE_STRENGTH = 1.0


@dataclass(frozen=True)
class Setting:
    """What a study works on: examples, those of external files after them, and the folds of both.

    Cross-validation tests the first `own` rows; one fold more tests the external ones after training on all of these.
    """

    dataset: Dataset
    own: int
    externals: Sequence[range]
    folds: Sequence[Split]
    seed: int

    @property
    def gold(self) -> Ints:
        return np.searchsorted(list(self.dataset.counts()), self.dataset.labels)

    @property
    def labels(self) -> int:
        return len(self.dataset.counts())


def examine(
    dataset: Dataset,
    recipe: Recipe,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    topical: Sequence[bool] | None = None,
    external: Sequence[Dataset] = (),
    folds: int = 5,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> Study:
    """Study a recipe on examples.

    `facets` gives each row's conflict, genre or what else is to be left out by turns; `topical` which rows the check of
    names and lengths is made on (by default all). All systems share the folds and, where
    they read the same n-grams, the counts. `progress` is called with the name of each step before it.

    Raises:
        DataError: the examples cannot be cross-validated, or external ones have labels that they lack.
    """
    setting = _setting(dataset, external, folds, seed)
    counted = _counted(recipe, dataset, setting)
    model = System("this model", linear([recipe], counted))
    progress(model.name)
    answers = model.label(setting.dataset, setting.folds, range(setting.own))
    rows = [_row(model.name, answers, setting)]
    for system in rivals(recipe, dataset, counted, seed):
        progress(system.name)
        rows.append(_rival(system, answers, setting))
    curve: list[Row] = []
    for share in _SHARES:
        progress(f"learning curve, {share:.0%}")
        curve += _shortened(model, share, setting)
    partings: list[Parting] = []
    for facet, values in (facets or {}).items():
        progress(f"leaving out one {facet} at a time")
        partings += _parting(facet, values, model, answers, setting)
    progress("names and lengths")
    shown = [example for example, on in zip(dataset.examples, topical or [True] * setting.own, strict=True) if on]
    shortcut = _shortcut(replace(dataset, examples=tuple(shown)), recipe, folds, seed)
    return Study(
        dataset.source,
        setting.own,
        dataset.digest(),
        len(setting.folds) - bool(external),
        [f"{other.source} ({len(other.examples)} texts)" for other in external],
        rows,
        curve,
        partings,
        shortcut,
    )


def _setting(dataset: Dataset, external: Sequence[Dataset], folds: int, seed: int) -> Setting:
    for other in external:
        other.indices(list(dataset.counts()), Path(other.source))
    own = len(dataset.examples)
    parted = splits(dataset, folds, seed)
    ends = np.cumsum([own, *(len(other.examples) for other in external)]).tolist()
    if external:
        parted.append((np.arange(own), np.arange(own, ends[-1])))
    joined = replace(dataset, examples=sum((other.examples for other in external), dataset.examples))
    return Setting(joined, own, [range(*pair) for pair in pairwise(ends)], parted, seed)


def _counted(recipe: Recipe, dataset: Dataset, setting: Setting) -> Counted:
    """Count what the recipe's channels read; which words are names, the examples alone decide, as they do in a fit."""
    counted: Counted = {}
    names = proper_names(dataset.texts)
    for channel in recipe.channels:
        if not channel.names:
            every = count(replace(channel, names=True), setting.dataset, counted)
            counted[id(channel.analyzer), False] = every.without(names)
    return counted


def _row(name: str, answers: Ints, setting: Setting, rows: int | None = None) -> Row:
    return Row(
        name,
        setting.own if rows is None else rows,
        _score(answers, setting, range(setting.own)),
        None,
        [_score(answers, setting, span) for span in setting.externals],
    )


def _rival(system: System, model: Ints, setting: Setting) -> Row:
    try:
        answers = system.label(setting.dataset, setting.folds, range(setting.own))
    except UnavailableError as error:
        return Row(system.name, setting.own, note=str(error))
    gold, k = setting.gold[: setting.own], setting.labels
    mine, theirs = answers[: setting.own], model[: setting.own]

    def difference(rows: Ints) -> float:
        return macro_f1(gold[rows], mine[rows], k) - macro_f1(gold[rows], theirs[rows], k)

    paired = bootstrap(difference, setting.own, seed=setting.seed)
    return replace(_row(system.name, answers, setting), difference=paired)


def _shortened(model: System, share: float, setting: Setting) -> Iterator[Row]:
    groups, none = setting.dataset.groups, np.array([], dtype=np.intp)
    folds = shortened(setting.folds, groups, share, seed=setting.seed)
    if any(len(np.unique(setting.gold[train])) < 2 for train, _ in folds):  # noqa: PLR2004 - two labels to tell apart
        return
    ((whole, _),) = shortened([(np.arange(setting.own), none)], groups, share, seed=setting.seed)
    answers = model.label(setting.dataset, folds, range(setting.own))
    yield _row(f"{share:.0%}", answers, setting, len(whole))


def _parting(facet: str, values: Sequence[str], model: System, seen: Ints, setting: Setting) -> Iterator[Parting]:
    groups = setting.dataset.groups[: setting.own]
    folds = leave_out(values, groups, fewest=_FEWEST_LEFT_OUT)
    if len(folds) < 2:  # noqa: PLR2004 - one to test on and one to train on
        return
    answers = model.label(setting.dataset, list(folds.values()), range(setting.own))
    found = []
    for name, (_, test) in folds.items():
        gold = setting.gold[test]
        fewest = int(np.bincount(gold, minlength=setting.labels).min())
        by_folds = macro_f1(gold, seen[test], setting.labels)
        found.append(LeftOut(name, len(test), fewest, _score(answers, setting, test), by_folds))
    found.sort(key=lambda fold: (fold.fewest < FEWEST_OF_A_LABEL, fold.macro_f1.value))
    yield Parting(facet, _score(answers, setting, range(setting.own)), found)


def _shortcut(dataset: Dataset, recipe: Recipe, folds: int, seed: int) -> Shortcut:
    surface = ChannelRecipe(Surface(), min_df=recipe.channels[0].min_df)
    system = System("names and lengths", linear([replace(recipe, channels=(surface,), c=_SURFACE_STRENGTH)], {}))
    rng = np.random.default_rng(seed)
    scores = []
    for labelled in [dataset, *(_shuffled(dataset, rng) for _ in range(_SHUFFLES))]:
        setting = _setting(labelled, [], folds, seed)
        every = range(setting.own)
        scores.append(_score(system.label(labelled, setting.folds, every), setting, every))
    return Shortcut(len(dataset.examples), scores[0], float(np.mean([score.value for score in scores[1:]])))


def _shuffled(dataset: Dataset, rng: np.random.Generator) -> Dataset:
    labels = rng.permutation(dataset.labels).tolist()
    pairs = zip(dataset.examples, labels, strict=True)
    return replace(dataset, examples=tuple(replace(example, label=label) for example, label in pairs))


def _score(answers: Ints, setting: Setting, rows: Sequence[int] | Ints) -> Interval:
    gold, given, k = setting.gold[rows], answers[rows], setting.labels
    return bootstrap(lambda sample: macro_f1(gold[sample], given[sample], k), len(gold), seed=setting.seed)
