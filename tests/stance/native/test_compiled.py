"""The compiled scorer itself: what it adds to an answer, threads, memory, and what it does with tables gone wrong."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance import ModelDamagedError
from stance.arrays import map_arrays
from stance.folder import LEXICON, SCORER
from stance.lexicon import Lexicon
from stance.native import compiled
from stance.native.characters import page
from stance.native.scorer import CompiledScorer, lent_arrays, open_python_scorer, open_scorer, save_scorer
from stance.ngrams import CharNgrams, WordNgrams
from stance.scorer import Channel, Header, Scorer
from tests.examples import EXAMPLES
from tests.folders import version_of
from tests.texts import HOSTILE, any_text

_TEXTS = [*HOSTILE.values(), *(text for texts in EXAMPLES.values() for text in texts)]
_ROOT = Path(__file__).parents[3]


def _compiled(folder: Path) -> CompiledScorer:
    version = version_of(folder)
    scorer = open_scorer(version / SCORER, _lexicon(version))
    assert isinstance(scorer, CompiledScorer)
    return scorer


def _lexicon(version: Path) -> str | None:
    return (version / LEXICON).read_text(encoding="utf-8") if (version / LEXICON).exists() else None


@pytest.fixture(scope="module", params=["model_folder", "concept_folder", "wide_folder"])
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def scorer(folder: Path) -> CompiledScorer:
    return _compiled(folder)


@pytest.fixture(scope="module")
def twin(folder: Path) -> Scorer:
    """The same model in Python."""
    return open_python_scorer(version_of(folder) / SCORER, _lexicon(version_of(folder)))


def test_words_known_words_and_topics_are_those_that_python_finds(scorer: CompiledScorer, twin: Scorer) -> None:
    ours, theirs = scorer.score(_TEXTS), twin.score(_TEXTS)
    assert ours.words.tolist() == theirs.words.tolist()
    assert ours.known.tolist() == theirs.known.tolist()
    assert ours.topical.tolist() == theirs.topical.tolist()


@given(text=any_text())
def test_words_known_words_and_topics_of_any_text_are_those_that_python_finds(
    scorer: CompiledScorer, twin: Scorer, text: str
) -> None:
    ours, theirs = scorer.score([text]), twin.score([text])
    assert (ours.words, ours.known, ours.topical) == (theirs.words, theirs.known, theirs.topical)


def test_the_logits_are_those_that_python_finds(scorer: CompiledScorer, twin: Scorer) -> None:
    for text in _TEXTS:
        np.testing.assert_allclose(scorer.logits(text), twin.logits(text), atol=1e-9)


def test_a_text_gets_the_same_answer_to_the_last_bit_whatever_was_read_before_it(folder: Path) -> None:
    fresh = [_compiled(folder).logits(text) for text in _TEXTS]
    used = _compiled(folder)
    assert np.array_equal([used.logits(text) for text in _TEXTS * 2], fresh * 2)


def test_more_chunks_than_are_remembered_change_no_answer(concept_folder: Path) -> None:
    scorer = _compiled(concept_folder)
    before = scorer.logits(_TEXTS[-1])
    # Some hundred bytes are kept of each of these, 16 megabytes at most.
    scorer.probabilities([f"{i:x}-{i * i:x} truce{i}" for i in range(100_000)])
    assert np.array_equal(scorer.logits(_TEXTS[-1]), before)


def test_threads_that_share_a_scorer_get_the_answers_that_one_gets(scorer: CompiledScorer) -> None:
    alone = scorer.probabilities(_TEXTS)
    with ThreadPoolExecutor(8) as pool:
        shared = list(pool.map(lambda _: scorer.probabilities(_TEXTS), range(32)))
    assert all(np.array_equal(one, alone) for one in shared)


def test_its_arrays_are_the_files_own_memory_and_cannot_be_written(scorer: CompiledScorer) -> None:
    assert not any(array.flags.owndata or array.flags.writeable for array in scorer.arrays.values())


def test_the_texts_may_be_any_sequence(scorer: CompiledScorer) -> None:
    assert np.array_equal(scorer.probabilities(("a", "b")), scorer.probabilities(["a", "b"]))


def test_something_that_is_no_text_is_a_type_error(scorer: CompiledScorer) -> None:
    with pytest.raises(TypeError, match="not a str"):
        scorer.probabilities(["a", 1])  # type: ignore[list-item] # the point of the test


def test_arrays_too_small_for_the_answers_are_refused(scorer: CompiledScorer) -> None:
    with pytest.raises(ValueError, match="needed"):
        scorer.core.score(["a", "b"], np.empty((1, 3)), None, None, True)  # noqa: FBT003 - positional in C


def test_arrays_that_cannot_be_written_are_refused(scorer: CompiledScorer) -> None:
    rows = np.empty((1, len(scorer.labels)))
    rows.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        scorer.core.score(["a"], rows, None, None, True)  # noqa: FBT003 - positional in C


def test_no_array_for_the_answers_is_a_type_error(scorer: CompiledScorer) -> None:
    with pytest.raises(TypeError):
        scorer.core.score(["a"], None, None, None, True)  # type: ignore[arg-type] # noqa: FBT003 - the point of the test


@pytest.fixture(scope="module")
def lent(concept_folder: Path) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    """The arrays that a whole scorer stands on."""
    version = version_of(concept_folder)
    arrays = map_arrays(version / SCORER)
    return dict(lent_arrays(Header.of(arrays), arrays, _lexicon(version)))


@given(data=st.data())
def test_tables_with_any_numbers_changed_are_refused_or_score(
    lent: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(lent)))
    changed = lent[name].copy()
    flat = changed.view(np.uint8).reshape(-1)
    for place, value in data.draw(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)))):
        flat[int(place * len(flat))] = value
    kept = changed[: int(data.draw(st.floats(0.5, 1)) * len(changed))]
    try:
        core = compiled.Scorer({**lent, name: kept}, page)
    except ValueError:
        return
    core.score(_TEXTS, np.empty((len(_TEXTS), 3)), None, None, True)  # noqa: FBT003 - positional in C


@pytest.mark.parametrize(
    "name", ["intercept", "channels", "words", "words.rows", "lexemes.seeds", "concepts", "features"]
)
def test_a_table_that_is_missing_is_refused_by_name(
    lent: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]], name: str
) -> None:
    with pytest.raises(ValueError, match="missing or damaged"):
        compiled.Scorer({key: array for key, array in lent.items() if key != name}, page)


def test_a_table_of_other_numbers_is_refused(
    lent: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
) -> None:
    with pytest.raises(ValueError, match="words"):
        compiled.Scorer({**lent, "words": lent["words"].astype(np.uint64)}, page)


def test_a_file_without_tables_is_opened_with_new_ones(folder: Path, scorer: CompiledScorer, tmp_path: Path) -> None:
    version = version_of(folder)
    open_python_scorer(version / SCORER, _lexicon(version)).save(tmp_path / SCORER)
    opened = open_scorer(tmp_path / SCORER, _lexicon(version))
    assert isinstance(opened, CompiledScorer)
    assert np.array_equal(opened.probabilities(_TEXTS), scorer.probabilities(_TEXTS))


def test_tables_of_another_lexicon_are_not_used(concept_folder: Path) -> None:
    version = version_of(concept_folder)
    other = str(_lexicon(version)).replace("collapse+", "buckle+")
    opened, twin = open_scorer(version / SCORER, other), open_python_scorer(version / SCORER, other)
    assert isinstance(opened, CompiledScorer)
    texts = ["The truce buckled.", "The truce collapsed."]
    np.testing.assert_allclose(opened.probabilities(texts), twin.probabilities(texts), atol=1e-12)


def _tiny(*channels: Channel) -> Scorer:
    return Scorer(("no", "yes"), channels, np.zeros(2))


def _channel(low: int, high: int) -> Channel:
    return Channel(WordNgrams(low, high), ["truce"], np.ones(1), np.array([[-1.0, 1.0]]), sublinear=True)


def test_a_model_that_it_has_no_form_for_is_left_to_python(tmp_path: Path) -> None:
    save_scorer(_tiny(_channel(1, 1), _channel(1, 2)), tmp_path / SCORER)
    assert open_scorer(tmp_path / SCORER, None).name == "python"


def test_a_concept_named_like_a_reading_is_left_to_python(concept_folder: Path, tmp_path: Path) -> None:
    version = version_of(concept_folder)
    lexicon = Lexicon.parse(str(_lexicon(version)))
    renamed = replace(lexicon, concepts=(replace(lexicon.concepts[0], name="~TALKS"), *lexicon.concepts[1:]))
    source = open_python_scorer(version / SCORER, renamed.to_toml())
    save_scorer(source, tmp_path / SCORER)
    assert open_scorer(tmp_path / SCORER, renamed.to_toml()).name == "python"


@pytest.mark.parametrize("sublinear", [True, False])
def test_repeated_features_weigh_as_in_python(sublinear: bool, tmp_path: Path) -> None:  # noqa: FBT001 - pytest passes it by name
    words = Channel(WordNgrams(), ["a", "a a", "b"], np.array([1.0, 2.0, 3.0]), np.arange(6.0).reshape(3, 2), sublinear)
    runs = Channel(CharNgrams(1, 2), ["a", " a"], np.array([0.5, 2.0]), np.arange(4.0).reshape(2, 2), sublinear)
    twin = _tiny(words, runs)
    save_scorer(twin, tmp_path / SCORER)
    opened = open_scorer(tmp_path / SCORER, None)
    texts = ["a", "a a", "a b a aa a", "a " * 1_000, "b"]
    assert isinstance(opened, CompiledScorer)
    np.testing.assert_allclose(opened.probabilities(texts), twin.probabilities(texts), atol=1e-12)


def test_a_model_without_features_gives_its_intercept(tmp_path: Path) -> None:
    empty = Channel(WordNgrams(), [], np.empty(0), np.empty((0, 2)), sublinear=True)
    save_scorer(_tiny(empty), tmp_path / SCORER)
    opened = open_scorer(tmp_path / SCORER, None)
    assert isinstance(opened, CompiledScorer)
    assert opened.logits("Nothing is known here.").tolist() == [0.0, 0.0]


def test_a_file_that_is_no_scorer_is_damaged(tmp_path: Path) -> None:
    (tmp_path / SCORER).write_bytes(b"no scorer")
    with pytest.raises(ModelDamagedError):
        open_scorer(tmp_path / SCORER, None)


_WITHOUT = """
import sys
sys.modules["stance.native.compiled"] = None  # as if it had not been built
import stance
model = stance.load(sys.argv[1])
print(model.scorer.name, model.predict(["The truce holds."])[0].label)
"""


def test_where_it_was_not_built_pythons_scorer_serves(concept_folder: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", _WITHOUT, str(concept_folder)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    label = _compiled(concept_folder)
    (row,) = label.probabilities(["The truce holds."])
    assert done.stdout.split() == ["python", label.labels[int(row.argmax())]]
