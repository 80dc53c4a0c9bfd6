from __future__ import annotations

import dataclasses
import datetime

import pytest

from bot.answer.answer import Reason
from bot.answer.candidate import Candidate, clause_of
from bot.answer.conditions import Conditions
from bot.article import Article, Paragraph, Region
from bot.question.question import Reader

TEXT = (
    "6月17日，天一商圈举办论坛3次。共评出五星级联络点56家、四星级联络点99家。"
    "星级联络点五星级、四星级共155家。尚有7件投诉未办结。2021年受理投诉9件。"
)


@pytest.fixture(scope="module")
def conditions(real_reader: Reader) -> Conditions:
    return Conditions(real_reader.lexicon.contrasts)


def clause(says: str, text: str = TEXT, event_date: str | None = None) -> Candidate:
    paragraph = Paragraph("a", 0, text)
    article = Article(
        "a", "某区办论坛", None, (paragraph,), event_date=event_date, region=Region("上海市")
    )
    found = clause_of(article, paragraph, says, says)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "says", "reason"),
    [
        ("6月17日举办了几次论坛", "举办论坛3次", None),
        ("6月18日举办了几次论坛", "举办论坛3次", Reason.UNKNOWN_TIME),
        ("昨天举办了几次论坛", "举办论坛3次", Reason.UNKNOWN_TIME),
        ("五星级联络点有多少家", "五星级联络点56家", None),
        ("四星级联络点有多少家", "四星级联络点99家", None),
        ("四星级联络点有多少家", "四星级共155家", Reason.MISSING_PART),
        ("五星级、四星级联络点有多少家", "四星级共155家", None),
        ("没有办结的投诉有多少件", "尚有7件投诉未办结", None),
        ("没有受理的投诉有多少件", "受理投诉9件", Reason.MISSING_PART),
        ("没有受理的投诉怎么办", "受理投诉9件", None),  # asks what to do
        ("2021年受理投诉多少件", "受理投诉9件", None),
        ("2019年受理投诉多少件", "受理投诉9件", Reason.UNKNOWN_YEAR),
        ("论坛的联系电话", "举办论坛3次", Reason.MISSING_PART),
        ("星级联络点是什么意思", "四星级共155家", Reason.MISSING_PART),
        ("论坛有多少人参加", "尚有7件投诉未办结", None),
        ("举办了几场论坛", "举办论坛3次", None),
        ("平安夜举办了几场论坛", "举办论坛3次", Reason.UNKNOWN_TIME),
        ("我去年看过，举办了几场论坛", "举办论坛3次", None),  # the time is the asker's
        ("下周还办不办论坛，我想去听", "举办论坛3次", Reason.UNKNOWN_TIME),
        ("加起来有多少", "举办论坛3次", Reason.MISSING_PART),
        ("五星级、四星级加起来有多少家", "四星级共155家", None),
    ],
)
def test_a_sentence_lacks_what_is_demanded_or_does_not(
    conditions: Conditions, real_reader: Reader, text: str, says: str, reason: Reason | None
) -> None:
    got = conditions.unmet(real_reader.read(text), clause(says))
    assert (got and got.reason) == reason


@pytest.mark.parametrize(
    ("text", "said", "fits"),
    [
        ("2022年受理了多少件", "2022年起步。今年受理投诉9件。", False),
        ("2024年受理了多少件", "2022年起步。今年受理投诉9件。", True),
        ("2023年受理了多少件", "2023年成立。去年受理投诉9件。", True),
        ("2022年受理了多少件", "2022年、2023年两次扩建。全年受理投诉9件。", False),
        ("2023年受理了多少件", "2022年、2023年两次扩建。全年受理投诉9件。", True),
        ("2024年受理了多少件", "2022年扩建。全年受理投诉9件，不到2024年的预计。", True),
        ("2022年为什么扩建", "2022年扩建。因为人多。", True),  # counts nothing
        ("2022年为什么扩建", "2022年、2023年两次扩建。因为人多。", True),
        ("2024年受理了多少件", "2022年扩建。全年受理投诉9件。", True),  # the article's own year
    ],
)
def test_a_sentence_without_a_year_is_of_the_last_one_told_or_its_articles(
    conditions: Conditions, real_reader: Reader, text: str, said: str, fits: bool
) -> None:
    paragraph = Paragraph("a", 0, said)
    article = Article("a", "某区受理投诉", None, (paragraph,), published="2024-02-03")
    found = clause_of(article, paragraph, said.split("。")[1], "")
    assert found is not None
    assert conditions.fits(real_reader.read(text), found) is fits


