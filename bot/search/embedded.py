"""The in-process search backend: BM25+ over three fields of the paragraphs, cosine over the known questions."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.analysis.asks import Ask
from bot.search.backend import Hit, Recalled, Terms
from bot.search.bm25 import PostingsBM25
from bot.search.index import Index
from bot.search.similarity import QuestionMemory

TEXT_WEIGHTS = {"bigrams": 1.0, "words": 0.6, "chars": 0.25}
"""How much each field's BM25+ score counts. MRR@10 on 1,235 lay questions over 59,955 statute articles (STARD's
development half): words alone .359, bigrams alone .388, these .400."""

QUESTION_WEIGHTS = {"bigrams": 1.0, "words": 1.0, "chars": 1.0, "concepts": 1.0}
"""How much each field counts in the likeness of two questions; chosen on `tests/questions/tuning.jsonl`."""


class EmbeddedBackend:
    """Searches an `Index` in this process."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._models = {name: PostingsBM25(postings) for name, postings in index.text.items()}
        self._memory = QuestionMemory(index.questions, QUESTION_WEIGHTS, _groups(index.asks))

    async def search(self, terms: Terms, k: int) -> list[Hit]:
        """See `SearchBackend.search`."""
        scores = np.zeros(len(self._index.paragraphs))
        for name, weight in TEXT_WEIGHTS.items():
            scores += weight * self._models[name].get_scores(terms.get(name, ()))
        coverage = self._coverage(terms)
        return [
            Hit(self._index.paragraphs[number], float(scores[number]), float(coverage[number]))
            for number in _best(scores, k)
        ]

    async def recall(self, terms: Terms, k: int) -> list[Recalled]:
        """See `SearchBackend.recall`."""
        similarities = self._memory.similarities(terms)
        shares = self._memory.shares(terms)
        return [
            Recalled(self._index.asks[number], float(similarities[number]), float(shares[number]))
            for number in _best(similarities, k)
        ]

    def _coverage(self, terms: Terms) -> NDArray[np.float64]:
        """Return which share of the query's bigrams, weighed by idf, each paragraph holds."""
        model = self._models["bigrams"]
        held = np.zeros(model.corpus_size)
        total = 0.0
        for term in set(terms.get("bigrams", ())):
            idf = model.term_idf(term)
            total += idf or math.log(model.corpus_size + 1)
            found = model.postings.of(term)
            if found is not None:
                held[found[0]] += idf
        return held / total if total else held


def _groups(asks: Sequence[Ask]) -> NDArray[np.int64]:
    """Return the number of each ask's group."""
    numbers: dict[tuple[object, ...], int] = {}
    keys = [(ask.article_id, ask.paragraph, ask.says, ask.missing) for ask in asks]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _best(scores: NDArray[np.float64], k: int) -> list[int]:
    """Return the numbers of the at most `k` best positive scores, best first, ties by number."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > k:
        least = np.partition(scores[positive], -k)[-k]
        positive = positive[scores[positive] >= least]
    order = np.lexsort((positive, -scores[positive]))[:k]
    return [int(number) for number in positive[order]]
