"""Errors on the wire: always a problem, always declared, never the text that was sent."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.app import create_app
from service.problems import Problem
from service.settings import Settings
from stance import Model
from tests.service.client import ANALYZE, JSON, PREDICT, PROBLEM, Client

MARKER = "The ferry left the quiet harbour at noon"
NAMES = ["inputs", "text", "id", "model", "", "a b", MARKER, "texts " + MARKER]
KINDS_OF_FAULT: dict[str, tuple[int, str | bytes]] = {
    "cut short": (400, f'{{"text": "{MARKER}'),
    "malformed after the text": (400, f'{{"text": "{MARKER}" x'),
    "a bad escape in the text": (400, rf'{{"text": "{MARKER}\q"}}'),
    "half a surrogate pair in the text": (400, rf'{{"text": "{MARKER}\ud800"}}'),
    "not UTF-8": (400, MARKER.encode() + b"\xff"),
    "a number of 5,000 digits": (400, '{"text": ' + "4" * 5_000 + "}"),
    "a member twice": (400, f'{{"{MARKER}": 1, "{MARKER}": 2}}'),
    "an unknown member": (422, json.dumps({"text": "", "inputs": [], MARKER: 1})),
    "text in the wrong place": (422, json.dumps(MARKER)),
    "a text in an array": (422, json.dumps({"text": [MARKER], "inputs": [MARKER]})),
    "a text as id": (422, json.dumps({"inputs": [{"id": [MARKER], "text": MARKER}]})),
    "an object as text": (422, json.dumps({"inputs": [{"text": {MARKER: MARKER}}]})),
}

both_paths = pytest.mark.parametrize("path", [PREDICT, ANALYZE])

_strings = st.text(max_size=8) | st.sampled_from([MARKER, f"{MARKER} \U0001f54a", "a"])
_numbers = st.integers().map(str) | st.sampled_from(["-0", "1.5", "1e999", "NaN", "-Infinity", "9" * 5_000])
_scalars = st.one_of(_strings.map(json.dumps), _numbers, st.sampled_from(["null", "true", r'"\ud800"', MARKER]))


def _array(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def _object(members: list[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{json.dumps(name)}: {value}' for name, value in members)}}}"


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.tuples(st.sampled_from(NAMES) | st.text(max_size=3), inner)
    return st.lists(inner, max_size=3).map(_array) | st.lists(members, max_size=4).map(_object)


_header = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=20)
_parameters = st.sampled_from(["", " ", "charset=", 'charset="', "charset*=", "charset*=utf-8''", "charset*0="])
_content_types = st.builds("application/json;{}{}".format, _parameters, _header)
# Written out, not dumped: objects may name a member twice, and some values are almost JSON.
json_values = st.recursive(_scalars, _larger, max_leaves=12)
_inputs = st.lists(
    json_values | st.builds(lambda text, id_: _object([("text", text), ("id", id_)]), _scalars, _scalars)
)
bodies = st.one_of(
    json_values,
    _inputs.map(lambda items: _object([("inputs", _array(items))])),
    _scalars.map(lambda text: _object([("text", text)])),
)
byte_bodies = st.one_of(
    st.binary(max_size=60).map(lambda noise: noise + MARKER.encode()),
    st.tuples(bodies, st.integers(0, 80), st.binary(max_size=3)).map(
        lambda made: made[0].encode()[: made[1]] + made[2] + made[0].encode()[made[1] :]
    ),
    bodies.map(lambda body: body.encode("utf-16")),
)


def _assert_answer_or_declared_problem(client: Client, path: str, body: str | bytes) -> None:
    answer = client.post(path, body)
    status = answer.status_code
    assert status == 200 or (400 <= status < 500 and str(status) in client.declared(path))
    assert status == 200 or (answer.headers["Content-Type"] == PROBLEM and MARKER not in answer.text)


@both_paths
@settings(max_examples=200)
@given(body=bodies)
def test_any_json_is_answered_or_refused_with_a_declared_problem_that_keeps_the_text(
    client: Client, path: str, body: str
) -> None:
    _assert_answer_or_declared_problem(client, path, body)


@both_paths
@settings(max_examples=200)
@given(body=byte_bodies)
def test_any_bytes_are_answered_or_refused_with_a_declared_problem_that_keeps_the_text(
    client: Client, path: str, body: bytes
) -> None:
    _assert_answer_or_declared_problem(client, path, body)


@both_paths
@pytest.mark.parametrize(("status", "body"), KINDS_OF_FAULT.values(), ids=KINDS_OF_FAULT)
def test_no_kind_of_fault_echoes_the_text(client: Client, path: str, status: int, body: str | bytes) -> None:
    answer = client.post(path, body)
    assert (answer.status_code, MARKER in answer.text, "4444" in answer.text) == (status, False, False)


@both_paths
@settings(max_examples=200)
@given(headers=st.fixed_dictionaries({"Content-Type": _content_types}, optional={"Content-Encoding": _header}))
def test_any_headers_are_answered_or_refused_with_a_declared_problem(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = client.request("POST", path, content=b'{"text": ""}', headers=sent)
    assert answer.headers["Content-Type"] == PROBLEM or answer.status_code == 200
    assert str(answer.status_code) in client.declared(path)
    assert answer.status_code < 500


@both_paths
def test_every_declared_problem_has_the_media_type_of_problems(client: Client, path: str) -> None:
    others = [list(a["content"]) for status, a in client.declared(path).items() if status != "200"]
    assert others == [[PROBLEM]] * len(others)


@both_paths
def test_bad_bodies_and_crashes_are_declared(client: Client, path: str) -> None:
    assert {"400", "413", "415", "422", "500"} <= set(client.declared(path))


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("GET", PREDICT), ("POST", "/livez"), ("FOO", "/")])
def test_a_path_or_method_that_is_not_there_is_a_problem(client: Client, method: str, path: str) -> None:
    assert client.request(method, path).headers["Content-Type"] == PROBLEM


def test_a_path_that_is_not_there_is_not_echoed(client: Client) -> None:
    assert "harbour" not in client.get("/quiet-harbour").text


def test_a_method_that_is_not_allowed_is_answered_with_those_that_are(client: Client) -> None:
    assert client.get(PREDICT).headers["Allow"] == "POST"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", PREDICT, 405)])
def test_a_problem_carries_its_status(client: Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, Problem.model_validate(answer.json()).status) == (status, status)


def test_a_problem_has_the_members_of_rfc_9457(client: Client) -> None:
    assert {"type", "title", "status", "detail"} <= set(client.post(PREDICT, "{").json())


def test_the_detail_is_the_first_fault(client: Client) -> None:
    problem = client.send(ANALYZE, {"text": 1, "more": 2}).json()
    first = problem["faults"][0]
    assert problem["detail"] == f"{first['location']}: {first['reason']}"


def test_a_member_that_looks_like_a_name_is_named(client: Client) -> None:
    assert "body.langauge" in client.send(ANALYZE, {"text": "", "langauge": "en"}).json()["detail"]


@pytest.mark.parametrize("name", [MARKER, "harbour.noon", "h" * 41, "häfen", "harbour\n", ""])
def test_a_member_that_does_not_look_like_a_name_is_not_named(client: Client, name: str) -> None:
    (fault,) = client.send(ANALYZE, {"text": "", name: 1}).json()["faults"]
    assert fault["location"] == "body.(a member)"


@pytest.fixture
def broken(model_folder: Path) -> Any:  # noqa: ANN401 - a generator of clients
    """A client of an app whose model has gone."""
    app = create_app(Settings(model=model_folder))
    app.state.service = replace(app.state.service, model=cast(Model, None))
    with closing(Client(app)) as client:
        yield client


@pytest.mark.parametrize(("path", "body"), [(PREDICT, {"inputs": [{"text": MARKER}]}), (ANALYZE, {"text": MARKER})])
def test_a_crash_is_a_problem_of_status_500(broken: Client, path: str, body: object) -> None:
    answer = broken.send(path, body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)


def test_a_crash_is_answered_without_the_text(broken: Client) -> None:
    assert MARKER not in broken.send(ANALYZE, {"text": MARKER}).text


def test_a_crash_is_answered_without_its_cause(broken: Client) -> None:
    assert not re.search("attribute|None|Traceback", broken.send(ANALYZE, {"text": MARKER}).text)


def test_a_crash_is_logged_without_the_text(broken: Client, caplog: pytest.LogCaptureFixture) -> None:
    broken.send(ANALYZE, {"text": MARKER})
    assert ("unexpected AttributeError" in caplog.text, MARKER in caplog.text) == (True, False)


def test_every_path_declares_the_problem_of_a_crash(client: Client) -> None:
    paths = client.app.openapi()["paths"]
    silent = [
        path for path, methods in paths.items() for method in methods if "500" not in methods[method]["responses"]
    ]
    assert silent == []


def test_a_service_without_its_model_is_not_ready(broken: Client) -> None:
    assert broken.get("/readyz").status_code == 500


def test_a_refusal_leaves_the_service_able_to_answer(client: Client) -> None:
    client.post(PREDICT, b"\xff", JSON)
    assert client.send(ANALYZE, {"text": "Talks go on."}).status_code == 200
