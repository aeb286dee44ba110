"""The recipe: from settings to an unfitted scikit-learn pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from stance.analyzer import Analyzer
from stance.concepts import Concepts
from stance.lexicon import Lexicon
from stance.ngrams import CharNgrams, WordNgrams

_MAX_ITERATIONS = 1000
# Tight, so that the same data gives the same probabilities on another machine, too, to about 1e-4.
_TOLERANCE = 1e-6
# To compare settings it takes less. At 1e-3 a warm start may stop where the weaker setting before it stopped.
SEARCH_TOLERANCE = 1e-4
_MANY_TEXTS = 1000
_STRENGTHS = (1.0, 3.0, 10.0)
# Concepts carry over to text unlike the corpus where they are held in check and no label is favoured; cross-validation
# on the corpus alone cannot tell (docs/experiments.md).
_STRENGTHS_WITH_CONCEPTS = (0.1, 0.3)
_CONCEPT_WEIGHT = 2.0


@dataclass(frozen=True)
class ChannelRecipe:
    """One TF-IDF: its analyser, the weight of its unit vector beside the others, the fewest texts a feature is in.

    Without `names` no feature counts that holds a proper name of the data: whose ceasefire it is must not matter.
    """

    analyzer: Analyzer
    weight: float = 1.0
    min_df: int = 1
    names: bool = True


@dataclass(frozen=True)
class Recipe:
    """Channels, the classifier's inverse regularisation `c`, and the weight of each label (`None`: all one)."""

    channels: tuple[ChannelRecipe, ...] = (
        ChannelRecipe(WordNgrams(1, 2)),
        ChannelRecipe(CharNgrams(3, 5)),
    )
    c: float = 1.0
    class_weight: str | None = None

    def pipeline(self) -> Pipeline:
        """Return the unfitted pipeline."""
        union = FeatureUnion(
            [(channel.analyzer.name, _vectorizer(channel)) for channel in self.channels],
            transformer_weights={channel.analyzer.name: channel.weight for channel in self.channels},
        )
        return Pipeline([("features", union), ("classifier", self.classifier())])

    def classifier(self, *, tolerance: float = _TOLERANCE, warm_start: bool = False) -> LogisticRegression:
        """Return the unfitted classifier: multinomial logistic regression, L2-regularised."""
        return LogisticRegression(
            C=self.c,
            class_weight=self.class_weight,
            max_iter=_MAX_ITERATIONS,
            tol=tolerance,
            warm_start=warm_start,
        )

    def describe(self) -> Mapping[str, object]:
        """Return the settings in plain JSON values."""
        return {
            "channels": {
                channel.analyzer.name: {
                    **channel.analyzer.parameters(),
                    "weight": channel.weight,
                    "min_df": channel.min_df,
                    "names": channel.names,
                }
                for channel in self.channels
            },
            "classifier": {"C": self.c, "class_weight": self.class_weight},
        }


def grid(texts: int, lexicon: Lexicon | None = None) -> list[list[Recipe]]:
    """Return the settings to choose from for so many texts: lists of recipes that differ in C alone, ascending.

    With a lexicon there is a concept channel beside the n-grams, of twice their weight, and proper names do not count
    in words and beside concepts. From a thousand texts on, an n-gram that occurs in one text only is left out: that
    halves the model and its fitting, and moves macro-F1 by less than 0.01 either way. Labels weigh alike, however rare:
    macro-F1 chooses, and on no data measured did it prefer equal weights of the texts (docs/experiments.md).
    """
    min_df = 2 if texts >= _MANY_TEXTS else 1
    channels = tuple(replace(channel, min_df=min_df) for channel in Recipe().channels)
    if lexicon is None:
        return [[Recipe(channels, c, "balanced") for c in _STRENGTHS]]
    words, *others = channels
    concepts = ChannelRecipe(Concepts(lexicon), _CONCEPT_WEIGHT, min_df, names=False)
    channels = (replace(words, names=False), *others, concepts)
    return [[Recipe(channels, c, "balanced") for c in _STRENGTHS_WITH_CONCEPTS]]


def _vectorizer(channel: ChannelRecipe) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=channel.analyzer, min_df=channel.min_df, sublinear_tf=True)
