"""Word vectors: which words mean nearly the same, without any model at run time.

    bot/analysis/vectors/words.txt     one word a line, the most frequent first; a name has a tab and "name" or "place" behind it
    bot/analysis/vectors/vectors.npy   int8, a row a word; `tests/benchmarks/word_vectors.py` writes both

`bot/analysis/vectors/README.md` says where they come from and under which licence.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]


class WordVectors:
    """Unit vectors of words.

    Args:
        words: The words that have a vector of their own.
        matrix: Their vectors, a row each; only directions count.
        places: Those of them that name a place.
        names: Those that name somebody, something or some place.
    """

    def __init__(
        self,
        words: Sequence[str],
        matrix: NDArray[np.int8],
        places: frozenset[str] = frozenset(),
        names: frozenset[str] = frozenset(),
    ) -> None:
        self.places, self.names = places, names | places
        self._numbers = {word: number for number, word in enumerate(words)}
        self._matrix = matrix
        self._longest = max(map(len, words), default=0)

    def __contains__(self, word: str) -> bool:
        return word in self._numbers

    def of(self, words: Sequence[str]) -> Float32:
        """Return a unit vector for each word, shape (words, dimensions).

        A word that has none is the mean of the longest words that it begins with, one after the other; zeros where
        no part of it is known, as of a number.
        """
        rows = np.zeros((len(words), self._matrix.shape[1]), dtype=np.float32)
        for place, word in enumerate(words):
            for part in [word] if word in self._numbers else self._parts(word):
                rows[place] += self._matrix[self._numbers[part]]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(np.divide(rows, lengths, out=rows, where=lengths > 0))

    def _parts(self, word: str) -> list[str]:
        parts: list[str] = []
        at = 0
        while at < len(word):
            sizes = range(min(self._longest, len(word) - at), 0, -1)
            size = next((n for n in sizes if word[at : at + n] in self._numbers), 0)
            if size:
                parts.append(word[at : at + size])
            at += size or 1
        return parts


@functools.cache
def load() -> WordVectors:
    """Return the vectors that the package ships, mapped and not read."""
    folder = resources.files("bot.analysis") / "vectors"
    rows = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    tagged = [row.partition("\t")[::2] for row in rows]
    places, names = (frozenset(w for w, tag in tagged if tag == kind) for kind in ("place", "name"))
    matrix = np.load(str(folder / "vectors.npy"), mmap_mode="r")
    return WordVectors([word for word, _ in tagged], matrix, places, names)
