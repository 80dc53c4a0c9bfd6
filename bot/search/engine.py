"""The in-process search backend: runs the voices over one index and joins what they say."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bot.analysis.wordvectors import WordVectors
from bot.search.index import Index
from bot.search.known import KnownQuestions
from bot.search.meaning import Likeness, SentenceModel, SentenceVoice
from bot.search.similarity import QuestionMemory
from bot.search.soft import Layout, Met, SoftVoice, SoftWords
from bot.search.terms import ArticleRarity, BlockBM25, SentenceBM25
from bot.search.voice import Evidence, Found, Hit, Query, Recalled, Scores, Voice

QUESTION_WEIGHTS = {"bigrams": 1.0, "words": 1.0, "chars": 1.0, "concepts": 1.0}
"""How much each field counts in the likeness of two questions; chosen on `tests/questions/tuning.jsonl`."""
ENGLISH_WEIGHTS = {**QUESTION_WEIGHTS, "english": 1.0}
"""The same for a question and a known question in English."""
LIKELIHOOD_WEIGHT = 0.3
"""How much a group's likelihood counts beside the cosine; .2 to .4 do as well on the tuning sets."""
HITS = 40
"""Sentences that are returned for what the voices say together; those that answer recalled questions come on top."""
RECALLED = 500
"""Known questions that are returned; those about other places than the one named fall away."""
ANSWERING = 120
"""Recalled questions whose answering sentences are returned."""


class EmbeddedBackend:
    """Searches an `Index` in this process.

    Args:
        index: What is searched.
        vectors: Vectors of words.
        weights: How much each voice counts when sentences are chosen.
        model: Reads questions, where the index has sentence vectors.
        likeness: How they are compared with sentences; None for what the package ships.
    """

    def __init__(
        self,
        index: Index,
        vectors: WordVectors,
        weights: Evidence,
        model: SentenceModel | None = None,
        likeness: Likeness | None = None,
    ) -> None:
        self._index = index
        self._weights = weights
        self._memory = _Memory(index.known, QUESTION_WEIGHTS)
        self._english = _Memory(index.english, ENGLISH_WEIGHTS)
        articles, blocks = (index.spans[:, column].astype(np.int64) for column in (3, 4))
        _, first, sizes = np.unique(blocks, return_index=True, return_counts=True)
        self._numbers = _sentences_of(index)
        layout = Layout(articles, first.astype(np.int64), sizes.astype(np.int64))
        texts = index.texts
        soft = SoftWords(texts["sentences"]["words"], texts["titles"]["words"], vectors)
        self._met = functools.lru_cache(4)(soft.met)
        voices: dict[str, Voice] = {
            "words": SentenceBM25(texts["sentences"], texts["titles"], articles),
            "article": ArticleRarity(texts["bodies"], texts["titles"], articles),
            "block": BlockBM25(texts["blocks"], blocks),
            "context": SoftVoice(self._words, layout),
        }
        if model is not None and index.vectors is not None:
            voices["meaning"] = SentenceVoice(model, index.vectors, likeness)
        self._voices: Mapping[str, Voice] = voices

    async def search(self, query: Query) -> Found:
        """See `bot.search.voice.SearchBackend`."""
        said = {name: voice.scores(query) for name, voice in self._voices.items()}
        total = np.zeros(len(self._index.spans))
        for name, scores in said.items():
            total += getattr(self._weights, name) * scores
        recalled = await self.recall(query, RECALLED)
        answering = {one.sentence for one in recalled[:ANSWERING] if one.sentence >= 0}
        chosen = answering.union(_best(total, HITS))
        if query.article:
            own = self._numbers.get(query.article, range(0))
            chosen.update(own.start + number for number in _best(total[own.start : own.stop], HITS))
        numbers = sorted(chosen, key=lambda number: (-total[number], number))
        met = self._words(query)
        hits = [self._hit(number, said, met) for number in numbers]
        return Found(hits, recalled, _row(met.rarity), met.near)

    async def recall(self, query: Query, k: int) -> list[Recalled]:
        """See `bot.search.voice.SearchBackend`."""
        found = self._memory.nearest(query, k)
        if query.asked.get("english"):
            found += self._english.nearest(query, k)
            found.sort(key=lambda pair: -pair[0])
        return [recalled for _, recalled in found[:k]]

    def _words(self, query: Query) -> Met:
        found: Met = self._met(query.topical)
        return found

    def _hit(self, number: int, said: Mapping[str, Scores], met: Met) -> Hit:
        paragraph, start, end, article, _ = self._index.spans[number].tolist()
        evidence = Evidence(**{name: float(scores[number]) for name, scores in said.items()})
        return Hit(
            number,
            self._index.paragraphs[paragraph],
            start,
            end,
            evidence,
            _row(met.sentences[:, number]),
            _row(met.titles[:, article]),
        )


def _sentences_of(index: Index) -> dict[str, range]:
    """Return the numbers of each article's sentences, by its id."""
    found: dict[str, range] = {}
    for number, paragraph in enumerate(index.spans[:, 0].tolist()):
        name = index.paragraphs[paragraph].article_id
        first = found[name].start if name in found else number
        found[name] = range(first, number + 1)
    return found


class _Memory:
    """The known questions of one language, and how near they are."""

    def __init__(self, known: KnownQuestions, weights: Mapping[str, float]) -> None:
        self._known = known
        self._weights = weights
        self._cosine = QuestionMemory(known.fields, weights, known.groups)
        self._sizes = np.bincount(known.groups)[known.groups]

    def nearest(self, query: Query, k: int) -> list[tuple[float, Recalled]]:
        """Return the at most `k` nearest that share a term with the question, each behind its nearness."""
        own = {name: query.asked[name] for name in self._weights if name in query.asked}
        similarities = self._cosine.similarities(own)
        shares = self._cosine.shares(own)
        likelihoods = self._known.likelihood.scores(own)[self._known.groups]
        nearness = similarities + LIKELIHOOD_WEIGHT * likelihoods
        nearness[similarities <= 0] = -np.inf
        best = _best(nearness, k, -np.inf)
        columns = (each[best].tolist() for each in (similarities, shares, likelihoods))
        asks = [self._known.asks[number] for number in best]
        spans = self._known.spans[best].T.tolist() if best else ([], [])
        sizes = self._sizes[best].tolist()
        recalled = map(Recalled._make, zip(asks, *columns, *spans, sizes, strict=True))
        return list(zip(nearness[best].tolist(), recalled, strict=True))


def _best(scores: NDArray[np.float64], k: int, least: float = 0.0) -> list[int]:
    """Return the numbers of the at most `k` best scores above `least`, best first, ties by number."""
    found = np.flatnonzero(scores > least)
    if len(found) > k:
        found = found[scores[found] >= np.partition(scores[found], -k)[-k]]
    order = np.lexsort((found, -scores[found]))[:k]
    best: list[int] = found[order].tolist()
    return best


def _row(values: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(values.tolist())
