"""Which lines of a page are the article; everything else is furniture.

An article is a run of prose: lines with sentences. It begins at a dateline (X报…讯) or with the longest run of prose,
and ends at an end mark (责任编辑, 相关文章, 上一篇, 友情链接, …) or with its last prose. A short line without a sentence
between two paragraphs is a heading. No sentence of any page is known here; `boilerplate.tsv` holds the labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from bot.ingest import ruby, script
from bot.ingest.edits import Edit
from bot.ingest.fluency import HAN
from bot.ingest.page import Line

DATELINE = re.compile(
    rf"[{HAN}·]{{2,14}}?(?:报|社|网|台|刊)[{HAN}\s\d]{{0,12}}?(?:讯|电|报道)(?=[\s（(，,：:\d—【]|[{HAN}])"
)
"""中国消费者报上海讯（记者…）, 新华社北京11月14日电, 中国消费者报报道: how a news report begins."""

START_HAN = 20
"""A shorter first line is a greeting or a slogan: 欢迎您!"""
LONG_HAN = 60
"""A line this long with two commas is prose even when its end is broken off or damaged; titles are shorter."""
HEADING_HAN = (2, 40)
FARM = 3
"""This many list items in a row are a link list, not an article's own list."""

_HAN = re.compile(f"[{HAN}]")
_SENTENCE_END = re.compile(
    r"[。！？!?；;][”’\"』」）)]*$|[。！？!?][^。！？!?，,]{0,10}$|[：:]$|……$|—$|”$"
)
_TEASER_END = re.compile(r"(?:\.{3}|(?<!…)…)\s*(?:\[?(?:详细|全文|更多)\]?)?$")
_ITEM = re.compile(r"^[-•·●○■□▪◆◇▶►»›>*★☆|]+\s*|^\d{1,2}[.、]\s*(?=\S{4,40}$)")
_DATED = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\]）)]?$"
)
_LABEL_STOP = re.compile(r"[\s:：>|｜/（(【\[\]】©,，]|$")
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


class _Kind(NamedTuple):
    mark: str | None  # "end", "furniture" or None
    prose: bool
    item: bool
    han: int
    view: str


def layout(lines: Sequence[Line], headings: Set[int] = frozenset()) -> Layout:
    """Find the article among a page's lines.

    Args:
        lines: The page's lines.
        headings: Where those begin that the page calls headings.
    """
    lines = [line for line in lines if line.text]
    kinds = [_kind(line.text) for line in lines]
    first = _first(kinds)
    if first is None:
        return Layout((), tuple(lines), (), ())
    end = next((n for n in range(first, len(lines)) if kinds[n].mark == "end"), len(lines))
    last = max((n for n in range(first, end) if kinds[n].prose), default=first)
    keep = [n for n in range(first, last + 1) if kinds[n].mark is None]
    keep = [n for n in keep if kinds[n].prose or not _in_farm(kinds, n)]
    spans = []
    after = list(lines[last + 1 :])
    for n in keep:
        line, kind = lines[n], kinds[n]
        stop = line.end
        if n == last and (signed := _SIGNED.search(line.text)):
            stop = line.start + signed.start("mark")
            after.insert(0, Line(stop, stop, line.end, line.stop, signed["mark"].strip()))
        heading = line.begin in headings or _is_heading(kind)
        spans.append(Span(line.start, stop, heading))
    return Layout(tuple(spans), tuple(lines[:first]), tuple(after), _doubts(lines, kinds, end))


def edits(raw: str, lines: Sequence[Line], spans: Sequence[Span]) -> list[Edit]:
    """Return the edits that leave only the spans, joined by newlines."""
    found: list[Edit] = []
    done = 0
    for span in spans:
        found += _gap(raw, lines, done, span.start, joined=done > 0)
        done = span.end
    return found + _gap(raw, lines, done, len(raw), joined=False)


def label(text: str) -> str:
    """Return a line as labels are compared: Simplified, without readings, bullets and white space."""
    return re.sub(r"\s+", "", _ITEM.sub("", view(text))).lower()


