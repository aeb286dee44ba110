"""Labels sentences hopeful, sceptical or neutral about a ceasefire, with the evidence for each label."""

from stance.analysis import Analysis, Sentence
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
