"""What a file says about its article by name: front matter, the fields of a JSON object, schema.org's among them.

author: 记者 刘浩、王芳        reporters ("刘浩", "王芳")
date: 2021/12/3 08:30         published "2021-12-03"
url: https://www.example.cn/1 found_on "example.cn"
source: 恩施日报              publisher "恩施日报": it is called as publishers are
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urlsplit

from bot.ingest import authors, imprint
from bot.ingest.document import Hints
from bot.ingest.fluency import HAN

ROLE = 8
"""Characters of what somebody's role is called, at most."""
MAX_SIZE = 200
"""Characters of a value at most; longer ones are no titles and no names."""
NAMES = {
    "title": ("title", "headline", "head", "bt", "标题", "题目", "题名", "name"),
    "label": ("label",),
    "publisher": ("publisher", "sourceorganization", "sourcename", "报纸中文名", "媒体", "发布机构", "发布单位", "发布者", "发布", "供稿单位", "供稿"),
    "published": (
        "published", "date", "datepublished", "publishdate", "publishedat", "publishtime", "pubdate", "pubtime", "pub",
        "ptime", "ctime", "time", "inputtime", "releasetime", "displaytime", "addtime", "createtime", "fbsj", "fbrq", "ts", "日期", "发布日期", "发布时间", "时间",
    ),
    "event_date": ("eventdate",),
    "reporters": ("reporters", "reporter", "writers", "writer", "zz", "authors", "author", "by", "byline", "记者", "作者"),
    "editor": ("editor", "编辑", "责任编辑"),
    "source": ("source", "copyfrom", "origin", "from", "media", "ly", "来源"),
    "found_on": ("foundon", "site", "source", "url", "link"),
}  # fmt: skip
"""What each of `Hints`' fields is called in files, in small letters without hyphens and low lines; the first that says something counts. A source is a publisher where
it is called like one."""

LEVELS = frozenset({"province", "city", "district"})
"""What counts of a file itself and of its region only: a reader's address, a weather report have these names, too."""

_DATE = re.compile(
    r"(?P<compact>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))|(?P<year>(?:19|20)\d\d)(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?(?:[T ].*)?|月)?|年)?"
)
_OF_WHAT = re.compile(
    "^(?:news|doc|article|art|post|info)(?=[a-z])|^(?:field|node|content)(?=[a-z]{3})|(?<=[a-z])(?:str|txt|list|info)$"
)
_ELSEWHERE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")
"""A time that says how far it is from Greenwich's; the day is Beijing's."""
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
"""A time as mails and feeds have it: Fri, 11 Oct 2024 16:30:00 +0800."""
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
"""Seconds or milliseconds since 1970, as programs write a time; the day is Beijing's."""
_LINK = re.compile(r"^\[\[(.*)\]\]$")
"""A link within a collection of notes."""
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})[-月](?P<day>\d{1,2})日?")
_ROLE = re.compile(
    rf"^(?:[{HAN}]{{2,8}}(?=记者)|本报|本网|见习|实习|特约|文|图|\s|/)*(?:记者|作者)?\s*[:：]?\s*"
)
_REPORTER_OF = re.compile(rf"(?P<paper>[{HAN}]{{3,12}})记者")
_OTHERS = re.compile("通讯员|实习生|摄影|编辑|责编|校对|审核|供稿")
"""Roles of those who did not write a report, or not as its reporters."""
_BETWEEN_NAMES = re.compile(rf"\s*[、，,;；/&]\s*|(?<=[{HAN}])\s+(?=[{HAN}]{{2}})")


def hints(facts: Mapping[str, object]) -> tuple[Hints, tuple[str, ...]]:
    """Return what a file says about its article, and what it says in a way that cannot be understood."""
    given = {plain(key): value for key, value in facts.items()}
    for value in [*given.values()]:
        if isinstance(value, Mapping):  # {"meta": {"source": …}}
            inner = {plain(key): each for key, each in value.items()}
            for name in inner.keys() - LEVELS:
                given.setdefault(name, inner[name])
    region = given.get("region")
    levels = region if isinstance(region, Mapping) else given
    wrong = [name for name in ("published", "event_date") if _is_wrong(given, name)]
    wrong += ["region"] if region is not None and levels is given and _line(region) else []
    found = Hints(
        title=_said(given, "title"),
        label=_said(given, "label"),
        publisher=_said(given, "publisher"),
        published=_date(_said(given, "published")),
        event_date=_day(_said(given, "event_date")),
        reporters=_reporters(given),
        editor=_said(given, "editor"),
        province=_line(levels.get("province")),
        city=_line(levels.get("city")),
        district=_line(levels.get("district")),
        found_on=_found_on(given),
    )
    source = _said(given, "source")
    problems = [f"{name} that cannot be read" for name in wrong]
    first = re.split("[·—-]", source or "", maxsplit=1)[0].strip()
    source = first if authors.is_paper(first) else source  # 长江日报-大武汉客户端
    if found.publisher is None and source and authors.is_somebody(source):
        site = found.found_on if found.found_on != source else None
        found = replace(found, publisher=source, found_on=site)
        if not authors.is_publisher(source):
            problems.append(imprint.UNLIKE)
    if found.publisher is None:
        found = replace(found, publisher=_paper_of(given))
    return found, tuple(problems)


