"""Settings come from the environment; a wrong one is named with its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.settings import Settings, SettingsError, read_settings

WRONG = {
    "HOST": "",
    "PORT": "70000",
    "WORKERS": "0",
    "LOG_LEVEL": "loud",
    "MAX_BODY_BYTES": "2 MB",
    "MAX_INPUTS": "-1",
    "MAX_TEXT_LENGTH": "1.5",
}


def test_nothing_need_be_set() -> None:
    assert read_settings() == Settings()


def test_the_service_is_for_this_machine_alone_unless_told_otherwise() -> None:
    assert read_settings().host == "127.0.0.1"


def test_the_default_model_is_the_shipped_one() -> None:
    assert read_settings().model == Path("models/ceasefire")


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("HOST", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - a value as a container sets it
        ("PORT", "0", 0),
        ("WORKERS", "4", 4),
        ("LOG_LEVEL", "debug", "debug"),
        ("MODEL", "models/other", Path("models/other")),
        ("MAX_BODY_BYTES", "10", 10),
        ("MAX_INPUTS", "11", 11),
        ("MAX_TEXT_LENGTH", "12", 12),
    ],
)
def test_a_setting_is_read_from_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, setting: object
) -> None:
    monkeypatch.setenv(f"STANCE_{name}", value)
    assert getattr(read_settings(), name.lower()) == setting


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_a_wrong_setting_is_named_with_its_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"STANCE_{name}", value)
    with pytest.raises(SettingsError, match=f"^STANCE_{name} is {value!r}: "):
        read_settings()


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WRONG.items():
        monkeypatch.setenv(f"STANCE_{name}", value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert [line.split()[0] for line in str(caught.value).splitlines()] == [f"STANCE_{name}" for name in WRONG]
