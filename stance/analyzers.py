"""The register of analysers: what a scorer file may name, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from stance.ngrams import Analyzer, CharNgrams, WordNgrams

_KINDS: dict[str, type[WordNgrams | CharNgrams]] = {kind.name: kind for kind in (WordNgrams, CharNgrams)}


def analyzer_spec(analyzer: Analyzer) -> dict[str, object]:
    """Describe an analyser in plain JSON values."""
    return {"analyzer": analyzer.name, **analyzer.parameters()}


_LONGEST_RUN = 10


def analyzer_from(spec: Mapping[str, object]) -> Analyzer:
    """Make the analyser that `analyzer_spec` described.

    Raises:
        ValueError: no analyser has that name or takes those parameters.
    """
    parameters = dict(spec)
    name = parameters.pop("analyzer", None)
    kind = _KINDS.get(str(name))
    if kind is None:
        raise ValueError(f"no analyser is called {name!r}")
    low, high = parameters.get("low"), parameters.get("high")
    if set(parameters) != {"low", "high"} or not (type(low) is type(high) is int and 1 <= low <= high <= _LONGEST_RUN):
        raise ValueError(f"the analyser {name!r} does not take {parameters}")
    return kind(low, high)
