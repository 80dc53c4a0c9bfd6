"""BM25+ over postings: rank_bm25's model without its walk over every document."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from bot.search.postings import Postings

K1, B, DELTA = 1.6, 0.5, 0.5
"""Short paragraphs want a weaker length normalisation than the usual b of .75; `bot.search.embedded` says what these give."""


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # rank_bm25 carries no types
    """`rank_bm25.BM25Plus` that reads only the postings of the query's terms.

    `rank_bm25` adds δ to every document, matching or not, which shifts all scores alike and ranks as though δ were
    0. Here δ goes to matching documents only, as the paper has it. With δ = 0 the scores are the library's own, to
    the bit.

    Source: Lv and Zhai, "Lower-Bounding Term Frequency Normalization", CIKM 2011.
    """

    def __init__(
        self, postings: Postings, k1: float = K1, b: float = B, delta: float = DELTA
    ) -> None:
        # The base class would read whole documents; the postings hold all that it derives from them.
        self.k1, self.b, self.delta = k1, b, delta
        self.postings = postings
        self.corpus_size = len(postings.lengths)
        self.doc_len = postings.lengths
        self.avgdl = int(postings.lengths.sum(dtype=np.int64)) / max(self.corpus_size, 1) or 1.0

    def term_idf(self, term: str) -> float:
        """Return a term's weight, log((N + 1) / df); 0 for a term that no document holds."""
        df = self.postings.df(term)
        return math.log((self.corpus_size + 1) / df) if df else 0.0

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return every document's score for the query's terms; a repeated term counts again."""
        scores = np.zeros(self.corpus_size)
        for term in query:
            found = self.postings.of(term)
            if found is None:
                continue
            docs, tfs = found
            lengths = self.doc_len[docs].astype(np.int64)
            frequency = tfs.astype(np.int64)
            scores[docs] += self.term_idf(term) * (
                self.delta
                + (frequency * (self.k1 + 1))
                / (self.k1 * (1 - self.b + self.b * lengths / self.avgdl) + frequency)
            )
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of some documents, in the order given."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores
