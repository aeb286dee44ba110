"""Errors on the wire: `application/problem+json` (RFC 9457), made in this one place.

No problem quotes the text that was sent. Names of members are quoted only where they look like names.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
_MOST_FAULTS = 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
_log = logging.getLogger("service")


class Fault(BaseModel):
    """One thing that is wrong with a request: where (a path of member names and positions) and what."""

    location: str
    reason: str


class Problem(BaseModel):
    """What went wrong. `type` is always `about:blank`: the status says which kind it is.

    Of many faults only the first twenty are listed.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    faults: list[Fault] = []


class ProblemError(HTTPException):
    """Raise this to answer with a problem."""

    def __init__(
        self, status: HTTPStatus, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail, headers)
        self.faults = faults


def declared(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI declaration of problems with these statuses."""
    return {
        status.value: {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Make every error that leaves the app a problem."""
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(Exception, _on_crash)


async def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    detail = str(error.detail)
    if status == HTTPStatus.NOT_FOUND:
        detail = "there is nothing at this path"
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not possible at this path"
    return _response(status, detail, getattr(error, "faults", ()), error.headers)


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    del request
    assert isinstance(error, RequestValidationError)
    faults = [Fault(location=_location(fault["loc"]), reason=fault["msg"]) for fault in error.errors()[:_MOST_FAULTS]]
    first = faults[0]
    return _response(HTTPStatus.UNPROCESSABLE_ENTITY, f"{first.location}: {first.reason}", faults)


async def _on_crash(request: Request, error: Exception) -> JSONResponse:
    del request
    _log.error("unexpected %s", type(error).__name__, exc_info=error)
    return _response(HTTPStatus.INTERNAL_SERVER_ERROR, "an error of the service, not of the request")


def _location(path: Sequence[object]) -> str:
    return ".".join(str(part) if isinstance(part, int) or _NAME.fullmatch(str(part)) else "(a member)" for part in path)


def _response(
    status: HTTPStatus, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    problem = Problem(title=status.phrase, status=status.value, detail=detail, faults=list(faults))
    return JSONResponse(problem.model_dump(), status.value, headers, media_type=MEDIA_TYPE)
