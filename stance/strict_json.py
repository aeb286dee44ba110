"""JSON as RFC 8259 means it: what `json.loads` lets through silently is refused here."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NoReturn

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")


def loads(content: str | bytes) -> Any:  # noqa: ANN401 - JSON is any value
    """Read one JSON value; bytes must be UTF-8.

    Raises:
        ValueError: malformed, not UTF-8, too deeply nested, a member named twice, half a surrogate pair, or NaN
            or Infinity. The message names the fault and its place, and quotes nothing of the content but what looks
            like a member's name.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError("a string holds half a surrogate pair") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from error
    except ValueError as error:
        # Python's own words about its limit on digits are for programmers.
        raise ValueError("a number has too many digits" if "digits" in str(error) else str(error)) from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deeply") from error
    return value


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(members)
    if len(seen) != len(members):
        counts = Counter(name for name, _ in members)
        twice = next(name for name, count in counts.items() if count > 1)
        named = f"the member {twice!r}" if _NAME.fullmatch(twice) else "a member"
        raise ValueError(f"{named} stands twice in one object")
    return seen


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
