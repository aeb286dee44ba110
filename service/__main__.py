"""`python -m service`: serve the current model."""

from __future__ import annotations

import sys

import uvicorn

from service.app import create_app
from service.settings import SettingsError, read_settings
from stance import ModelError


def main() -> int:
    """Serve until stopped. Return 1 if the model cannot be loaded, 2 if a setting is wrong."""
    try:
        settings = read_settings()
        # Loaded here first, so that a fault is one clear line and not a worker's traceback.
        app = create_app(settings)
    except SettingsError as error:
        print(f"service: {error}", file=sys.stderr)
        return 2
    except ModelError as error:
        print(f"service: {error}", file=sys.stderr)
        return 1
    uvicorn.run(
        app if settings.workers == 1 else "service.app:create_app",
        factory=settings.workers > 1,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_level=settings.log_level,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
