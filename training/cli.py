"""The command line `python -m training`: check, fit, evaluate, promote, list; what the other `cli_…` have comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
from tqdm import tqdm

from stance import StanceError, load
from training.cli_figures import behave, compare, study_of, suspects
from training.cli_figures import report as report_command
from training.cli_holders import fit_holders
from training.corpus_check import check_corpus
from training.errors import TrainingError
from training.evaluation import evaluate as measure_model
from training.evaluation import report
from training.fit import fit as fit_model
from training.fit import save
from training.gates import STANDARD, Gate, failed, judge
from training.options import (
    FILE,
    MODEL,
    OUTPUT,
    column_options,
    data_content,
    data_options,
    labelled,
    model_content,
    training_data,
    training_lexicon,
    write_json,
)
from training.recipe import grid
from training.registry import current_model, entries, find
from training.registry import promote as promote_version
from training.shipped import corpus_files, corpus_rules


class _Group(click.Group):
    """Turns errors of the library and of training into one clear message and exit code 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (StanceError, TrainingError) as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.filename is None:  # a closed pipe, say: click knows what to do
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check a corpus, fit models, evaluate and test them, and manage their versions.

    Exit codes: 0 done, 1 failed, 2 wrong usage.
    """


@main.command()
@click.argument("files", nargs=-1, type=FILE)
def check(files: Sequence[Path]) -> None:
    """Check corpus FILES (by default the shipped corpus) and name every fault with file, line and reason."""
    checked = check_corpus(files or corpus_files(), corpus_rules(), whole=not files)
    for fault in checked.faults:
        click.echo(str(fault))
    click.echo(f"{checked.sentences} sentences")
    for name, counts in checked.counts.items():
        click.echo(f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
    if checked.faults:
        raise click.ClickException(f"{len(checked.faults)} faults")


@main.command()
@data_options
@click.option("--out", default=Path("models/ceasefire"), show_default=True, type=MODEL, help="The model's folder.")
@click.option("--no-promote", is_flag=True, help="Do not make the new version the current one.")
@click.option("--force", is_flag=True, help="Make it the current one even if it fails a gate.")
@click.option("--study", "studied", is_flag=True, help="Put what `report` finds into the card: some minutes more.")
def fit(
    files: Sequence[Path],
    text_column: str,
    label_column: str,
    no_quoting: bool,
    external_files: Sequence[Path],
    group_column: str | None,
    lexicons: Sequence[Path],
    poles: tuple[str, str] | None,
    folds: int,
    seed: int,
    out: Path,
    no_promote: bool,
    force: bool,
    studied: bool,
) -> None:
    """Fit a model on the shipped corpus, or on labelled tables of your own.

    It becomes the current version if it passes the gates: not worse than the current one, calibrated, and its scorer
    equal to the pipeline. Else it stays beside the current one, and the command fails (exit code 1).
    """
    dataset = training_data(files, text_column, label_column, group_column, poles, quoting=not no_quoting)
    external = [labelled(file, text_column, label_column, quoting=not no_quoting) for file in external_files]
    paths = grid(len(dataset.examples), training_lexicon(files, lexicons))
    with tqdm(total=folds * sum(map(len, paths)), unit="fit", disable=None, leave=False) as bar:
        fitted = fit_model(dataset, paths, folds=folds, seed=seed, external=external, progress=lambda: _advance(bar))
    study = None
    if studied:
        recipe = fitted.choice.recipe
        study = study_of(dataset, recipe, shipped=not files, external=external, folds=folds, seed=seed)
    version = save(fitted, dataset, out, seed=seed, study=study)
    gates = judge(load(out / version), current_model(out), STANDARD)
    # Before anything is printed: a reader that goes away early must not undo it.
    if not no_promote and (force or not failed(gates)):
        promote_version(out, version)
    click.echo(f"{out / version}: fitted on {len(dataset.examples)} texts; by cross-validation:")
    click.echo(report(fitted.metrics))
    click.echo("")
    if no_promote:
        _show(gates)
        click.echo(f"\nnot promoted; python -m training promote {out} {version} makes it the current version")
    else:
        _conclude(out, version, gates, force=force)


@main.command()
@click.argument("model", type=MODEL)
@click.option("--data", "file", required=True, type=FILE, help="Labelled table (CSV, TSV, JSON Lines, Parquet).")
@column_options
@click.option("--json", "json_file", type=OUTPUT, help="Write the figures here too.")
def evaluate(
    model: Path, file: Path, text_column: str, label_column: str, no_quoting: bool, json_file: Path | None
) -> None:
    """Measure MODEL (a model's folder or a version's) on labelled data."""
    dataset = labelled(file, text_column, label_column, quoting=not no_quoting)
    loaded = load(model)
    metrics = measure_model(loaded, dataset, file)
    click.echo(report(metrics))
    if json_file:
        write_json(
            json_file, {"model": model_content(loaded), "data": data_content(dataset), "metrics": asdict(metrics)}
        )


for _command in (behave, compare, fit_holders, report_command, suspects):
    main.add_command(_command)


@main.command()
@click.argument("model", type=MODEL)
@click.argument("version")
@click.option("--force", is_flag=True, help="Make it the current one even if it fails a gate.")
def promote(model: Path, version: str, force: bool) -> None:
    """Check VERSION of MODEL and make it the current one, if it passes the gates that `fit` has."""
    gates = judge(find(model, version), current_model(model), STANDARD)
    if force or not failed(gates):
        promote_version(model, version)
    _conclude(model, version, gates, force=force)


@main.command(name="list")
@click.argument("model", type=MODEL, default=Path("models/ceasefire"))
def list_versions(model: Path) -> None:
    """List the versions of MODEL; * marks the current one."""
    for entry in entries(model):
        mark = "*" if entry.current else " "
        if entry.model is None:
            click.echo(f"{mark} {entry.version:<12} damaged: {entry.fault}")
        else:
            manifest = entry.model.manifest
            score = manifest.metrics.get("cross_validation", {}).get("macro_f1", {}).get("value", float("nan"))
            click.echo(
                f"{mark} {entry.version:<12} {manifest.data.get('rows')} texts from {manifest.data.get('source')}; "
                f"macro-F1 {score:.3f} in cross-validation; digest {entry.model.digest[:12]}"
            )


def _show(gates: Sequence[Gate]) -> None:
    for gate in gates:
        click.echo(str(gate))


def _conclude(out: Path, version: str, gates: Sequence[Gate], *, force: bool) -> None:
    """Say what came of the gates; fail if they kept the version from being promoted."""
    _show(gates)
    names = failed(gates)
    if names and not force:
        raise click.ClickException(
            f"{version} is not promoted: it fails {', '.join(names)}; "
            f"python -m training promote {out} {version} --force makes it the current version all the same"
        )
    click.echo(f"\n{version} is now the current version of {out}" + (f", despite {', '.join(names)}" if names else ""))


def _advance(bar: tqdm[NoReturn]) -> None:
    bar.update(1)
