"""What the lines above and below a text say of it: who published it, when, who wrote and edited it.

    来源：红河日报 发布时间：2025-08-14 记者 普丽仙      红河日报, 2025-08-14, 普丽仙
    绍兴日报　2022-05-09　第A06版                    绍兴日报, 2022-05-09
    吴兴区市场监督管理局 ⏎ 2024年3月12日              signed below the text

A page that copied the text has lines like these, too, with its own day and often with a word that names nobody. What
cannot be told from such a stamp is a doubt, with the line: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from bot.ingest import authors, fluency, furniture
from bot.ingest.fluency import HAN
from bot.ingest.page import Line

HEAD, FOOT = 12, 6
"""Lines above and below the text that are looked at."""
LONGEST = 40
"""Characters of a line that names a paper and has labels behind it."""
SURELY = 4
"""Rank of what no other line outweighs."""
SIGNED = 30
"""Characters, days and hours not counted, of a line that only says who published or wrote something."""

_LABELS = {
    "source": "转贴自|转自|转载自|首发|转发自|摘自|信息来源|文章来源|新闻来源|来源|稿源|供稿单位|报送单位|报送机关|编报单位|供稿|发布机构|发布单位|发文机关|发文单位|发布者",
    "published": "发布时间|发布日期|发表时间|发表日期|刊发时间|刊发日期|成文日期|印发日期|时间|日期|发布于|发表于",
    "updated": "更新时间|修改时间|更新日期|更新于|修改于|打印时间|访问时间",
    "author": "文章作者|作者|本报记者|记者|文字|撰文|撰稿|文/图|图/文|文",
    "others": "通讯员|摄影|图片|责任编辑|责编|编辑|校对|审核|审稿|初审|终审|一审|二审|三审|监制|排版|浏览次数|浏览量|浏览|阅读量|阅读次数|阅读|点击数|点击量|点击|访问量|访问次数|字体|字号|分享到|分享|打印|收藏|索引号|文号|有效性|主题词|关键词|分类|栏目",
}
_SHORT = "时间|日期|文字|文/图|图/文|文|分类|栏目|阅读|点击|浏览|打印|收藏|分享|账号|图片"
"""Labels that other words end with: 活动时间, 公文."""
_FIELD = re.compile(
    "|".join(rf"(?P<{name}>(?:{words}))" for name, words in _LABELS.items()).join(
        (
            rf"(?:(?<![{HAN}])|(?!{_SHORT}))(?:",
            r")(?:\s*[:：｜]|\s+[/／](?=\s)|(?<=于)|(?<=[转载发摘贴]自))",
        )
    )
)
_DAY = re.compile(
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)\s*(?P<by>[-/.年]|(?=\s\d{1,2}/\d))\s*(?P<month>1[0-2]|0?[1-9])"
    r"(?:\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)日?|月|(?![\d-]))"
)
"""2025-08-14, 2025年8月14日, 2025年8月."""
_CHINESE_DAY = re.compile(
    "(?P<year>[一二三四五六七八九〇○零]{4})年(?P<month>十[一二]?|[一二三四五六七八九])月(?P<day>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_CLOCK = re.compile(
    r"(?:\d{1,2}月\d{1,2}日\s*)?(?<!\d)\d{1,2}[:：]\d\d(?:[:：]\d\d)?|星期[一二三四五六日天]|周[一二三四五六日天]"
)
_LEAF = re.compile(r"(?:第?\s*[A-Z]?\d{1,2}\s*版(?:[:：]\S*)?|[A-Z]\d{1,2})")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?=&%#~:-]+")
_REPORTERS = re.compile(
    rf"(?P<paper>[{HAN}]{{0,12}}?)(?:(?:本报|本刊|本网|见习|实习|首席|特约|全媒体|融媒体?)*记者)\s*[:：]?\s*(?P<names>[{HAN}·]{{1,6}}(?:[\s、]+[{HAN}·]{{1,6}})*)"
)
_SOURCE_ENDS = re.compile(r"[\s|｜丨,，;；【\[\]】]|[（(](?=记者|作者|编辑|通讯员)")
_BUTTONS = re.compile("(?:[大中小]?号?字[体号]|[大中小]|举报|关注|打印|收藏|分享)+$")
"""What a page's buttons say that stand right behind the source."""
_SENT_FROM = re.compile(rf"(?<=[报社刊网台局])[{HAN}]{{2,3}}$")
"""Where the source's writer is, as portals print it right behind the source: 四川日报 四川."""
_MADE_BY = re.compile("(?:编印?|主办|印发|发布|供稿|报送)$")
_ORIGINAL = re.compile(rf"原创\s+([{HAN}A-Za-z0-9·\s]{{2,40}})$")
"""原创 余小荷 开化消保: the author and the public account of an article of WeChat."""
_ISSUE = re.compile(rf"《?(?P<name>[{HAN}]{{4,15}})》?\s+(?:19|20)\d\d年第\d+期")
_INTERNAL = re.compile("(?:简报|专报|信息|工作|动态|通讯)$")
_COUNT = re.compile(r"(?:阅读|浏览|点击)(?:量|次数|数)?\s*[:：]?\s*\d")
_QUOTED = re.compile("《([^《》]{2,20})》")
_EDITOR = re.compile(
    rf"(?:责任编辑|责编|编辑)\s*[:：]?\s*(?P<name>[{HAN}](?:[{HAN}]|\s(?=[{HAN}](?:\s|$)))*)"
)

