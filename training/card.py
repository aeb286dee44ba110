"""The model card that goes into every model folder (Mitchell et al. 2019)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stance.certainty import Certainty
from training.certainty import CONFIDENCE, TARGET_RISK
from training.examples import Dataset
from training.metrics import External, Metrics
from training.recipe import Recipe
from training.study import Study
from training.study_page import sections


def write_card(
    name: str,
    dataset: Dataset,
    recipe: Recipe,
    tried: Sequence[tuple[Recipe, float]],
    metrics: Metrics,
    certainty: Certainty,
    external: Sequence[External],
    study: Study | None = None,
) -> str:
    """Return the card as Markdown; every figure in it was measured by the fit that writes it."""
    lines = [
        *_model(name, metrics),
        *_use(),
        *_data(dataset),
        *_figures(metrics),
        *_elsewhere(external),
        *_certainty(certainty, metrics),
        *(sections(study) if study else _unstudied()),
        *_limits(metrics),
        *_settings(recipe, tried),
    ]
    return "\n".join(lines) + "\n"


def _model(name: str, metrics: Metrics) -> Iterator[str]:
    yield f"# Model card: {name}"
    yield ""
    yield (
        f"Labels a sentence {_listed(list(metrics.labels))}. TF-IDF features and multinomial logistic regression: "
        "every label can be traced to the n-grams that caused it. What the labels mean is laid down with the data."
    )
    yield ""


def _use() -> Iterator[str]:
    yield "## Intended use"
    yield ""
    yield (
        "For reading many texts at once: finding, counting and comparing what they say, in the language and of the "
        "kind that it was fitted on, by people who look at a sample of its answers on their own texts first."
    )
    yield ""
    yield (
        "Not for deciding anything about a person, nor for judging whether a party keeps an agreement, nor for alarms "
        "or moderation that nobody looks at. A label is a reading of one text without its context: no forecast, no "
        "fact about what happened, and none about the people quoted."
    )
    yield ""


def _data(dataset: Dataset) -> Iterator[str]:
    yield "## Data"
    yield ""
    yield f"{len(dataset.examples)} labelled texts from {dataset.source} (SHA-256 {dataset.digest()})."
    yield ""
    yield "| label | texts |"
    yield "|---|---|"
    yield from (f"| {label} | {count} |" for label, count in dataset.counts().items())
    yield ""


def _figures(metrics: Metrics) -> Iterator[str]:
    yield "## Figures"
    yield ""
    yield (
        "By cross-validation on the training data, groups kept together. The settings and the temperature were "
        "chosen on the same folds, which flatters a little. Text from elsewhere differs from the "
        "training data, and on it the figures are lower: measure yours with `python -m training evaluate`."
    )
    yield ""
    yield f"Macro-F1 {metrics.macro_f1} (95% bootstrap interval), accuracy {metrics.accuracy}. Probabilities, after"
    yield (
        f"temperature scaling: expected calibration error {metrics.ece:.3f} (true probabilities would show up to "
        f"{metrics.ece_by_chance:.3f} on as many texts), Brier score {metrics.brier:.3f}."
    )
    yield ""
    yield "| label | precision | recall | F1 | texts |"
    yield "|---|---|---|---|---|"
    for label, scores in metrics.labels.items():
        yield f"| {label} | {scores.precision:.3f} | {scores.recall:.3f} | {scores.f1} | {scores.support} |"
    yield ""
    yield "What was given (columns) for what is right (rows):"
    yield ""
    yield f"| | {' | '.join(metrics.labels)} |"
    yield "|---|" + "---|" * len(metrics.labels)
    for label, row in zip(metrics.labels, metrics.confusion, strict=True):
        yield f"| {label} | {' | '.join(map(str, row))} |"
    yield ""


def _elsewhere(external: Sequence[External]) -> Iterator[str]:
    if not external:
        return
    yield "On labelled text from elsewhere, which nothing was fitted on:"
    yield ""
    yield "| data | texts | macro-F1 | accuracy | calibration error | certain | accuracy of the certain |"
    yield "|---|---|---|---|---|---|---|"
    for other in external:
        metrics = other.metrics
        coverage = f"{metrics.certain.coverage:.3f}" if metrics.certain else "-"
        accuracy = (metrics.certain and metrics.certain.accuracy) or "-"
        yield (
            f"| {other.source} | {metrics.rows} | {metrics.macro_f1} | {metrics.accuracy} | {metrics.ece:.3f} "
            f"| {coverage} | {accuracy} |"
        )
    yield ""


def _certainty(certainty: Certainty, metrics: Metrics) -> Iterator[str]:
    yield "## Certainty and flags"
    yield ""
    yield (
        "Count the certain answers where a wrong one costs much, and all answers where shares are compared: the "
        "certain ones are the easy ones, and favour the labels that are easy."
    )
    yield ""
    if certainty.threshold is None or metrics.certain is None:
        yield (
            "No answer is marked certain: in cross-validation there was no threshold above which one could be "
            f"{CONFIDENCE:.0%} sure that at most {TARGET_RISK:.0%} of the answers are wrong."
        )
    else:
        yield (
            f"An answer is certain if its highest probability is {certainty.threshold:.3f} or more and its text is not "
            "unfamiliar: the lowest threshold above which, by cross-validation, one can be "
            f"{CONFIDENCE:.0%} sure that at most {TARGET_RISK:.0%} of the answers are wrong. That holds of "
            f"{metrics.certain.coverage:.1%} of the texts, with an accuracy of {metrics.certain.accuracy}; the area "
            f"under the risk-coverage curve is {metrics.aurc:.3f}."
        )
    if certainty.known_share is not None:
        yield ""
        yield (
            f"A text is flagged unfamiliar if the model knows {certainty.known_share:.1%} of its words or fewer, one "
            "unknown word forgiven. A flag is a warning, not a finding: look at the text."
        )
    yield ""


def _settings(recipe: Recipe, tried: Sequence[tuple[Recipe, float]]) -> Iterator[str]:
    yield "## Settings"
    yield ""
    yield "| channel | n-grams | weight | texts at least |"
    yield "|---|---|---|---|"
    described: Mapping[str, Mapping[str, object]] = recipe.describe()["channels"]  # type: ignore[assignment] # see describe
    for channel, settings in described.items():
        runs = f"{settings['low']} to {settings['high']}" if "low" in settings else "concepts and pairs of them"
        yield f"| {channel} | {runs} | {settings['weight']} | {settings['min_df']} |"
    yield ""
    yield f"Chosen among {len(tried)}, by macro-F1:"
    yield ""
    yield "| C | label weights | macro-F1 |"
    yield "|---|---|---|"
    for other, score in tried:
        mark = " (chosen)" if other == recipe else ""
        yield f"| {other.c} | {other.class_weight or 'equal'} | {score:.3f}{mark} |"
    yield ""


def _unstudied() -> Iterator[str]:
    yield "Simpler systems, the learning curve and the weak spots were not measured; `fit --study` measures them."
    yield ""


def _limits(metrics: Metrics) -> Iterator[str]:
    names = list(metrics.labels)
    weakest = min(names, key=lambda name: metrics.labels[name].f1.value)
    mistakes = {
        (right, given): count
        for right, row in zip(names, metrics.confusion, strict=True)
        for given, count in zip(names, row, strict=True)
        if right != given
    }
    (right, given), count = max(mistakes.items(), key=lambda item: item[1])
    yield "## Limits"
    yield ""
    yield f"It is weakest on {weakest} (F1 {metrics.labels[weakest].f1})."
    if count:
        yield f"Its commonest mistake is {given} where {right} is right: {count} of {metrics.rows} texts."
    yield (
        "It reads words and their order, not the world: irony, allusion and what only the context tells escape it. "
        "Texts of another kind, in another language or on another matter are labelled all the same; flags warn."
    )
    yield ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" or {names[-1]}"
