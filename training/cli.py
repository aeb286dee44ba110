"""The command line `python -m training`: check, fit, evaluate, behave, promote, list."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
from tqdm import tqdm

from stance import LexiconError, Model, StanceError, load
from stance.atomic import replacing
from stance.lexicon import Lexicon
from training.behaviour import misses, run, table
from training.corpus_check import check_corpus
from training.errors import TrainingError
from training.evaluation import evaluate as measure_model
from training.evaluation import report
from training.examples import read_examples
from training.fit import fit as fit_model
from training.fit import save
from training.recipe import grid
from training.registry import entries
from training.registry import promote as promote_version
from training.sentences import Rules, read_corpus
from training.suite import read_suite

LEXICON = Path(os.path.relpath(Path(__file__).parent / "lexicon.toml"))
CORPUS = Path(os.path.relpath(Path(__file__).parent / "corpus"))
SUITE = Path(os.path.relpath(Path(__file__).parent / "behaviour"))
_MODEL = click.Path(path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_JSON = click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here too."
)


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


def _data_options(command: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option("--no-quoting", is_flag=True, help="Quotation marks in CSV and TSV are ordinary characters."),
        click.option("--label-column", default="label", show_default=True),
        click.option("--text-column", default="text", show_default=True),
    ):
        command = option(command)
    return command


@main.command()
@click.argument("files", nargs=-1, type=_FILE)
def check(files: Sequence[Path]) -> None:
    """Check corpus FILES (by default the shipped corpus) and name every fault with file, line and reason."""
    checked = check_corpus(files or _corpus_files(), _rules(), whole=not files)
    for fault in checked.faults:
        click.echo(str(fault))
    click.echo(f"{checked.sentences} sentences")
    for name, counts in checked.counts.items():
        click.echo(f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
    if checked.faults:
        raise click.ClickException(f"{len(checked.faults)} faults")


@main.command()
@click.option("--data", "files", multiple=True, type=_FILE, help="Labelled table; repeatable.")
@_data_options
@click.option(
    "--external",
    "external_files",
    multiple=True,
    type=_FILE,
    help="Labelled table that is not fitted on, to be measured for the model's card; repeatable.",
)
@click.option("--group-column", default=None, help="Rows alike in this column stay together in cross-validation.")
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=_FILE,
    help="Lexicon of concepts (TOML); repeatable. With the shipped corpus it is added to the shipped lexicon.",
)
@click.option(
    "--poles",
    nargs=2,
    default=None,
    metavar="AGAINST FOR",
    help="The two labels of --data that are opposed; analyze strikes a balance between them.",
)
@click.option("--out", default=Path("models/ceasefire"), show_default=True, type=_MODEL, help="The model's folder.")
@click.option("--no-promote", is_flag=True, help="Do not make the new version the current one.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(min=2))
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0, max=2**32 - 1))
def fit(
    files: Sequence[Path],
    text_column: str,
    label_column: str,
    no_quoting: bool,
    external_files: Sequence[Path],
    group_column: str | None,
    lexicons: Sequence[Path],
    poles: tuple[str, str] | None,
    out: Path,
    no_promote: bool,
    folds: int,
    seed: int,
) -> None:
    """Fit a model on the shipped corpus, or on labelled tables of your own, and make it the current version."""
    if poles and not files:
        raise click.UsageError("--poles goes with --data: the shipped corpus has its own")
    dataset = (
        read_examples(
            files,
            text_column=text_column,
            label_column=label_column,
            group_column=group_column,
            quoting=not no_quoting,
            poles=poles,
        )
        if files
        else read_corpus(_corpus_files(), _rules())
    )
    external = [
        read_examples([file], text_column=text_column, label_column=label_column, quoting=not no_quoting, fewest=0)
        for file in external_files
    ]
    paths = grid(len(dataset.examples), _lexicon(lexicons if files else [LEXICON, *lexicons]))
    with tqdm(total=folds * sum(map(len, paths)), unit="fit", disable=None, leave=False) as bar:
        fitted = fit_model(dataset, paths, folds=folds, seed=seed, external=external, progress=lambda: _advance(bar))
    version = save(fitted, dataset, out, seed=seed)
    # Before anything is printed: a reader that goes away early must not undo it.
    if not no_promote:
        promote_version(out, version)
    click.echo(f"{out / version}: fitted on {len(dataset.examples)} texts; by cross-validation:")
    click.echo(report(fitted.metrics))
    if no_promote:
        click.echo(f"\nnot promoted; python -m training promote {out} {version} makes it the current version")
    else:
        click.echo(f"\n{version} is now the current version of {out}")


@main.command()
@click.argument("model", type=_MODEL)
@click.option("--data", "file", required=True, type=_FILE, help="Labelled table (CSV, TSV, JSON Lines, Parquet).")
@_data_options
@_JSON
def evaluate(
    model: Path, file: Path, text_column: str, label_column: str, no_quoting: bool, json_file: Path | None
) -> None:
    """Measure MODEL (a model's folder or a version's) on labelled data."""
    dataset = read_examples(
        [file], text_column=text_column, label_column=label_column, quoting=not no_quoting, fewest=0
    )
    loaded = load(model)
    metrics = measure_model(loaded, dataset, file)
    click.echo(report(metrics))
    if json_file:
        data = {"source": dataset.source, "sha256": dataset.digest()}
        _write_json(json_file, loaded, {"data": data, "metrics": asdict(metrics)})


@main.command()
@click.argument("model", type=_MODEL)
@click.option(
    "--suite",
    "folder",
    default=SUITE,
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of TOML files with the tests.",
)
@click.option("--misses", "with_misses", is_flag=True, help="List every case that went wrong.")
@_JSON
def behave(model: Path, folder: Path, with_misses: bool, json_file: Path | None) -> None:
    """Run the behaviour tests on MODEL: what it must be able to do, what must not sway it, and what must.

    Exit code 1 if fewer tests pass than the suite's rules demand.
    """
    loaded = load(model)
    report = run(loaded, read_suite(folder))
    if json_file:
        _write_json(json_file, loaded, {"passed": report.passed} | asdict(report))
    if with_misses:
        click.echo(misses(report))
    click.echo(table(report))
    if not report.passed:
        raise click.ClickException(f"{model} does not pass the tests of {folder}")


@main.command()
@click.argument("model", type=_MODEL)
@click.argument("version")
def promote(model: Path, version: str) -> None:
    """Check VERSION of MODEL and make it the current one."""
    promote_version(model, version)
    click.echo(f"{version} is now the current version of {model}")


@main.command(name="list")
@click.argument("model", type=_MODEL, default=Path("models/ceasefire"))
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


def _lexicon(files: Sequence[Path]) -> Lexicon | None:
    lexicon: Lexicon | None = None
    for file in files:
        try:
            parsed = Lexicon.parse(file.read_text(encoding="utf-8"))
        except (LexiconError, UnicodeError) as error:
            raise click.ClickException(f"{file}: {error}") from error
        lexicon = lexicon.extended(parsed) if lexicon else parsed
    return lexicon


def _write_json(file: Path, model: Model, figures: Mapping[str, object]) -> None:
    content = {"model": {"name": model.name, "version": model.version, "digest": model.digest}, **figures}
    with replacing(file) as partial:
        partial.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _rules() -> Rules:
    return Rules.read(CORPUS / "corpus.toml")


def _corpus_files() -> list[Path]:
    return sorted(CORPUS.glob("*.jsonl"))


def _advance(bar: tqdm[NoReturn]) -> None:
    bar.update(1)
