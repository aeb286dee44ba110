"""The picture of a text for a terminal: its sentences, whose they are, and the sum of them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from stance.analysis import Analysis, Sentence
from stance.summary import Balance, Tally

COLOURS = {"hopeful": "green", "sceptical": "red"}
_NARROWEST_TEXT = 30
_WIDEST_HOLDER = 26
_WRITER = "(the writer)"
_WHOLE = "(the whole text)"


def draw(analysis: Analysis, labels: Sequence[str], width: int) -> Iterator[str]:
    """Yield the lines of a picture `width` columns wide, in colours.

    First each sentence with its label, the probability of that (with ? where it is not certain) and the holder, faint
    where it is not counted; then a table of holders.
    """
    label_width = max(map(len, labels))
    holder_width = min(_WIDEST_HOLDER, max((len(_holder(s)) for s in analysis.sentences), default=0))
    for sentence in analysis.sentences:
        yield from _sentence(sentence, label_width, holder_width, width)
    if not analysis.sentences:
        yield "no sentences"
        return
    yield ""
    yield from _table(analysis, labels, width)


def _holder(sentence: Sentence) -> str:
    return " ".join((sentence.viewpoints[0].name or "").split())


def _sentence(sentence: Sentence, label_width: int, holder_width: int, width: int) -> Iterator[str]:
    faint = bool(sentence.flags)
    head = f"{sentence.label:<{label_width}}"
    doubt = " " if sentence.certain else "?"
    indent = label_width + len(" 0.00?  ") + holder_width + 2
    words = " ".join(sentence.text.split())
    lines = textwrap.wrap(words, max(_NARROWEST_TEXT, width - indent), break_long_words=False, break_on_hyphens=False)
    holder = f"{_cut(_holder(sentence), holder_width):<{holder_width}}"
    colour = None if faint else COLOURS.get(sentence.label)
    label = click.style(head, fg=colour, dim=faint)
    yield label + click.style(f" {sentence.probabilities[sentence.label]:.2f}{doubt}  {holder}  {lines[0]}", dim=faint)
    for line in lines[1:]:
        yield click.style(" " * indent + line, dim=faint)


def _table(analysis: Analysis, labels: Sequence[str], width: int) -> Iterator[str]:
    summary = analysis.summary
    tallies = [(_WHOLE, summary.whole), (_WRITER, summary.writer)]
    tallies += [(" ".join((tally.name or "").split()), tally) for tally in summary.holders]
    numbers = sum(len(label) + 2 for label in labels) + len("  +0.00 [-0.00, +0.00]")
    name_width = max(_NARROWEST_TEXT, min(width - numbers, max(len(name) for name, _ in tallies)))
    balance = "  balance, 95% interval" if summary.whole.balance else ""
    yield " " * name_width + "".join(f"  {label}" for label in labels) + balance
    for name, tally in tallies:
        if tally.clearest is None:
            continue
        counts = "".join(f"  {tally.counts[label]:>{len(label)}}" for label in labels)
        yield click.style(f"{_cut(name, name_width):<{name_width}}", bold=True) + counts + _balance(tally.balance)
        if name != _WHOLE:
            yield _clearest(analysis, tally, width)
    if summary.left_out:
        yield f"Not counted, as not about a ceasefire or not to be read (faint above): {summary.left_out}"


def _balance(balance: Balance | None) -> str:
    return f"  {balance.value:+.2f} [{balance.low:+.2f}, {balance.high:+.2f}]" if balance else ""


def _clearest(analysis: Analysis, tally: Tally, width: int) -> str:
    assert tally.clearest is not None
    sentence = analysis.sentences[tally.clearest]
    label = click.style(sentence.label, fg=COLOURS.get(sentence.label))
    return f"    {label}: " + _cut(
        " ".join(sentence.text.split()), max(_NARROWEST_TEXT, width - 6 - len(sentence.label))
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "\N{HORIZONTAL ELLIPSIS}"
