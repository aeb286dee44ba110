"""Options that several commands have, and what the command lines share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from stance import LexiconError, Model
from stance.atomic import replacing
from stance.lexicon import Lexicon
from training.examples import Dataset, read_examples
from training.sentences import read_corpus
from training.shipped import LEXICON, corpus_files, corpus_rules

MODEL = click.Path(path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)


def column_options(command: click.decorators.FC) -> click.decorators.FC:
    """Let a command read labelled tables: `text_column`, `label_column`, `no_quoting`."""
    for option in (
        click.option("--no-quoting", is_flag=True, help="Quotation marks in CSV and TSV are ordinary characters."),
        click.option("--label-column", default="label", show_default=True),
        click.option("--text-column", default="text", show_default=True),
    ):
        command = option(command)
    return command


def data_options(command: click.decorators.FC) -> click.decorators.FC:
    """Let a command work on the shipped corpus or on tables of the user's own, by folds of a seed."""
    for option in (
        click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0, max=2**32 - 1)),
        click.option("--folds", default=5, show_default=True, type=click.IntRange(min=2)),
        click.option(
            "--poles",
            nargs=2,
            default=None,
            metavar="AGAINST FOR",
            help="The two labels of --data that are opposed; analyze strikes a balance between them.",
        ),
        click.option(
            "--lexicon",
            "lexicons",
            multiple=True,
            type=FILE,
            help="Lexicon of concepts (TOML); repeatable. With the shipped corpus it is added to the shipped lexicon.",
        ),
        click.option(
            "--group-column", default=None, help="Rows alike in this column stay together in cross-validation."
        ),
        column_options,
        click.option(
            "--external",
            "external_files",
            multiple=True,
            type=FILE,
            help="Labelled table that is not fitted on, to be measured as well; repeatable.",
        ),
        click.option("--data", "files", multiple=True, type=FILE, help="Labelled table; repeatable."),
    ):
        command = option(command)
    return command


def labelled(file: Path, text_column: str, label_column: str, *, quoting: bool) -> Dataset:
    """Read a labelled table to measure a model on; any number of rows will do."""
    return read_examples([file], text_column=text_column, label_column=label_column, quoting=quoting, fewest=0)


def training_data(
    files: Sequence[Path],
    text_column: str,
    label_column: str,
    group_column: str | None,
    poles: tuple[str, str] | None,
    *,
    quoting: bool,
) -> Dataset:
    """Read labelled tables, or the shipped corpus where none are named."""
    if poles and not files:
        raise click.UsageError("--poles goes with --data: the shipped corpus has its own")
    if not files:
        return read_corpus(corpus_files(), corpus_rules())
    return read_examples(
        files,
        text_column=text_column,
        label_column=label_column,
        group_column=group_column,
        quoting=quoting,
        poles=poles,
    )


def training_lexicon(files: Sequence[Path], lexicons: Sequence[Path]) -> Lexicon | None:
    """Read the lexicons that a fit on `files` goes by: the user's, with the shipped corpus after the shipped one."""
    lexicon: Lexicon | None = None
    for file in lexicons if files else [LEXICON, *lexicons]:
        try:
            parsed = Lexicon.parse(file.read_text(encoding="utf-8"))
        except (LexiconError, UnicodeError) as error:
            raise click.ClickException(f"{file}: {error}") from error
        lexicon = lexicon.extended(parsed) if lexicon else parsed
    return lexicon


def model_content(model: Model) -> Mapping[str, str]:
    """Name a model in plain JSON values."""
    return {"name": model.name, "version": model.version, "digest": model.digest}


def data_content(dataset: Dataset) -> Mapping[str, object]:
    """Name labelled data in plain JSON values."""
    return {"source": dataset.source, "sha256": dataset.digest()}


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a JSON file whole or not at all."""
    with replacing(path) as partial:
        partial.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
