"""Soft words: a question's word meets the nearest word of a sentence, not only itself.

    met(word, sentence) = the largest cosine between the word and any word of the sentence, 0 below `NEAR`
    context(sentence)   = mean over the question's topical words, each weighing by its rarity, of the largest of
                          met(word, sentence), .9 · met(word, title), .3 · met(word, any sentence of the paragraph)

Names stand for themselves only: the figure of 兰州 is no answer about 西宁, though the two are near.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.analysis.wordvectors import WordVectors
from bot.search.postings import Postings
from bot.search.voice import Query, Scores

Float32 = NDArray[np.float32]

NEAR = 0.45
"""Cosine from which on two words are near. On the questions about `tests/pages` this voice alone put the right sentence
first for .59, .61, .60 and .56 of them with .35, .45, .55 and .65."""
MADE_UP = 0.6
"""The same for a word of three characters and more that has no vector of its own: made of its parts' (特, 朗, 普), it is
near to anything by chance. Chosen by hand on scripted conversations, not fitted."""
NEIGHBOURS = 40
"""Words of the corpus that stand for one of the question's, at most."""
TITLE, PARAGRAPH = 0.9, 0.3
"""What a word is worth that only the title, or only another sentence of the paragraph, meets. With weights fitted on the
shipped articles and the other reports, words alone, the right sentence stood first for .644 and .503 of the questions about
the reports and the further ones with .8 and .3, for .656 and .518 with these, for .650 and .510 with .8 and .5: chosen on
these figures, in a fit without the law."""
REMEMBERED = 8192


class Layout(NamedTuple):
    """Where the sentences stand.

    Args:
        articles: The number of each sentence's article.
        blocks: The number of the first sentence of each block, in order.
        sizes: How many sentences each block has.
    """

    articles: NDArray[np.int64]
    blocks: NDArray[np.int64]
    sizes: NDArray[np.int64]


class Met(NamedTuple):
    """How well words are met: a row a word, in the order of the query.

    Args:
        sentences: By each sentence.
        titles: By each article's title.
        rarity: Each word's weight.
        near: The words of the corpus that are near each word, with their cosines, the nearest last.
    """

    sentences: Float32
    titles: Float32
    rarity: Float32
    near: tuple[Sequence[tuple[str, float]], ...]


class SoftWords:
    """Finds near words.

    Args:
        sentences: Postings of the sentences' words.
        titles: Postings of the titles' words.
        vectors: Vectors of words, and which are names.
    """

    def __init__(self, sentences: Postings, titles: Postings, vectors: WordVectors) -> None:
        self._sentences, self._titles = sentences, titles
        self._terms = sorted(sentences.numbers.keys() | titles.numbers.keys())
        self._matrix = vectors.of(self._terms)
        self._own = {term: number for number, term in enumerate(self._terms)}
        self._vectors = vectors
        self._near = functools.lru_cache(REMEMBERED)(self._find_near)

    def met(self, words: Sequence[str]) -> Met:
        """Return how well each sentence and each title meets some words."""
        found = Met(
            np.zeros((len(words), len(self._sentences.lengths)), np.float32),
            np.zeros((len(words), len(self._titles.lengths)), np.float32),
            np.zeros(len(words), np.float32),
            tuple(map(self._near, words)),
        )
        for row, near in enumerate(found.near):
            found.rarity[row] = self._rarity(near)
            for term, cosine in near:  # ascending: the nearest is written last
                for postings, table in (
                    (self._sentences, found.sentences),
                    (self._titles, found.titles),
                ):
                    held = postings.of(term)
                    if held is not None:
                        table[row, held[0]] = cosine
        return found

    def _rarity(self, near: Sequence[tuple[str, float]]) -> float:
        """Return a word's weight by how many sentences hold it or the word that stands nearest for it."""
        held = max((cosine * self._sentences.df(term) for term, cosine in near), default=0.0)
        return math.log((len(self._sentences.lengths) + 1) / (held + 0.5))

    def _find_near(self, word: str) -> list[tuple[str, float]]:
        own = [(word, 1.0)] if word in self._own else []
        if word in self._vectors.names or not self._terms:
            # A name may stand in a longer one: 西宁 in 西宁市.
            return [(t, 1.0) for t in self._terms if word in t and t != word] + own
        cosines = self._matrix @ self._vectors.of([word])[0]
        made_up = word not in self._vectors and len(word) > 2
        near = np.flatnonzero(cosines >= (MADE_UP if made_up else NEAR))
        near = near[np.argsort(-cosines[near], kind="stable")][:NEIGHBOURS]
        pairs = [(self._terms[number], float(cosines[number])) for number in near[::-1]]
        return [pair for pair in pairs if pair[0] != word] + own


class SoftVoice:
    """The share of the question's topical words that a sentence meets, its title and its paragraph helping out."""

    def __init__(self, words: Callable[[Query], Met], layout: Layout) -> None:
        self._words = words
        self._layout = layout

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        met = self._words(query)
        table = met.sentences
        total = float(met.rarity.sum())
        if not total or not table.size:
            return np.zeros(table.shape[1])
        around = np.maximum.reduceat(table, self._layout.blocks, axis=1)
        table = np.maximum(table, PARAGRAPH * np.repeat(around, self._layout.sizes, axis=1))
        table = np.maximum(table, TITLE * met.titles[:, self._layout.articles])
        return np.asarray(met.rarity @ table / total, dtype=np.float64)
