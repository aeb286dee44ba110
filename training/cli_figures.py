"""Commands that examine models, recipes and data: behave, compare, report, suspects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from tqdm import tqdm

from stance import load
from stance.atomic import replacing
from training.behaviour import misses, run, table
from training.comparison import compare as compare_models
from training.comparison import report as comparison_report
from training.examination import examine
from training.examples import Dataset
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
from training.recipe import Recipe, grid
from training.search import choose
from training.sentences import SOURCE, to_dataset
from training.shipped import SUITE, corpus_facets, corpus_sentences, on_topic
from training.study import Study
from training.study_page import page
from training.suite import read_suite
from training.suspects import find_suspects


@click.command()
@click.argument("first", metavar="A", type=MODEL)
@click.argument("second", metavar="B", type=MODEL)
@click.option("--data", "file", required=True, type=FILE, help="Labelled table that neither model was fitted on.")
@column_options
@click.option("--show", default=20, show_default=True, type=click.IntRange(min=0), help="Changed labels to print.")
@click.option("--json", "json_file", type=OUTPUT, help="Write figures and every changed label here too.")
def compare(
    first: Path,
    second: Path,
    file: Path,
    text_column: str,
    label_column: str,
    no_quoting: bool,
    show: int,
    json_file: Path | None,
) -> None:
    """Compare models A and B (a model's folder or a version's) on the same labelled data.

    The difference is B's macro-F1 less A's, with a paired bootstrap interval and McNemar's test.
    """
    dataset = labelled(file, text_column, label_column, quoting=not no_quoting)
    one, other = load(first), load(second)
    comparison = compare_models(one, other, dataset, file)
    names = (f"{model.name} {model.version}" for model in (one, other))
    click.echo(comparison_report(comparison, *names, show=show))
    if json_file:
        content = {"first": model_content(one), "second": model_content(other), "data": data_content(dataset)}
        changes = [asdict(change) | {"kind": change.kind} for change in comparison.changes]
        write_json(json_file, content | {"comparison": asdict(comparison) | {"changes": changes}})


@click.command()
@click.argument("model", type=MODEL)
@click.option(
    "--suite",
    "folder",
    default=SUITE,
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of TOML files with the tests.",
)
@click.option("--misses", "with_misses", is_flag=True, help="List every case that went wrong.")
@click.option("--json", "json_file", type=OUTPUT, help="Write the figures here too.")
def behave(model: Path, folder: Path, with_misses: bool, json_file: Path | None) -> None:
    """Run the behaviour tests on MODEL: what it must be able to do, what must not sway it, and what must.

    Exit code 1 if fewer tests pass than the suite's rules demand.
    """
    loaded = load(model)
    behaviour = run(loaded, read_suite(folder))
    if json_file:
        write_json(json_file, {"model": model_content(loaded), "passed": behaviour.passed} | asdict(behaviour))
    if with_misses:
        click.echo(misses(behaviour))
    click.echo(table(behaviour))
    if not behaviour.passed:
        raise click.ClickException(f"{model} does not pass the tests of {folder}")


@click.command()
@data_options
@click.option("--out", default=Path("docs/evaluation.md"), show_default=True, type=OUTPUT, help="Write the page here.")
@click.option("--json", "json_file", type=OUTPUT, help="Write the figures here too.")
def report(
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
    json_file: Path | None,
) -> None:
    """Study what a fit on the same data is worth, and write a page about it.

    Beside simpler systems and the model with parts left out; with a learning curve; leaving out each conflict and genre
    (shipped corpus only); and by what names and lengths alone give away. Takes some minutes.
    """
    dataset = training_data(files, text_column, label_column, group_column, poles, quoting=not no_quoting)
    external = [labelled(file, text_column, label_column, quoting=not no_quoting) for file in external_files]
    for file, other in zip(external_files, external, strict=True):
        other.indices(list(dataset.counts()), file)
    paths = grid(len(dataset.examples), training_lexicon(files, lexicons))
    chosen = choose(paths, dataset, folds=folds, seed=seed).recipe
    study = study_of(dataset, chosen, shipped=not files, external=external, folds=folds, seed=seed)
    with replacing(out) as partial:
        partial.write_text(page(study), encoding="utf-8")
    if json_file:
        write_json(json_file, asdict(study))
    click.echo(f"{out}: written")


def study_of(
    dataset: Dataset, recipe: Recipe, *, shipped: bool, external: Sequence[Dataset], folds: int, seed: int
) -> Study:
    """Study a recipe, with a progress bar; the `shipped` corpus also by its conflicts and genres."""
    sentences = corpus_sentences() if shipped else []
    with tqdm(unit="step", disable=None, leave=False) as bar:

        def progress(step: str) -> None:
            bar.set_description(step)
            bar.update()

        return examine(
            dataset,
            recipe,
            facets=corpus_facets(sentences) if shipped else {},
            topical=on_topic(sentences) if shipped else None,
            external=external,
            folds=folds,
            seed=seed,
            progress=progress,
        )


@click.command()
@click.option("--top", default=50, show_default=True, type=click.IntRange(min=1), help="How many to show.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(min=2))
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0, max=2**32 - 1))
def suspects(top: int, folds: int, seed: int) -> None:
    """List the sentences of the shipped corpus whose own label is least likely in cross-validation.

    Each with file and line, its label and the likeliest one with their probabilities. They are worth reading again.
    """
    sentences = corpus_sentences()
    dataset = to_dataset(SOURCE, sentences)
    found = find_suspects(dataset, grid(len(sentences), training_lexicon([], [])), folds=folds, seed=seed)
    for suspect in found[:top]:
        sentence = sentences[suspect.row]
        click.echo(
            f"{sentence.path}:{sentence.line}: {suspect.label} {suspect.own:.3f}, {suspect.likeliest} "
            f"{suspect.probability:.3f}: {sentence.text}"
        )
