"""What goes over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from stance import Flag

_LONGEST_ID = 200
_GREATEST_ID = 2**63 - 1

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
Certain = Annotated[
    bool,
    Field(
        description="Whether the answer can be relied on: its probability reaches the threshold that was chosen when "
        "the model was fitted (see /v1/models), and the text is not unfamiliar."
    ),
]
Flags = Annotated[
    tuple[Flag, ...],
    Field(
        description="What may be wrong with the text. off-topic: no word for a ceasefire, a peace deal or talks was "
        "found. unfamiliar: not English, or hardly any words that the model knows."
    ),
]


def _identifier(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _GREATEST_ID:
        return value
    if isinstance(value, str) and len(value) <= _LONGEST_ID:
        return value
    raise PydanticCustomError("identifier", "A whole number of 64 bits or a string of up to 200 characters is needed")


_Schema = Annotated[str, Field(max_length=_LONGEST_ID)] | Annotated[int, Field(ge=-_GREATEST_ID, le=_GREATEST_ID)]
Identifier = Annotated[str | int, PlainValidator(_identifier, json_schema_input_type=_Schema)]


class _Strict(BaseModel):
    """Unknown members are refused, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Input(_Strict):
    """A text to label; `id`, if given, comes back with the answer."""

    id: Identifier | None = None
    text: str


class PredictRequest(_Strict):
    """Texts to label, answered in this order."""

    inputs: list[Input] = Field(min_length=1)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"inputs": [{"id": "a1", "text": "Envoys say a truce is within reach."}]}]}
    )


class AnalyzeRequest(_Strict):
    """A whole text, to be split into sentences."""

    text: str

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Envoys met on Monday. A truce is within reach, one of them said."}]}
    )


class ModelName(BaseModel):
    """Which model answered; `digest` is the SHA-256 of its manifest."""

    name: str
    version: str
    digest: str


class Prediction(BaseModel):
    """The label given to one input, the probability of each label, and how far to trust them."""

    id: Identifier | None
    label: str
    probabilities: Mapping[str, Probability]
    certain: Certain
    flags: Flags


class PredictResponse(BaseModel):
    """One prediction for each input, in order."""

    model: ModelName
    predictions: list[Prediction]


class Place(BaseModel):
    """Words of the text and where they stand (code points, `end` exclusive)."""

    text: str
    start: int
    end: int


class Viewpoint(BaseModel):
    """Whose viewpoint a sentence reports.

    `holder` and `cue` are the words that say so; `holder` is null where the sentence itself names nobody. `name` is who
    is meant, as the text names them most fully; null is the writer.
    """

    name: str | None
    holder: Place | None
    cue: Place
    kind: str


class Sentence(BaseModel):
    """A sentence: its place in the text (code points, `end` exclusive), the answer for it, and whose viewpoint it is.

    The main viewpoint comes first; there is always one.
    """

    start: int
    end: int
    text: str
    label: str
    probabilities: Mapping[str, Probability]
    certain: Certain
    flags: Flags
    viewpoints: list[Viewpoint]


class Balance(BaseModel):
    """Sentences for less sentences against, over all counted ones, from -1 to 1, with the 95% interval."""

    value: float
    low: float
    high: float


class Tally(BaseModel):
    """The counted sentences of one holder, of the writer, or of the whole text.

    `clearest` is the number, from 0, of the sentence that speaks for the viewpoint most clearly. `balance` is null for
    a model whose labels have no poles.
    """

    name: str | None
    counts: Mapping[str, int]
    balance: Balance | None
    clearest: int | None


class Summary(BaseModel):
    """The whole text, the writer's own voice, and each holder, the one with the most sentences first.

    `left_out` is how many sentences are not counted, as they do not concern a ceasefire or cannot be read.
    """

    whole: Tally
    writer: Tally
    holders: list[Tally]
    left_out: int


class AnalyzeResponse(BaseModel):
    """The sentences of the text, in order, and what each holder says in them, counted."""

    model: ModelName
    sentences: list[Sentence]
    summary: Summary


class Certainty(BaseModel):
    """From which probability on an answer is certain, and up to which share of known words a text is unfamiliar.

    Null: none is.
    """

    threshold: Probability | None
    known_share: Probability | None


class LoadedModel(ModelName):
    """A model that is being served: labels, thresholds, the scorer at work, what it was fitted on, and its figures."""

    labels: list[str]
    certainty: Certainty
    scorer: str
    data: Mapping[str, Any]
    metrics: Mapping[str, Any]


class ModelsResponse(BaseModel):
    """The models being served."""

    models: list[LoadedModel]


class Health(BaseModel):
    """`ok`, or the request fails."""

    status: str = "ok"
