"""The summary of a text by holder."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.certainty import Flag
from stance.resolution import Viewpoint
from stance.span import Span
from stance.summary import Summary, summarise

_LABELS = ("hopeful", "neutral", "sceptical")
_POLES = ("sceptical", "hopeful")


@dataclass(frozen=True)
class _Sentence:
    name: str | None
    label: str
    probability: float = 0.9
    flags: tuple[Flag, ...] = ()
    probabilities: dict[str, float] = field(init=False)
    viewpoints: tuple[Viewpoint, ...] = field(init=False)

    def __post_init__(self) -> None:
        rest = (1 - self.probability) / 2
        object.__setattr__(self, "probabilities", dict.fromkeys(_LABELS, rest) | {self.label: self.probability})
        object.__setattr__(self, "viewpoints", (Viewpoint(self.name, None, Span("", 0, 0), "own"),))


def _sum(*sentences: _Sentence, poles: tuple[str, str] | None = _POLES) -> Summary:
    return summarise(sentences, _LABELS, poles)


def test_each_holder_gets_a_count_of_every_label() -> None:
    summary = _sum(_Sentence("Orsk", "hopeful"), _Sentence("Orsk", "neutral"), _Sentence("Brandt", "sceptical"))
    assert {tally.name: dict(tally.counts) for tally in summary.holders} == {
        "Orsk": {"hopeful": 1, "neutral": 1, "sceptical": 0},
        "Brandt": {"hopeful": 0, "neutral": 0, "sceptical": 1},
    }


def test_the_writers_own_voice_stands_apart() -> None:
    summary = _sum(_Sentence(None, "hopeful"), _Sentence("Orsk", "sceptical"))
    assert summary.writer.counts["hopeful"] == 1
    assert [tally.name for tally in summary.holders] == ["Orsk"]


def test_the_holder_with_most_sentences_comes_first() -> None:
    summary = _sum(_Sentence("Brandt", "neutral"), _Sentence("Orsk", "neutral"), _Sentence("Orsk", "hopeful"))
    assert [tally.name for tally in summary.holders] == ["Orsk", "Brandt"]


@pytest.mark.parametrize("flag", ["off-topic", "unfamiliar"])
def test_a_flagged_sentence_is_left_out(flag: Flag) -> None:
    summary = _sum(_Sentence("Orsk", "hopeful"), _Sentence("Orsk", "neutral", flags=(flag,)))
    assert sum(summary.whole.counts.values()) == 1
    assert summary.left_out == 1


def test_the_balance_is_the_share_for_less_the_share_against() -> None:
    summary = _sum(
        *[_Sentence("Orsk", "hopeful")] * 3, _Sentence("Orsk", "sceptical"), *[_Sentence(None, "neutral")] * 4
    )
    assert summary.whole.balance is not None
    assert summary.whole.balance.value == pytest.approx(0.25)


def test_the_interval_is_agresti_and_mins() -> None:
    # 6 for, 2 against, 4 neither: (6.5 - 2.5) / 14 give or take 1.96 sqrt((9/14 - (4/14)^2) / 14)
    sentences = (
        [_Sentence("Orsk", "hopeful")] * 6 + [_Sentence("Orsk", "sceptical")] * 2 + [_Sentence("Orsk", "neutral")] * 4
    )
    balance = _sum(*sentences).whole.balance
    assert balance is not None
    assert (balance.low, balance.high) == pytest.approx((-0.1072, 0.6786), abs=1e-3)


def test_an_empty_text_says_nothing_of_its_balance() -> None:
    summary = _sum()
    assert summary.whole.balance is not None
    assert (summary.whole.balance.low, summary.whole.balance.high) == (-1.0, 1.0)
    assert summary.whole.clearest is None


def test_labels_without_poles_have_no_balance() -> None:
    assert _sum(_Sentence("Orsk", "hopeful"), poles=None).whole.balance is None


def test_the_clearest_sentence_is_the_surest_of_the_prevailing_pole() -> None:
    summary = _sum(
        _Sentence("Orsk", "neutral", 0.99),
        _Sentence("Orsk", "hopeful", 0.95),
        _Sentence("Orsk", "sceptical", 0.6),
        _Sentence("Orsk", "sceptical", 0.8),
    )
    assert summary.holders[0].clearest == 3


def test_a_holder_without_outlook_is_shown_by_the_surest_sentence() -> None:
    assert _sum(_Sentence("Orsk", "neutral", 0.6), _Sentence("Orsk", "neutral", 0.7)).holders[0].clearest == 1


@given(labels=st.lists(st.sampled_from(_LABELS)))
def test_the_interval_holds_the_balance_and_stays_within_its_range(labels: list[str]) -> None:
    balance = _sum(*[_Sentence("Orsk", label) for label in labels]).whole.balance
    assert balance is not None
    assert -1.0 <= balance.low <= balance.value <= balance.high <= 1.0
