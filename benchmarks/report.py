"""The report of a run: a page with tables, and a plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any


def write(results: Mapping[str, Any], folder: Path, name: str) -> None:
    """Write `name`.md and `name`.png."""
    (folder / f"{name}.md").write_text("\n".join(_page(results, name)) + "\n", encoding="utf-8")
    _plot(results, folder / f"{name}.png")


def _page(results: Mapping[str, Any], name: str) -> Iterator[str]:
    yield f"# Benchmarks, {name}\n"
    yield from (f"- {key}: {value}" for key, value in results["machine"].items())
    yield f"\n{results['texts']} sentences of the corpus, {results['characters']:.0f} characters on average."
    yield "Times are CPU time on one thread unless it says otherwise; contenders took turns.\n"
    yield "| scorer | µs a sentence, median [least, most] | sklearn, times | fastText, times | one call, hot | varied |"
    yield "|---|---|---|---|---|---|"
    yield from _rows(results)
    yield "\n| program | CPU to the first answer, ms | largest resident memory, MB | not shared, MB |"
    yield "|---|---|---|---|"
    for program, measured in results["startup"].items():
        yield f"| {program} | {measured['cpu_ms']:.0f} | {measured['rss_mb']:.0f} | {measured['private_mb']:.0f} |"
    sped = results["threads"]
    yield f"\nTwo threads are {sped['stance']:.2f} times as fast as one; of a control that needs no lock,"
    yield f"{sped['control']:.2f} times."
    yield f"Largest difference from scikit-learn's probabilities: {results['difference']:.1e}.\n"
    for quality, measured in results["quality"].items():
        yield f"- {quality}: macro-F1 {measured:.3f} on the real development sentences"
    yield f"\n![Cost curves]({name}.png)"


def _rows(results: Mapping[str, Any]) -> Iterator[str]:
    bulk, single = results["bulk"], results["single"]
    for scorer, times in bulk.items():
        ratios = [
            f"{bulk[peer]['median'] / times['median']:.1f}" if peer in bulk else ""
            for peer in ("scikit-learn pipeline", "fastText, our n-grams")
        ]
        spread = f"{times['median']:.2f} [{times['least']:.2f}, {times['most']:.2f}]"
        calls = single[scorer]
        yield f"| {scorer} | {spread} | {' | '.join(ratios)} | {calls['hot']:.1f} | {calls['varied']:.1f} |"


def _plot(results: Mapping[str, Any], path: Path) -> None:
    # Only here: whoever reads the tables alone needs no plotting library.
    import matplotlib as mpl  # noqa: PLC0415 - see above

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - see above

    figure, axes = plt.subplots(2, 2, figsize=(11, 8))
    _bars(axes[0, 0], results["bulk"])
    curves = results["curves"]
    _curve(axes[0, 1], curves["lengths"], "characters in a text", "ns a character")
    _curve(axes[1, 0], curves["vocabularies"], "features of the model", "µs a sentence")
    _curve(axes[1, 1], curves["batches"], "sentences in a call", "µs a sentence")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _bars(axes: Any, bulk: Mapping[str, Mapping[str, float]]) -> None:
    names = list(bulk)[::-1]
    axes.barh(names, [bulk[name]["median"] for name in names], color="#3b6ea5")
    axes.set_xscale("log")
    axes.set_xlabel("µs a sentence")


def _curve(axes: Any, points: Sequence[tuple[float, float]], across: str, up: str) -> None:
    axes.plot([x for x, _ in points], [y for _, y in points], "o-", color="#3b6ea5")
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
