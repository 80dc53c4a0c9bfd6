"""Places are known from what the articles say, not from a list of those that they may speak of."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import indexing
from bot.analysis import gazetteer
from bot.analysis.analyzer import Analyzer
from bot.analysis.lexicon import Place
from bot.article import Article, Paragraph, Region
from bot.settings import shipped_corpus


@pytest.fixture(scope="module")
def bare() -> Analyzer:
    """An analyzer that knows all divisions and no article."""
    return Analyzer(indexing.read_lexicon(shipped_corpus()))


def article(title: str, *texts: str, region: Region | None = None) -> Article:
    paragraphs = tuple(Paragraph("new", number, text) for number, text in enumerate(texts))
    return Article("new", title, None, paragraphs, region=region or Region())


def names(bare: Analyzer, *articles: Article) -> set[str]:
    return {place.name for place in gazetteer.spoken_of(articles, bare).values()}


def test_a_place_is_known_from_a_title_a_text_or_a_region(bare: Analyzer) -> None:
    assert {"西宁市", "青海省"} <= names(bare, article("西宁的维权站", "站点有三百个。"))
    assert "西宁市" in names(bare, article("维权站", "记者在西宁看到，站点有三百个。"))
    region = Region("青海省", "西宁市", "城西区")
    assert {"青海省", "西宁市", "城西区"} <= names(
        bare, article("维权站", "三百个。", region=region)
    )
    assert names(bare, article("维权站", "站点有三百个。")) == set()


def test_a_place_is_known_by_its_everyday_name_too(bare: Analyzer) -> None:
    known = gazetteer.spoken_of([article("站", "奇台县的巴扎里有一杆公平秤。")], bare)
    assert known["奇台"].name == known["奇台县"].name == "奇台县"


@pytest.mark.parametrize(
    "text", ["南京西路上新开了店。", "北京时间上午九点开门。", "吉林路商圈十家店铺承诺退货。"]
)
def test_a_road_or_a_clock_that_bears_a_place_s_name_is_none(bare: Analyzer, text: str) -> None:
    assert names(bare, article("一家店", text)) == set()


def test_a_word_that_some_far_county_is_called_by_is_no_place(bare: Analyzer) -> None:
    region = Region("山东省", "威海市", "文登区")
    assert "温泉县" not in names(bare, article("文登区温泉酒店", "泡温泉。", region=region))
    assert "温泉县" in names(bare, article("站", "博尔塔拉的温泉设了站。"))
    assert "温泉县" in names(bare, article("站", "温泉县设了站。"))


def test_a_name_inside_other_words_is_no_place(bare: Analyzer) -> None:
    assert "和静县" not in names(bare, article("站", "奉贤和静安寺相比，店多一些。"))


def test_a_district_that_shares_its_name_belongs_to_the_city_of_the_region(bare: Analyzer) -> None:
    region = Region("天津市", "天津市", "和平区")
    known = gazetteer.spoken_of([article("条款无效", "法院判了。", region=region)], bare)
    assert known["和平区"] == Place("和平区", "district", "天津市", known=True)


def test_of_cities_and_districts_with_one_everyday_name_the_region_s_is_meant(
    bare: Analyzer,
) -> None:
    region = Region("山西省", "大同市")
    known = gazetteer.spoken_of([article("酱菜店", "红转黑。", region=region)], bare)
    assert known["大同"].name == "大同市"


def test_the_tiny_corpus_speaks_of_its_own_places_only(tiny_corpus: Path) -> None:
    places = indexing.read_analyzer(tiny_corpus).lexicon.places.entries
    assert places["蓝桥"].known
    assert not places["虹口"].known
    assert not places["银杏广场"].known  # the lexicon lists it, and no article names it
