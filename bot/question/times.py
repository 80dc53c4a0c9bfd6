"""The days, months and relative times that a question names, and whether a text speaks of them.

A relative time (去年, 上个月, 昨天) is read from today; the same words in an article were written on another day, so there
they mean what they meant then.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.analysis.numerals import number

NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
DAY = re.compile(
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}})年)?(?<![0-9])(?P<month>{NUMBER})月份?(?:(?P<day>{NUMBER})[日号])?"
)
RANGE = re.compile(rf"(?:至|到|-|—|~)(?:(?P<month>{NUMBER})月)?(?P<day>{NUMBER})[日号]")
RELATIVE = {
    "昨天": ("day", -1),
    "昨日": ("day", -1),
    "前天": ("day", -2),
    "今天": ("day", 0),
    "今日": ("day", 0),
    "明天": ("day", 1),
    "后天": ("day", 2),
    "上周": ("week", -1),
    "上星期": ("week", -1),
    "上礼拜": ("week", -1),
    "上个星期": ("week", -1),
    "上个礼拜": ("week", -1),
    "下个礼拜": ("week", 1),
    "这个礼拜": ("week", 0),
    "本星期": ("week", 0),
    "本周": ("week", 0),
    "这周": ("week", 0),
    "这个星期": ("week", 0),
    "这礼拜": ("week", 0),
    "下周": ("week", 1),
    "下星期": ("week", 1),
    "下个星期": ("week", 1),
    "下礼拜": ("week", 1),
    "上个月": ("month", -1),
    "上月": ("month", -1),
    "本月": ("month", 0),
    "这个月": ("month", 0),
    "下个月": ("month", 1),
    "下月": ("month", 1),
    "大前年": ("year", -3),
    "前年": ("year", -2),
    "去年": ("year", -1),
    "明年": ("year", 1),
    "后年": ("year", 2),
}
"""今年 is not among them: people say it of whatever is new to them, and articles of the year they were written in."""
FEASTS = "除夕|大年初.|元宵节?|情人节|妇女节|劳动节|儿童节|母亲节|父亲节|教师节|重阳节?|七夕|光棍节|感恩节|万圣节|平安夜|圣诞节?|复活节|跨年夜?|冬至|腊八|小年夜?|六一|三八节"
HOLIDAY = re.compile(
    "国庆|春节|五一|元旦|中秋|端午|清明|双十[一二]|双1[12]|寒假|暑假"
    f"|^(?:{FEASTS})|(?:{FEASTS}|[一-鿿]{{2,3}}节)(?=那[天晚]|当[天日晚]|期间|假期|晚上)"
)
"""Holidays; the less usual ones where they are the time that is asked about, and not told of beside: 重阳节前那个提示."""
NAMED = re.compile("|".join(sorted(RELATIVE, key=len, reverse=True)))
THIS_YEAR = "今年"
NOW = re.compile("今年|现在|如今|目前")


class Time(NamedTuple):
    """A time that a question names.

    Args:
        text: As it stands in the question: 5月1日, 上个月.
        month: The month, 1 to 12; 0 where it is relative, or a holiday.
        day: The day, 1 to 31; 0 for a whole month.
        first: The first day of a relative time; None for another.
        last: Its last day.
    """

    text: str
    month: int = 0
    day: int = 0
    first: datetime.date | None = None
    last: datetime.date | None = None


def named(plain: str, today: datetime.date) -> tuple[Time, ...]:
    """Return the times that a folded question names, in order."""
    found = [(m.start(), Time(m[0], *_day(m))) for m in DAY.finditer(plain) if _day(m)[0]]
    now = NOW.search(plain) is not None  # 去年是四星，今年还能…: asked of now
    found += [(match.start(), Time(match[0])) for match in HOLIDAY.finditer(plain)]
    for match in NAMED.finditer(plain):
        if now and RELATIVE[match[0]][0] == "year":
            continue
        found.append((match.start(), Time(match[0], 0, 0, *period(match[0], today))))
    return tuple(time for _, time in sorted(found, key=lambda item: item[0]))


def period(word: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a relative time."""
    unit, steps = RELATIVE[word]
    one = datetime.timedelta(days=1)
    if unit == "day":
        day = today + steps * one
        return day, day
    if unit == "week":
        monday = today - today.weekday() * one + 7 * steps * one
        return monday, monday + 6 * one
    if unit == "year":
        return datetime.date(today.year + steps, 1, 1), datetime.date(today.year + steps, 12, 31)
    months = today.year * 12 + today.month - 1 + steps
    first = datetime.date(months // 12, months % 12 + 1, 1)
    following = datetime.date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first, following - one


def spoken_of(time: Time, folded: str, year: int | None) -> bool:
    """Whether a folded text speaks of a time.

    Args:
        time: The time.
        folded: The text.
        year: The year in which its article was written, where that is known.
    """
    if not time.month and time.first is None:
        return time.text in folded
    if time.first is None:
        return any(
            month == time.month and (not time.day or time.day in days)
            for month, days in _told(folded)
        )
    assert time.last is not None
    if RELATIVE[time.text][0] == "year":
        return f"{time.first.year}年" in folded or (time.text == "去年" and time.text in folded)
    if time.text in folded:
        return True
    for match in DAY.finditer(folded):
        month, day = _day(match)
        told = int(match["year"]) if match["year"] else year
        if told and month and _holds(time, told, month, day):
            return True
    return False


def relative_in(plain: str) -> str:
    """Return the relative word for a year or less in a question that an article may use in its own sense; "" for none."""
    match = re.search(f"{NAMED.pattern}|{THIS_YEAR}", plain)
    return match[0] if match else ""


def _holds(time: Time, year: int, month: int, day: int) -> bool:
    assert time.first is not None and time.last is not None
    if not day:  # a month as a whole is told of the same month only
        whole = RELATIVE[time.text][0] == "month"
        return whole and (time.first.year, time.first.month) == (year, month)
    try:
        return time.first <= datetime.date(year, month, day) <= time.last
    except ValueError:  # 2月30日
        return False


def _told(folded: str) -> Iterator[tuple[int, range]]:
    """Yield the months and days that a text names; a month alone has no days, 9月1日至7日 has seven."""
    for match in DAY.finditer(folded):
        month, day = _day(match)
        if not month:
            continue
        until = RANGE.match(folded, match.end())
        last = int(number(until["day"])) if until and day and not until["month"] else day
        yield month, range(day, max(day, last) + 1) if day else range(0)


def _day(match: re.Match[str]) -> tuple[int, int]:
    """Return month and day of a date, 0 for what is missing or none."""
    month, day = int(number(match["month"])), int(number(match["day"] or ""))
    return (month, day if day <= 31 else 0) if 1 <= month <= 12 else (0, 0)
