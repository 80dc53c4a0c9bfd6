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
        self._sentences, self._titles = _Fields(sentences), _Fields(titles)
        self._articles = articles

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        scores = self._sentences.scores(query) + TITLE * self._titles.scores(query)[self._articles]
        total = self._sentences.most(query)
        return scores / total if total else scores


class BlockBM25:
    """BM25 of a sentence's block, the headings above it included, as a share of what one term each of the query would bring.

    What one 款 says by 前款规定的 another one of its 条 names.
    """

    def __init__(self, blocks: Mapping[str, Postings], numbers: NDArray[np.int64]) -> None:
        self._blocks, self._numbers = _Fields(blocks), numbers

    def scores(self, query: Query) -> Scores:
        """See `bot.search.voice.Voice`."""
        scores, total = self._blocks.scores(query)[self._numbers], self._blocks.most(query)
        return scores / total if total else scores


class _Fields:
    """BM25 over the fields of some texts, each weighing as `FIELDS` says."""

    def __init__(self, postings: Mapping[str, Postings]) -> None:
        self._models = {name: PostingsBM25(postings[name]) for name in FIELDS}

    def scores(self, query: Query) -> Scores:
        """Return each text's sum."""
        scores: Scores = np.sum(
            [
                weight * self._models[name].get_scores(_terms(query, name))
                for name, weight in FIELDS.items()
            ],
            axis=0,
        )
        return scores

    def most(self, query: Query) -> float:
        """Return what one term each of a query would bring."""
        total = 0.0
        for name, weight in FIELDS.items():
            model = self._models[name]
            unknown = math.log(model.corpus_size + 1)
            known = sum(model.term_idf(term) or unknown for term in _terms(query, name))
            total += weight * (1 + DELTA) * known
        return total


def _terms(query: Query, name: str) -> list[str]:
    return sorted(set(query.terms.get(name, ())))


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
