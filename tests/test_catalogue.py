from __future__ import annotations

import pytest

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.article import MARK_OPEN, Article
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.suggestion import key
from bot.search.index import Index


@pytest.fixture
def catalogue(articles: dict[str, Article], index: Index, analyzer: Analyzer) -> Catalogue:
    asks = [*index.known.asks, *index.english.asks]
    return Catalogue(articles, asks, analyzer)


def told(catalogue: Catalogue) -> dict[str, dict[str, list[str]]]:
    return {
        matter.name: {
            str(cell.region): [fact.says for fact in cell.facts] for cell in catalogue.cells(matter)
        }
        for matter in catalogue.matters
    }


def test_a_matter_is_told_of_where_a_clause_holds_its_concept(catalogue: Catalogue) -> None:
    assert told(catalogue) == {
        "无理由退货": {
            "青岚市白塔区": ["白塔区无理由退货承诺单位达到90家"],
            "青岚市蓝桥区": ["蓝桥区无理由退货单位已有120家"],
        },
        "消费课堂": {"青岚市白塔区": ["白塔区消费课堂一年开课36次"]},
        "消费维权联络点": {"青岚市": ["青岚市共有消费维权联络点350个"]},
    }


def test_every_fact_is_a_clause_of_a_sentence_that_may_be_quoted(catalogue: Catalogue) -> None:
    for article in catalogue.articles:
        facts = catalogue.facts(article)
        assert facts
        for fact in facts:
            assert fact.says in fact.excerpt.quote
            assert fact.excerpt.article is article
            assert MARK_OPEN not in fact.excerpt.quote  # 蓝桥区的巡回服务车⟦每⟧周


def test_an_article_without_questions_tells_its_clauses(catalogue: Catalogue) -> None:
    article = catalogue.article(key("songhe"))
    assert article is not None
    facts = catalogue.facts(article)
    assert [fact.says for fact in facts] == [
        "松河县开通了线上调解平台",
        "2021年",
        "平台调解纠纷77件",
    ]
    assert not any(fact.asks or fact.kind for fact in facts)


def test_a_question_to_be_shown_names_its_place(catalogue: Catalogue) -> None:
    article = catalogue.article(key("lanqiao"))
    assert article is not None
    fact = next(fact for fact in catalogue.facts(article) if "120家" in fact.says)
    assert fact.asks == (
        "蓝桥区有多少家无理由退货单位",
        "蓝桥有几家店可以无理由退货",
        "蓝桥无理由退货多少家",
    )
    assert fact.english == ("How many shops in Lanqiao take back what nobody wants any more?",)
    assert fact.weight == 5


def test_a_question_that_tries_a_figure_is_not_the_one_to_show(
    articles: dict[str, Article], analyzer: Analyzer
) -> None:
    said = "蓝桥区无理由退货单位已有120家"
    texts = ("蓝桥区无理由退货单位是不是121家", "蓝桥哪里不怕买错", "蓝桥区无理由退货单位有多少")
    asks = [Ask(text, "lanqiao", 2, said, "count") for text in texts]
    catalogue = Catalogue(articles, asks, analyzer)
    article = articles["lanqiao"]
    fact = next(fact for fact in catalogue.facts(article) if fact.asks)
    assert fact.asks[0] == "蓝桥区无理由退货单位有多少"


def test_what_a_key_names_is_found_and_nothing_else(catalogue: Catalogue) -> None:
    assert catalogue.article(key("nothing")) is None
    assert catalogue.matter(key("消费课堂")) == catalogue.matters[1]
    assert catalogue.matter(key("预付卡")) is None  # in the lexicon, but no article tells of it
    assert catalogue.matter("") is None


def test_a_user_names_a_matter_by_any_wording_of_it(catalogue: Catalogue) -> None:
    for text in ("无理由退货", "随便退"):
        found = catalogue.matter_in(text)
        assert found is not None
        assert found.name == "无理由退货"
    assert catalogue.matter_in("天气") is None
    assert catalogue.places_in("蓝桥") == {"蓝桥区", "青岚市"}


def test_an_empty_corpus_has_nothing(analyzer: Analyzer) -> None:
    catalogue = Catalogue({}, [], analyzer)
    assert not catalogue.matters
    assert not catalogue.articles
