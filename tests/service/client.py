"""A client that calls the app in its own process: no socket, no thread, one event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterable, Mapping
from typing import Any

import httpx
from fastapi import FastAPI

PREDICT = "/v1/predict"
ANALYZE = "/v1/analyze"
PROBLEM = "application/problem+json"
JSON = {"Content-Type": "application/json"}

Content = str | bytes | AsyncIterable[bytes]


class Client:
    """Sends requests to an app; what the app raises comes back as its answer, as it would from a server."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://service")

    def get(self, path: str) -> httpx.Response:
        return self.request("GET", path)

    def post(self, path: str, content: Content, headers: Mapping[str, str] = JSON) -> httpx.Response:
        """Send a body as it is."""
        return self.request("POST", path, content=content, headers=headers)

    def send(self, path: str, value: object) -> httpx.Response:
        """Send a value as JSON."""
        return self.post(path, json.dumps(value))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        return self._runner.run(self._http.request(method, path, **options))

    def close(self) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()

    def declared(self, path: str, method: str = "post") -> Mapping[str, Any]:
        """Return the answers that the OpenAPI document declares for a path, by status."""
        responses: dict[str, Any] = self.app.openapi()["paths"][path][method]["responses"]
        return responses
