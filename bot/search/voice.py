"""Voices: what each says of how well a sentence answers a question, and what a search brings back of it.

A voice has a unit of its own that means the same in every corpus: a share of the question, a cosine. How much each
counts is fitted (`bot.answer.model`); nothing outside holds a voice's score against a constant.

To add one: write a class that keeps to `Voice`, give it a field of `Evidence`, name it in `bot.search.engine`, and fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.analysis.asks import Ask
from bot.article import Paragraph

Terms = Mapping[str, Sequence[str]]
"""Terms by field, in order and with repetitions, as the analyzer cuts them."""
Scores = NDArray[np.float64]
"""One number for each sentence of the index."""


class Query(NamedTuple):
    """A question as it is searched for.

    Args:
        text: Its wording, for a voice that reads whole sentences.
        terms: Its terms, for texts.
        asked: Its terms for known questions, places masked.
        topical: Its words that carry a topic, names of places among them.
        article: The article that is talked of: its sentences are returned, too; "" for none.
    """

    text: str
    terms: Terms
    asked: Terms
    topical: tuple[str, ...] = ()
    article: str = ""


class Evidence(NamedTuple):
    """What the voices say of one sentence; 0 where a voice is silent.

    Args:
        words: BM25 of the sentence's bigrams and words beside its title's, as a share of what the question could reach.
        article: Share of the question's terms that its article holds, each weighing by its rarity among articles.
        block: BM25 of the bigrams and words of its paragraph, or its 条 of a statute, as a share of what the question could reach.
        context: How well it meets the question's topical words, the nearest word standing for each, with its title and
            its paragraph helping out.
        meaning: Cosine of the vectors of question and sentence, 0 for unrelated texts.
    """

    words: float = 0.0
    article: float = 0.0
    block: float = 0.0
    context: float = 0.0
    meaning: float = 0.0


class Voice(Protocol):
    """Says something of every sentence of the index that it was made for."""

    def scores(self, query: Query) -> Scores:
        """Return a number for each sentence, larger for the better ones, 0 where there is nothing to say."""


class Hit(NamedTuple):
    """A sentence that may answer.

    Args:
        sentence: Its number in the index.
        paragraph: Where it stands.
        start: Offset of its first character in the paragraph.
        end: Offset behind its last one.
        evidence: What the voices say of it.
        met: How well it meets each topical word of the query, 0 to 1.
        named: How well the title of its article does.
    """

    sentence: int
    paragraph: Paragraph
    start: int
    end: int
    evidence: Evidence
    met: tuple[float, ...] = ()
    named: tuple[float, ...] = ()


class Recalled(NamedTuple):
    """A known question that resembles the query.

    Args:
        ask: The known question, and what answers it or is missing.
        similarity: Cosine of the two questions' weighted terms, 0 to 1.
        shared: Which share of the query's weight is held by all known questions of the same answer (or the same
            missing part) together, 0 to 1.
        likelihood: How much likelier those known questions make the query's terms than all known questions do: the
            mean of the logarithms over its terms; below 0 they make it less likely.
        sentence: The number of the sentence that answers it; -1 where none does.
        start: Where the clause that answers it begins in its paragraph; -1 where none does.
        known: How many known questions have the same answer, or lack the same part, itself among them.
    """

    ask: Ask
    similarity: float
    shared: float
    likelihood: float = 0.0
    sentence: int = -1
    start: int = -1
    known: int = 1


class Found(NamedTuple):
    """What a search brings.

    Args:
        hits: Sentences, the best first; each sentence that answers a recalled question is among them.
        recalled: Known questions, the nearest first.
        rarity: The weight of each topical word of the query: how rare it is in the corpus.
        near: For each of them the words of the corpus that are near it, each with its cosine.
    """

    hits: Sequence[Hit] = ()
    recalled: Sequence[Recalled] = ()
    rarity: tuple[float, ...] = ()
    near: tuple[Sequence[tuple[str, float]], ...] = ()


class SearchBackend(Protocol):
    """Ranked retrieval over one corpus. `bot.dialogue` is its only caller."""

    async def search(self, query: Query) -> Found:
        """Return what may answer a query; nothing found is a result.

        Raises:
            SearchError: The engine failed.
        """

    async def recall(self, query: Query, k: int) -> list[Recalled]:
        """Return at most `k` known questions, nearest first by similarity and likelihood, ties in the corpus's order.

        Raises:
            SearchError: The engine failed.
        """
