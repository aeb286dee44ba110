"""Fields of a TOML table: which it must and may have, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Content:
    """What a field may hold, in words and as a check."""

    wanted: str
    fits: Callable[[Any], bool]


Fields = Mapping[str, Content]


def checked(row: Mapping[str, Any], required: Fields, optional: Fields) -> Mapping[str, Any]:
    """Return `row` if it has the required fields, no unknown ones, and each holds what it may.

    Raises:
        ValueError: it does not; the message has a line for each fault.
    """
    known = {**required, **optional}
    faults = [f"the field {name!r} is missing" for name in required if name not in row]
    for name, value in row.items():
        if name not in known:
            faults.append(f"an unknown field {name!r}")
        elif not known[name].fits(value):
            faults.append(f"the field {name!r} is {value!r}; {known[name].wanted} is needed")
    if faults:
        raise ValueError("\n".join(faults))
    return row


def _is_list_of(value: object, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and bool(value) and all(map(fits, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_string(value: object) -> bool:
    return isinstance(value, str)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and _is_list_of(value, _is_string)  # noqa: PLR2004 - a pair


def _is_rows(value: object) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return _is_list_of(value, _is_string) or (
        all(_is_list_of(row, _is_string) for row in value) and len({len(row) for row in value}) == 1
    )


TABLE = Content("a table", lambda value: isinstance(value, dict))
TABLES = Content("a list of tables", lambda value: _is_list_of(value, TABLE.fits))
TEXT = Content("a string that is not blank", _is_text)
TEXTS = Content(
    "a list of different strings, none blank",
    lambda value: _is_list_of(value, _is_text) and len(set(value)) == len(value),
)
PAIR = Content("a list of two strings", _is_pair)
PAIRS = Content("a list of lists of two strings", lambda value: _is_list_of(value, _is_pair))
ROWS = Content("a list of strings, or of lists of strings, all of one length,", _is_rows)
SHARE = Content("a number from 0 to 1", lambda value: type(value) in {int, float} and 0 <= value <= 1)
COUNT = Content("a whole number from 1 on", lambda value: type(value) is int and value >= 1)
