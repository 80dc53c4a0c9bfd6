"""The in-process search backend: BM25+ over three fields of the paragraphs, cosine over the known questions."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bot.search.backend import Hit, Recalled, Terms
from bot.search.bm25 import PostingsBM25
from bot.search.index import Index
from bot.search.known import KnownQuestions
from bot.search.similarity import QuestionMemory

TEXT_WEIGHTS = {"bigrams": 1.0, "words": 0.6, "chars": 0.25}
"""How much each field's BM25+ score counts. MRR@10 on 1,235 lay questions over 59,955 statute articles (STARD's
development half): words alone .359, bigrams alone .388, these .400."""

QUESTION_WEIGHTS = {"bigrams": 1.0, "words": 1.0, "chars": 1.0, "concepts": 1.0}
"""How much each field counts in the likeness of two questions; chosen on `tests/questions/tuning.jsonl`."""

ENGLISH_WEIGHTS = {**QUESTION_WEIGHTS, "english": 1.0}
"""The same for a question and a known question in English."""


LIKELIHOOD_WEIGHT = 0.3
"""How much a group's likelihood counts beside the cosine; .2 to .4 do as well on the tuning sets."""


class EmbeddedBackend:
    """Searches an `Index` in this process."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._models = {name: PostingsBM25(postings) for name, postings in index.text.items()}
        self._memory = _Memory(index.known, QUESTION_WEIGHTS)
        self._english = _Memory(index.english, ENGLISH_WEIGHTS)

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
        found = self._memory.nearest(terms, k)
        if terms.get("english"):
            found += self._english.nearest(terms, k)
            found.sort(key=lambda pair: -pair[0])
        return [recalled for _, recalled in found[:k]]

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


class _Memory:
    """The known questions of one language, and how near they are."""

    def __init__(self, known: KnownQuestions, weights: Mapping[str, float]) -> None:
        self._known = known
        self._weights = weights
        self._cosine = QuestionMemory(known.fields, weights, known.groups)

    def nearest(self, terms: Terms, k: int) -> list[tuple[float, Recalled]]:
        """Return the at most `k` nearest that share a term with the question, each behind its nearness."""
        own = {name: terms[name] for name in self._weights if name in terms}
        similarities = self._cosine.similarities(own)
        shares = self._cosine.shares(own)
        likelihoods = self._known.likelihood.scores(own)[self._known.groups]
        nearness = similarities + LIKELIHOOD_WEIGHT * likelihoods
        nearness[similarities <= 0] = -np.inf
        best = _best(nearness, k, -np.inf)
        columns = (each[best].tolist() for each in (similarities, shares, likelihoods))
        asks = [self._known.asks[number] for number in best]
        recalled = map(Recalled._make, zip(asks, *columns, strict=True))
        return list(zip(nearness[best].tolist(), recalled, strict=True))


def _best(scores: NDArray[np.float64], k: int, least: float = 0.0) -> list[int]:
    """Return the numbers of the at most `k` best scores above `least`, best first, ties by number."""
    found = np.flatnonzero(scores > least)
    if len(found) > k:
        found = found[scores[found] >= np.partition(scores[found], -k)[-k]]
    order = np.lexsort((found, -scores[found]))[:k]
    best: list[int] = found[order].tolist()
    return best
