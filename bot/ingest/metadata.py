"""What a page proves about its article: title, publisher, reporters, editor, dates, region, and where it was found.

Everything is read from the text; what the text does not prove is None. The site that carried the copy is `found_on`,
never the publisher, and its own time stamp is no date of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.article import Region
from bot.ingest import authors, imprint, region
from bot.ingest.document import Hints
from bot.ingest.fluency import HAN
from bot.ingest.imprint import Doubt
from bot.ingest.page import Line

CAPITAL = "北京"
"""Where reports on the whole country are sent from, too, so that it says nothing of what they are about."""
OPENS = 3
"""Paragraphs among which a report's first is: an advertisement may stand above it."""
OPENING = 300
"""Characters in which a report says where and when it happened."""

_PUBLISHER = re.compile(
    rf"据?(?P<publisher>[{HAN}·]{{2,12}}?(?:报|社|网|台|刊))(?P<place>[{HAN}\s]{{0,10}}?)"
    rf"(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日)?(?:讯|电|报道)"
)
_BYLINE = re.compile(r"[（(](?P<names>[^（）()]{0,40}?记者[^（）()]{0,40})[）)]")
_ROLE = re.compile(r"(?:本报|见习|实习|首席|特约|全媒体)*(记者|通讯员|实习生|摄影|文/图|文)[:：]?")
_EVENT = re.compile(
    r"(?:^|[，。,;；）)\s])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日"
    rf"(?:上午|下午|晚|凌晨|当天|清晨)?(?=[，,]|[{HAN}]{{0,3}}记者)"
)
_COPYRIGHT = re.compile(
    rf"(?:copyright|版权所有|©|powered by)(?:\s|©|\(c\)|\d{{4}}|[-–—.,:：]|版权所有|all rights reserved|powered by|by)*"
    rf"(?P<name>[{HAN}（）()A-Za-z]*[{HAN}][{HAN}（）()]*)",
    re.IGNORECASE,
)
COMPANY = re.compile(rf"[{HAN}（）()]{{4,30}}?(?:有限公司|有限责任公司|股份公司|集团)")
_PRESS = re.compile("报业|报社|日报|传媒|新闻|广播|电视|出版")
"""Companies that publish."""
_NOT_A_NAME = re.compile(
    "(?:版权所有|网站地图|技术支持|保留所有权利|sitemap|[\u4e00-\u9fff]?icp备|未经|不得|禁止|授权).*$",
    re.IGNORECASE,
)


class Metadata(NamedTuple):
    """What the page proves; the fields are `Article`'s."""

    publisher: str | None
    published: str | None
    event_date: str | None
    reporters: tuple[str, ...]
    editor: str | None
    region: Region
    found_on: str | None


def read(
    title: str,
    paragraphs: Sequence[str],
    before: Sequence[Line],
    after: Sequence[Line],
    hints: Hints,
) -> tuple[Metadata, tuple[Doubt, ...]]:
    """Return what a page proves, and what is doubtful about it: (what, start, end) of the page.

    Args:
        title: The article's title, or "".
        paragraphs: The cleaned body.
        before: The page's lines above it.
        after: The lines below it.
        hints: What the file says about its article outside the text, which counts more than what the page shows.
    """
    datelines = [(n, _PUBLISHER.match(text)) for n, text in enumerate(paragraphs[:OPENS])]
    at, dateline = next((each for each in datelines if each[1]), (0, None))
    opening = paragraphs[at]
    paper = _paper(dateline)
    found_on = hints.found_on or _found_on(before, after)
    company = found_on is not None and COMPANY.search(found_on) and not _PRESS.search(found_on)
    around = imprint.read(before, after, found_on if company else None, paper)
    published = around.published
    if dateline and dateline["year"] and dateline["month"]:
        published = _date(dateline["year"], dateline["month"], dateline["day"])
    publisher = hints.publisher or around.publisher
    if publisher and around.publisher and imprint.is_of_house(around.publisher, publisher):
        publisher = around.publisher  # what readers see
    of_site = publisher is not None and publisher == paper and publisher.endswith("网")
    if found_on and (
        (publisher is None and authors.is_paper(found_on))
        or (of_site and authors.is_press(found_on))
    ):
        publisher = found_on  # a paper's or a bureau's own site, and nobody else is named
    given = (hints.province, hints.city, hints.district)
    texts = [*paragraphs]
    texts[at] = opening[dateline.end() :] if dateline else opening
    texts = [text for n, text in enumerate(texts) if n or not text.endswith(("：", ":"))]  # to whom
    station = dateline["place"].strip() if dateline else ""
    about = region.read(title, texts, publisher or "", "" if station == CAPITAL else station)
    found = Metadata(
        publisher=publisher,
        published=hints.published or published,
        event_date=hints.event_date or _event_date(opening),
        reporters=hints.reporters or _reporters(opening, paragraphs[-1]) or around.reporters,
        editor=hints.editor or around.editor,
        region=Region(*given) if any(given) else about.region,
        found_on=found_on,
    )
    told = {name for name in ("publisher", "published") if getattr(hints, name)}
    doubts = [each for each in around.doubts if each[0].split(":")[0] not in told]
    if about.open and not any(given):
        wider = "、".join(dict.fromkeys("".join(path[:-1]) for path in about.choices))
        doubts.append((f"region: {about.open} is in {wider}", 0, 0))
    return found, tuple(doubts)


def _paper(dateline: re.Match[str] | None) -> str | None:
    """Return whom a dateline names as the publisher; None for 本报."""
    if dateline is None or dateline["publisher"] in ("本报", "本台", "本刊", "本网"):
        return None
    return dateline["publisher"]


def _date(year: str | None, month: str, day: str) -> str:
    month_day = f"{int(month):02}-{int(day):02}"
    return f"{year}-{month_day}" if year else month_day


def _event_date(opening: str) -> str | None:
    """Return the day that the first sentences give as their own: 9月28日，上海市…, not 截至9月28日."""
    match = _EVENT.search(opening[:OPENING])
    return _date(match["year"], match["month"], match["day"]) if match else None


def _reporters(*texts: str) -> tuple[str, ...]:
    names: list[str] = []
    for text in texts:
        byline = _BYLINE.search(text)
        if byline is None:
            continue
        role = ""
        at = 0
        found = byline["names"]
        parts = [*_ROLE.finditer(found)]
        for number, part in enumerate(parts):
            role = part[1]
            at = part.end()
            stop = parts[number + 1].start() if number + 1 < len(parts) else len(found)
            if role == "记者":
                names += authors.people(found[at:stop])
        break
    return tuple(dict.fromkeys(names))


def _found_on(before: Sequence[Line], after: Sequence[Line]) -> str | None:
    for line in reversed(after):
        match = _COPYRIGHT.search(line.text)
        if match and (name := _NOT_A_NAME.sub("", match["name"])):
            return name
    for line in (*before, *after):
        company = COMPANY.match(line.text)
        if company:
            return company[0]
    return None