def _paper_of(given: Mapping[str, object]) -> str | None:
    """Return the paper whose reporter somebody is said to be: 珠江商报记者 霍倩怡."""
    for name in NAMES["reporters"]:
        value = given.get(name)
        for row in value if isinstance(value, list) else [value]:
            told = _REPORTER_OF.match(_line(row) or "")
            if told and authors.is_paper(told["paper"]):
                return told["paper"]
    return None


def plain(key: object) -> str:
    """Return a name as it is looked up: in small letters, without what says of what it is: pub_date, newsTitle."""
    dense = re.sub("[-_ :@#]", "", str(key)).lower()
    return _OF_WHAT.sub("", dense) or dense


def host(url: str) -> str | None:
    """Return the host of an address, or None for what is no address."""
    try:
        found = urlsplit(url.strip())
        name = found.hostname or ""
    except ValueError:
        return None
    if found.scheme not in ("http", "https") or "." not in name:
        return None
    return name.removeprefix("www.")


def _line(value: object) -> str | None:
    """Return a value, or the name of a thing that has one, as one line; None where that is no text, or says nothing."""
    if isinstance(value, Mapping):
        kept = ("name", "rendered", "main")
        named = (each for key, each in value.items() if str(key).endswith(kept))
        value = next(named, None)
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    text = _LINK.sub(r"\1", " ".join(unescape(str(value)).split()))
    clean = text.isprintable() and len(text) <= MAX_SIZE and text.lower() not in ("", "null", "~")
    return text if clean else None


def _said(given: Mapping[str, object], field: str) -> str | None:
    return next((line for name in NAMES[field] if (line := _line(given.get(name)))), None)


def _is_wrong(given: Mapping[str, object], field: str) -> bool:
    line = _said(given, field)
    return line is not None and (_date if field == "published" else _day)(line) is None


def _date(line: str | None) -> str | None:
    """Return a date as ISO writes it, as precise as it is given."""
    if _SECONDS.fullmatch(line or ""):
        seconds = int((line or "")[:10])
        return datetime.fromtimestamp(seconds, timezone(timedelta(hours=8))).date().isoformat()
    if _MAIL.match(line or ""):
        with suppress(ValueError):
            there = parsedate_to_datetime(line or "")
            return there.astimezone(timezone(timedelta(hours=8))).date().isoformat()
    if _ELSEWHERE.fullmatch(line or ""):
        with suppress(ValueError):
            there = datetime.fromisoformat((line or "").replace("Z", "+00:00"))
            return there.astimezone(timezone(timedelta(hours=8))).date().isoformat()
    match = _DATE.fullmatch(line or "")
    if match is None:
        return None
    if match["compact"]:  # 20250311
        line = match["compact"]
        year, month, day = line[:4], line[4:6], line[6:]
    else:
        year, month, day = match["year"], match["month"], match["day"]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join((year, *(f"{int(part):02}" for part in (month, day) if part)))


def _day(line: str | None) -> str | None:
    match = _MONTH_DAY.fullmatch(line or "")
    if match is None:
        found = _date(line)
        return found if found and len(found) == len("2021-12-03") else None
    try:
        date(2000, int(match["month"]), int(match["day"]))  # a year that has the 29th of February
    except ValueError:
        return None
    return f"{int(match['month']):02}-{int(match['day']):02}"


def _reporters(given: Mapping[str, object]) -> tuple[str, ...]:
    for name in NAMES["reporters"]:
        value = given.get(name)
        rows = value if isinstance(value, list) else [value]
        lines = [line for row in rows if not _has_other_role(row) and (line := _line(row))]
        lines = [_ROLE.sub("", _OTHERS.split(line)[0]) for line in lines]
        names = [part.strip() for line in lines for part in _BETWEEN_NAMES.split(line)]
        names = [part for part in names if part and not authors.is_publisher(part)]
        names = [part for part in names if not (part.isdecimal() or authors.is_desk(part))]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _has_other_role(row: object) -> bool:
    """Say whether a list of people names somebody who is no reporter: {"role": "编辑", "name": …}."""
    return isinstance(row, Mapping) and any(
        isinstance(value, str) and _OTHERS.search(value) and len(value) < ROLE
        for value in row.values()
    )


def _found_on(given: Mapping[str, object]) -> str | None:
    for name in NAMES["found_on"]:
        line = _line(given.get(name))
        if line and (found := host(line)):
            return found
        if line and "/" not in line and name != "url":
            return line
    return None
