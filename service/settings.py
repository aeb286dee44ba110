"""Settings, from environment variables that begin with `STANCE_`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """One or more settings are wrong; the message names each variable, its value and what is needed."""


class Settings(BaseSettings):
    """What the service can be told. Each field is the environment variable of its name, with `STANCE_` before it."""

    model_config = SettingsConfigDict(env_prefix="STANCE_", frozen=True)

    host: str = Field(default="127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, le=256, description="Processes; each loads the model.")
    log_level: Literal["critical", "error", "warning", "info", "debug"] = "info"
    model: Path = Field(default=Path("models/ceasefire"), description="A model's folder or a version's.")
    max_body_bytes: int = Field(default=2 * 1024 * 1024, ge=1, description="The largest request body, in bytes.")
    max_inputs: int = Field(default=1000, ge=1, description="The most inputs in one request.")
    max_text_length: int = Field(default=100_000, ge=1, description="The longest text, in code points.")


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: a variable has a value that will not do.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"STANCE_{str(fault['loc'][0]).upper()} is {fault['input']!r}: {fault['msg']}" for fault in error.errors()
        ]
        raise SettingsError("\n".join(lines)) from error
