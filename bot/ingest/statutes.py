"""The text of a law, a regulation, a rule or a judicial interpretation: told by its form, kept by its 条, 款 and 项.

    # 中华人民共和国电子商务法                    head: what it is called, who passed it, when
    2018年8月31日 …第五次会议通过
    第一章 总则                                 heading
    第一条 为了…                                a 条, its first 款; each further line is one more
    （一）…；                                   a 项 stays in the line of the 款 that leads to it
    第八十九条 本法自2019年1月1日起施行。

Nothing here knows any statute. A 条 that is missing, or comes twice, is asked about: the law cannot be quoted with gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.analysis.numerals import number
from bot.article import PROVISION, Region, Statute
from bot.edits import Edit
from bot.ingest import region
from bot.ingest.boilerplate import Span
from bot.ingest.document import Hints
from bot.ingest.fluency import HAN
from bot.ingest.page import Line

FEWEST = 3
"""条 in a row from which a text is a statute."""
MOST = 0.5
"""Share of a file's Chinese that lies between the first and the last of them."""
SKIPPED = 9
"""条 that may be missing between two lines that are read as 条 all the same, and asked about."""
LEFT = 30
"""Chinese characters behind the last 条 from which it is asked whether they belong to it."""
BEHIND = ("", *" \u3000\u00a0\t（(【")
"""What may follow a 条's number where it begins one, and is not named in a sentence."""
HEADING = 40
"""Characters of a heading at most."""

NUMERAL = "零〇一二三四五六七八九十百千"
OUTLINE = re.compile(f"第[{NUMERAL}]+(?:分编|[编章节])(?![^\\s\u3000]*[。；])")
"""How a part, chapter or section begins."""
LEVELS = ("编", "分编", "章", "节")
"""Kinds of headings, the widest first."""
ITEM = re.compile(f"[（(][{NUMERAL}]{{1,4}}[）)]|[0-9]{{1,2}}[.．、]")
"""How a 项, or a 目 of one, begins."""
KIND = re.compile(
    "(?:法|法典|条例|规定|办法|解释|细则|规则|决定|准则|批复|意见|规程)(?:[（(][^（）()]{1,8}[）)])?$"
)
"""How a statute's name ends."""

