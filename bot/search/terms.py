"""The voices that count terms: BM25 over sentences and over blocks, and rarity among articles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from bot.search.bm25 import DELTA, PostingsBM25
from bot.search.postings import Postings
from bot.search.voice import Query, Scores

FIELDS = {"bigrams": 1.0, "words": 0.6, "chars": 0.25}
"""How much each field's terms count. MRR@10 on 1,235 lay questions over 59,955 statute articles (STARD's development
half): words alone .359, bigrams alone .388, these .400."""
TITLE = 0.3
"""What a title's BM25 counts beside its sentence's."""
IN_TITLE = 1.5
"""What a term counts that an article's title holds, where its text counts 1."""


class SentenceBM25:
    """BM25 of sentences beside that of their titles, as a share of what one term each of the query would bring."""

    def __init__(
        self,
        sentences: Mapping[str, Postings],
        titles: Mapping[str, Postings],
        articles: NDArray[np.int64],
    ) -> None:
        self._models = {name: PostingsBM25(sentences[name]) for name in FIELDS}
        self._titles = {name: PostingsBM25(titles[name]) for name in FIELDS}
        self._articles = articles

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        scores = np.zeros(len(self._articles))
        total = 0.0
        for name, weight in FIELDS.items():
            terms = sorted(set(query.terms.get(name, ())))
            model, title = self._models[name], self._titles[name]
            scores += weight * model.get_scores(terms)
            scores += weight * TITLE * title.get_scores(terms)[self._articles]
            unknown = math.log(model.corpus_size + 1)
            total += weight * (1 + DELTA) * sum(model.term_idf(term) or unknown for term in terms)
        return scores / total if total else scores


class BlockBM25:
    """BM25 of a sentence's block, the headings above it included, as a share of what one term each of the query would bring.

    What one 款 says by 前款规定的 another one of its 条 names.
    """

    def __init__(self, blocks: Mapping[str, Postings], numbers: NDArray[np.int64]) -> None:
        self._models = {name: PostingsBM25(blocks[name]) for name in FIELDS}
        self._numbers = numbers

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        scores = np.zeros(len(next(iter(self._models.values())).doc_len))
        total = 0.0
        for name, weight in FIELDS.items():
            terms = sorted(set(query.terms.get(name, ())))
            model = self._models[name]
            scores += weight * model.get_scores(terms)
            unknown = math.log(model.corpus_size + 1)
            total += weight * (1 + DELTA) * sum(model.term_idf(term) or unknown for term in terms)
        scores = scores / total if total else scores
        return np.asarray(scores[self._numbers], dtype=np.float64)


class ArticleRarity:
    """The share of the query's terms that a sentence's article holds, each weighing by its rarity among articles."""

    def __init__(
        self,
        bodies: Mapping[str, Postings],
        titles: Mapping[str, Postings],
        articles: NDArray[np.int64],
    ) -> None:
        self._bodies, self._titles = bodies, titles
        self._articles = articles

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        size = len(self._bodies["words"].lengths)
        scores = np.zeros(size)
        total = 0.0
        for weight, term, postings in _weighed(query, self._bodies):
            idf = math.log((size + 1) / (postings.df(term) or 1))
            total += weight * idf
            field = "words" if postings is self._bodies["words"] else "bigrams"
            for held, worth in (
                (postings.of(term), 1.0),
                (self._titles[field].of(term), IN_TITLE - 1),
            ):
                if held is not None:
                    scores[held[0]] += weight * idf * worth
        scores = scores / total if total else scores
        return scores[self._articles]


def _weighed(query: Query, fields: Mapping[str, Postings]) -> Iterator[tuple[float, str, Postings]]:
    for name in ("bigrams", "words"):
        for term in sorted(set(query.terms.get(name, ()))):
            yield FIELDS[name], term, fields[name]
