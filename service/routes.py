"""The paths of the API."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from service.bodies import StrictRoute
from service.messages import (
    AnalyzeRequest,
    AnalyzeResponse,
    Certainty,
    Health,
    LoadedModel,
    ModelName,
    ModelsResponse,
    Prediction,
    PredictRequest,
    PredictResponse,
)
from service.problems import Fault, ProblemError, declared
from service.settings import Settings
from stance import Model

router = APIRouter(route_class=StrictRoute)
_BODY_PROBLEMS = declared(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


@dataclass(frozen=True)
class Service:
    """What the paths work with."""

    settings: Settings
    model: Model


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(_service)]


@router.post("/v1/predict", summary="Label texts", responses=_BODY_PROBLEMS, tags=["stance"])
def predict(body: PredictRequest, service: Served) -> PredictResponse:
    """Label each input: one prediction for each, in order, with its id."""
    for i, item in enumerate(body.inputs):
        _check_length(item.text, f"body.inputs.{i}.text", service.settings)
    predictions = service.model.predict([item.text for item in body.inputs])
    return PredictResponse(
        model=_name(service.model),
        predictions=[
            Prediction(
                id=item.id,
                label=said.label,
                probabilities=said.probabilities,
                certain=said.certain,
                flags=said.flags,
            )
            for item, said in zip(body.inputs, predictions, strict=True)
        ],
    )


@router.post("/v1/analyze", summary="Label the sentences of a text", responses=_BODY_PROBLEMS, tags=["stance"])
def analyze(body: AnalyzeRequest, service: Served) -> AnalyzeResponse:
    """Label each sentence of a text and say whose viewpoint it is; offsets are code points of the text as sent."""
    _check_length(body.text, "body.text", service.settings)
    return AnalyzeResponse(model=_name(service.model), **asdict(service.model.analyze(body.text)))


@router.get("/v1/models", summary="The models being served", tags=["service"])
async def models(service: Served) -> ModelsResponse:
    """Say which model answers, what it was fitted on, and how it scored."""
    model = service.model
    loaded = LoadedModel(
        **_name(model).model_dump(),
        labels=list(model.labels),
        certainty=Certainty.model_validate(asdict(model.manifest.certainty)),
        scorer=model.scorer.name,
        data=model.manifest.data,
        metrics=model.manifest.metrics,
    )
    return ModelsResponse(models=[loaded])


@router.get("/livez", summary="Is the process alive?", tags=["service"])
async def livez() -> Health:
    """Answer as long as the process can."""
    return Health()


@router.get("/readyz", summary="Can it answer?", tags=["service"])
async def readyz(service: Served) -> Health:
    """Answer once the model is loaded and checked; before that the port is closed."""
    service.model.predict([""])
    return Health()


def _name(model: Model) -> ModelName:
    return ModelName(name=model.name, version=model.version, digest=model.digest)


def _check_length(text: str, location: str, settings: Settings) -> None:
    if len(text) > settings.max_text_length:
        _refuse(location, f"{len(text)} characters; the limit max_text_length is {settings.max_text_length}")


def _refuse(location: str, reason: str) -> None:
    fault = Fault(location=location, reason=reason)
    raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{location}: {reason}", [fault])
