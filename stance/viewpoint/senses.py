"""Senses: whether a form that may be noun or verb ("claims", "support") is the one or the other, by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from stance.viewpoint.cues import cues

_ARTICLES = frozenset({"a", "an", "the", "my", "your", "his", "her", "its", "our", "their"})
_PLURALS = frozenset(
    {
        *("people", "men", "women", "police", "media", "majority", "public", "press", "data"),
        *("percent", "those", "half", "both", "others", "some", "many", "few", "most", "all"),
    }
)
_BEFORE_LIKE = frozenset({"'d", "would", "do", "don't", "didn't", "doesn't"})
_NOUN_PHRASE = "nNa#dq'meg"
_OPENERS = ",.;:TuckQZ(r-"
_OBJECTS = "dNpTotqwQ#"
_BACKED = _OBJECTS + "an"
_SINGULAR = frozenset({"one", "each", "another", "neither", "either", "half", "mine", "hers"})
_RULED = frozenset({"like", "back"})
_REACH = 20


def settle_senses(words: Sequence[str], parts: list[str]) -> None:
    """Make each b and s among the parts v, verb, or n, noun."""
    parts += ".."
    for i, word in enumerate(words):
        part = parts[i]
        if part in "bs":
            j = i - 1
            while j >= 0 and parts[j] == "r":
                j -= 1
            verb = _is_base(words, parts, i, j) if part == "b" else _is_third_person(words, parts, i, j)
            parts[i] = "v" if verb else "n"
        elif part == "d":
            if parts[i + 1] in "vb" and word in _ARTICLES:
                parts[i + 1] = "n"
        elif i and (part in "'g" or word in _RULED):
            parts[i] = _by_word(words, parts, i)
    del parts[-2:]


def _by_word(words: Sequence[str], parts: Sequence[str], i: int) -> str:
    """Return the part of a word that has a rule of its own, or the part that it has."""
    word, part, before = words[i], parts[i], parts[i - 1]
    if part == "'":
        return "x" if before == "p" and word != "'" else part  # "he's"
    if part == "g":
        if before == "d" and words[i - 1] in _ARTICLES and parts[i + 1] in "xvi.,T":
            return "n"  # "the mooring was"
        return "n" if before in "da'" and word in cues().nouns else part  # "a warning"
    if word == "like":
        return "v" if before == "p" or words[i - 1] in _BEFORE_LIKE else part
    if word == "back" and before in "nNq" and _has_plural_form(words[i - 1]):
        return "v" if parts[i + 1] in _BACKED else part  # "voters back the plan"
    return part


def _is_base(words: Sequence[str], parts: Sequence[str], i: int, j: int) -> bool:
    """Tell whether the base form at token `i` is a verb; `j` is the last token before it that is no adverb."""
    before, after = parts[j] if j >= 0 else ".", parts[i + 1]
    if before in "txpw":
        return True
    if before in "nNqm":
        if after in ",." and _is_plural(words, parts, j):  # "…, officials estimate."
            return _precedes(parts, j + 1) in ",Z"
        if after in "xv.,;" or (before == "q" and after in "nN") or (after == "T" and parts[i + 2] in "xv"):
            return False
        return j < i - 1 or before == "q" or _is_plural(words, parts, j)
    return before in "ckTu,)Z-" and (after in _OBJECTS + "u" or (j < i - 1 and after in "ia"))


def _is_third_person(words: Sequence[str], parts: Sequence[str], i: int, j: int) -> bool:  # noqa: PLR0911 - a case each
    """Tell whether the -s form at token `i` is a verb; `j` is the last token before it that is no adverb."""
    before, after = parts[j] if j >= 0 else ".", parts[i + 1]
    if before in "pwT" or (after == "i" and before in "N)n,-" and _takes(words[i], words[i + 1])):
        return True
    if before in "N)nm":
        if after == "," or (after == "T" and parts[i + 2] in "xv" and before in "nm"):
            return parts[i + 2] == "Q"
        if after == "." and _precedes(parts, j + 1) in ",Z":  # "…, the paper reports."
            return True
        if before in "N)":
            return j < i - 1 or after in _OBJECTS + "Z:aginur"
        return j < i - 1 or (not words[j].endswith("s") and after in _OBJECTS + "Z:aegu")
    if before in "ck,Z-":
        quoted = before == "Z" or (j > 1 and parts[j - 1] in "Zr")
        return after in (_OBJECTS + ":,.unai" if quoted else _OBJECTS + ":,.u")
    return before == "q" and (j < i - 1 or words[j] in _SINGULAR)


def _takes(word: str, preposition: str) -> bool:
    """Tell whether a word can only be an attributing verb with its preposition: "focuses on", not "calls for"."""
    known = cues()
    return word in known.verbs and word not in known.nouns and preposition in known.verbs[word].frames


def _is_plural(words: Sequence[str], parts: Sequence[str], last: int) -> bool:
    """Tell whether a noun phrase that ends at a token is plural: "critics of the reform", "Ankara and Doha"."""
    if _has_plural_form(words[last]):
        return True
    plural = False
    for j in range(last - 1, max(last - _REACH, -1), -1):
        part = parts[j]
        if part == "c":
            return parts[j - 1] in "nN" and _opens_clause(parts, j)
        if part not in _NOUN_PHRASE + "iwr":
            return plural and part in _OPENERS
        plural = (
            plural or words[j] in _PLURALS or (part in "nN" and parts[j + 1] in "iewg" and _has_plural_form(words[j]))
        )
    return plural


def _has_plural_form(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word in _PLURALS


def _opens_clause(parts: Sequence[str], end: int) -> bool:
    """Tell whether the noun phrase before a token stands where a subject does."""
    return _precedes(parts, end) in _OPENERS


def _precedes(parts: Sequence[str], end: int) -> str:
    """Return the part before the noun phrase that ends at a token, a full stop at the beginning."""
    j, lowest = end - 1, max(end - _REACH, -1)
    while j > lowest and parts[j] in _NOUN_PHRASE:
        j -= 1
    return parts[j] if j >= 0 else "."
