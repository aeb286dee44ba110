"""Resolution: who is meant by the holders of a whole text, sentence after sentence.

A holder is written out once and then called "she", "the professor" or by the surname; a quotation runs over several
sentences and names its speaker in one of them. Rules join each mention to the latest holder that it can mean, the
main holder of a sentence before others (in the manner of the sieves of Lee et al. 2013, Computational Linguistics
39(4), with few rules: only holders are joined, and a text has few).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stance.mention import DEFINITE, GENDERS, INDEFINITE, IT, SPEAKER, THEY, WHO, Character, antecedent, read_mention
from stance.quotation import is_quoted, quotations
from stance.span import Span
from stance.viewpoint import Attribution


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Whose viewpoint a sentence of a text reports.

    `holder` and `cue` are the words that say so, with their places in the whole text; `holder` is None where the
    sentence itself names nobody. `name` is who is meant, as the text names them most fully; None is the writer.
    """

    name: str | None
    holder: Span | None
    cue: Span
    kind: str


def resolve(sentences: Sequence[Span], attributions: Sequence[Sequence[Attribution]]) -> list[tuple[Viewpoint, ...]]:
    """Return the viewpoints of each sentence of a text, the main one first, never none.

    `attributions` are those that `attribute` found in each sentence, with places in the sentence.
    """
    cast = _Cast()
    quoted = _quoted([sentence.text for sentence in sentences], attributions)
    meant: list[list[Character | None]] = []
    for i, found in enumerate(attributions):
        speaker = cast.find(quoted[i]) if i in quoted else None
        if speaker is None and is_quoted(sentences[i].text) and meant:
            speaker = meant[-1][0]
        meant.append(
            [cast.find(_words(item.holder, sentences[i]), speaker) if item.holder else speaker for item in found]
        )
        cast.put_last(meant[-1][0])
    return [
        tuple(
            Viewpoint(who.name if who else None, _moved(item.holder, span), _at(item.cue, span), _kind(item, who))
            for item, who in zip(found, holders, strict=True)
        )
        for span, found, holders in zip(sentences, attributions, meant, strict=True)
    ]


def _words(holder: Span, sentence: Span) -> str:
    """Return the words that say who a holder is: those before it if it is a relative pronoun."""
    if holder.text.casefold() in WHO:
        return antecedent(sentence.text[: holder.start]) or holder.text
    return holder.text


def _quoted(sentences: Sequence[str], attributions: Sequence[Sequence[Attribution]]) -> Mapping[int, str]:
    """Map each sentence of a longer quotation to the words for its speaker, which stand at its end or beginning."""
    speakers: dict[int, str] = {}
    for run in quotations(sentences):
        for i in (run[-1], run[0]):
            holders = (item.holder.text for item in attributions[i] if item.holder)
            words = next((text for text in holders if text.casefold() not in SPEAKER), None)
            if words is not None:
                speakers |= dict.fromkeys(run, words)
                break
    return speakers


def _kind(item: Attribution, who: Character | None) -> str:
    return "quoted" if item.holder is None and who else item.kind


def _moved(span: Span | None, sentence: Span) -> Span | None:
    return None if span is None else _at(span, sentence)


def _at(span: Span, sentence: Span) -> Span:
    return Span(span.text, sentence.start + span.start, sentence.start + span.end)


class _Cast:
    """The characters of a text, the latest named last."""

    def __init__(self) -> None:
        self._characters: list[Character] = []

    def find(self, mention: str, speaker: Character | None = None) -> Character | None:
        """Return who is meant, somebody new if need be; "I" outside a quotation is the writer, None."""
        word = mention.casefold()
        if word in SPEAKER:
            return speaker
        new = read_mention(mention)
        found = self._pronoun(word) if word in GENDERS or word in THEY or word in IT else self._named(new)
        if found is None:
            found = new
        else:
            _merge(found, new)
            self._characters.remove(found)
        self._characters.append(found)
        return found

    def put_last(self, character: Character | None) -> None:
        """Make somebody the one whom a pronoun means first: a sentence's main holder, not one named in passing."""
        if character is not None:
            self._characters.remove(character)
            self._characters.append(character)

    def _pronoun(self, word: str) -> Character | None:
        if word in GENDERS:
            gender = GENDERS[word]
            found = next(
                (c for c in self._latest() if (c.person or c.surname) and not c.plural and c.gender in {"", gender}),
                None,
            )
            if found is not None:
                found.gender, found.person = gender, True
            return found
        if word in THEY:
            return next((c for c in self._latest() if c.plural), None)
        return next((c for c in self._latest() if not c.plural and not c.person), None)

    def _named(self, new: Character) -> Character | None:
        first = new.name.casefold().split(maxsplit=1)[0]
        for old in self._latest():
            if old.name.casefold() == new.name.casefold():
                return old
            if first in INDEFINITE or old.plural != new.plural or (new.gender and old.gender not in {"", new.gender}):
                continue
            if old.head == new.head and (new.words <= old.words or old.words <= new.words):
                return old
            if first in DEFINITE and new.head in old.words and new.words <= old.words:
                return old
        return None

    def _latest(self) -> Iterator[Character]:
        return reversed(self._characters)


def _merge(old: Character, new: Character) -> None:
    if new.head in GENDERS or new.head in THEY or new.head in IT:
        return
    if len(new.words) > len(old.words) and old.head == new.head:
        old.name = new.name
    old.words |= new.words
    old.gender = old.gender or new.gender
    old.person = old.person or new.person
