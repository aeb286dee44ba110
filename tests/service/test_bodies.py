"""Which bodies are refused, and as what."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import pytest

from tests.service.client import ANALYZE, JSON, PREDICT, PROBLEM, Client
from tests.service.serving import ROOT

VALID = {PREDICT: '{"inputs": [{"text": "Talks go on."}]}', ANALYZE: '{"text": "Talks go on."}'}
NOT_JSON: dict[str, tuple[str | bytes, str]] = {
    "cut short": ('{"text": "Talks go on."', "not JSON at line 1"),
    "two values": ('{"text": ""} {}', "not JSON at line 1"),
    "a trailing comma": ('{"text": "",}', "not JSON at line 1"),
    "single quotes": ("{'text': ''}", "not JSON at line 1"),
    "a raw control character": ('{"text": "a\nb"}', "not JSON at line 1"),
    "white space alone": (" \n", "not JSON at line 2"),
    "NaN": ('{"text": NaN}', "NaN is not JSON"),
    "Infinity": ('{"text": Infinity}', "Infinity is not JSON"),
    "minus Infinity": ('{"text": -Infinity}', "-Infinity is not JSON"),
    "a lone high surrogate": (r'{"text": "\ud83d"}', "half a surrogate pair"),
    "a lone low surrogate": (r'{"text": "\uDE00 x"}', "half a surrogate pair"),
    "surrogates in the wrong order": (r'{"text": "\ude00\ud83d"}', "half a surrogate pair"),
    "a member twice": ('{"text": "a", "text": "b"}', "the member 'text' stands twice"),
    "a member twice, spelt otherwise": (r'{"text": "a", "\u0074ext": "b"}', "the member 'text' stands twice"),
    "a member twice, further in": ('{"text": [{"a": 1, "a": 1}]}', "the member 'a' stands twice"),
    "arrays nested deeply": ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "objects nested deeply": ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
    "a number of 5,000 digits": ('{"text": ' + "9" * 5_000 + "}", "digits"),
    "invalid UTF-8": (b'{"text": "\xff"}', "not UTF-8 at byte 10"),
    "an overlong encoding": (b'{"text": "\xc0\xaf"}', "not UTF-8 at byte 10"),
    "a surrogate in UTF-8": (b'{"text": "\xed\xa0\x80"}', "not UTF-8 at byte 10"),
    "UTF-16": ('{"text": ""}'.encode("utf-16"), "not UTF-8 at byte 0"),
    "UTF-16 without a mark": ('{"text": ""}'.encode("utf-16-le"), "not JSON at line 1"),
    "a byte-order mark": ('{"text": ""}'.encode("utf-8-sig"), "not JSON at line 1"),
}
NOT_A_REQUEST: dict[str, str] = {
    "null": "null",
    "an array": "[]",
    "a string": '"text"',
    "a number": "1e999",
    "an empty object": "{}",
    "nested deeply, but readable": "[" * 500 + "]" * 500,
}
NOT_INPUTS: dict[str, tuple[str, str]] = {
    "no inputs": ('{"inputs": []}', "body.inputs"),
    "inputs in an object": ('{"inputs": {"text": ""}}', "body.inputs"),
    "a bare string": ('{"inputs": ["Talks go on."]}', "body.inputs.0"),
    "no text": ('{"inputs": [{"text": ""}, {"id": "a"}]}', "body.inputs.1.text"),
    "a text that is null": ('{"inputs": [{"text": null}]}', "body.inputs.0.text"),
    "a text that is a number": ('{"inputs": [{"text": 5}]}', "body.inputs.0.text"),
    "an unknown member": ('{"inputs": [{"text": "", "lang": "en"}]}', "body.inputs.0.lang"),
    "an unknown member beside inputs": ('{"inputs": [{"text": ""}], "top": 1}', "body.top"),
}
NOT_IDS = {
    "a fraction": "1.5",
    "a whole number written as a fraction": "1.0",
    "a boolean": "true",
    "an array": "[]",
    "an object": "{}",
    "infinite": "1e999",
    "a string of 201 characters": json.dumps("x" * 201),
}
MEDIA_TYPES = ["text/plain", "application/xml", "application/jsonl", "application/x-www-form-urlencoded", "json", ""]
OTHER_CHARSETS = [
    "application/json; charset=latin-1",
    "application/json; charset=utf-16",
    "application/json;charset=UTF-7",
    "application/json; version=1; charset=latin-1",
    "application/json; charset = latin-1",
]
PLAIN_TYPES = [
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/json; charset=utf-8; version=1",
]

both_paths = pytest.mark.parametrize("path", [PREDICT, ANALYZE])


@both_paths
@pytest.mark.parametrize(("body", "reason"), NOT_JSON.values(), ids=NOT_JSON)
def test_a_body_that_is_not_strict_json_is_a_bad_request_with_the_reason(
    client: Client, path: str, body: str | bytes, reason: str
) -> None:
    answer = client.post(path, body)
    assert (answer.status_code, reason in answer.json()["detail"]) == (400, True)


@both_paths
@pytest.mark.parametrize("body", NOT_A_REQUEST.values(), ids=NOT_A_REQUEST)
def test_json_of_another_shape_cannot_be_processed(client: Client, path: str, body: str) -> None:
    assert client.post(path, body).status_code == 422


@both_paths
def test_an_empty_body_cannot_be_processed(client: Client, path: str) -> None:
    assert client.post(path, b"").status_code == 422


@pytest.mark.parametrize(("body", "location"), NOT_INPUTS.values(), ids=NOT_INPUTS)
def test_a_fault_names_its_place(client: Client, body: str, location: str) -> None:
    assert [fault["location"] for fault in client.post(PREDICT, body).json()["faults"]] == [location]


def test_an_unknown_member_of_a_text_to_analyze_is_refused(client: Client) -> None:
    answer = client.send(ANALYZE, {"text": "Talks go on.", "lang": "en"})
    assert [fault["location"] for fault in answer.json()["faults"]] == ["body.lang"]


def test_all_faults_are_named_at_once(client: Client) -> None:
    answer = client.send(PREDICT, {"inputs": [{"text": 1}, {"text": ""}, {"texts": ""}]})
    locations = [fault["location"] for fault in answer.json()["faults"]]
    assert locations == ["body.inputs.0.text", "body.inputs.2.text", "body.inputs.2.texts"]


@pytest.mark.parametrize("id_", NOT_IDS.values(), ids=NOT_IDS)
def test_an_id_that_is_neither_a_short_string_nor_a_whole_number_is_refused(client: Client, id_: str) -> None:
    assert client.post(PREDICT, f'{{"inputs": [{{"id": {id_}, "text": ""}}]}}').status_code == 422


def test_a_fault_of_an_id_is_placed_at_the_id(client: Client) -> None:
    answer = client.send(PREDICT, {"inputs": [{"id": 1.5, "text": ""}]})
    assert {fault["location"] for fault in answer.json()["faults"]} == {"body.inputs.0.id"}


@both_paths
@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_a_body_of_another_media_type_is_refused(client: Client, path: str, media_type: str) -> None:
    assert client.post(path, VALID[path], {"Content-Type": media_type}).status_code == 415


@both_paths
def test_a_body_of_no_media_type_is_refused(client: Client, path: str) -> None:
    assert client.post(path, VALID[path].encode(), {}).status_code == 415


@both_paths
@pytest.mark.parametrize("content_type", OTHER_CHARSETS)
def test_a_body_said_to_be_in_another_charset_is_refused(client: Client, path: str, content_type: str) -> None:
    assert client.post(path, VALID[path], {"Content-Type": content_type}).status_code == 415


@both_paths
@pytest.mark.parametrize("content_type", PLAIN_TYPES)
def test_a_body_said_to_be_json_in_utf_8_is_answered(client: Client, path: str, content_type: str) -> None:
    assert client.post(path, VALID[path], {"Content-Type": content_type}).status_code == 200


@both_paths
@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "identity, gzip"])
def test_a_compressed_body_is_refused(client: Client, path: str, coding: str) -> None:
    body = gzip.compress(VALID[path].encode())
    assert client.post(path, body, JSON | {"Content-Encoding": coding}).status_code == 415


@both_paths
def test_a_body_that_is_encoded_as_itself_is_answered(client: Client, path: str) -> None:
    assert client.post(path, VALID[path], JSON | {"Content-Encoding": "identity"}).status_code == 200


@both_paths
def test_a_length_that_is_not_a_number_is_a_bad_request(client: Client, path: str) -> None:
    assert client.post(path, VALID[path], JSON | {"Content-Length": "many"}).status_code == 400


@both_paths
def test_escaped_surrogate_pairs_are_characters(client: Client, path: str) -> None:
    body = VALID[path].replace("Talks", r"\ud83d\ude00")
    assert client.post(path, body).status_code == 200


def test_a_text_may_hold_nul(client: Client) -> None:
    assert client.send(ANALYZE, {"text": "Talks\0go on."}).status_code == 200


def test_a_problem_does_not_grow_with_the_number_of_faults(client: Client) -> None:
    answer = client.send(PREDICT, {"inputs": [0] * 20_000})
    assert (answer.headers["Content-Type"], len(answer.content) < 20_000) == (PROBLEM, True)


def test_a_member_named_twice_among_many_is_found_in_seconds_of_processor_time() -> None:
    # Two megabytes, what a body may hold by default. Comparing every name with every other takes a quarter of an hour.
    script = """if True:
        import resource
        from stance import strict_json
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        names = [f'"{i:x}":0' for i in range(200_000)]
        try:
            strict_json.loads("{" + ",".join([*names, names[-1]]) + "}")
        except ValueError as error:
            print(error)
    """
    found = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert "stands twice" in found.stdout
