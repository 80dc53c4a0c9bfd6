"""Which lines of a page are the article; everything else is furniture.

An article is a run of prose. Its core is the page's longest run of paragraphs that can be nothing else; sentences that
touch it belong to it, and a short line between two paragraphs is a heading. It ends at an end mark (责任编辑, 相关文章,
上一篇, …), or where the page stops to be prose. What lies at its edges and may be either is left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from bot.edits import Edit
from bot.ingest import edges, furniture, imprint, outline
from bot.ingest.fluency import HAN
from bot.ingest.furniture import LONG_HAN, START_HAN, Kind
from bot.ingest.outline import Outline
from bot.ingest.page import Line

HEADING_HAN = (2, 40)
FARM = 3
"""This many list items in a row are a link list, not an article's own list."""
GAP = 2
"""Lines that are no prose, up to which two paragraphs are of one article: a heading, a caption."""
ROWS = 0.7
"""Share of rows of figures or addresses among the lines between two paragraphs, from which they are a table however long."""
TABLE = 12
"""Lines of a table or a list that may stand between two, if none of them is anything that pages put around articles."""

_SOURCE = re.compile(
    r"(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}.*(?:来源|作者|编辑|浏览|点击|阅读|字号|\d\d:\d\d)"
    r"|(?:来源|作者|浏览|点击|阅读).*(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}"
)
"""When and where a report was published: what stands above that is another's."""
_CELLS = re.compile(r"\S\s*[|｜\t]|\S(?:\s{2,}|\u3000)\S+(?:\s{2,}|\u3000)\S")
_TOLD = re.compile(r"(?<!\d)0\d{2,3}[-—]?\d{7,8}(?!\d)|[路街道巷村]\S{0,6}?\d{1,5}号")
_NUMBERED = re.compile(r"\d{1,2}[.、．)）]")
_FIRST = re.compile(r"(?:一[、.．]|[（(]一[)）]|第一[章节部]|(?:案例|问题|问)\s*[一1][:：、\s])")
_SALUTATION = re.compile(
    f"(?:(?:各|尊敬的|广大|亲爱的|全[省市县区州旗]广?大?)[^。！？]{{2,60}}|[{HAN}]{{4,30}}(?:局|政府|委员会|办公室|协会))[：:]$"
)
_SIGNED = re.compile(
    r"[。！？!?”）)](?P<mark>\s*[（(【\[]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯)\s*[:：].{1,20}$)"
)


class Span(NamedTuple):
    """A paragraph or heading: `raw[start:end]`."""

    start: int
    end: int
    heading: bool


class Layout(NamedTuple):
    """What a page consists of.

    Args:
        spans: The article's paragraphs and headings in order; empty when there is none.
        before: The lines above the article that are not blank.
        after: The lines below it that are not blank, and what follows it in its own last line.
        doubts: Places of prose that was left out though it might belong to the article: (what, start, end).
    """

    spans: tuple[Span, ...]
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    doubts: tuple[tuple[str, int, int], ...]


def layout(
    text: str,
    lines: Sequence[Line],
    headings: Set[int] = frozenset(),
    small: Set[int] = frozenset(),
) -> Layout:
    """Find the article among a page's lines.

    Args:
        text: The page.
        lines: Its lines.
        headings: Where those begin that the page calls headings.
        small: Where those begin that are printed smaller than the text.
    """
    page = Outline(text, lines)
    for n, line in enumerate(page.lines):
        if line.begin in small and page.kinds[n].mark is None:
            # Of prose it is asked about.
            mark = "furniture" if page.kinds[n].prose else "caption"
            page.kinds[n] = page.kinds[n]._replace(mark=mark)
    core = _core(page)
    if core is None:
        return Layout((), tuple(page.lines), (), ())
    page.learn_indent(*core)
    first, last = _first(page, core[0]), _last(page, core[1])
    while last > first and furniture.names(page.kinds[last].view):
        last -= 1  # who wrote it, on a line by itself
    keep = [n for n in range(first, last + 1) if page.kinds[n].mark not in furniture.NO_TEXT]
    keep = [
        n
        for n in keep
        if page.kinds[n].prose or is_row(page.kinds[n]) or not _in_farm(page.kinds, n)
    ]
    spans = []
    after = list(page.lines[last + 1 :])
    for n in keep:
        line, kind = page.lines[n], page.kinds[n]
        stop = line.end
        if n == last and (signed := _SIGNED.search(line.text)):
            stop = line.start + signed.start("mark")
            after.insert(0, Line(stop, stop, line.end, line.stop, signed["mark"].strip()))
        heading = line.begin in headings or _is_heading(kind)
        spans.append(Span(line.start, stop, heading))
    doubts = edges.doubts(page, first, last, keep)
    return Layout(tuple(spans), tuple(page.lines[:first]), tuple(after), doubts)


