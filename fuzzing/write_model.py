"""Write a model, and the characters as this Python knows them, for the fuzzers to read: write_model.py SOURCE TARGET.

SOURCE is a version's folder, or `small` for a model of some sentences and a lexicon, with random coefficients.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np

from stance.arrays import Arrays, map_arrays
from stance.concepts import Concepts
from stance.lexicon import Lexicon
from stance.native.characters import page
from stance.native.scorer import lent_arrays
from stance.ngrams import CharNgrams, WordNgrams
from stance.scorer import Channel, Header, Scorer
from tests.examples import EXAMPLES, LEXICON

_PAGES = 0x110000 // 256
_ALIGNMENT = 64


def main() -> None:
    """Write the arrays one after the other: name, size of a number, bytes, then the numbers at a multiple of 64."""
    source, target = sys.argv[1:]
    if source == "small":
        arrays, lexicon = _small().to_arrays(), LEXICON
    else:
        arrays, lexicon = map_arrays(Path(source) / "scorer.npz"), (Path(source) / "lexicon.toml").read_text("utf-8")
    lent = lent_arrays(Header.of(arrays), arrays, lexicon)
    lent["symbols"] = np.frombuffer(b"".join(map(page, range(_PAGES))), dtype=np.uint32)
    Path(target).write_bytes(_packed(lent))


def _packed(arrays: Arrays) -> bytes:
    packed = bytearray(struct.pack("<q", len(arrays)))
    for name, array in arrays.items():
        packed += struct.pack("<32sqq", name.encode(), array.itemsize, array.nbytes)
        packed += bytes(-len(packed) % _ALIGNMENT)
        packed += array.tobytes()
    return bytes(packed)


def _small() -> Scorer:
    random = np.random.default_rng(0)
    texts = [text for label in EXAMPLES.values() for text in label]
    channels = []
    for analyzer in (WordNgrams(1, 3), CharNgrams(2, 4), Concepts(Lexicon.parse(LEXICON))):
        features = sorted({feature for text in texts for feature in analyzer(text)})
        rows = random.normal(size=(len(features), 3))
        channels.append(Channel(analyzer, features, np.exp(rows[:, 0]), rows[:, 1:], sublinear=True))
    return Scorer(("against", "for"), tuple(channels), np.zeros(2))


if __name__ == "__main__":
    main()
