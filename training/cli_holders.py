"""The command that fits whose viewpoint a sentence reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from stance.viewpoint.weights import FILE as WEIGHTS
from training.attribution import fit_weights, write_weights
from training.holders import FOLDER, read_marked
from training.options import FILE, MODEL


@click.command(name="fit-holders")
@click.argument("files", nargs=-1, type=FILE)
@click.option("--out", default=WEIGHTS, show_default="those of the library", type=MODEL, help="Where to write them.")
def fit_holders(files: Sequence[Path], out: Path) -> None:
    """Fit the weights that tell whose viewpoint a sentence reports, on marked FILES (by default the shipped ones)."""
    sentences = read_marked(files or sorted(FOLDER.glob("*.jsonl")))
    fitted = fit_weights(sentences)
    write_weights(fitted.weights, out)
    metrics = fitted.metrics
    click.echo(
        f"{out}: {len(fitted.weights.features)} weights fitted on {len(sentences)} sentences; by cross-validation "
        f"precision {metrics.precision:.3f}, recall {metrics.recall:.3f}, F1 {metrics.f1:.3f}, "
        f"first holder right {metrics.first:.3f}"
    )
