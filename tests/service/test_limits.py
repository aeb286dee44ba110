"""The limits: each names itself when it is passed, and each can be set."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from service.settings import Settings
from tests.service.client import ANALYZE, JSON, PREDICT, Client
from tests.service.conftest import Serve
from tests.service.serving import ROOT

BODY = {PREDICT: '{"inputs": [{"text": "Talks go on."}]}', ANALYZE: '{"text": "Talks go on."}'}

both_paths = pytest.mark.parametrize("path", [PREDICT, ANALYZE])


class Stream:
    """A body sent in chunks, without a length; `sent` counts those that were taken."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = chunks
        self.sent = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            self.sent += 1
            yield chunk


def _texts(*texts: str) -> dict[str, object]:
    return {"inputs": [{"text": text} for text in texts]}


@both_paths
def test_a_body_of_the_greatest_length_is_answered(serve: Serve, path: str) -> None:
    assert serve(max_body_bytes=len(BODY[path])).post(path, BODY[path]).status_code == 200


@both_paths
def test_a_body_one_byte_longer_is_too_large(serve: Serve, path: str) -> None:
    assert serve(max_body_bytes=len(BODY[path]) - 1).post(path, BODY[path]).status_code == 413


@both_paths
def test_a_body_of_the_greatest_length_without_a_length_header_is_answered(serve: Serve, path: str) -> None:
    body = BODY[path].encode()
    assert serve(max_body_bytes=len(body)).post(path, Stream(body[:9], body[9:])).status_code == 200


@both_paths
def test_a_body_one_byte_longer_without_a_length_header_is_too_large(serve: Serve, path: str) -> None:
    body = BODY[path].encode()
    assert serve(max_body_bytes=len(body) - 1).post(path, Stream(body[:9], body[9:])).status_code == 413


@both_paths
def test_a_body_said_to_be_too_large_is_not_read(serve: Serve, path: str) -> None:
    body = Stream(b" " * 10)
    serve(max_body_bytes=100).post(path, body, JSON | {"Content-Length": "101"})
    assert body.sent == 0


@both_paths
def test_a_body_that_grows_too_large_is_not_read_to_its_end(serve: Serve, path: str) -> None:
    body = Stream(*[b" " * 10] * 50)
    serve(max_body_bytes=100).post(path, body)
    assert body.sent == 11


@both_paths
@pytest.mark.parametrize("body", [b" " * 101, Stream(b" " * 101)], ids=["a length", "no length"])
def test_a_body_too_large_is_answered_with_the_limit(serve: Serve, path: str, body: bytes | Stream) -> None:
    detail = serve(max_body_bytes=100).post(path, body).json()["detail"]
    assert detail == "the body is longer than the limit max_body_bytes, 100 bytes"


def test_as_many_inputs_as_the_limit_says_are_answered(serve: Serve) -> None:
    assert serve(max_inputs=3).send(PREDICT, _texts("a", "b", "c")).status_code == 200


def test_one_input_too_many_is_answered_with_the_limit(serve: Serve) -> None:
    (fault,) = serve(max_inputs=3).send(PREDICT, _texts("a", "b", "c", "d")).json()["faults"]
    assert fault == {"location": "body.inputs", "reason": "4 inputs; the limit max_inputs is 3"}


def test_inputs_beyond_the_limit_cannot_be_processed(serve: Serve) -> None:
    assert serve(max_inputs=3).send(PREDICT, _texts("a", "b", "c", "d")).status_code == 422


def test_inputs_beyond_the_limit_are_refused_before_each_is_looked_at(serve: Serve) -> None:
    (fault,) = serve(max_inputs=3).send(PREDICT, {"inputs": [0, 0, 0, 0]}).json()["faults"]
    assert fault["location"] == "body.inputs"


@pytest.mark.parametrize(("path", "body"), [(PREDICT, _texts("a" * 9)), (ANALYZE, {"text": "a" * 9})])
def test_a_text_of_the_greatest_length_is_answered(serve: Serve, path: str, body: object) -> None:
    assert serve(max_text_length=9).send(path, body).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "location"),
    [(PREDICT, _texts("a", "a" * 10), "body.inputs.1.text"), (ANALYZE, {"text": "a" * 10}, "body.text")],
)
def test_a_text_one_character_longer_is_answered_with_the_limit(
    serve: Serve, path: str, body: object, location: str
) -> None:
    (fault,) = serve(max_text_length=9).send(path, body).json()["faults"]
    assert fault == {"location": location, "reason": "10 characters; the limit max_text_length is 9"}


@pytest.mark.parametrize(("path", "body"), [(PREDICT, _texts("a" * 10)), (ANALYZE, {"text": "a" * 10})])
def test_a_text_beyond_the_limit_cannot_be_processed(serve: Serve, path: str, body: object) -> None:
    assert serve(max_text_length=9).send(path, body).status_code == 422


def test_a_text_is_measured_in_code_points(serve: Serve) -> None:
    body = json.dumps({"text": "\U0001f54a" * 9}, ensure_ascii=False).encode()
    assert serve(max_text_length=9).post(ANALYZE, body).status_code == 200


def test_the_default_limits_let_a_thousand_inputs_pass(client: Client) -> None:
    assert client.send(PREDICT, _texts(*["Talks go on."] * 1_000)).status_code == 200


def test_the_default_limits_let_the_longest_text_pass_in_any_script() -> None:
    limits = Settings()
    assert limits.max_body_bytes >= limits.max_text_length * len("\U0001f54a".encode())


def test_the_longest_texts_are_read_in_seconds_of_processor_time() -> None:
    # A text may repeat what the concept channel relates to all the rest; its cost must not grow with the square.
    script = """if True:
        import resource
        import stance
        model = stance.load("models/ceasefire")
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        for words in ("but truce not ", "although truce failed, ", "truce, "):
            model.predict([(words * 100_000)[:100_000]])
        print("came to an end")
    """
    read = subprocess.run([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    assert read.stdout == "came to an end\n"
