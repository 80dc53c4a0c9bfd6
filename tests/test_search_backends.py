"""What every search backend keeps to. Another implementation is another entry of `BACKENDS`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import wordvectors
from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.answer import model
from bot.article import Article, Paragraph
from bot.question.question import Reader
from bot.search import index as index_file
from bot.search.engine import EmbeddedBackend
from bot.search.index import Index
from bot.search.voice import Evidence, Query, SearchBackend
from tests.strategies import TYPED

Open = Callable[[Index], SearchBackend]


def embedded(index: Index) -> EmbeddedBackend:
    return EmbeddedBackend(index, wordvectors.load(), model.load(meaning=False).voices)


BACKENDS: dict[str, Open] = {"embedded": embedded}


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
    """A backend over sentences and asks of which many are the same."""
    says = "蓝桥区有退货单位"
    paragraphs = tuple(Paragraph("a", number, f"{says}。") for number in range(12))
    asks = [Ask("退货单位几家", "a", number, says, "count") for number in range(12)]
    return open_backend(index_file.build([Article("a", None, None, paragraphs)], asks, analyzer))


def asking(reader: Reader, text: str) -> Query:
    return reader.query(reader.read(text))


async def test_the_sentence_that_says_it_is_found_first(
    backend: SearchBackend, reader: Reader
) -> None:
    best = (await backend.search(asking(reader, "消费课堂一年开课多少次"))).hits[0]
    assert best.paragraph.id == "baita#1"
    assert best.paragraph.text[best.start : best.end] == (
        "白塔区消费课堂一年开课36次，听课的居民有1500人。"
    )


async def test_a_sentence_that_answers_a_recalled_question_is_found_whatever_its_words(
    backend: SearchBackend, reader: Reader
) -> None:
    found = await backend.search(asking(reader, "想随便退，几家"))
    answering = {one.sentence for one in found.recalled if one.ask.answered}
    assert answering <= {hit.sentence for hit in found.hits}


async def test_near_words_meet(backend: SearchBackend, reader: Reader) -> None:
    found = await backend.search(asking(reader, "学生上课的次数"))
    best = found.hits[0]
    assert best.paragraph.id == "baita#1"  # 听课的居民, in which none of these words stands
    assert best.evidence.context > 0.3


async def test_the_known_question_that_is_asked_is_recalled_first(
    backend: SearchBackend, reader: Reader
) -> None:
    recalled = await backend.recall(asking(reader, "消费课堂开课多少次"), 3)
    assert recalled[0].ask.text == "消费课堂开课多少次"
    assert recalled[0].similarity == pytest.approx(1)
    assert recalled[0].shared == pytest.approx(1)
    assert recalled[0].known == 3


async def test_an_english_question_recalls_english_ones_among_the_others(
    backend: SearchBackend, reader: Reader
) -> None:
    text = "How many shops in Lanqiao take back what nobody wants any more?"
    recalled = await backend.recall(asking(reader, text), 9)
    assert recalled[0].ask.text == text
    assert not all(one.ask.english for one in recalled)


async def test_of_two_known_questions_as_alike_the_one_that_more_people_put_so_comes_first(
    open_backend: Open, analyzer: Analyzer, reader: Reader
) -> None:
    says = ("蓝桥区有退货单位", "白塔区有退货单位")
    paragraphs = tuple(Paragraph("a", number, f"{one}。") for number, one in enumerate(says))
    asked = (["退货单位", "消费课堂", "联络点"], ["退货单位", "退货的单位", "退货"])
    asks = [
        Ask(text, "a", number, says[number], "count")
        for number, texts in enumerate(asked)
        for text in texts
    ]
    backend = open_backend(index_file.build([Article("a", None, None, paragraphs)], asks, analyzer))
    first, second, *_ = await backend.recall(asking(reader, "退货单位"), 9)
    assert first.similarity == pytest.approx(second.similarity)
    assert (first.ask.paragraph, second.ask.paragraph) == (1, 0)


async def test_a_known_question_that_nothing_answers_brings_no_sentence(
    backend: SearchBackend, reader: Reader
) -> None:
    found = await backend.search(asking(reader, "退货运费谁出"))
    assert not found.recalled[0].ask.answered
    assert all(hit.sentence >= 0 for hit in found.hits)


async def test_a_place_does_not_hide_a_known_question(
    backend: SearchBackend, reader: Reader
) -> None:
    recalled = await backend.recall(asking(reader, "松河消费课堂开课多少次"), 3)
    assert recalled[0].ask.says == "白塔区消费课堂一年开课36次"


@pytest.mark.parametrize(
    "query",
    [
        Query("", {}, {}),
        Query(" ", {"words": [], "bigrams": []}, {"words": []}),
        Query("没有", {"bigrams": ["没有"]}, {"bigrams": ["没有"]}, ("没有",)),
    ],
)
async def test_finding_nothing_is_a_result(backend: SearchBackend, query: Query) -> None:
    found = await backend.search(query)
    assert all(hit.evidence.words == 0 for hit in found.hits)
    assert await backend.recall(query, 5) == []


async def test_an_empty_corpus_finds_nothing(
    open_backend: Open, analyzer: Analyzer, reader: Reader
) -> None:
    empty = open_backend(index_file.build([], [], analyzer))
    found = await empty.search(asking(reader, "退货单位"))
    assert (found.hits, found.recalled) == ([], [])


async def test_a_title_speaks_for_the_sentences_under_it(
    backend: SearchBackend, reader: Reader
) -> None:
    found = await backend.search(asking(reader, "打开退货的门"))
    by_article: dict[str, list[Evidence]] = {}
    for hit in found.hits:
        by_article.setdefault(hit.paragraph.article_id, []).append(hit.evidence)
    # 蓝桥区打开退货的门 is the title of one; 退货 stands in the text of another.
    assert all(evidence.words > 0 for evidence in by_article["lanqiao"])
    assert by_article["lanqiao"][0].article > 1 > by_article["baita"][0].article


async def test_what_is_talked_of_brings_its_sentences_along(
    open_backend: Open, analyzer: Analyzer, reader: Reader
) -> None:
    says = ["蓝桥区有退货单位。"] * 60
    many = tuple(Paragraph("many", number, text) for number, text in enumerate(says))
    few = (Paragraph("few", 0, "课上也讲过几句怎样退货。"),)
    articles = [Article("many", None, None, many), Article("few", None, None, few)]
    backend = open_backend(index_file.build(articles, [], analyzer))
    query = asking(reader, "蓝桥区退货单位几家")
    found = {hit.paragraph.article_id for hit in (await backend.search(query)).hits}
    talked_of = (await backend.search(query._replace(article="few"))).hits
    assert found == {"many"}
    assert {hit.paragraph.article_id for hit in talked_of} == {"many", "few"}
    assert await backend.search(query._replace(article="gone")) == await backend.search(query)


@given(text=TYPED)
async def test_results_keep_their_promises(
    backend: SearchBackend, reader: Reader, text: str
) -> None:
    query = asking(reader, text)
    found = await backend.search(query)
    assert len({hit.sentence for hit in found.hits}) == len(found.hits)
    assert len(found.rarity) == len(found.near) == len(query.topical)
    for hit in found.hits:
        assert hit.paragraph.text[hit.start : hit.end].strip()
        assert len(hit.met) == len(hit.named) == len(query.topical)
        for name, value in zip(Evidence._fields, hit.evidence, strict=True):
            assert 0 <= value <= 3, name
        assert all(0 <= value <= 1 + 1e-6 for value in (*hit.met, *hit.named))
    assert all(0 < one.similarity <= 1 + 1e-9 for one in found.recalled)
    assert all(0 <= one.shared <= 1 + 1e-9 for one in found.recalled)


@given(text=TYPED, k=st.integers(0, 8))
async def test_asking_for_fewer_gives_the_first_of_more(
    backend: SearchBackend, reader: Reader, text: str, k: int
) -> None:
    query = asking(reader, text)
    assert await backend.recall(query, k) == (await backend.recall(query, 99))[:k]


async def test_ties_stand_in_the_order_of_the_corpus(twins: SearchBackend, reader: Reader) -> None:
    found = await twins.search(asking(reader, "退货单位"))
    assert [hit.paragraph.number for hit in found.hits] == list(range(12))
    recalled = await twins.recall(asking(reader, "退货单位"), 5)
    assert [one.ask.paragraph for one in recalled] == [0, 1, 2, 3, 4]


async def test_words_are_the_share_of_the_question_that_is_held(
    twins: SearchBackend, reader: Reader
) -> None:
    whole = (await twins.search(asking(reader, "蓝桥区有退货单位"))).hits[0]
    part = (await twins.search(asking(reader, "退货单位在云里雾里"))).hits[0]
    assert whole.evidence.words > 0.8
    assert 0 < part.evidence.words < 0.5
    assert whole.evidence.article > part.evidence.article > 0
