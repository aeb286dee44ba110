"""A study as Markdown: for docs/evaluation.md, and its sections for the model card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from training.metrics import Interval
from training.study import FEWEST_OF_A_LABEL, Parting, Shortcut, Study

_WORST = 5


def page(study: Study) -> str:
    """Return a page of its own that tells a study."""
    lines = [
        "# Evaluation",
        "",
        "Written by `python -m training report`; do not edit it.",
        "",
        (
            f"{study.rows} labelled texts from {study.source} (SHA-256 {study.sha256}), macro-F1 throughout, with 95% "
            f"bootstrap intervals. Cross-validation has {study.folds} folds, which part no minimal pair; all systems "
            "have the same ones. Settings were chosen on these folds too, for every system alike, which flatters each "
            "a little."
        ),
        "",
        *sections(study, worst=None),
    ]
    return "\n".join(lines)


def sections(study: Study, *, worst: int | None = _WORST) -> list[str]:
    """Return the lines of a study's sections; of each parting the `worst` folds, or all."""
    lines = [*_systems(study), *_curve(study)]
    for parting in study.partings:
        lines += _parting(parting, worst)
    return [*lines, *_shortcut(study.shortcut)]


def _systems(study: Study) -> Iterator[str]:
    yield "## Beside simpler systems"
    yield ""
    yield (
        "All fitted on the same texts; other files, where there are any, were fitted on by none. The difference is the "
        "system's macro-F1 in cross-validation less the model's, over the same resamples; an interval that holds 0 "
        "shows none."
    )
    yield ""
    yield from _header(["system", "cross-validation", "difference", *study.external])
    for row in study.systems:
        if row.cross_validation is None:
            yield f"| {row.name} | {row.note} |" + " |" * (1 + len(study.external))
        else:
            yield _cells(row.name, row.cross_validation, _signed(row.difference), *row.external)
    yield ""


def _curve(study: Study) -> Iterator[str]:
    yield "## Learning curve"
    yield ""
    yield f"Fitted on fewer texts; in cross-validation on {study.folds - 1} of {study.folds} parts of as many."
    yield ""
    yield from _header(["texts", "cross-validation", *study.external])
    for row in study.curve:
        yield _cells(row.rows, row.cross_validation, *row.external)
    yield ""


def _parting(parting: Parting, worst: int | None) -> Iterator[str]:
    yield f"## Leaving out one {parting.facet} at a time"
    yield ""
    ranked = [fold for fold in parting.folds if fold.fewest >= FEWEST_OF_A_LABEL]
    shown = ranked[:worst] if worst else parting.folds
    yield (
        f"Fitted on all others and measured on the one left out: {parting.macro_f1} over all texts. "
        f"{'The worst' if worst else 'Worst first'}; beside it what ordinary cross-validation finds on the same texts. "
        f"Values of few texts are left out together; those with fewer than {FEWEST_OF_A_LABEL} texts of a label tell "
        f"little and {'are not shown' if worst else 'stand last'}."
    )
    yield ""
    yield from _header([parting.facet, "texts", "left out", "cross-validation"])
    for fold in shown:
        yield _cells(fold.name, fold.rows, fold.macro_f1, f"{fold.seen:.3f}")
    yield ""


def _shortcut(shortcut: Shortcut) -> Iterator[str]:
    yield "## Names and lengths"
    yield ""
    yield (
        f"A classifier that sees the proper names and the length of a text alone reaches {shortcut.macro_f1} on "
        f"{shortcut.rows} texts; the same classifier on shuffled labels {shortcut.chance:.3f}. What lies between is "
        "what the texts give away without their meaning. Texts on other subjects are left aside: their names say so."
    )
    yield ""


def _header(names: Sequence[str]) -> Iterator[str]:
    yield _cells(*names)
    yield "|" + "---|" * len(names)


def _cells(*values: object) -> str:
    return "| " + " | ".join(str(value) for value in values) + " |"


def _signed(difference: Interval | None) -> str:
    if difference is None:
        return ""
    return f"{difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
