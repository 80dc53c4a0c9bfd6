from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question import times
from bot.question.times import Time

TODAY = datetime.date(2024, 3, 13)  # a Wednesday


def only(text: str) -> Time:
    (time,) = times.named(text, TODAY)
    return time


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("5月1日有什么活动", 5, 1),
        ("十月二十九号", 10, 29),
        ("6月的论坛", 6, 0),
        ("12月25号", 12, 25),
    ],
)
def test_days_and_months_are_named(text: str, month: int, day: int) -> None:
    assert (only(text).month, only(text).day) == (month, day)


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("昨天", "2024-03-12", "2024-03-12"),
        ("上周", "2024-03-04", "2024-03-10"),
        ("上个月", "2024-02-01", "2024-02-29"),
        ("下个月", "2024-04-01", "2024-04-30"),
        ("去年", "2023-01-01", "2023-12-31"),
    ],
)
def test_relative_times_are_counted_from_today(word: str, first: str, last: str) -> None:
    time = only(f"{word}受理多少投诉")
    assert (str(time.first), str(time.last)) == (first, last)


@pytest.mark.parametrize(
    ("asked", "told", "year", "speaks"),
    [
        ("6月17日", "分别于6月17日、8月27日举办", None, True),
        ("6月18日", "分别于6月17日、8月27日举办", None, False),
        ("9月3日", "9月1日至7日开展检查", None, True),
        ("9月", "9月1日至7日开展检查", None, True),
        ("昨天", "3月12日，受理投诉3件", 2024, True),
        ("昨天", "3月12日，受理投诉3件", None, False),  # of which year nobody knows
        ("上个月", "2024年2月受理投诉3件", None, True),
        ("上个月", "上个月受理投诉3件", None, True),
        ("去年", "2023年受理投诉3件", None, True),
        ("去年", "2021年受理投诉3件", None, False),
        ("前年", "去年受理投诉3件", None, False),
    ],
)
def test_a_text_speaks_of_a_time_or_not(
    asked: str, told: str, year: int | None, speaks: bool
) -> None:
    assert times.spoken_of(only(asked), told, year) is speaks


@pytest.mark.parametrize(
    "text", ["我们去年是四星，今年还能往上报吗", "投诉比上一年少了吗", "今年多少件"]
)
def test_what_is_asked_of_now_names_no_other_time(text: str) -> None:
    assert times.named(text, TODAY) == ()


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)),
    st.sampled_from(sorted(times.RELATIVE)),
)
def test_a_period_has_its_days_in_order(today: datetime.date, word: str) -> None:
    first, last = times.period(word, today)
    unit, steps = times.RELATIVE[word]
    assert first <= last
    assert (last < today) == (steps < 0)
    assert (first > today) == (steps > 0)
    assert {"day": 1, "week": 7}.get(unit, (last - first).days + 1) == (last - first).days + 1