def edits(raw: str, lines: Sequence[Line], spans: Sequence[Span]) -> list[Edit]:
    """Return the edits that leave only the spans, joined by newlines."""
    found: list[Edit] = []
    done = 0
    for span in spans:
        found += _gap(raw, lines, done, span.start, joined=done > 0)
        done = span.end
    return found + _gap(raw, lines, done, len(raw), joined=False)


def _core(page: Outline) -> tuple[int, int] | None:
    """Return the first and last line of the page's longest run of paragraphs."""
    runs: list[list[int]] = []
    for n, kind in enumerate(page.kinds):
        if not kind.strong:
            continue
        if runs and _goes_on(page.kinds[runs[-1][-1] + 1 : n]):
            runs[-1].append(n)
        else:
            runs.append([n])
    if not runs:
        return None
    best = max(runs, key=lambda run: _weight(page, run))
    return _trimmed(page, best)


def _goes_on(between: Sequence[Kind]) -> bool:
    """Say whether the lines between two paragraphs can stand in one article: a heading, a caption, a table."""
    plain = [
        kind for kind in between if not kind.weak and kind.mark not in ("furniture", "caption")
    ]
    rows = sum(is_row(kind) for kind in plain)
    if rows >= FARM and rows >= ROWS * len(plain):
        plain = []
    if any(kind.mark == "end" or _is_source(kind) for kind in between):
        return False
    table = all(kind.mark is None and not kind.voice and not kind.dated for kind in plain)
    return len(plain) <= (TABLE if table else GAP)


def _is_source(kind: Kind) -> bool:
    """Say whether a line says when and where a report was published: what stands above it is another's."""
    return _SOURCE.search(kind.view) is not None or imprint.is_dated(kind.view)


def is_row(kind: Kind) -> bool:
    """Say whether a line is a row of figures or addresses: its cells stand apart, or it tells a telephone or a house."""
    if kind.dated or kind.mark in furniture.NO_TEXT:
        return False
    one = "，" not in kind.view or _NUMBERED.match(kind.view) is not None
    told = not kind.full and one and _TOLD.search(kind.view) is not None
    return told or _CELLS.search(kind.view) is not None


def _trimmed(page: Outline, run: Sequence[int]) -> tuple[int, int]:
    """Return a run's first and last line without the site's own words at its edges.

    A line or two may lie between them and a line in which the site speaks, or above what opens like a report.
    """
    last = run[-1]
    first = next((n for n in run if _states(page.kinds[n])), run[0])
    for n in range(first + 1, min(last, first + 2 * GAP) + 1):
        above = sum(page.kinds[m].han for m in range(first, n))
        if outline.opens(page.kinds[first]):
            break
        if above < LONG_HAN and (page.kinds[n].voice or outline.opens(page.kinds[n])):
            first = next(m for m in run if m >= n)
    for n in range(last - 1, max(first, last - 2 * GAP) - 1, -1):
        below = sum(page.kinds[m].han for m in range(n + 1, last + 1))
        if below < LONG_HAN and page.kinds[n].voice:
            last = max(m for m in run if m <= n)
    return first, last


def _states(kind: Kind) -> bool:
    """Say whether a line is more than a title: a title may ask and answer, but holds no whole sentence."""
    return kind.full or kind.han > HEADING_HAN[1] or "。" in kind.view


def _weight(page: Outline, run: Sequence[int]) -> int:
    han = sum(page.kinds[n].han for n in run)
    return han * 2 if outline.opens(page.kinds[run[0]]) else han


