"""The command line `stance`: predict, explain, analyze, batch, models."""

from __future__ import annotations

import io
import json
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import BinaryIO, NoReturn, Self

import click
from tqdm import tqdm

from stance.batch import BatchProgress, OnError, label_table
from stance.errors import StanceError
from stance.model import Model, load
from stance.picture import COLOURS, draw
from stance.prediction import Explanation, Prediction
from stance.tables.layout import NAMES

_MODEL = click.option(
    "--model",
    "model_path",
    type=click.Path(path_type=Path),
    default=Path("models/ceasefire"),
    envvar="STANCE_MODEL",
    show_default=True,
    show_envvar=True,
    help="A model's folder (its current version) or a version's folder.",
)
_SCORERS = {
    "compiled": "scored by the compiled scorer",
    "python": "scored by Python, about a hundred times slower: the compiled scorer was not built or has no form for it",
}
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


class _Group(click.Group):
    """Turns the library's errors into one line and exit code 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except StanceError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.filename is None:  # a closed pipe, say: click knows what to do
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stance")
def main() -> None:
    """Label sentences hopeful, sceptical or neutral about a ceasefire.

    Exit codes: 0 done, 1 failed, 2 wrong usage.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal in another encoding shows \u505c for what it lacks.
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@_MODEL
@_JSON
def predict(texts: Sequence[str], model_path: Path, as_json: bool) -> None:
    """Label each TEXT, or each line of standard input."""
    model = load(model_path)
    for text in texts or _standard_input():
        (prediction,) = model.predict([text])
        if as_json:
            _print_json({"text": text, **_answer_json(prediction)})
        else:
            click.echo(f"{_head(model, prediction)}  {_flagged(prediction, text)}")


@main.command()
@click.argument("text")
@_MODEL
@_JSON
@click.option("--top", default=15, show_default=True, type=click.IntRange(min=1), help="How many n-grams to show.")
def explain(text: str, model_path: Path, as_json: bool, top: int) -> None:
    """Show which n-grams of TEXT speak for and against its label."""
    model = load(model_path)
    explanation = model.explain(text)
    if as_json:
        _print_json(_explanation_json(text, explanation))
        return
    label = explanation.prediction.label
    click.echo(f"{_head(model, explanation.prediction)}  {_flagged(explanation.prediction, text)}\n")
    click.echo(f"What each n-gram adds to the logit of {click.style(label, bold=True)}:")
    for item in explanation.evidence[:top]:
        click.echo(f"{item.contributions[label]:+9.4f}  {item.channel:<10}  {item.ngram!r}")
    rest = sum(item.contributions[label] for item in explanation.evidence[top:])
    click.echo(f"{rest:+9.4f}  {len(explanation.evidence[top:])} more n-grams together")
    click.echo(f"{explanation.intercept[label]:+9.4f}  intercept")
    click.echo(f"{explanation.logits[label]:+9.4f}  logit")


@main.command()
@click.argument("file", type=click.File("rb"))
@_MODEL
@_JSON
def analyze(file: BinaryIO, model_path: Path, as_json: bool) -> None:
    """Label each sentence of the text in FILE (UTF-8; - is standard input), say whose viewpoint it is, and sum up."""
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name}: not UTF-8 at byte {error.start}") from error
    model = load(model_path)
    analysis = model.analyze(text)
    if as_json:
        _print_json(asdict(analysis))
        return
    for line in draw(analysis, model.labels, shutil.get_terminal_size().columns):
        click.echo(line)


@main.command(
    help=f"Label the texts in table IN and write it, with the labels added, to OUT.\n\nTables: {NAMES}."
    " IN and OUT have the same ending, but for the compression."
)
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@_MODEL
@click.option("--column", default="text", show_default=True, help="The column that holds the texts.")
@click.option("--prefix", default="stance", show_default=True, help="What the added columns' names begin with.")
@click.option(
    "--on-error",
    type=click.Choice(["stop", "skip"]),
    default="stop",
    show_default=True,
    help="At a bad row: stop, or put it into OUT.rejects.jsonl and go on.",
)
@click.option("--no-quoting", is_flag=True, help="Quotation marks in CSV and TSV are ordinary characters.")
def batch(
    source: Path, target: Path, model_path: Path, column: str, prefix: str, on_error: OnError, no_quoting: bool
) -> None:
    # A polite kill unwinds like an error, so that no partial file is left behind.
    signal.signal(signal.SIGTERM, _exit_on_signal)
    model = load(model_path)
    with _Bar() as bar:
        report = label_table(
            model,
            source,
            target,
            column=column,
            prefix=prefix,
            on_error=on_error,
            quoting=not no_quoting,
            progress=bar.show,
        )
    counts = ", ".join(f"{report.labels.get(label, 0)} {label}" for label in model.labels)
    click.echo(f"{target}: {report.rows} rows, {counts}", err=True)
    if report.rejects is not None:
        click.echo(f"{report.rejects}: {report.rejected} rows rejected", err=True)


@main.command()
@_MODEL
def models(model_path: Path) -> None:
    """Say which model is in use, and which scorer."""
    model = load(model_path)
    click.echo(f"{model.name} {model.version}: {', '.join(model.labels)}; {_SCORERS[model.scorer.name]}")


class _Bar:
    """A progress bar on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: BatchProgress) -> None:
        if self._bar is None:
            unit = progress.unit
            self._bar = tqdm(total=progress.size, unit=unit, unit_scale=unit == "B", disable=None, leave=False)
        self._bar.update(progress.position - self._bar.n)


def _standard_input() -> Iterator[str]:
    if sys.stdin.isatty():
        raise click.UsageError("give a TEXT, or texts by standard input, one a line")
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise click.ClickException(f"standard input:{number}: not UTF-8 at byte {error.start}") from error


def _head(model: Model, answer: Prediction) -> str:
    label = click.style(f"{answer.label:<{max(map(len, model.labels))}}", fg=COLOURS.get(answer.label))
    return f"{label}  {answer.probabilities[answer.label]:.2f}  {'certain' if answer.certain else 'unsure '}"


def _flagged(answer: Prediction, text: str) -> str:
    return f"[{', '.join(answer.flags)}]  {text}" if answer.flags else text


def _answer_json(answer: Prediction) -> dict[str, object]:
    return {
        "label": answer.label,
        "probabilities": dict(answer.probabilities),
        "certain": answer.certain,
        "flags": list(answer.flags),
    }


def _explanation_json(text: str, explanation: Explanation) -> dict[str, object]:
    return {
        "text": text,
        **_answer_json(explanation.prediction),
        "intercept": dict(explanation.intercept),
        "logits": dict(explanation.logits),
        "evidence": [
            {
                "ngram": item.ngram,
                "channel": item.channel,
                "spans": [[span.start, span.end] for span in item.spans],
                "contributions": dict(item.contributions),
            }
            for item in explanation.evidence
        ],
    }


def _print_json(value: object) -> None:
    # Escapes of JSON's own where the terminal's encoding may lack a character.
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    click.echo(json.dumps(value, ensure_ascii=encoding != "utf8"))


def _exit_on_signal(number: int, frame: FrameType | None) -> NoReturn:
    del frame
    raise SystemExit(128 + number)
