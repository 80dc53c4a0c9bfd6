from __future__ import annotations

import pytest

from bot.analysis.analyzer import Analyzer
from bot.answer import compare
from bot.answer.answer import Remark
from bot.answer.candidate import Candidate
from bot.answer.features import NOTHING, Ranked
from bot.answer.select import Reading
from bot.article import Article
from bot.question.question import Question
from bot.question.writing import Writing
from bot.search.voice import Found
from tests.tiny import clause

Articles = dict[str, Article]


ASKED = Question("", "", Writing.HANS)


def ranked(*candidates: Candidate) -> Ranked:
    return [(-place / 3, candidate, NOTHING) for place, candidate in enumerate(candidates)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("蓝桥区无理由退货单位已有120家", "白塔无理由退货单位达到90家"),
        ("共有联络点350个", "累计创建联络点8个"),
        ("“无理由退货承诺单位”2000余家", "无理由退货承诺单位313家"),
    ],
)
def test_clauses_that_count_the_same_thing(analyzer: Analyzer, one: str, other: str) -> None:
    lexicon = analyzer.lexicon
    assert compare.counted(one, lexicon) == compare.counted(other, lexicon) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("无理由退货单位313家", "无理由退货承诺单位2000余家"),
        ("联络点350个", "五星级联络点12个"),
        ("开课36次", "开课36场"),
    ],
)
def test_clauses_that_count_different_things(analyzer: Analyzer, one: str, other: str) -> None:
    assert compare.counted(one, analyzer.lexicon) != compare.counted(other, analyzer.lexicon)


def test_a_clause_without_a_number_counts_nothing(analyzer: Analyzer) -> None:
    assert compare.counted("蓝桥区设了联络点", analyzer.lexicon) == ""


def test_two_clauses_are_set_side_by_side(analyzer: Analyzer, articles: Articles) -> None:
    a = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家")
    b = clause(articles, "baita", "白塔区无理由退货承诺单位达到90家")
    got = compare.compared(a, b, analyzer.lexicon, ASKED)
    assert got is not None
    assert got.leads == (f"截至2022年2月，{a.says}", b.says)
    assert [one.article.id for one in got.excerpts] == ["lanqiao", "baita"]
    assert got.remark is Remark.DIFFERENT_THINGS


def test_the_same_thing_is_compared_without_a_warning(
    analyzer: Analyzer, articles: Articles
) -> None:
    a = clause(articles, "lanqiao", "消费维权联络点8个")
    b = clause(articles, "qinglan", "消费维权联络点350个")
    got = compare.compared(a, b, analyzer.lexicon, ASKED)
    assert got is not None
    assert got.remark is Remark.COMPARISON


def test_one_sentence_that_holds_both_sides_is_cited_once(
    analyzer: Analyzer, articles: Articles
) -> None:
    a = clause(articles, "qinglan", "消费维权联络点350个")
    b = clause(articles, "qinglan", "五星级联络点12个")
    got = compare.compared(a, b, analyzer.lexicon, ASKED)
    assert got is not None
    assert got.leads == ("青岚市共有消费维权联络点350个，其中五星级联络点12个",)
    assert (len(got.excerpts), got.remark) == (1, None)


def test_of_further_clauses_the_best_one_is_cited_beside_the_two(
    analyzer: Analyzer, articles: Articles
) -> None:
    a = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家")
    b = clause(articles, "baita", "白塔区无理由退货承诺单位达到90家")
    worse = clause(articles, "songhe", "平台调解纠纷77件")
    better = clause(articles, "qinglan", "青岚市共有消费维权联络点350个")
    others = [(0.1, worse, NOTHING), (0.5, better, NOTHING)]
    got = compare.compared(a, b, analyzer.lexicon, ASKED, others)
    assert got is not None
    assert [one.article.id for one in got.excerpts] == ["lanqiao", "baita", "qinglan"]


def test_a_side_that_cannot_be_quoted_is_not_compared(
    analyzer: Analyzer, articles: Articles
) -> None:
    a = clause(articles, "lanqiao", "蓝桥区的巡回服务车⟦每⟧周开到社区两次")
    b = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    assert compare.compared(a, b, analyzer.lexicon, ASKED) is None
    assert compare.compared(b, a, analyzer.lexicon, ASKED) is None


def test_the_pair_speaks_of_the_same_matter(analyzer: Analyzer, articles: Articles) -> None:
    course = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    returns = clause(articles, "baita", "白塔区无理由退货承诺单位达到90家")
    there = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家")
    sides = [ranked(there), ranked(course, returns)]
    assert compare.pair(sides, analyzer.lexicon, counting=True, alike=True) == (there, returns)


def test_of_a_pair_as_good_the_one_that_gives_one_kind_of_answer_goes_together(
    analyzer: Analyzer, articles: Articles
) -> None:
    there = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家", "count")
    for kinds in (("count", "who"), ("who", "count")):
        course, other = (
            clause(articles, "baita", "白塔区消费课堂一年开课36次", kind) for kind in kinds
        )
        other.start += 1
        found = [[(0.0, there, NOTHING)], [(0.0, course, NOTHING), (0.0, other, NOTHING)]]
        got = compare.pair(found, analyzer.lexicon, counting=False, alike=True)
        assert got is not None
        assert got[1].kind == "count"


def test_where_figures_are_compared_a_clause_without_one_stands_back(
    analyzer: Analyzer, articles: Articles
) -> None:
    there = clause(articles, "lanqiao", "蓝桥区推行ODR平台")
    figure = clause(articles, "lanqiao", "消费维权联络点8个")
    here = clause(articles, "songhe", "平台调解纠纷77件")
    sides = [ranked(there, figure), ranked(here)]
    assert compare.pair(sides, analyzer.lexicon, counting=True, alike=True) == (figure, here)


def test_nothing_is_compared_with_itself_or_with_nothing(
    analyzer: Analyzer, articles: Articles
) -> None:
    one = clause(articles, "qinglan", "消费维权联络点350个")
    assert (
        compare.pair([ranked(one), ranked(one)], analyzer.lexicon, counting=True, alike=True)
        is None
    )
    assert compare.pair([ranked(one), []], analyzer.lexicon, counting=False, alike=True) is None


def test_sides_that_ask_for_different_things_are_each_the_best_of_its_own(
    analyzer: Analyzer, articles: Articles
) -> None:
    course = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    returns = clause(articles, "baita", "白塔区无理由退货承诺单位达到90家")
    there = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家")
    sides = [ranked(there), ranked(course, returns)]
    assert compare.pair(sides, analyzer.lexicon, counting=False, alike=False) == (there, course)


def reading(*candidates: Candidate, probability: float = 1.0, **features: float) -> Reading:
    items = [(0.0, candidate, NOTHING._replace(**features)) for candidate in candidates]
    question = Question("2022年几家", "2022年几家", Writing.HANS, years=("2022",))
    return Reading(question, Found(), [], items, probability)


def test_a_side_is_stated_when_it_is_likely_of_its_year_and_not_contradicted(
    articles: Articles,
) -> None:
    here = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家")  # of February 2022
    other_year = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    assert compare.stated(reading(here), 0.5)
    assert not compare.stated(reading(here, probability=0.05), 0.5)
    assert compare.stated(reading(here, probability=0.5), 0.5)
    assert compare.stated(reading(here, probability=0.46), 0.5)  # the other side speaks for it
    assert not compare.stated(reading(here, contradicts=1.0), 0.5)
    assert not compare.stated(reading(other_year), 0.5)
    assert not compare.stated(reading(), 0.5)