def view(text: str) -> str:
    """Return a line as it is judged: Simplified and without readings; its offsets are not the page's."""
    return script.simplify_characters(ruby.strip(text))


def _kind(text: str) -> _Kind:
    seen = view(text)
    han = len(_HAN.findall(seen))
    item = bool(_ITEM.match(seen) or _DATED.search(seen))
    teaser = bool(_TEASER_END.search(seen))
    commas = len(re.findall("[，,。；;、]", seen))
    ended = bool(_SENTENCE_END.search(seen)) and (commas > 0 or han >= 6)
    prose = not teaser and not _DATED.search(seen) and (ended or (han >= LONG_HAN and commas >= 2))
    if seen.count(" ") * 12 > len(seen) and not DATELINE.match(seen):
        prose = False  # links side by side: a space every few words
    return _Kind(mark(text, long_prose=prose and han >= LONG_HAN), prose, item, han, seen)


def mark(text: str, *, long_prose: bool = False) -> str | None:
    """Return what a line is labelled as: "end", "furniture", or None for a line that may be text."""
    name = label(text)
    name = name.lstrip("（(【[")
    for size in range(min(8, len(name)), 0, -1):
        kind = _labels().get(name[:size])
        if kind is None:
            continue
        rest = name[size : size + 1]
        spaced = re.match(rf"\W*{re.escape(name[0])}.{{0,20}}?\s", view(text)) is not None
        if (
            rest in ":："
            if long_prose
            else _LABEL_STOP.match(rest) is not None or (spaced and len(name) < 60)
        ):
            return kind
    if len(name) < 80 and re.search(r"copyright|©|icp备|poweredby|版权所有", name):
        return "end"
    return None


def _first(kinds: Sequence[_Kind]) -> int | None:
    """Return the article's first line: a dateline, else the beginning of the longest run of prose."""
    full = [
        n
        for n, kind in enumerate(kinds)
        if kind.prose
        and kind.mark is None
        and kind.han >= START_HAN
        and re.search("[。！？!?]", kind.view)
    ]
    for n in full:
        if DATELINE.match(kinds[n].view):
            return n
    runs: list[list[int]] = []
    for n in full:
        between = kinds[runs[-1][-1] + 1 : n] if runs else []
        if runs and len(between) <= 2 and all(kind.mark != "end" for kind in between):
            runs[-1].append(n)
        else:
            runs.append([n])
    return max(runs, key=lambda run: sum(kinds[n].han for n in run))[0] if runs else None


def _is_heading(kind: _Kind) -> bool:
    low, high = HEADING_HAN
    return not _SENTENCE_END.search(kind.view) and not kind.prose and low <= kind.han <= high


def _in_farm(kinds: Sequence[_Kind], n: int) -> bool:
    """Say whether a line stands in a list of links: several items in a row, or one that carries a date."""
    if _DATED.search(kinds[n].view):
        return True
    low = high = n
    while low > 0 and kinds[low - 1].item and not kinds[low - 1].prose:
        low -= 1
    while high + 1 < len(kinds) and kinds[high + 1].item and not kinds[high + 1].prose:
        high += 1
    return kinds[n].item and high - low + 1 >= FARM


def _doubts(
    lines: Sequence[Line], kinds: Sequence[_Kind], end: int
) -> tuple[tuple[str, int, int], ...]:
    """Return whole paragraphs that follow an end mark: two or more may be the article going on."""
    whole = [
        lines[n]
        for n in range(end, len(lines))
        if kinds[n].prose
        and kinds[n].mark is None
        and kinds[n].han >= LONG_HAN
        and kinds[n].view.endswith("。")
    ]
    if len(whole) < 2:
        return ()
    return (("prose after the end of the article was left out", whole[0].start, whole[-1].end),)


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


@cache
def _labels() -> dict[str, str]:
    text = files("bot.ingest").joinpath("boilerplate.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: kind for kind, name in rows}