_MAIL = re.compile(r"(?:发件人|收件人|From|To)\s*[:：]")
_MAILED = re.compile(r"(?:日期|时间|发送时间|Date|Sent)\s*[:：]")
_RULE = re.compile(r"--\s*$")
"""What the head of a mail says, of itself and not of the text in it, and what stands above who sent it."""

UNLIKE = "publisher: a source that is called as none is"
Doubt = tuple[str, int, int]


class Imprint(NamedTuple):
    """What the lines around a text say of it, with what is doubtful about that: (what, start, end) of the page."""

    publisher: str | None = None
    published: str | None = None
    reporters: tuple[str, ...] = ()
    editor: str | None = None
    doubts: tuple[Doubt, ...] = ()


class _Said(NamedTuple):
    """One thing that a line says: which field it is of, how surely, and where."""

    field: str
    value: str
    rank: int
    line: Line


def read(
    before: Sequence[Line], after: Sequence[Line], site: str | None, paper: str | None
) -> Imprint:
    """Return what the lines around a text say.

    Args:
        before: The page's lines above it.
        after: The lines below it.
        site: Whose page it is, as far as that is known and not a publisher's: a company that copied it.
        paper: Whom the text itself names as its publisher.
    """
    if any(_MAIL.match(line.text) for line in before):
        before = [line for line in before if not _MAILED.match(line.text)]
        after = after[: next((n for n, line in enumerate(after) if _RULE.match(line.text)), None)]
    said = [*_head(before), *_foot(after)]
    if site and any(name in site for name in (paper, *(each.value for each in said)) if name):
        site = None  # the company that publishes under this name
    sources = _best(said, "source")
    days = _best(said, "published")
    names = tuple(dict.fromkeys(each.value for each in said if each.field == "reporter"))
    editor = _editor((*after, *before[-HEAD:]))
    doubts: list[Doubt] = []
    source = sources[0] if sources else None
    publisher = source if source and authors.is_publisher(source.value) else None
    if paper is not None and publisher and publisher.rank > 1 and not site:
        if _is_original(publisher.value, paper):
            paper = None
        elif authors.is_paper(publisher.value) and not _is_same(publisher.value, paper):
            doubts.append(("publisher: the page names several sources", *_span(sources)))
    if paper is not None:
        agrees = publisher is not None and _is_same(publisher.value, paper)
        copied = site is not None or (source is not None and publisher is None)
        if not agrees and (copied or (publisher and not publisher.rank)):
            return Imprint(paper, None, () if copied else names, editor)
    elif source is not None and publisher is None:
        doubts.append((UNLIKE, source.line.start, source.line.end))
    elif publisher is not None and site is not None:
        doubts.append(
            (f"publisher: as a page of {site} names it", publisher.line.start, publisher.line.end)
        )
    elif site is not None:
        days = []  # the copying page's own
    elif not all(_is_same(each.value, sources[0].value) for each in sources):
        doubts.append(("publisher: the page names several sources", *_span(sources)))
    if len({_whole(each.value, days) for each in days}) > 1:
        doubts.append(("published: the page gives several days", *_span(days)))
    return Imprint(
        paper or (source.value if source else None),
        _whole(days[0].value, days) if days else None,
        names,
        editor,
        tuple(doubts),
    )


