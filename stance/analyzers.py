"""The register of analysers: what a scorer file may name, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from stance.analyzer import Analyzer
from stance.concepts import Concepts
from stance.lexicon import Lexicon
from stance.ngrams import CharNgrams, WordNgrams

_NGRAMS: dict[str, type[WordNgrams | CharNgrams]] = {kind.name: kind for kind in (WordNgrams, CharNgrams)}
_LONGEST_RUN = 10


def analyzer_spec(analyzer: Analyzer) -> dict[str, object]:
    """Describe an analyser in plain JSON values."""
    return {"analyzer": analyzer.name, **analyzer.parameters()}


def analyzer_from(spec: Mapping[str, object], lexicon: Lexicon | None) -> Analyzer:
    """Make the analyser that `analyzer_spec` described; the concept analyser reads by `lexicon`.

    Raises:
        ValueError: no analyser has that name or takes those parameters, or it needs a lexicon and there is none.
    """
    parameters = dict(spec)
    name = parameters.pop("analyzer", None)
    if name == Concepts.name and not parameters:
        if lexicon is None:
            raise ValueError("the concept channel needs a lexicon")
        return Concepts(lexicon)
    kind = _NGRAMS.get(str(name))
    if kind is None:
        raise ValueError(f"no analyser is called {name!r}")
    low, high = parameters.get("low"), parameters.get("high")
    if set(parameters) != {"low", "high"} or not (type(low) is type(high) is int and 1 <= low <= high <= _LONGEST_RUN):
        raise ValueError(f"the analyser {name!r} does not take {parameters}")
    return kind(low, high)
