"""What every analyser keeps to, and how it is made again from what a scorer file says of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from stance.analyzer import Analyzer
from stance.analyzers import analyzer_from, analyzer_spec
from stance.concepts import Concepts
from stance.fold import fold
from stance.lexicon import Lexicon
from stance.ngrams import CharNgrams, WordNgrams
from tests.examples import LEXICON
from tests.texts import HOSTILE, any_text

_LEXICON = Lexicon.parse(LEXICON)


@pytest.fixture(scope="module", params=["words", "characters", "concepts"])
def analyzer(request: pytest.FixtureRequest) -> Analyzer:
    analyzers = (WordNgrams(1, 3), CharNgrams(2, 4), Concepts(_LEXICON))
    return {a.name: a for a in analyzers}[request.param]


@given(text=any_text())
def test_occurrences_are_the_features_in_the_same_order(analyzer: Analyzer, text: str) -> None:
    assert [feature for feature, _, _ in analyzer.occurrences(text)] == analyzer(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_occurrences_in_hostile_text_are_the_features_in_the_same_order(analyzer: Analyzer, text: str) -> None:
    assert [feature for feature, _, _ in analyzer.occurrences(text)] == analyzer(text)


@given(text=any_text())
def test_every_place_lies_within_the_text(analyzer: Analyzer, text: str) -> None:
    assert all(0 <= start <= end <= len(text) for _, start, end in analyzer.occurrences(text))


@given(text=any_text())
def test_no_feature_holds_a_newline(analyzer: Analyzer, text: str) -> None:
    assert not any("\n" in feature for feature in analyzer(text))


@given(text=any_text())
def test_case_makes_no_difference_to_features(analyzer: Analyzer, text: str) -> None:
    assert analyzer(text) == analyzer(fold(text))


def test_an_analyser_is_made_again_from_its_description_in_json(analyzer: Analyzer) -> None:
    assert analyzer_from(json.loads(json.dumps(analyzer_spec(analyzer))), _LEXICON) == analyzer


def test_an_analyser_that_no_one_knows_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no analyser is called 'os\.system'"):
        analyzer_from({"analyzer": "os.system"}, None)


def test_concepts_without_a_lexicon_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a lexicon"):
        analyzer_from({"analyzer": "concepts"}, None)


def test_concepts_take_no_parameters() -> None:
    with pytest.raises(ValueError, match="no analyser is called"):
        analyzer_from({"analyzer": "concepts", "low": 1, "high": 2}, _LEXICON)
