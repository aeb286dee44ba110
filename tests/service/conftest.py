"""What the service's tests share: an app that serves the small model, and a client for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings
from tests.service.client import Client

Serve = Callable[..., Client]


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("STANCE_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def client(model_folder: Path, _no_settings_from_outside: None) -> Iterator[Client]:
    """A client of an app with the default settings."""
    with closing(Client(create_app(Settings(model=model_folder)))) as client:
        yield client


@pytest.fixture
def serve(model_folder: Path) -> Iterator[Serve]:
    """Make a client of an app with settings of the test's own."""
    with ExitStack() as stack:

        def make(**settings: int) -> Client:
            app = create_app(Settings(model=model_folder, **settings))  # type: ignore[arg-type] # all are int
            return stack.enter_context(closing(Client(app)))

        yield make
