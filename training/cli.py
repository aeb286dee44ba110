"""The command line `python -m training`: check, fit, evaluate, promote, list."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
from tqdm import tqdm

from stance import LexiconError, StanceError, load
from stance.atomic import replacing
from stance.lexicon import Lexicon
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

LEXICON = Path(os.path.relpath(Path(__file__).parent / "lexicon.toml"))
CORPUS = Path(os.path.relpath(Path(__file__).parent / "corpus"))
_MODEL = click.Path(path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


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
    """Check a corpus, fit models, evaluate them, and manage their versions.

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
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here too."
)
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
        content = {"model": {"name": loaded.name, "version": loaded.version, "digest": loaded.digest}}
        content |= {"data": {"source": dataset.source, "sha256": dataset.digest()}, "metrics": asdict(metrics)}
        with replacing(json_file) as partial:
            partial.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


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


def _rules() -> Rules:
    return Rules.read(CORPUS / "corpus.toml")


def _corpus_files() -> list[Path]:
    return sorted(CORPUS.glob("*.jsonl"))


def _advance(bar: tqdm[NoReturn]) -> None:
    bar.update(1)
