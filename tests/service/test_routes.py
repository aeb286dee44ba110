"""What the paths answer when all is well."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance import Model
from tests.service.client import ANALYZE, PREDICT, Client

TEXTS = ["The truce is holding.", "", "The truce collapsed.", "\N{WHITE FLAG}\U0001f54a", "The truce is holding."]
ASTRAL = "\U0001f54a\U0001f54a The truce holds, they say. \U00010348\U0001f1fa\U0001f1f3 It may not last!"


def _inputs(*texts: str) -> dict[str, Any]:
    return {"inputs": [{"text": text} for text in texts]}


def _predictions(client: Client, *texts: str) -> list[dict[str, Any]]:
    predictions: list[dict[str, Any]] = client.send(PREDICT, _inputs(*texts)).json()["predictions"]
    return predictions


def _sentences(client: Client, text: str) -> list[dict[str, Any]]:
    sentences: list[dict[str, Any]] = client.send(ANALYZE, {"text": text}).json()["sentences"]
    return sentences


def test_predictions_stand_in_the_order_of_their_inputs(client: Client, model: Model) -> None:
    labels = [prediction["label"] for prediction in _predictions(client, *TEXTS)]
    assert labels == [prediction.label for prediction in model.predict(TEXTS)]


@pytest.mark.parametrize("id_", ["a1", "", "\U0001f54a", "x" * 200, 0, -7, 2**63 - 1])
def test_an_id_comes_back_as_it_was_sent(client: Client, id_: str | int) -> None:
    answer = client.send(PREDICT, {"inputs": [{"id": id_, "text": "Talks go on."}]})
    assert answer.json()["predictions"][0]["id"] == id_


def test_ids_come_back_in_the_order_of_their_inputs(client: Client) -> None:
    inputs = [{"id": id_, "text": text} for id_, text in zip(["c", 1, "a", 1, "b"], TEXTS, strict=True)]
    predictions = client.send(PREDICT, {"inputs": inputs}).json()["predictions"]
    assert [prediction["id"] for prediction in predictions] == ["c", 1, "a", 1, "b"]


def test_an_input_without_an_id_is_answered_with_none(client: Client) -> None:
    assert _predictions(client, "Talks go on.")[0]["id"] is None


@pytest.mark.parametrize(("path", "body"), [(PREDICT, _inputs("Talks go on.")), (ANALYZE, {"text": "Talks go on."})])
def test_an_answer_names_model_version_and_digest(
    client: Client, model: Model, path: str, body: dict[str, Any]
) -> None:
    answer = client.send(path, body).json()
    assert answer["model"] == {"name": model.name, "version": model.version, "digest": model.digest}


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_probabilities_sum_to_one(client: Client, texts: list[str]) -> None:
    for prediction in _predictions(client, *texts):
        assert sum(prediction["probabilities"].values()) == pytest.approx(1.0, abs=1e-12)


@given(st.lists(st.text() | st.sampled_from(TEXTS), min_size=1, max_size=5))
def test_probabilities_are_those_of_the_library_to_the_last_bit(client: Client, model: Model, texts: list[str]) -> None:
    answered = [prediction["probabilities"] for prediction in _predictions(client, *texts)]
    assert answered == [prediction.probabilities for prediction in model.predict(texts)]


@given(st.lists(st.text() | st.sampled_from(TEXTS), min_size=1, max_size=5))
def test_certainty_and_flags_are_those_of_the_library(client: Client, model: Model, texts: list[str]) -> None:
    answered = [(prediction["certain"], tuple(prediction["flags"])) for prediction in _predictions(client, *texts)]
    assert answered == [(prediction.certain, prediction.flags) for prediction in model.predict(texts)]


def test_a_sentence_has_the_certainty_and_flags_that_it_gets_alone(client: Client, model: Model) -> None:
    for sentence in _sentences(client, "The truce holds. Zwischenspiel!"):
        (alone,) = model.predict([sentence["text"]])
        assert (sentence["certain"], sentence["flags"]) == (alone.certain, list(alone.flags))


@pytest.mark.parametrize("answer", ["Prediction", "Sentence"])
def test_the_openapi_document_explains_certain_and_flags(client: Client, answer: str) -> None:
    members = client.get("/openapi.json").json()["components"]["schemas"][answer]["properties"]
    assert "threshold" in members["certain"]["description"]
    assert [flag in members["flags"]["description"] for flag in members["flags"]["items"]["enum"]] == [True, True]


def test_probabilities_are_listed_in_the_order_of_the_models_labels(client: Client, model: Model) -> None:
    assert tuple(_predictions(client, "Talks go on.")[0]["probabilities"]) == model.labels


def test_a_sentences_offsets_cut_it_out_of_the_text_where_characters_are_astral(client: Client) -> None:
    sentences = _sentences(client, ASTRAL)
    assert [ASTRAL[s["start"] : s["end"]] for s in sentences] == [s["text"] for s in sentences]


@given(st.lists(st.text(max_size=20) | st.sampled_from([*TEXTS, ASTRAL, "\r\n\n", ". "]), max_size=6).map(" ".join))
def test_a_sentences_offsets_cut_it_out_of_any_text(client: Client, text: str) -> None:
    sentences = _sentences(client, text)
    assert [text[s["start"] : s["end"]] for s in sentences] == [s["text"] for s in sentences]


def test_an_analysis_holds_every_sentence_in_order(client: Client) -> None:
    texts = [sentence["text"] for sentence in _sentences(client, "The truce holds. The talks failed.\n\nIt rains.")]
    assert texts == ["The truce holds.", "The talks failed.", "It rains."]


def test_a_sentences_label_is_the_one_it_gets_alone(client: Client, model: Model) -> None:
    labels = [(sentence["text"], sentence["label"]) for sentence in _sentences(client, " ".join(TEXTS))]
    assert labels == [(text, model.predict([text])[0].label) for text, _ in labels]


def test_a_sentences_probabilities_are_those_it_gets_alone(client: Client, model: Model) -> None:
    answered = [(sentence["text"], sentence["probabilities"]) for sentence in _sentences(client, " ".join(TEXTS))]
    assert answered == [(text, model.predict([text])[0].probabilities) for text, _ in answered]


@pytest.mark.parametrize("text", ["", " \n\t", "\N{NO-BREAK SPACE}"])
def test_a_blank_text_has_no_sentences(client: Client, text: str) -> None:
    assert _sentences(client, text) == []


def test_the_models_path_describes_the_model_that_answers(client: Client, model: Model) -> None:
    (described,) = client.get("/v1/models").json()["models"]
    assert described == {
        "name": model.name,
        "version": model.version,
        "digest": model.digest,
        "labels": list(model.labels),
        "certainty": {
            "threshold": model.manifest.certainty.threshold,
            "known_share": model.manifest.certainty.known_share,
        },
        "scorer": model.scorer.name,
        "data": model.manifest.data,
        "metrics": model.manifest.metrics,
    }


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_service_that_can_answer_says_ok(client: Client, path: str) -> None:
    assert client.get(path).json() == {"status": "ok"}


def test_docs_is_a_page_for_people(client: Client) -> None:
    assert client.get("/docs").headers["Content-Type"].startswith("text/html")


def test_the_openapi_document_lists_the_promised_paths(client: Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {PREDICT, ANALYZE, "/v1/models", "/livez", "/readyz"} <= set(paths)


def test_every_path_without_a_body_answers(client: Client) -> None:
    paths = [path for path, methods in client.app.openapi()["paths"].items() if "get" in methods]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize(("path", "schema"), [(PREDICT, "PredictRequest"), (ANALYZE, "AnalyzeRequest")])
def test_the_documents_example_of_a_request_is_answered(client: Client, path: str, schema: str) -> None:
    (example,) = client.app.openapi()["components"]["schemas"][schema]["examples"]
    assert client.send(path, example).status_code == 200
