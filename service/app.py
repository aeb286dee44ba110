"""The application factory."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI

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
    app = FastAPI(
        title="stance",
        summary="Labels sentences hopeful, sceptical or neutral about a ceasefire.",
        version=model.version,
        responses=problems.declared(HTTPStatus.INTERNAL_SERVER_ERROR),
        redoc_url=None,
    )
    app.state.service = Service(settings, model)
    problems.install(app)
    app.include_router(router)
    return app