_PART = re.compile(f"(?:第[{NUMERAL}]+编\\s*)?(?P<part>[{HAN}]{{2,6}}编|总则|附则)$")
_CODE = re.compile("法典$")
_ENDS = re.compile("[。；：！？;:!?][”’」』）)】]*$")
_TITLED = re.compile(f"{PROVISION.pattern}\\s*[（(【\\[][^（）()】\\]]{{1,30}}[）)】\\]]$")
"""A 条 whose line holds its heading only."""
_PREAMBLE = re.compile("制定本|如下[:：。]|决定[:：]")
_PAGE = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*$|第\s*\d+\s*页.*$")
_LABEL = re.compile(
    r"[【\[]?(?P<name>[^】\]:：]{2,8})[】\]]\s*(?P<value>\S.*)$|^(?P<plain>名称|标题|法规名称|文件名称)[:：]\s*(?P<text>.+)$"
)
_NAMED = re.compile("名称|标题")
_SITE = re.compile(r"\s*[|｜_]\s*.*$|\s+[-–—]\s+.*$")
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d|[〇○零一二三四五六七八九]{4})\s*[年-]\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[月-]\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*日|(?!\d))"
)
_DATED = re.compile(r"[（(](?P<day>(?:19|20)\d\d-\d\d-\d\d)[）)]")
"""The day of its version in the name of a statute's file: 电子商务法(2018-08-31).md."""
_AMENDED = re.compile("修正|修订|修改")
_MADE = re.compile("通过|公布|发布|颁布|令|^】")
_EFFECTIVE = re.compile("施行|实施|生效")
_ORDER = re.compile(
    f"(?P<issuer>[{HAN}]{{2,24}})\\s*令\\s*[（(]?第?\\s*(?P<number>\\d+|[{NUMERAL}]+)\\s*号"
)
_PAPER = re.compile(f"[{HAN}]{{1,6}}〔(?:19|20)\\d\\d〕\\s*\\d+号")
_COUNCIL = re.compile(
    f"(?P<place>[{HAN}]{{2,12}}?)?第[{NUMERAL}]+届(?P<council>(?:全国)?人民代表大会(?:常务委员会)?)"
)
_BEFORE = re.compile(f"^.*?日(?=[{HAN}]{{3}})|^.*?(?=全国人民)|^中华人民共和国(?=国务院|主席)")
"""What stands before a name that may not belong to it."""
_COURT = re.compile("最高人民法院|最高人民检察院")
_STATE = re.compile("国务院(?=第\\s*\\d+\\s*次常务会议|令)")
_FROM = re.compile(
    f"自\\s*(?P<day>{_DAY.pattern.replace('?P<year>', '').replace('?P<month>', '').replace('?P<day>', '')})\\s*起\\s*(?:施行|实施)"
)
_REPEALED = re.compile("(?:同时|即行|即)?(?:废止|失效)")
_NAMES = re.compile("《(?P<name>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_REGION = re.compile("^(?:[\u4e00-\u9fff]{2,12}?(?:省|自治区|市|自治州|自治县|特别行政区))")


class Text(NamedTuple):
    """Where a statute stands in a file.

    Args:
        spans: Its headings and lines in order.
        before: The lines above it that are not blank.
        after: Those below it.
        doubts: What a person must look at: (what, start, end).
    """

    spans: tuple[Span, ...]
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    doubts: tuple[tuple[str, int, int], ...]


class Head(NamedTuple):
    """What a statute's head says of it; the fields are `Article`'s."""

    title: str | None
    publisher: str | None
    published: str | None
    region: Region
    statute: Statute


def find(lines: Sequence[Line]) -> Text | None:
    """Return where a statute stands among a file's lines; None where there is none."""
    full = [line for line in lines if line.text and not _PAGE.match(line.text)]
    leaves = _leaves(full)
    if len(leaves) < FEWEST:
        return None
    first, last = leaves[0], leaves[-1]
    level = len(LEVELS)
    # A chapter stands above its section; what stands above a chapter of the same level is the table of contents.
    while first and is_heading(above := full[first - 1].text) and (here := _level(above)) < level:
        first, level = first - 1, here
    while first and _is_preamble(full[first - 1].text):
        first -= 1
    within = sum(_han(line.text) for line in full[first : last + 1])
    if within < MOST * sum(_han(line.text) for line in full):
        return None
    while last + 1 < len(full) and _belongs(full[last + 1].text, full[last].text):
        last += 1
    spans = tuple(
        Span(line.start, line.end, is_heading(line.text)) for line in full[first : last + 1]
    )
    after = full[last + 1 :]
    doubts = (*_gaps(full, leaves), *_strays(full, leaves), *_left(full[:first], after))
    return Text(spans, tuple(full[:first]), tuple(after), doubts)


def tidied(text: str) -> list[Edit]:
    """Return the edits that join the lines that are one 款: a 项 to what leads to it, and what a width broke."""
    found: list[Edit] = []
    at = 0
    for above, below in pairwise(text.split("\n")):
        at += len(above) + 1
        if _joined(above, below):
            found.append(Edit(at - 1, at, "\n", "", "boilerplate"))
    return found


def spaced(text: str) -> list[Edit]:
    """Return the edits that set one blank behind a 条's number, and none between the characters of a heading."""
    found: list[Edit] = []
    at = 0
    for line in text.split("\n"):
        leaf = PROVISION.match(line)
        if leaf:
            behind = line[leaf.end() :]
            stop = len(line) - len(behind.lstrip(" \u3000\u00a0\t"))
            if line[leaf.end() : stop] != " ":
                found.append(_edit(text, at + leaf.end(), at + stop, " "))
        elif is_heading(line):
            outline = OUTLINE.match(line)
            assert outline is not None
            words = re.sub(r"[\s\u3000]+", "", line[outline.end() :])
            if line[outline.end() :] != (new := f" {words}" if words else ""):
                found.append(_edit(text, at + outline.end(), at + len(line), new))
        at += len(line) + 1
    return found


def is_heading(line: str) -> bool:
    """Whether a line of a statute is the heading of a part, a chapter or a section."""
    return bool(OUTLINE.match(line)) and len(line) <= HEADING


def head(
    name: str, before: Sequence[Line], after: Sequence[Line], hints: Hints, body: Sequence[str]
) -> Head:
    """Return what a statute says of itself.

    Args:
        name: Its file's name, which may give the day of its version.
        before: The lines above its text.
        after: The lines below it.
        hints: What the file says of it outside the text.
        body: Its paragraphs.
    """
    told = [line.text for line in before if not is_heading(line.text)]
    title = _title(told, hints.title)
    parts = (_PART.match(text) for text in told)
    part = next((found["part"] for found in parts if found), None)
    days = _days([*told, *(line.text for line in after)])
    begins = next((m for text in reversed(body) if (m := _FROM.search(text))), None)
    effective = days.get("effective") or (_iso(begins["day"]) if begins else None)
    issuer, number_ = _issuer(told, title or "")
    publisher = hints.publisher or issuer
    dated = _DATED.search(name)
    amended = days.get("amended")
    published = hints.published or (dated["day"] if dated else amended or days.get("passed"))
    statute = Statute(
        part if title and _CODE.search(title) else None,
        number_,
        days.get("passed"),
        amended,
        effective,
        tuple(_repealed(body)),
    )
    return Head(title, publisher, published, _region(title or "", publisher or ""), statute)


def _leaves(lines: Sequence[Line]) -> list[int]:
    """Return which lines begin a 条: the longest chain whose numbers rise by one, or by a few where some are missing."""
    chains: dict[
        int, tuple[int, int]
    ] = {}  # by the number it ends with: how long it is, and its last line
    before: dict[int, int | None] = {}
    for n, line in enumerate(lines):
        found = PROVISION.match(line.text)
        if not found:
            continue
        value, inserted = _value(found[0]), "之" in found[0]
        told = inserted or line.text[found.end() :][:1] in BEHIND
        nearest = value if inserted else value - 1
        ends = range(nearest, nearest - (SKIPPED if told else 1), -1)
        length, above = max((chains[end] for end in ends if end in chains), default=(0, None))
        if (chains and not (told or length)) or length < chains.get(value, (0, 0))[0] - inserted:
            continue
        before[n] = above
        chains[value] = length + 1, n
    at: int | None = max(chains.values(), default=(0, None))[1]
    leaves: list[int] = []
    while at is not None:
        leaves.append(at)
        at = before[at]
    return leaves[::-1]


def _gaps(lines: Sequence[Line], leaves: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    for above, below in pairwise(leaves):
        first, second = (PROVISION.match(lines[n].text) for n in (above, below))
        assert first is not None and second is not None
        if _value(second[0]) - _value(first[0]) > 1:
            what = f"{first[0]} is followed by {second[0]}"
            yield what, lines[below].start, lines[below].end


def _strays(lines: Sequence[Line], leaves: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Yield the lines that begin a 条 and are none of those in a row: one comes twice, or out of its order."""
    own = set(leaves)
    for n, line in enumerate(lines):
        found = PROVISION.match(line.text)
        if found and n not in own and line.text[found.end() :][:1] in BEHIND:
            yield f"{found[0]} comes twice or out of order", line.start, line.end


def _left(before: Sequence[Line], after: Sequence[Line]) -> Iterator[tuple[str, int, int]]:
    """Yield the prose that is left out; above the text the lines that say who passed it, and when, are none."""
    above = [line for line in before if not _DAY.search(line.text)]
    for what, lines in (
        ("text before the first article is left out", above),
        ("text behind the last article is left out", after),
    ):
        prose = [line for line in lines if _ENDS.search(line.text) and _han(line.text) >= LEFT]
        if prose:
            yield what, prose[0].start, prose[-1].end


def _value(name: str) -> int:
    """Return the number of a 条 or 条之一."""
    return int(number(name[1 : name.index("条")]))


def _belongs(line: str, above: str) -> bool:
    """Whether a line behind the last 条 is of it."""
    if ITEM.match(line) or not _ENDS.search(above):
        return _ENDS.search(line) is not None
    return (
        _ENDS.search(line) is not None
        and _han(line) >= LEFT / 3
        and not re.search("来源|编辑|版权|备案", line)
    )


def _level(heading: str) -> int:
    found = OUTLINE.match(heading)
    assert found is not None
    return LEVELS.index("分编" if found[0].endswith("分编") else found[0][-1])


def _is_preamble(line: str) -> bool:
    return (
        _han(line) >= LEFT
        and _PREAMBLE.search(line) is not None
        and _ENDS.search(line) is not None
        and not _DAY.match(line)
    )


def _joined(above: str, below: str) -> bool:
    """Whether two lines are of one 款."""
    if is_heading(above) or is_heading(below) or PROVISION.match(below):
        return False
    if ITEM.match(below):
        return True
    whole = PROVISION.fullmatch(above.strip()) or _TITLED.match(above)
    return whole is not None or not _ENDS.search(above)


def _title(lines: Sequence[str], hint: str | None) -> str | None:
    """Return what a statute is called: never the line that says when it was passed."""
    named = [found for text in lines if (found := _label(text))]
    texts = [_SITE.sub("", hint)] if hint else []
    texts += [*named, *lines]
    joined = ("".join(lines[n : n + size]) for size in (2, 3) for n in range(len(lines)))
    for text in (*texts, *joined):
        name = re.sub(r"[\s\u3000]+", "", text.lstrip("# "))
        if (
            KIND.search(name)
            and len(name) <= 80
            and not _DAY.search(name)
            and not re.search("[。；]|目录|令第", name)
        ):
            return re.sub("^《(.*)》$", r"\1", name)
    return None


def _label(text: str) -> str | None:
    found = _LABEL.match(text)
    if not found:
        return None
    if found["plain"]:
        return found["text"]
    return found["value"] if _NAMED.search(found["name"]) else None


def _days(lines: Sequence[str]) -> dict[str, str]:
    """Return the days that lines give, by what happened then; of several amendments the last."""
    found: dict[str, str] = {}
    issued: list[str] = []
    passed: list[str] = []
    for text in lines:
        days = [*_DAY.finditer(text)]
        for n, day in enumerate(days):
            stop = days[n + 1].start() if n + 1 < len(days) else len(text)
            told, iso = text[day.end() : stop], _iso(day[0])
            before = text[days[n - 1].end() if n else 0 : day.start()]
            if _EFFECTIVE.match(re.sub(r"^[\s】\])）]*起?\s*", "", told)) or "施行日期" in before:
                found["effective"] = iso
            elif _AMENDED.search(told):
                found["amended"] = max(iso, found.get("amended", ""))
            elif word := _MADE.search(told):
                (passed if word[0] == "通过" else issued).append(iso)
    if len(passed) > 1 and max(passed) > min(passed):  # a court passes anew what it amends
        found.setdefault("amended", max(passed))
    if issued or passed:
        found["passed"] = min(issued or passed)
    return found


def _iso(text: str) -> str:
    day = _DAY.search(text)
    assert day is not None
    year = "".join(str(int(number(char))) for char in day["year"])
    month, date = (int(number(day[name])) for name in ("month", "day"))
    return f"{year}-{month:02}-{date:02}"


def _issuer(lines: Sequence[str], title: str) -> tuple[str | None, str | None]:
    """Return who issued a statute as it stands, and under what number."""
    text = "\n".join(lines)
    issuer = order = None
    for found in _ORDER.finditer(text):
        name = _BEFORE.sub("", found["issuer"])
        if name != "主席":
            issuer, order = name, f"{name}令第{found['number']}号"
    councils = [*_COUNCIL.finditer(text)]
    if councils:
        last = councils[-1]
        issuer = _BEFORE.sub("", f"{last['place'] or ''}{last['council']}")
    court = _COURT.match(title) or (_COURT.search(text) if issuer is None else None)
    if court:
        issuer = court[0]
    if issuer is None and _STATE.search(text):
        issuer = "国务院"
    papers = _PAPER.findall(text)
    return issuer, order or (re.sub(r"\s", "", papers[0]) if papers else None)


def _repealed(body: Sequence[str]) -> Iterator[str]:
    """Yield the names of the statutes that one says to be repealed by it."""
    for text in body[-6:]:
        for sentence in re.split("(?<=[。；])", text):
            if _REPEALED.search(sentence):
                yield from (found["name"] for found in _NAMES.finditer(sentence))


def _region(title: str, issuer: str) -> Region:
    """Return the place whose rule a statute is, by its name or by whose council passed it."""
    for text in (title, issuer):
        found = _REGION.match(text)
        if found:
            return region.read("", [f"{found[0]}人民政府。{found[0]}人民代表大会。"], "", "").region
    return Region()


def _han(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


def _edit(text: str, start: int, end: int, new: str) -> Edit:
    return Edit(start, end, text[start:end], new, "boilerplate")
