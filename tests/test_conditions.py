from __future__ import annotations

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
    ],
)
def test_a_sentence_lacks_what_is_demanded_or_does_not(
    conditions: Conditions, real_reader: Reader, text: str, says: str, reason: Reason | None
) -> None:
    got = conditions.unmet(real_reader.read(text), clause(says))
    assert (got and got.reason) == reason


@pytest.mark.parametrize(("day", "fits"), [("06-18", True), ("06-19", False), (None, False)])
def test_a_sentence_without_a_day_is_of_its_articles(
    conditions: Conditions, real_reader: Reader, day: str | None, fits: bool
) -> None:
    found = clause("举办论坛3次", "某区举办论坛3次。", day)
    assert conditions.fits(real_reader.read("6月18日举办了几次论坛"), found) is fits


def test_the_figure_of_one_street_is_none_of_another(
    conditions: Conditions, real_reader: Reader
) -> None:
    asked = real_reader.read("天一商圈举办了几次论坛")
    assert asked.names == ("天一商圈",)
    assert conditions.fits(asked, clause("举办论坛3次"))
    assert not conditions.fits(asked, clause("举办论坛5次", "青溪老街举办论坛5次。"))


def test_questions_without_demands_bind_nothing(
    conditions: Conditions, real_reader: Reader
) -> None:
    assert not conditions.binds(real_reader.read("举办了几次论坛"))
    assert conditions.binds(real_reader.read("上个月举办了几次论坛"))
    assert real_reader.read("上个月几次").times[0].last < datetime.date.today()  # type: ignore[operator]