@pytest.mark.parametrize(("year", "fits"), [("2020", False), ("2022", True), ("2024", True)])
def test_the_year_told_last_may_stand_in_an_earlier_paragraph(
    conditions: Conditions, real_reader: Reader, year: str, fits: bool
) -> None:
    texts = ("2020年起步。", "2022年扩建。", "全年受理投诉9件。")
    paragraphs = tuple(Paragraph("a", number, text) for number, text in enumerate(texts))
    article = Article("a", "某区受理投诉", None, paragraphs, published="2024-02-03")
    found = clause_of(article, paragraphs[2], "全年受理投诉9件", "")
    assert found is not None
    assert conditions.fits(real_reader.read(f"{year}年受理了多少件"), found) is fits


@pytest.mark.parametrize(
    ("text", "said", "fits"),
    [
        ("第二批有多少家", "第二批有31家。", True),
        ("第二批有多少家", "第三批有31家。", False),
        ("第四批有多少家", "有31家。第三批未公布。", False),
        ("第三批有多少家", "有31家。第三批未公布。", True),
        ("第三批有多少家", "第二届有31家。第三批未公布。", True),  # of a forum
        ("第二回检测出多少", "第二次检出31毫克。", True),
        ("第一批有多少家", "首批有31家。", True),
        ("第五天想退怎么退", "签约后可退。", True),  # a day of one's own
    ],
)
def test_the_second_of_a_row_is_not_the_third(
    conditions: Conditions, real_reader: Reader, text: str, said: str, fits: bool
) -> None:
    assert (
        conditions.fits(real_reader.read(text), clause(said.split("。", maxsplit=1)[0], said))
        is fits
    )


@pytest.mark.parametrize(("day", "fits"), [("06-18", True), ("06-19", False), (None, False)])
def test_a_sentence_without_a_day_is_of_its_articles(
    conditions: Conditions, real_reader: Reader, day: str | None, fits: bool
) -> None:
    found = clause("举办论坛3次", "某区举办论坛3次。", day)
    assert conditions.fits(real_reader.read("6月18日举办了几次论坛"), found) is fits


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("某区举办论坛3次。6月18日闭幕。", True),  # its paragraph tells the day
        ("6月17日举办论坛3次。6月18日闭幕。", False),  # it has a day of its own
    ],
)
def test_a_sentence_without_a_day_is_of_its_paragraphs(
    conditions: Conditions, real_reader: Reader, said: str, fits: bool
) -> None:
    found = clause("举办论坛3次", said)
    assert conditions.fits(real_reader.read("6月18日举办了几次论坛"), found) is fits


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("6月18日由谁办论坛", Reason.UNKNOWN_TIME),
        ("我6月18日买的论坛门票想退找谁", None),  # tells of a day of one's own
        ("6月18日办论坛要怎么报名", None),  # how it is done is true of every day
    ],
)
def test_only_what_is_true_of_one_day_has_to_be_of_the_day_named(
    conditions: Conditions, real_reader: Reader, text: str, reason: Reason | None
) -> None:
    got = conditions.unmet(real_reader.read(text), clause("举办论坛3次"))
    assert (got and got.reason) == reason


def test_a_sentence_that_may_not_be_quoted_lacks_nothing_but_a_year(
    conditions: Conditions, real_reader: Reader
) -> None:
    marked = clause("⟦五⟧家", "有⟦五⟧家。")
    marked.article = dataclasses.replace(marked.article, published="2024-02-03")
    for text, reason in (
        ("有几家", Reason.UNQUOTABLE),
        ("2024年有几家", Reason.UNKNOWN_YEAR),
        ("9月30日有几家", Reason.UNKNOWN_TIME),
    ):
        asked = real_reader.read(text)
        got = conditions.unmet(asked, marked)
        assert got is not None
        assert got.reason is reason
        assert conditions.fits(asked, marked) is (reason is Reason.UNQUOTABLE)