def read_title(title: str) -> Imprint:
    """Return what a page's title says of who published it and when, where it says that: 西藏日报 2025-01-16 第03版."""
    if not is_imprint(title):
        return Imprint()
    return read([Line(0, 0, len(title), len(title), title)], (), None, None)


def is_imprint(line: str) -> bool:
    """Say whether a line says who published a text or when, rather than what it is about."""
    seen = furniture.view(line)
    if _FIELD.search(seen) or _ORIGINAL.match(seen) or _ISSUE.match(seen):
        return True
    parts = [part for part in authors.BETWEEN.split(_bare(seen)) if part]
    size = sum(map(len, parts))
    if size <= SIGNED and _REPORTERS.search(seen) and not re.search("[，。！？]", seen):
        return True
    told = not parts or _CLOCK.search(seen) is not None or any(map(authors.is_publisher, parts))
    told = told or _QUOTED.match(seen) is not None
    return _day(seen) is not None and size <= SIGNED and told


def is_dated(line: str) -> bool:
    """Say whether a line says who published a text and when."""
    seen = furniture.view(line)
    if _day(seen) is None or not is_imprint(line):
        return False
    parts = [part for part in authors.BETWEEN.split(_bare(seen)) if part]
    named = any(authors.is_paper(part) for part in parts) or _REPORTERS.search(seen) is not None
    return _CLOCK.search(seen) is not None or named or _FIELD.search(seen) is not None


def _best(said: Iterable[_Said], field: str) -> list[_Said]:
    """Return what is said of a field by the surest lines."""
    found = [each for each in said if each.field == field]
    rank = max((each.rank for each in found), default=0)
    return [each for each in found if each.rank == rank]


def _is_original(source: str, paper: str) -> bool:
    """Say whether a named source published a text whose dateline names a site, or is of the same house.

    岳阳网讯 of 岳阳日报, 中新社电 of 中国新闻网, 新华社电 of 新华网.
    """
    return is_of_house(source, paper) or (source != paper and paper.endswith("网"))


def is_of_house(source: str, paper: str) -> bool:
    """Say whether two names are of one house, as far as names tell: 新华网 and 新华社, 中国新闻网 and 中新社."""
    rest = iter(source)
    press = source != paper and source[-1] in "社网报台" and paper[-1] in "社网报台"
    return press and all(character in rest for character in paper[:-1])


def _is_same(one: str, other: str) -> bool:
    """Say whether two names are one body's: 县市场监管局 is 吴兴县市场监督管理局."""
    one, other = (name.replace("市场监督管理局", "市场监管局") for name in (one, other))
    return one.endswith(other) or other.endswith(one)


def _whole(value: str, days: Sequence[_Said]) -> str:
    """Return the most precise of the days that a value is the beginning of."""
    return max((each.value for each in days if each.value.startswith(value)), key=len)


def _span(said: Sequence[_Said]) -> tuple[int, int]:
    return min(each.line.start for each in said), max(each.line.end for each in said)


