"""What a page proves about its article: title, publisher, reporters, editor, dates, region, and where it was found.

Everything is read from the text; what the text does not prove is None. The site that carried the copy is `found_on`,
never the publisher, and its own time stamp is no date of the article: a line of source and date above the text counts
only where its source is called as publishers are, and no company but one of the press says that the page is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.article import Region
from bot.ingest import fluency, furniture
from bot.ingest.document import Hints
from bot.ingest.fluency import HAN
from bot.ingest.page import Line

OPENING = 300
"""Characters in which a report says where and when it happened."""

_PUBLISHER = re.compile(
    rf"(?P<publisher>[{HAN}·]{{2,12}}?(?:报|社|网|台|刊))(?P<place>[{HAN}\s]{{0,10}}?)"
    rf"(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日)?(?:讯|电|报道)"
)
_SOURCE = re.compile(
    rf"(?:来源|稿源|供稿)\s*[:：]\s*(?P<publisher>[{HAN}·（）()]{{2,20}}?(?:报|社|网|台|刊|发布|局|委|会|中心|政府|办公室|客户端))(?![{HAN}])"
)
"""来源：红河日报; a stamp such as 来源:qoog is called as no publisher is."""
_STAMP = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)
"""A full date in digits: 2025-08-14, 2025年8月14日."""
_SIGNED = re.compile(
    rf"(?:作者|记者)\s*[:：]?\s*(?P<names>[{HAN}·]{{2,8}}(?:[\s、]+[{HAN}·]{{2,4}})*)"
)
_BYLINE = re.compile(r"[（(](?P<names>[^（）()]{0,40}?记者[^（）()]{0,40})[）)]")
_ROLE = re.compile(r"(?:本报|见习|实习|首席|特约|全媒体)*(记者|通讯员|实习生|摄影|文/图|文)[:：]?")
_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}·[{HAN}]{{1,8}}")
_EDITOR = re.compile(
    rf"(?:责任编辑|责编|编辑)\s*[:：]?\s*(?P<name>[{HAN}](?:[{HAN}]|\s(?=[{HAN}](?:\s|$)))*)"
)
_EVENT = re.compile(
    r"(?:^|[，。,;；）)\s])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日"
    rf"(?:上午|下午|晚|凌晨|当天|清晨)?(?=[，,]|[{HAN}]{{0,3}}记者)"
)
_PEOPLES = "(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜)"
"""The peoples that autonomous prefectures are named after."""
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


def read(paragraphs: Sequence[str], before: Sequence[Line], after: Sequence[Line]) -> Metadata:
    """Return what a page proves.

    Args:
        paragraphs: The cleaned body.
        before: The page's lines above it.
        after: The lines below it.
    """
    opening = paragraphs[0]
    dateline = _PUBLISHER.match(opening)
    found_on = _found_on(before, after)
    copied = found_on is not None and COMPANY.search(found_on) and not _PRESS.search(found_on)
    head = None if copied else _head(before)
    published = head.published if head else None
    if dateline and dateline["year"] and dateline["month"]:
        published = _date(dateline["year"], dateline["month"], dateline["day"])
    return Metadata(
        publisher=_publisher(dateline) or (head.publisher if head else None),
        published=published,
        event_date=_event_date(opening),
        reporters=_reporters(opening, paragraphs[-1]) or (head.reporters if head else ()),
        editor=_editor(after),
        region=_region("\n".join(paragraphs), dateline["place"].strip() if dateline else ""),
        found_on=found_on,
    )


class _Head(NamedTuple):
    """What a line of source and date above the text says."""

    publisher: str
    published: str | None
    reporters: tuple[str, ...]


def _head(before: Sequence[Line]) -> _Head | None:
    """Return what the last line above the text says that names a source; None where none does.

    Where it has no date, the line above or below it may; several dates prove nothing.
    """
    lines = [furniture.view(line.text) for line in before]
    for number in reversed(range(len(lines))):
        source = _SOURCE.search(lines[number])
        if source is None:
            continue
        around = "\n".join(lines[max(number - 1, 0) : number + 2])
        stamps = [*_STAMP.finditer(lines[number])] or [*_STAMP.finditer(around)]
        dates = {_date(m["year"], m["month"], m["day"]) for m in stamps}
        signed = _SIGNED.search(lines[number]) or _SIGNED.search(around)
        names = tuple(_names(signed["names"])) if signed else ()
        return _Head(source["publisher"], dates.pop() if len(dates) == 1 else None, names)
    return None


def told(found: Metadata, hints: Hints) -> Metadata:
    """Return what a page proves, with what its file says about the article in place of it."""
    given = (hints.province, hints.city, hints.district)
    return Metadata(
        publisher=hints.publisher or found.publisher,
        published=hints.published or found.published,
        event_date=hints.event_date or found.event_date,
        reporters=hints.reporters or found.reporters,
        editor=hints.editor or found.editor,
        region=Region(*given) if any(given) else found.region,
        found_on=hints.found_on or found.found_on,
    )


def _publisher(dateline: re.Match[str] | None) -> str | None:
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
                names += _names(found[at:stop])
        break
    return tuple(dict.fromkeys(names))


def _names(text: str) -> Iterable[str]:
    words = [word for word in re.split(r"[\s、，,/]+", text) if word]
    joined: list[str] = []
    for word in words:
        if joined and len(word) == 1 and len(joined[-1]) == 1:
            joined[-1] += word  # 王 芳: two-character names are set with a space
        else:
            joined.append(word)
    return [word for word in joined if _NAME.fullmatch(word)]


def _editor(after: Sequence[Line]) -> str | None:
    for line in after:
        match = _EDITOR.search(furniture.view(line.text)[:60])
        if match:
            name = re.sub(r"\s", "", match["name"])
            if len(name) <= 4:
                return name if len(name) > 1 else None
            # The next thing on the line follows without a space: the name ends where a word begins.
            sizes = [size for size in (2, 3) if fluency.is_word(name[size : size + 2])]
            return name[: sizes[0]] if len(sizes) == 1 else None
    return None


def _region(text: str, station: str) -> Region:
    """Return where the events happen: the first place named in full, else the city that the dateline names."""
    cities = _cities()
    opening = text[:OPENING]
    named: list[tuple[int, str]] = []
    for name in {*cities, *cities.values()}:
        for form in (name, _everyday(name)):
            at = opening.find(form)
            if at >= 0 and len(form) > 1:
                named.append((at, name))
                break
    by_count = sorted(named, key=lambda entry: (-text.count(_everyday(entry[1])), entry[0]))
    municipal = [name for _, name in by_count if name in cities]
    provinces = [name for _, name in by_count if name in cities.values()]
    if station and not municipal:
        municipal = [name for name in cities if station in (name, _everyday(name))]
    city = municipal[0] if municipal else None
    province = cities[city] if city else provinces[0] if provinces else None
    return Region(province, city, _district(opening, text, city) if city else None)


def _district(opening: str, text: str, city: str | None) -> str | None:
    """Return the district or county named right behind the city, or most often in the text."""
    short = re.escape(_short(city or ""))
    pattern = rf"{short}[市州]?(?P<district>[{HAN}]{{1,4}}?(?:新区|区|县|旗)|[{HAN}]{{2,3}}?市)(?=[{HAN}])"
    found = [m["district"] for m in re.finditer(pattern, opening) if _is_district(m["district"])]
    if found:
        return found[0]
    named = re.findall(rf"(?<![{HAN}])([{HAN}]{{2,3}}(?:区|县))(?=市场|消保|消费者|委)", text)
    named = [name for name in named if _is_district(name)]
    return max(named, key=named.count) if named else None


def _is_district(name: str) -> bool:
    return not re.search(
        "辖|社|小区|地区|全|各|园区|商|景|街|片区|城区|本|该|市场|城市|超市|夜市|上市|老|山区", name
    )


def _short(name: str) -> str:
    return (
        re.sub(
            rf"(?:壮族|回族|维吾尔)?(?:自治区)$|(?:{_PEOPLES}族?)+自治州$|(?:省|市|地区|盟)$",
            "",
            name,
        )
        if len(name) > 2
        else name
    )


def _everyday(name: str) -> str:
    """Return what people call a province or city: 上海, 红河州."""
    return f"{_short(name)}州" if name.endswith("自治州") else _short(name)


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


@cache
def _cities() -> dict[str, str]:
    """Map each city to its province, from `places.tsv`."""
    text = files("bot.ingest").joinpath("places.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {city: province for province, names in rows for city in names.split(" ")}
