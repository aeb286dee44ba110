"""Reading request bodies strictly: JSON as RFC 8259 means it, in UTF-8, up to a size, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from email.message import Message
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from service.problems import Fault, ProblemError
from stance import strict_json

_UTF_8 = {"utf-8", "utf8"}


class StrictRequest(Request):
    """A request whose JSON is refused where `json.loads` would pass it: NaN, members named twice, other encodings."""

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            limit = self.app.state.service.settings.max_body_bytes
            if int(self.headers.get("content-length", "0")) > limit:
                raise _too_large(limit)
            body = bytearray()
            async for chunk in self.stream():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit)
            self._body = bytes(body)
        return self._body

    async def json(self) -> Any:  # noqa: ANN401 - JSON is any value
        try:
            value = strict_json.loads(await self.body())
        except ValueError as error:
            raise ProblemError(HTTPStatus.BAD_REQUEST, f"body: {error}") from error
        inputs = value.get("inputs") if isinstance(value, dict) else None
        limit = self.app.state.service.settings.max_inputs
        if isinstance(inputs, list) and len(inputs) > limit:
            # Refused before each input is looked at: there may be a million of them.
            fault = Fault(location="body.inputs", reason=f"{len(inputs)} inputs; the limit max_inputs is {limit}")
            raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{fault.location}: {fault.reason}", [fault])
        return value

    def check_headers(self) -> None:
        """Refuse a body that says it is something else than JSON in UTF-8.

        Raises:
            ProblemError: 415, naming the header.
        """
        header = Message()
        header["Content-Type"] = self.headers.get("content-type", "")
        if header.get_content_type() != "application/json":
            raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the Content-Type must be application/json")
        if header.get_content_charset("utf-8") not in _UTF_8:
            raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the charset of the Content-Type must be utf-8")
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a Content-Encoding is not supported")


def _too_large(limit: int) -> ProblemError:
    detail = f"the body is longer than the limit max_body_bytes, {limit} bytes"
    return ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


class StrictRoute(APIRoute):
    """A route that reads its body as a `StrictRequest`."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override] # narrower than Coroutine
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            if self.body_field is not None:
                strict.check_headers()
            return await handle(strict)

        return strictly
