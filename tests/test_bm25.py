"""Parity with rank_bm25, whose model this is."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from bot.search.bm25 import PostingsBM25
from bot.search.postings import Postings

TERMS = st.sampled_from([f"词{n}" for n in range(12)])
DOCUMENTS = st.lists(st.lists(TERMS, max_size=12), min_size=1, max_size=30).filter(any)
QUERY = st.lists(TERMS | st.just("没有的词"), max_size=8)
K1 = st.floats(0.1, 3)
B = st.floats(0, 0.99)  # with 1, the library divides nothing by nothing for an empty paragraph


def collection(paragraphs: int, seed: int) -> list[list[str]]:
    """Paragraphs with words as frequent as Zipf has them, a few paragraphs without any."""
    numbers = random.Random(seed)
    words = [f"词{n}" for n in range(3000)]
    weights = [1 / (rank + 1) for rank in range(3000)]
    return [numbers.choices(words, weights, k=numbers.randrange(0, 200)) for _ in range(paragraphs)]


@pytest.mark.parametrize("paragraphs", [1, 2, 10, 100, 1000])
def test_scores_are_the_librarys_to_the_bit(paragraphs: int) -> None:
    documents = [["词0"], *collection(paragraphs - 1, seed=paragraphs)]
    theirs = BM25Plus(documents, k1=1.6, b=0.5, delta=0)
    ours = PostingsBM25(Postings.build(documents), k1=1.6, b=0.5, delta=0)
    numbers = random.Random(7)
    for _ in range(20):
        query = [f"词{int(numbers.paretovariate(0.5)) % 3100}" for _ in range(15)]
        assert ours.get_scores(query).tolist() == theirs.get_scores(query).tolist()


@given(DOCUMENTS, QUERY, K1, B)
def test_parity_whatever_the_collection(
    documents: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    theirs = BM25Plus(documents, k1=k1, b=b, delta=0)
    ours = PostingsBM25(Postings.build(documents), k1=k1, b=b, delta=0)
    assert ours.get_scores(query).tolist() == theirs.get_scores(query).tolist()
    some = list(range(0, len(documents), 2))
    assert ours.get_batch_scores(query, some) == theirs.get_batch_scores(query, some)
    assert ours.get_top_n(query, documents, 3) == theirs.get_top_n(query, documents, 3)


@given(DOCUMENTS, QUERY, st.floats(0.1, 2))
def test_delta_goes_to_the_documents_that_hold_the_term(
    documents: list[list[str]], query: list[str], delta: float
) -> None:
    theirs = BM25Plus(documents, k1=1.6, b=0.5, delta=delta)
    ours = PostingsBM25(Postings.build(documents), k1=1.6, b=0.5, delta=delta)
    lacked = [
        sum(delta * ours.term_idf(term) for term in query if term not in document)
        for document in documents
    ]
    np.testing.assert_allclose(theirs.get_scores(query) - lacked, ours.get_scores(query), atol=1e-9)


@given(DOCUMENTS, QUERY)
def test_a_document_scores_when_it_holds_a_term_and_only_then(
    documents: list[list[str]], query: list[str]
) -> None:
    scores = PostingsBM25(Postings.build(documents)).get_scores(query)
    held = [bool(set(query) & set(document)) for document in documents]
    assert (scores > 0).tolist() == held


def test_a_term_weighs_more_the_rarer_it_is() -> None:
    model = PostingsBM25(Postings.build([["店", "退货"], ["店"], ["店"]]))
    assert model.term_idf("退货") > model.term_idf("店") > 0
    assert model.term_idf("没有的词") == 0


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_a_collection_without_words_scores_nothing(documents: list[list[str]]) -> None:
    scores = PostingsBM25(Postings.build(documents)).get_scores(["店"])
    assert scores.tolist() == [0.0] * len(documents)
