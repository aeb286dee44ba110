"""`python -m service`, as a process."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from pathlib import Path

import httpx

from stance import Model
from stance.folder import SCORER, current_version
from tests.service.serving import run_service, serving


def test_a_served_model_is_ready(model_folder: Path) -> None:
    with serving(model=str(model_folder)) as service:
        assert httpx.get(f"{service.url}/readyz", trust_env=False).json() == {"status": "ok"}


def test_a_served_model_predicts_what_the_library_does(model_folder: Path, model: Model) -> None:
    text = "The truce is holding \U0001f54a."
    with serving(model=str(model_folder)) as service:
        answer = httpx.post(f"{service.url}/v1/predict", json={"inputs": [{"text": text}]}, trust_env=False)
    assert answer.json()["predictions"][0]["probabilities"] == model.predict([text])[0].probabilities


def test_two_workers_serve_one_model(model_folder: Path, model: Model) -> None:
    with serving(model=str(model_folder), workers="2") as service:
        served = httpx.get(f"{service.url}/v1/models", trust_env=False).json()["models"]
    assert [described["digest"] for described in served] == [model.digest]


def test_sigterm_ends_the_service_in_good_order(model_folder: Path) -> None:
    with serving(model=str(model_folder)) as service:
        code = service.stop()
    # Uvicorn shuts down first and then lets the signal take its course, so that the parent sees it.
    assert code in {0, -signal.SIGTERM}
    assert ("Application shutdown complete" in service.log, "Traceback" in service.log) == (True, False)


def test_a_wrong_setting_ends_with_code_2_and_one_line_with_its_variable_and_value() -> None:
    ended = run_service(port="http")
    (line,) = ended.stderr.splitlines()
    assert (ended.returncode, line.startswith("service: STANCE_PORT is 'http': ")) == (2, True)


def test_a_missing_model_ends_with_code_1_and_one_line_with_its_path(tmp_path: Path) -> None:
    ended = run_service(model=str(tmp_path / "none"))
    (line,) = ended.stderr.splitlines()
    assert (ended.returncode, line.startswith(f"service: {tmp_path / 'none'}: ")) == (1, True)


def test_a_damaged_model_ends_with_code_1_and_one_line_with_the_file(model_folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model_folder, tmp_path / "copy"))
    scorer = copy / current_version(copy) / SCORER
    os.truncate(scorer, scorer.stat().st_size // 2)
    ended = run_service(model=str(copy))
    (line,) = ended.stderr.splitlines()
    assert (ended.returncode, line.startswith(f"service: {scorer}: ")) == (1, True)


def test_a_port_in_use_ends_without_a_traceback(model_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = run_service(model=str(model_folder), port=str(taken.getsockname()[1]))
    assert (ended.returncode != 0, "in use" in ended.stderr, "Traceback" in ended.stderr) == (True, True, False)
