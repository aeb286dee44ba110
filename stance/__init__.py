"""Labels sentences hopeful, sceptical or neutral about a ceasefire, with the evidence for each label."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from stance.certainty import Flag
from stance.errors import (
    InputError,
    LexiconError,
    ModelDamagedError,
    ModelError,
    ModelNotFoundError,
    ModelUnsupportedError,
    RowError,
    StanceError,
    TableError,
    TextTypeError,
)
from stance.model import Model, load
from stance.prediction import Evidence, Explanation, Prediction
from stance.span import Span

if TYPE_CHECKING:
    from stance.analysis import Analysis, Sentence
    from stance.viewpoint import Attribution, attribute

__all__ = [
    "Analysis",
    "Attribution",
    "Evidence",
    "Explanation",
    "Flag",
    "InputError",
    "LexiconError",
    "Model",
    "ModelDamagedError",
    "ModelError",
    "ModelNotFoundError",
    "ModelUnsupportedError",
    "Prediction",
    "RowError",
    "Sentence",
    "Span",
    "StanceError",
    "TableError",
    "TextTypeError",
    "attribute",
    "load",
]

_ON_DEMAND = {
    "Analysis": "stance.analysis",
    "Sentence": "stance.analysis",
    "Attribution": "stance.viewpoint",
    "attribute": "stance.viewpoint",
}


def __getattr__(name: str) -> object:
    """Import what analyses texts when it is asked for: whoever labels sentences alone is done before that is loaded."""
    if name in _ON_DEMAND:
        return getattr(importlib.import_module(_ON_DEMAND[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
