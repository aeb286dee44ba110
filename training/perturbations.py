"""Perturbations: what is done to a sentence that must not change what a model says of it.

Each takes a sentence and the rows of a word list, and yields the altered sentences: none where there is nothing to
alter. A row holds the forms of one thing; a plain list is rows of one form. Nothing is random.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

Rows = Sequence[Sequence[str]]
Perturbation = Callable[[str, Rows], Iterator[str]]

_LAST_DIGIT = re.compile(r"\d(?!\d|[.,:]\d)")
_OTHER_DIGIT = str.maketrans("0123456789", "3456789123")
_QUOTED = re.compile(r'"([^"]*)"')
_WORD_START = re.compile(r"(?<!\S)\W*\w")


def swap(text: str, rows: Rows) -> Iterator[str]:
    """Replace every form of a row by the same form of the row 1, 2, … further on, in all of the sentence at once."""
    places = {form: (i, j) for i, row in reversed(list(enumerate(rows))) for j, form in enumerate(row)}
    forms = _any_of(places)
    if forms.search(text):
        for shift in range(1, len(rows)):
            moved = {form: rows[(i + shift) % len(rows)][j] for form, (i, j) in places.items()}
            yield _replaced(forms, moved, text)


def exchange(text: str, rows: Rows) -> Iterator[str]:
    """Let two sides, a row of two, trade places where both are in the sentence."""
    for one, other in rows:
        if all(_any_of([side]).search(text) for side in (one, other)):
            yield from swap(text, [[one], [other]])


def upper(text: str, _rows: Rows) -> Iterator[str]:
    """Put it in capitals."""
    yield text.upper()


def lower(text: str, _rows: Rows) -> Iterator[str]:
    """Put it in small letters."""
    yield text.lower()


def title(text: str, _rows: Rows) -> Iterator[str]:
    """Begin every word with a capital, as headlines do."""
    yield _WORD_START.sub(lambda match: match.group().upper(), text)


def misspell(text: str, rows: Rows) -> Iterator[str]:
    """Let two adjacent letters near the middle of a listed word trade places, one word at a time."""
    for word in (form for row in rows for form in row):
        whole = _any_of([word])
        if whole.search(text):
            yield _replaced(whole, {word: _misspelt(word)}, text)


def renumber(text: str, _rows: Rows) -> Iterator[str]:
    """Change the last digit of every number."""
    changed = _LAST_DIGIT.sub(lambda match: match.group().translate(_OTHER_DIGIT), text)
    if changed != text:
        yield changed


def requote(text: str, rows: Rows) -> Iterator[str]:
    """Replace straight double quotation marks by those of each row: the opening one and the closing one."""
    if _QUOTED.search(text):
        for opening, closing in rows:
            yield _QUOTED.sub(rf"{opening}\1{closing}", text)


def replace(text: str, rows: Rows) -> Iterator[str]:
    """Replace the first row's characters, wherever they stand, by those of each other row."""
    (found,), *others = rows
    if found in text:
        for (other,) in others:
            yield text.replace(found, other)


def append(text: str, rows: Rows) -> Iterator[str]:
    """Put each row before the full stop."""
    if text.endswith("."):
        for (tail,) in rows:
            yield f"{text[:-1]}{tail}."


def end(text: str, rows: Rows) -> Iterator[str]:
    """Put each row in the place of the full stop."""
    if text.endswith("."):
        for (mark,) in rows:
            yield f"{text[:-1]}{mark}"


def follow(text: str, rows: Rows) -> Iterator[str]:
    """Put each row after the sentence."""
    for (tail,) in rows:
        yield f"{text}{tail}"


def prepend(text: str, rows: Rows) -> Iterator[str]:
    """Put each row before the sentence."""
    for (head,) in rows:
        yield f"{head}{text}"


PERTURBATIONS: Mapping[str, Perturbation] = {
    function.__name__: function
    for function in (
        swap,
        exchange,
        upper,
        lower,
        title,
        misspell,
        renumber,
        requote,
        replace,
        append,
        end,
        follow,
        prepend,
    )
}


def _any_of(forms: Sequence[str] | Mapping[str, object]) -> re.Pattern[str]:
    """Match any of the forms as whole words; of two that begin alike the longer."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _replaced(forms: re.Pattern[str], by: Mapping[str, str], text: str) -> str:
    return forms.sub(lambda match: by[match.group()], text)


def _misspelt(word: str) -> str:
    """Return the word with two unlike neighbours exchanged, as near after the middle as they come."""
    middle = len(word) // 2
    for i in [*range(middle, len(word) - 1), *range(middle - 1, -1, -1)]:
        if word[i] != word[i + 1]:
            return f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}"
    raise ValueError(f"{word!r} has no two letters to exchange")
