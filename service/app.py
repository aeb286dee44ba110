"""The application factory."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline

import stance
from service import problems
from service.routes import Service, router
from service.settings import Settings, read_settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """Load the model and return the app; settings come from the environment unless given.

    Raises:
        SettingsError: a setting is wrong.
        ModelError: the model cannot be loaded.
    """
    settings = settings or read_settings()
    model = stance.load(settings.model)
    # The offline kind serves the assets of /docs itself: a closed network has no CDN.
    app = FastAPIOffline(
        title="stance",
        summary="Labels sentences hopeful, sceptical or neutral about a ceasefire.",
        version=model.version,
        responses=problems.declared(HTTPStatus.INTERNAL_SERVER_ERROR),
        redoc_url=None,
    )
    app.state.service = Service(settings, model)
    problems.install(app)
    app.include_router(router)
    app.add_api_route("/", _to_docs, include_in_schema=False)
    return app


async def _to_docs() -> RedirectResponse:
    # Relative, so that it holds behind a proxy that adds a path.
    return RedirectResponse("docs")
