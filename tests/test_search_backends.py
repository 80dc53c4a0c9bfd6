"""What every search backend keeps to. Another implementation is another entry of `BACKENDS`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.article import Paragraph
from bot.search import index as index_file
from bot.search.backend import SearchBackend, Terms
from bot.search.embedded import EmbeddedBackend
from bot.search.index import Index
from tests.strategies import TYPED

Open = Callable[[Index], SearchBackend]
BACKENDS: dict[str, Open] = {"embedded": EmbeddedBackend}


@pytest.fixture(scope="module", params=BACKENDS.values(), ids=BACKENDS)
def open_backend(request: pytest.FixtureRequest) -> Open:
    opened: Open = request.param
    return opened


@pytest.fixture(scope="module")
def backend(open_backend: Open, index: Index) -> SearchBackend:
    """A backend over the tiny corpus."""
    return open_backend(index)


@pytest.fixture(scope="module")
def twins(open_backend: Open, analyzer: Analyzer) -> SearchBackend:
    """A backend over paragraphs and asks of which many are the same."""
    paragraphs = [Paragraph("a", number, "蓝桥区有退货单位。") for number in range(12)]
    asks = [Ask("退货单位几家", "a", number, "蓝桥区有退货单位", "count") for number in range(12)]
    return open_backend(index_file.build(paragraphs, asks, analyzer))


async def test_the_paragraph_that_says_it_is_found_first(
    backend: SearchBackend, analyzer: Analyzer
) -> None:
    hits = await backend.search(analyzer.text_terms("消费课堂一年开课多少次"), 3)
    assert hits[0].paragraph.id == "baita#1"
    assert hits[0].paragraph.text == "白塔区消费课堂一年开课36次，听课的居民有1500人。"


async def test_the_known_question_that_is_asked_is_recalled_first(
    backend: SearchBackend, analyzer: Analyzer
) -> None:
    recalled = await backend.recall(analyzer.question_terms("消费课堂开课多少次"), 3)
    assert recalled[0].ask.text == "消费课堂开课多少次"
    assert recalled[0].similarity == pytest.approx(1)
    assert recalled[0].shared == pytest.approx(1)


async def test_a_place_does_not_hide_a_known_question(
    backend: SearchBackend, analyzer: Analyzer
) -> None:
    recalled = await backend.recall(analyzer.question_terms("松河消费课堂开课多少次"), 3)
    assert recalled[0].ask.says == "白塔区消费课堂一年开课36次"


@pytest.mark.parametrize("terms", [{}, {"words": [], "bigrams": []}, {"bigrams": ["没有"]}])
async def test_finding_nothing_is_a_result(backend: SearchBackend, terms: Terms) -> None:
    assert await backend.search(terms, 5) == []
    assert await backend.recall(terms, 5) == []


async def test_an_empty_corpus_finds_nothing(open_backend: Open, analyzer: Analyzer) -> None:
    empty = open_backend(index_file.build([], [], analyzer))
    assert await empty.search(analyzer.text_terms("退货单位"), 5) == []
    assert await empty.recall(analyzer.question_terms("退货单位"), 5) == []


@given(text=TYPED, k=st.integers(0, 30))
async def test_results_keep_their_promises(
    backend: SearchBackend, analyzer: Analyzer, text: str, k: int
) -> None:
    hits = await backend.search(analyzer.text_terms(text), k)
    assert len(hits) <= k
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 and 0 <= hit.coverage <= 1 + 1e-9 for hit in hits)
    assert len({hit.paragraph.id for hit in hits}) == len(hits)

    recalled = await backend.recall(analyzer.question_terms(text), k)
    assert len(recalled) <= k
    assert all(0 < one.similarity <= 1 + 1e-9 for one in recalled)
    assert all(0 <= one.shared <= 1 + 1e-9 for one in recalled)


@given(text=TYPED, k=st.integers(0, 8))
async def test_asking_for_fewer_gives_the_first_of_more(
    backend: SearchBackend, analyzer: Analyzer, text: str, k: int
) -> None:
    terms, asked = analyzer.text_terms(text), analyzer.question_terms(text)
    assert await backend.search(terms, k) == (await backend.search(terms, 99))[:k]
    assert await backend.recall(asked, k) == (await backend.recall(asked, 99))[:k]


async def test_ties_stand_in_the_order_of_the_corpus(
    twins: SearchBackend, analyzer: Analyzer
) -> None:
    hits = await twins.search(analyzer.text_terms("退货单位"), 5)
    assert [hit.paragraph.number for hit in hits] == [0, 1, 2, 3, 4]
    recalled = await twins.recall(analyzer.question_terms("退货单位"), 5)
    assert [one.ask.paragraph for one in recalled] == [0, 1, 2, 3, 4]


async def test_coverage_is_the_share_of_the_question_that_is_held(
    twins: SearchBackend, analyzer: Analyzer
) -> None:
    (whole,) = await twins.search(analyzer.text_terms("蓝桥区有退货单位"), 1)
    (part,) = await twins.search(analyzer.text_terms("退货单位在云里雾里"), 1)
    assert whole.coverage == pytest.approx(1)
    assert 0 < part.coverage < 0.5