def test_the_figure_of_one_street_is_none_of_another(
    conditions: Conditions, real_reader: Reader
) -> None:
    asked = real_reader.read("天一商圈举办了几次论坛")
    assert asked.names == ("天一商圈",)
    assert conditions.fits(asked, clause("举办论坛3次"))
    assert not conditions.fits(asked, clause("举办论坛5次", "青溪老街举办论坛5次。"))
    assert not conditions.fits(asked, clause("举办论坛5次", "举办论坛5次。天一商圈另办。"))
    titled = clause("举办论坛5次", "举办论坛5次。")
    titled.article = dataclasses.replace(titled.article, title="天一商圈办论坛")
    assert conditions.fits(asked, titled)
    who = real_reader.read("天一商圈由谁举办论坛")
    assert conditions.fits(who, clause("某协会举办论坛", "某协会举办论坛。"))  # no figure


def test_what_a_word_means_is_told_by_a_sentence_that_explains_it(
    conditions: Conditions, real_reader: Reader
) -> None:
    asked = real_reader.read("冷静期是什么意思")
    assert conditions.fits(asked, clause("所谓冷静期", "所谓冷静期，是指付款后的七天。"))
    assert not conditions.fits(asked, clause("冷静期的有58家", "实行冷静期的有58家。"))
    assert not conditions.fits(asked, clause("所谓定金", "所谓定金，是指先付的钱。"))


def test_a_figure_of_how_one_became_the_other_is_of_neither(
    conditions: Conditions, real_reader: Reader
) -> None:
    became = "首批四星级联络点中，共有23家评为第二批五星级联络点。"
    says = "首批四星级联络点中，共有23家评为第二批五星级联络点"
    assert not conditions.fits(real_reader.read("第二批五星级联络点几家"), clause(says, became))
    assert conditions.fits(
        real_reader.read("首批四星级有多少家评为第二批五星级"), clause(says, became)
    )


def test_a_short_answer_is_of_the_one_asked_about_by_itself(
    conditions: Conditions, real_reader: Reader
) -> None:
    asked = real_reader.read("五星级联络点有几家")
    assert conditions.told_apart(asked, "五星级联络点56家")
    assert not conditions.told_apart(asked, "五星级、四星级联络点共155家")
    assert conditions.told_apart(asked, "五星级、四星级联络点共155家，其中五星级56家")
    assert conditions.told_apart(real_reader.read("五星级联络点怎么评"), "五星级、四星级都要评")


@pytest.mark.parametrize(
    "text",
    [
        "6月17日由谁举办",
        "2021年由谁举办",
        "没有受理的投诉有哪些",
        "天一商圈由谁举办",
        "第四届由谁举办",
        "五星级由谁评",
    ],
)
def test_any_one_demand_binds(conditions: Conditions, real_reader: Reader, text: str) -> None:
    assert conditions.binds(real_reader.read(text))


def test_questions_without_demands_bind_nothing(
    conditions: Conditions, real_reader: Reader
) -> None:
    assert not conditions.binds(real_reader.read("举办了几次论坛"))
    assert conditions.binds(real_reader.read("上个月举办了几次论坛"))
    assert real_reader.read("上个月几次").times[0].last < datetime.date.today()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "said", "fits"),
    [
        ("老年人的投诉有几件", "共受理投诉38464件。", False),
        ("老年人的投诉有几件", "老年人投诉120件。", True),
        ("我是老年人，投诉有几件", "共受理投诉38464件。", True),  # tells of oneself
        ("落选的有几家", "共评出155家。", False),
    ],
)
def test_a_figure_of_everybody_is_none_of_one_group(
    conditions: Conditions, real_reader: Reader, text: str, said: str, fits: bool
) -> None:
    assert conditions.fits(real_reader.read(text), clause(said, said)) is fits


def test_a_latin_name_that_articles_use_stands_in_the_article_that_counts_it(
    conditions: Conditions, real_reader: Reader
) -> None:
    asked = real_reader.read("加入ODR的企业有几家")
    assert not conditions.fits(asked, clause("有企业30家", "有企业30家。"))
    assert conditions.fits(asked, clause("有企业30家", "有企业30家。都用ODR平台。"))
