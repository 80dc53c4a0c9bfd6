from __future__ import annotations

import dataclasses

import pytest

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.lexicon import Place
from bot.answer.places import EXACT, MENTIONED, NAMED, NONE, OTHER, WIDER, PlaceFit
from bot.article import Article, Kind, Paragraph, Region
from bot.question.question import Question, Reader
from bot.question.writing import Writing

Articles = dict[str, Article]


@pytest.fixture(scope="module")
def fit(analyzer: Analyzer) -> PlaceFit:
    return PlaceFit(analyzer)


@pytest.fixture(scope="module")
def places(analyzer: Analyzer) -> dict[str, Place]:
    return analyzer.lexicon.places.entries


@pytest.mark.parametrize(
    ("names", "article", "paragraph", "degree"),
    [
        (["蓝桥区"], "lanqiao", 2, EXACT),
        (["蓝桥"], "lanqiao", 0, EXACT),
        (["青岚市"], "qinglan", 0, EXACT),
        (["青岚市"], "lanqiao", 2, WIDER),
        (["白塔"], "lanqiao", 2, OTHER),
        (["松河"], "qinglan", 0, OTHER),
        (["白塔", "蓝桥"], "lanqiao", 2, EXACT),
        (["银杏广场"], "lanqiao", 2, OTHER),  # lies there and is not spoken of
        ([], "lanqiao", 2, NONE),
    ],
)
def test_how_well_a_paragraph_fits_a_place(
    fit: PlaceFit,
    places: dict[str, Place],
    articles: Articles,
    names: list[str],
    article: str,
    paragraph: int,
    degree: float,
) -> None:
    asked = [places[name] for name in names]
    got = fit.of(asked, articles[article], articles[article].paragraphs[paragraph])
    assert got == degree


def test_a_paragraph_that_names_the_place_fits_it(
    fit: PlaceFit, places: dict[str, Place], articles: Articles
) -> None:
    other = articles["songhe"].paragraphs[0]
    naming = dataclasses.replace(other, text="松河县向白塔學了调解。")
    assert fit.of([places["白塔"]], articles["songhe"], naming) == MENTIONED
    assert fit.of([places["白塔"]], articles["songhe"], other) == OTHER


def test_a_report_on_the_whole_country_fits_every_place(
    fit: PlaceFit, places: dict[str, Place], articles: Articles
) -> None:
    national = dataclasses.replace(articles["songhe"], id="national", region=Region())
    assert fit.of([places["白塔"]], national, national.paragraphs[0]) == NONE


def test_a_place_that_only_another_paragraph_names_fits_a_little(
    fit: PlaceFit, places: dict[str, Place], articles: Articles
) -> None:
    songhe = articles["songhe"]
    naming = dataclasses.replace(songhe.paragraphs[0], number=1, text="白塔区也来学了调解。")
    both = dataclasses.replace(songhe, paragraphs=(songhe.paragraphs[0], naming))
    assert fit.of([places["白塔"]], both, both.paragraphs[0]) == NAMED
    assert fit.of([places["白塔"]], both, naming) == MENTIONED


def silent(text: str, article: str | None) -> Ask:
    return Ask(text, article, 0 if article else None, None, "", "名单")


@pytest.mark.parametrize(
    ("ask", "names", "elsewhere", "applies"),
    [
        (silent("有名单吗", "lanqiao"), ["白塔"], (), True),
        (silent("蓝桥有名单吗", "lanqiao"), ["白塔"], (), False),
        (silent("蓝桥有名单吗", "lanqiao"), ["白塔", "蓝桥"], (), True),
        (silent("蓝桥有名单吗", "lanqiao"), [], (), True),
        (silent("白塔有名单吗", "lanqiao"), ["白塔"], (), True),
        (silent("白塔有名单吗", "lanqiao"), ["蓝桥"], (), False),
        (silent("白塔有名单吗", "lanqiao"), [], (), False),
        (silent("青岚有名单吗", "lanqiao"), ["白塔"], (), False),
        (silent("青岚有名单吗", "lanqiao"), ["青岚"], (), True),
        (silent("虹口有名单吗", None), ["蓝桥"], (), False),
        (silent("虹口有名单吗", None), [], ("海口",), True),
    ],
)
def test_a_known_question_that_is_unanswered_for_its_place_says_nothing_of_others(
    fit: PlaceFit,
    places: dict[str, Place],
    articles: Articles,
    ask: Ask,
    names: list[str],
    elsewhere: tuple[str, ...],
    applies: bool,
) -> None:
    asked = tuple(places[name] for name in names)
    question = Question("", "", Writing.HANS, places=asked, elsewhere=elsewhere)
    assert fit.applies(ask, question, articles) == applies


@pytest.mark.parametrize(
    ("ask", "plain", "applies"),
    [
        ("2019年有名单吗", "有名单吗", False),
        ("2019年有名单吗", "2019年有名单吗", True),
        ("全区一共有名单吗", "有名单吗", False),
        ("全区一共有名单吗", "总共有名单吗", True),
        ("有名单吗", "2019年一共有名单吗", True),
    ],
)
def test_what_is_unanswered_of_a_time_or_a_total_says_nothing_of_others(
    fit: PlaceFit, articles: Articles, ask: str, plain: str, applies: bool
) -> None:
    question = Question(plain, plain, Writing.HANS)
    assert fit.applies(silent(ask, "lanqiao"), question, articles) == applies


@pytest.mark.parametrize(
    ("names", "plain", "text", "degree"),
    [
        (["白塔"], "白塔的店怎么退", "在白塔，店家要退。", EXACT),
        (["松河"], "松河的店怎么退", "在白塔，店家要退。", OTHER),
        ([], "店家怎么退", "在白塔，店家要退。", NONE),
        (["松河"], "松河的店怎么退", "店家要退。", NONE),
    ],
)
def test_a_local_rule_holds_where_it_says_and_a_national_one_everywhere(
    fit: PlaceFit,
    places: dict[str, Place],
    names: list[str],
    plain: str,
    text: str,
    degree: float,
) -> None:
    guide = Article("g", "怎么退", None, (Paragraph("g", 0, text),), kind=Kind.GUIDE)
    question = Question(plain, plain, Writing.HANS, tuple(places[name] for name in names))
    assert fit.of_rule(question, guide, guide.paragraphs[0]) == degree


def test_a_thing_from_abroad_may_be_bought_here(real_reader: Reader) -> None:
    fit = PlaceFit(real_reader.analyzer)
    guide = Article("g", "怎么退", None, (Paragraph("g", 0, "店家要退。"),), kind=Kind.GUIDE)
    fits = [
        fit.of_rule(real_reader.read(text), guide, guide.paragraphs[0])
        for text in ("买了两罐日本糖怎么退", "在日本买的糖怎么退", "日本怎么退货")
    ]
    assert fits == [NONE, OTHER, OTHER]