def _head(before: Sequence[Line]) -> Iterator[_Said]:
    lines = before[-HEAD:]
    for number, line in enumerate(lines):
        yield from _line(line)
        seen = authors.edition_of(authors.BETWEEN.sub("", furniture.view(line.text)))
        around = lines[max(number - 2, 0) : number + 3]
        yield from _by_itself(line, seen)
        if authors.is_paper(seen) and any(
            _DAY.search(furniture.view(each.text)) for each in around
        ):
            yield _Said("source", seen, 1, line)  # a paper's name by itself, beside its day


def _by_itself(line: Line, dense: str) -> Iterator[_Said]:
    """Yield what a line says that holds nothing but a name: of a bureau, of a magazine's issue, of a public account."""
    seen = furniture.view(line.text)
    made = _MADE_BY.sub("", dense)
    if authors.is_body(made):
        # A bureau's name stands at the head of its papers, and of its site's pages.
        yield _Said("source", made, 1 if made != dense else 0, line)
    if (issue := _ISSUE.match(seen)) and not _INTERNAL.search(issue["name"]):
        yield _Said("source", issue["name"], 1, line)
    if original := _ORIGINAL.match(seen):
        words = original[1].split()
        yield _Said("source", words[-1], 2, line)
        if len(words) > 1 and authors.is_name(words[0]) and words[0] not in words[1:]:
            yield _Said("reporter", words[0], 2, line)


def _foot(after: Sequence[Line]) -> Iterator[_Said]:
    """Yield what the lines below a text say: labelled, or signed by a body and dated."""
    lines = after[:FOOT]
    alone = next((each for each in lines if authors.is_signed(each.text)), None)
    if alone is not None:
        yield _Said("source", authors.bodies(furniture.view(alone.text))[0], 0, alone)
    for number, line in enumerate(lines):
        seen = furniture.view(line.text).strip("（）()")
        parts = [part for part in authors.BETWEEN.split(_bare(seen)) if part]
        quoted = _day(seen) and (_QUOTED.match(seen) or any(map(authors.is_press, parts)))
        if (
            (quoted and is_imprint(line.text))
            or _FIELD.search(seen)
            or (_REPORTERS.search(seen) and is_imprint(line.text))
        ):
            yield from _line(line)
            continue
        day = _day(seen)
        if day and not authors.BETWEEN.sub("", _bare(seen)):
            signed = [each for each in lines[:number] if authors.is_signed(each.text)]
            if signed:
                name = authors.bodies(furniture.view(signed[0].text))[0]
                yield _Said("source", name, 1, signed[0])
            yield _Said("published", day, 1, line)
        elif day and (names := authors.bodies(_bare(seen))):
            yield _Said("source", names[0], 1, line)
            yield _Said("published", day, 1, line)


def _line(line: Line) -> Iterator[_Said]:
    """Yield what one line says: by its labels, and before the first of them."""
    seen = furniture.view(line.text)
    fields = [*_FIELD.finditer(seen)]
    stops = [each.start() for each in fields[1:]] + [len(seen)]
    told = [
        _Said(*found, line)
        for each, stop in zip(fields, stops, strict=False)
        for found in _labelled(each.lastgroup, seen[each.end() : stop].strip())
    ]
    free = seen[: fields[0].start()] if fields else seen
    labelled = {each.lastgroup for each in fields}
    if _COUNT.search(seen):
        labelled.add("others")
    told += [_Said(*found, line) for found in _unlabelled(free, labelled)]
    # The day beside a paper's name is the paper's; another line's may be a copy's, or a mail's.
    surely = any(
        each.field == "source" and each.rank > 1 and authors.is_paper(each.value) for each in told
    )
    for each in told:
        yield (
            each._replace(rank=SURELY)
            if surely and each.field == "published" and each.rank
            else each
        )


def _labelled(label: str | None, value: str) -> Iterator[tuple[str, str, int]]:
    """Yield what stands behind a label: which field, its value, and how surely."""
    day = _day(value)
    if label == "source":
        if name := _source(value):
            yield "source", name, 2
        if day:
            yield "published", day, 2
    elif label == "others" and day:
        yield "published", day, 1
    elif label == "published" and day:
        yield "published", day, 3
    elif label == "updated" and day:
        yield "published", day, 0
    elif label == "author":
        yield from (("reporter", name, 2) for name in authors.people(value))
        yield from (("source", word, 1) for word in authors.words(value) if authors.is_paper(word))
        if day:
            yield "published", day, 2
    signed = _REPORTERS.search(value) if label in ("source", "published") else None
    if signed:
        yield from (("reporter", name, 2) for name in authors.people(signed["names"]))


