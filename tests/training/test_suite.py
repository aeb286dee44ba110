"""Reading a behaviour suite, and the suite that is shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training.errors import DataError
from training.expectation import Direction, Invariance, MinimumFunctionality
from training.shipped import SUITE
from training.suite import Suite, read_suite

RULES = """\
["minimum functionality"]
most_failures = 0.2
least_passed = 0.5
[invariance]
most_flips = 0.01
most_change = 0.02
least_passed = 1
[direction]
least_change = 0.1
least_share = 0.9
least_passed = 1
"""
PLAIN = """\
[[test]]
name = "plain"
kind = "minimum functionality"
capability = "names"
label = "hopeful"
cases = ["Calm in Goma.", "Calm in Taiz.", "Calm."]
"""
SWAP = """\
[words]
towns = ["Goma", "Taiz", "Tyre"]
[[test]]
name = "towns"
kind = "invariance"
capability = "swap"
sentences = "names"
perturbation = "swap"
words = "towns"
"""
DOUBT = """\
[frames]
outlook = ["It {} hold.", "Peace {} come."]
[[test]]
name = "doubt"
kind = "direction"
capability = "hedges"
towards = "sceptical"
change = ["will", "may not"]
frames = "outlook"
"""
PAIRS = """\
[[test]]
name = "pairs"
kind = "direction"
capability = "hedges"
towards = "sceptical"
pairs = [["It holds.", "It fails."]]
"""


def _suite(folder: Path, **files: str) -> Suite:
    for name, content in ({"rules": RULES} | files).items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return read_suite(folder)


def _faults(folder: Path, **files: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        _suite(folder, **files)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


@pytest.fixture(scope="module")
def shipped() -> Suite:
    return read_suite(SUITE)


def test_plain_sentences_are_read_with_their_label(tmp_path: Path) -> None:
    (test,) = _suite(tmp_path, a=PLAIN).tests
    cases = ("Calm in Goma.", "Calm in Taiz.", "Calm.")
    assert test == MinimumFunctionality("plain", "names", "hopeful", cases, 0.2)


def test_an_invariance_test_alters_the_sentences_of_a_capability(tmp_path: Path) -> None:
    _, test = _suite(tmp_path, a=SWAP, b=PLAIN).tests
    pairs = (
        ("Calm in Goma.", "Calm in Taiz."),
        ("Calm in Goma.", "Calm in Tyre."),
        ("Calm in Taiz.", "Calm in Tyre."),
        ("Calm in Taiz.", "Calm in Goma."),
    )
    assert test == Invariance("towns", "swap", pairs, 0.01, 0.02)


def test_of_many_alterations_a_test_may_want_a_few(tmp_path: Path) -> None:
    _, test = _suite(tmp_path, a=f"{SWAP}variants = 1\n", b=PLAIN).tests
    assert isinstance(test, Invariance)
    assert [after for _, after in test.pairs] == ["Calm in Taiz.", "Calm in Tyre."]


def test_a_direction_test_fills_the_gap_in_its_frames(tmp_path: Path) -> None:
    (test,) = _suite(tmp_path, a=DOUBT).tests
    pairs = (("It will hold.", "It may not hold."), ("Peace will come.", "Peace may not come."))
    assert test == Direction("doubt", "hedges", "sceptical", pairs, 0.1, 0.9)


def test_a_direction_test_may_bring_its_pairs(tmp_path: Path) -> None:
    (test,) = _suite(tmp_path, a=PAIRS).tests
    assert test == Direction("pairs", "hedges", "sceptical", (("It holds.", "It fails."),), 0.1, 0.9)


def test_a_tests_own_bounds_stand_before_the_rules(tmp_path: Path) -> None:
    (test,) = _suite(tmp_path, a=f"{PAIRS}least_change = 0.3\n").tests
    assert isinstance(test, Direction)
    assert (test.least_change, test.least_share) == (0.3, 0.9)


def test_the_rules_say_what_share_of_each_kind_must_pass(tmp_path: Path) -> None:
    assert _suite(tmp_path, a=PLAIN).least_passed == {"minimum functionality": 0.5, "invariance": 1, "direction": 1}


def test_every_text_is_listed_once(tmp_path: Path) -> None:
    suite = _suite(tmp_path, a=SWAP, b=PLAIN)
    assert suite.texts == ["Calm in Goma.", "Calm in Taiz.", "Calm.", "Calm in Tyre."]


def test_the_labels_are_those_that_tests_expect(tmp_path: Path) -> None:
    assert _suite(tmp_path, a=SWAP, b=PLAIN, c=PAIRS).labels == {"hopeful", "sceptical"}


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rules.toml: No such file or directory$"):
        read_suite(tmp_path)


def test_a_folder_without_tests_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r": no tests$"):
        _suite(tmp_path)


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    assert _faults(tmp_path, a="[[test")[0].startswith("a.toml: ")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("most_flips = 0.01", "most_flips = 2", "the field 'most_flips' is 2; a number from 0 to 1 is needed"),
        ("most_flips = 0.01\n", "", "the field 'most_flips' is missing"),
        ("[direction]", "[directions]", "an unknown field 'directions'"),
    ],
)
def test_faulty_rules_are_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert f"rules.toml: {fault}" in _faults(tmp_path, rules=RULES.replace(old, new), a=PLAIN)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[[tests]]\n", "an unknown field 'tests'"),
        ("test = 3\n", "the field 'test' is 3; a list of tables is needed"),
        ('[words]\ntowns = ["Goma", ["Taiz"]]\n', "all of one length, is needed"),
        ('[words]\ntowns = [["Goma"], ["Taiz", "Tyre"]]\n', "all of one length, is needed"),
        ('[frames]\nf = ["{}", "{}"]\n', "a list of different strings, none blank is needed"),
        ('[[test]]\nname = "x"\nkind = "unit"\n', "the test 'x': the kind 'unit' is none of minimum functionality"),
        ('[[test]]\nname = "x"\nkind = []\n', "the test 'x': the kind [] is none of minimum functionality"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    (found,) = _faults(tmp_path, a=content)
    assert found.startswith("a.toml: ")
    assert fault in found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "plain"\n', "", "the test None: the field 'name' is missing"),
        ('label = "hopeful"', "label = 1", "the field 'label' is 1; a string that is not blank is needed"),
        ('label = "hopeful"', 'label = "hopeful"\nlevel = 1', "an unknown field 'level'"),
        ('"Calm."', '"Calm.", "Calm."', "a list of different strings, none blank is needed"),
    ],
)
def test_a_faulty_test_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (found,) = _faults(tmp_path, a=PLAIN.replace(old, new))
    assert found.startswith("a.toml: the test ")
    assert fault in found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"swap"\nwords', '"shake"\nwords', "there is no perturbation 'shake'; there are append, end, "),
        ('words = "towns"', 'words = "cities"', "there is no word list 'cities'; there are towns"),
        ('sentences = "names"', 'sentences = "casing"', "swap alters no sentence of the capability 'casing'"),
        ('"Goma", "Taiz"', '"Gori", "Tula"', "swap alters no sentence of the capability 'names'"),
        ('"swap"\nwords', '"exchange"\nwords', "not enough values to unpack"),
    ],
)
def test_an_invariance_test_that_alters_nothing_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (found,) = _faults(tmp_path, a=SWAP.replace(old, new), b=PLAIN)
    assert found.startswith("a.toml: the test 'towns': ")
    assert fault in found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("It {} hold.", "It holds.", "there is not one gap {} in 'It holds.'"),
        ("It {} hold.", "It {} {} hold.", "there is not one gap {} in 'It {} {} hold.'"),
        ('frames = "outlook"', 'frames = "doubts"', "there is no list of frames 'doubts'; there are outlook"),
        ('frames = "outlook"', "", "either 'pairs' or 'change' and 'frames' are needed"),
        ('frames = "outlook"', 'pairs = [["a", "b"]]', "either 'pairs' or 'change' and 'frames' are needed"),
        ('["will", "may not"]', '["will"]', "a list of two strings is needed"),
    ],
)
def test_a_direction_test_without_pairs_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (found,) = _faults(tmp_path, a=DOUBT.replace(old, new))
    assert found.startswith("a.toml: the test 'doubt': ")
    assert found.endswith(fault)


def test_two_tests_of_one_name_are_refused(tmp_path: Path) -> None:
    assert _faults(tmp_path, a=PLAIN, b=PLAIN) == ["b.toml: the test 'plain': another test has this name"]


def test_two_word_lists_of_one_name_are_refused(tmp_path: Path) -> None:
    assert _faults(tmp_path, a=SWAP, b='[words]\ntowns = ["Gori"]\n') == ["b.toml: an unknown field 'towns'"]


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    assert len(_faults(tmp_path, a=PLAIN.replace("label", "lable"), b=DOUBT.replace("{}", ""))) == 3


def test_the_shipped_suite_has_sixty_tests_and_more(shipped: Suite) -> None:
    assert len(shipped.tests) >= 60


def test_every_shipped_test_has_fifteen_cases_and_more(shipped: Suite) -> None:
    few = [test.name for test in shipped.tests if len(getattr(test, "pairs", test.texts)) < 15]
    assert few == []


def test_the_shipped_suite_has_tests_of_every_kind_and_label(shipped: Suite) -> None:
    kinds = {test.kind for test in shipped.tests}
    assert kinds == {"minimum functionality", "invariance", "direction"}
    assert shipped.labels == {"hopeful", "sceptical", "neutral"}


def test_no_shipped_alteration_leaves_a_sentence_as_it_was(shipped: Suite) -> None:
    pairs = [pair for test in shipped.tests if not isinstance(test, MinimumFunctionality) for pair in test.pairs]
    assert [before for before, after in pairs if before == after] == []


def test_no_shipped_alteration_leaves_an_article_wrong(shipped: Suite) -> None:
    wrong = re.compile(r"\b[Aa] (?:[aei]|o(?!ne\b))|\b[Aa]n [^aeiouhAEIOUHFLMNRSX8\s]")
    texts = [text for test in shipped.tests if isinstance(test, Invariance) for text in test.texts]
    assert [text for text in texts if wrong.search(text)] == []
