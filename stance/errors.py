"""The library's errors.

* StanceError
  * ModelError
    * ModelNotFoundError      nothing to load at the path given
    * ModelDamagedError       a file of the model folder is missing, altered or not what it should be
    * ModelUnsupportedError   a sound folder, in a version of the format that this library does not read
  * InputError
    * TextTypeError           something other than a string was given to a model
    * LexiconError            a lexicon that does not follow its notation
    * TableError              a table cannot be read or written as asked
      * RowError              one row of it is at fault
"""

from __future__ import annotations

from pathlib import Path


class StanceError(Exception):
    """The root: catch this to catch everything that the library raises on purpose."""


class ModelError(StanceError):
    """A model folder cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ModelNotFoundError(ModelError):
    """There is no model folder where one was named."""


class ModelDamagedError(ModelError):
    """A model folder whose content is not what its manifest promises."""


class ModelUnsupportedError(ModelError):
    """A model folder in a format that this version of the library does not read."""


class InputError(StanceError):
    """What the caller gave cannot be worked on."""


class TextTypeError(InputError, TypeError):
    """A text that is not a string."""


class LexiconError(InputError):
    """A lexicon that does not follow its notation; names the concept and the entry."""


class TableError(InputError):
    """A table (CSV, TSV, JSON Lines or Parquet) that cannot be read or written as asked."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class RowError(TableError):
    """One row of a table is at fault; `line` counts from 1, as editors do (for Parquet: the row's number)."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(path, reason)
        self.args = (f"{path}:{line}: {reason}",)
        self.line = line