def _unlabelled(free: str, labelled: Set[str | None]) -> Iterator[tuple[str, str, int]]:
    """Yield what a line says without a label, among others or none: a paper's name and a day, a name behind 记者."""
    day = _day(free)
    parts = [part for part in authors.BETWEEN.split(_bare(free)) if part]
    size = sum(map(len, parts))
    clocked = _CLOCK.search(free) is not None
    parts = [_MADE_BY.sub("", part) for part in parts]
    papers = [
        part for part in parts if authors.is_paper(part) or (clocked and authors.is_publisher(part))
    ]
    signed = _REPORTERS.search(free) if not labelled or labelled == {"others"} else None
    signed = None if re.search("[，。！？]", free) else signed
    if signed:
        yield from (("reporter", name, 2) for name in authors.people(signed["names"]))
        papers += [signed["paper"]] if authors.is_paper(signed["paper"]) else []
    if papers and (day or clocked or labelled or signed) and size <= LONGEST:
        yield "source", papers[0], 2
    elif day and (quoted := _QUOTED.search(free)):
        yield "source", quoted[1], 1
    if day and size <= SIGNED:
        yield "published", day, 2 if papers or "source" in labelled else 1


def _source(value: str) -> str | None:
    """Return who is named behind 来源：; None where nobody is."""
    bare = _bare(value).strip()
    bare = bare[1:].split("》")[0] if bare.startswith("《") else bare
    first = re.split("[·—-]", bare, maxsplit=1)[0].strip()
    bare = first if authors.is_paper(first) else bare
    name = _SOURCE_ENDS.split(bare, maxsplit=1)[0].strip('《》“”"-—（(）)')
    if not (authors.is_publisher(name) or authors.is_nobody(name)):
        name = _SENT_FROM.sub("", _BUTTONS.sub("", name))
    nobody = authors.is_nobody(name) or not re.search(f"[{HAN}A-Za-z]", name)
    return None if nobody else name


def _day(text: str) -> str | None:
    """Return the first date in a text as ISO writes it, as precise as it is given."""
    found = _DAY.search(text)
    if found:
        parts = [found["year"], f"{int(found['month']):02}"]
        parts += [f"{int(found['day']):02}"] if found["day"] else []
        return "-".join(parts) if found["day"] or found["by"] == "年" else None
    chinese = _CHINESE_DAY.search(text)
    if chinese is None:
        return None
    year = "".join(str("〇一二三四五六七八九".index(_ZERO.get(c, c))) for c in chinese["year"])
    return f"{year}-{_number(chinese['month']):02}-{_number(chinese['day']):02}"


_ZERO = {"○": "〇", "零": "〇"}


def _number(text: str) -> int:
    """Return what a Chinese number below one hundred says."""
    digits = "〇一二三四五六七八九"
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits.index(tens)
    return 10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0)


def _bare(text: str) -> str:
    """Return a line without days, hours and the marks of a newspaper's leaf."""
    for pattern in (_ADDRESS, _DAY, _CHINESE_DAY, _CLOCK, _LEAF):
        text = pattern.sub(" ", text)
    return text


def _editor(lines: Iterable[Line]) -> str | None:
    for line in lines:
        match = _EDITOR.search(furniture.view(line.text)[:60])
        if match:
            name = re.sub(r"\s", "", match["name"])
            if len(name) <= 4:
                return name if len(name) > 1 else None
            # The next thing on the line follows without a space: the name ends where a word begins.
            sizes = [size for size in (2, 3) if fluency.is_word(name[size : size + 2])]
            return name[: sizes[0]] if len(sizes) == 1 else None
    return None