def _first(page: Outline, first: int) -> int:
    """Return the article's first line: the core's, or a full sentence right above it."""
    while first > 0:
        kind = page.kinds[first - 1]
        weak = kind.weak and kind.mark is None and not kind.item and kind.han >= 6
        # What ends with a colon leads to the article's first point.
        leads = kind.prose and kind.mark is None and not kind.voice and kind.han >= START_HAN
        greets = _SALUTATION.match(kind.view) is not None
        if not greets and not ((weak or leads) and page.fits(first - 1)):
            above = _lead_above(page, first)
            if above == first:
                break
            first = above
            continue
        first -= 1
    return first


def _lead_above(page: Outline, first: int) -> int:
    """Return where the rows of figures or the heading right above a line begin, if a sentence leads to them; else the line."""
    top = first
    if top and _FIRST.match(page.kinds[top - 1].view) and _is_heading(page.kinds[top - 1]):
        return top - 1
    if (
        top > 1
        and _is_heading(page.kinds[top - 1])
        and page.kinds[top - 2].view.endswith(("：", ":"))
    ):
        return top - 1 if page.kinds[top - 2].han >= START_HAN else first
    while top > 0 and is_row(page.kinds[top - 1]) and page.kinds[top - 1].mark is None:
        top -= 1
    above = page.kinds[top - 1] if top else None
    led = above is not None and above.prose and above.mark is None and above.han >= START_HAN
    return top if led and first - top >= FARM else first


def _is_figures(kind: Kind) -> bool:
    """Say whether a line is a row that holds figures, and no label of a page."""
    return is_row(kind) and kind.mark is None and re.search(r"\d", kind.view) is not None


def _last(page: Outline, last: int) -> int:
    """Return the article's last line: the core's, or the last of the sentences that go on below it."""
    at = last
    plain = 0
    while at + 1 < len(page.kinds):
        kind = page.kinds[at + 1]
        whole = kind.full and kind.han >= LONG_HAN  # a report may tell whom to ask, too
        if kind.mark == "caption":
            at += 1
            continue
        if kind.mark in furniture.NO_TEXT or kind.dated or (kind.voice and not whole):
            break
        if _is_source(kind):
            break
        listed = kind.item and kind.han >= 4 and page.indent is not None
        at += 1
        if page.fits(at) and (kind.weak or kind.strong or (listed and plain == 0)):
            last, plain = at, 0
            continue
        leads = at - 1 == last and kind.prose and kind.view.endswith(("：", ":"))
        begin = at + leads
        if begin - 1 - leads == last and _rows_below(page, begin) >= FARM:
            at = last = begin + _rows_below(page, begin) - 1
            plain = 0
            continue
        plain += 1
        if plain > GAP:
            break
    return last


def _rows_below(page: Outline, at: int) -> int:
    """Return how many rows of figures stand from a line on, the one that names their columns included."""
    cells = at < len(page.kinds) and " | " in page.kinds[at].view
    stop = at + (cells and not _is_figures(page.kinds[at]))
    while stop < len(page.kinds) and _is_figures(page.kinds[stop]):
        stop += 1
    return stop - at


def _is_heading(kind: Kind) -> bool:
    low, high = HEADING_HAN
    if " | " in kind.view:  # a row of a table
        return False
    return not kind.prose and not kind.full and low <= kind.han <= high and not kind.item


def _in_farm(kinds: Sequence[Kind], n: int) -> bool:
    """Say whether a line stands in a list of links: several items in a row, or one that carries a date."""
    if kinds[n].dated:
        return True
    low = high = n
    while low > 0 and kinds[low - 1].item and not kinds[low - 1].prose:
        low -= 1
    while high + 1 < len(kinds) and kinds[high + 1].item and not kinds[high + 1].prose:
        high += 1
    return kinds[n].item and high - low + 1 >= FARM


def _gap(raw: str, lines: Sequence[Line], start: int, stop: int, *, joined: bool) -> list[Edit]:
    """Return the edits that remove `raw[start:stop]`, or make it one newline between two paragraphs."""
    text = raw[start:stop]
    if not text or (joined and text == "\n"):
        return []
    if joined and not text.strip():
        return [Edit(start, stop, text, "\n", "punctuation")]
    cuts = sorted({start, stop, *(line.begin for line in lines if start < line.begin < stop)})
    found = [Edit(a, b, raw[a:b], "", "boilerplate") for a, b in pairwise(cuts)]
    if joined:
        found[0] = found[0]._replace(clean="\n", kind="punctuation")
    return found
