"""What a line of a page is by itself: furniture, prose, an item of a list. Where it stands is `boilerplate`'s matter.

    上一篇：瓷砖也要看“身份证”              end: the article is over
    分享到：                              furniture
    电话：0571-12345678                   label: furniture around an article, but an article's own list may begin so
    希望对您有所帮助！                     voice: a site speaks to its visitors
    据悉，该局已受理投诉1286件。            prose

No sentence of any page is known here; `furniture.tsv` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.ingest import ruby, script
from bot.ingest.fluency import HAN

DATELINE = re.compile(
    rf"(?:[{HAN}·]{{2,14}}?(?:报|社|网|台|刊)|本[报网台刊])[{HAN}\s\d]{{0,12}}?(?:讯|电|报道)(?=[\s（(，,：:\d—【]|[{HAN}])"
)
"""中国消费者报上海讯（记者…）, 新华社北京11月14日电, 中国消费者报报道: how a news report begins."""

START_HAN = 20
"""A shorter line is a greeting or a slogan, unless the article goes on around it."""
LONG_HAN = 60
"""A line this long with two commas is prose even when its end is broken off or damaged; titles are shorter."""
LABEL_SIZE = 8
NO_TEXT = frozenset({"end", "furniture", "caption"})
"""What a line is labelled as that is none of an article's text."""

_HAN = re.compile(f"[{HAN}]")
_APART = re.compile(f"(?<=[{HAN}]) +(?=[{HAN}])")
"""A space between Chinese characters; one between them and figures or Latin letters is how many set their text."""
_SIGNATURE = re.compile(r"(?<=[。！？!?”])[（(][^（()）]{1,30}[）)]$")
_SPEAKER = re.compile(r"(?:(?:本报)?记者|[问答]|主持人)\s*[:：].*[。！？!?…]$")
_NAMES = re.compile(
    rf"[（(](?:(?:本报)?(?:记者|通讯员)[\s:：]*)?[{HAN}]{{2,4}}(?:[\s、·]+[{HAN}]{{2,4}}){{0,4}}[）)]"
)
"""A line that is nothing but who wrote the report."""
_SENTENCE_END = re.compile(
    r"[。！？!?；;][”’\"』」）)]*$|[。！？!?][^。！？!?，,]{0,10}$|[：:]$|……$|—$|”$"
)
_FULL_STOP = re.compile(r"(?:[。；;]|……)[”’\"』」）)]*$|[。！？!?][”’\"』」）)]+$")
_TEASER_END = re.compile(
    r"(?:\.{3}|(?<!…)…|……)\s*(?:[\[【]?(?:详细|全文|更多|查看)(?:全文|更多|详情)?[\]】>»]*)$|(?:\.{3}|(?<!…)…)$"
)
_ITEM = re.compile(r"^[-•·●○■□▪◆◇▶►»›>*★☆|]+\s*|^\d{1,2}[.、]\s*(?=\S{4,40}$)")
_DATED = re.compile(
    r"(?:(?:19|20)\d\d[-/.年])?(?<!\d)\d{1,2}[-/月]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\]）)]?$"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\]）)]?$"
)
_NO_WORD = re.compile(r"\W*")
_SPACE = re.compile(r"\s")
_LABEL_STOP = re.compile(r"[\s:：>|｜/（(【\[\]】©,，]|$")


class Kind(NamedTuple):
    """What a line is.

    Args:
        mark: "end", "furniture", "caption" (of a picture), "label", or None for a line that may be text.
        voice: Whether the site speaks in it.
        prose: Whether it is a sentence, or a part of one that is long enough.
        full: Whether it ends as only a sentence of running text does.
        item: Whether it begins like an item of a list.
        dated: Whether it ends with a date, as headlines in lists do.
        han: Chinese characters in it.
        view: The line as it was judged.
    """

    mark: str | None
    voice: bool
    prose: bool
    full: bool
    item: bool
    dated: bool
    han: int
    view: str

    @property
    def strong(self) -> bool:
        """Whether it can only be a paragraph of running text."""
        return (
            self.prose
            and self.mark is None
            and not self.voice
            and self.han >= START_HAN
            and re.search("[。！？!?]", self.view) is not None
        )

    @property
    def weak(self) -> bool:
        """Whether it is a paragraph if its neighbours are."""
        return self.full and self.mark not in NO_TEXT and not self.voice and self.han >= 4


def kind(text: str) -> Kind:
    """Return what a line is."""
    seen = view(text)
    unsigned = _SIGNATURE.sub("", seen)
    signature = names(seen)
    han = len(_HAN.findall(seen))
    dated = _DATED.search(seen) is not None
    teaser = _TEASER_END.search(seen) is not None
    commas = len(re.findall("[，,。；;、]", seen))
    ended = bool(_SENTENCE_END.search(unsigned)) and (commas > 0 or han >= 6)
    prose = not teaser and not dated and (ended or (han >= LONG_HAN and commas >= 2))
    if len(_APART.findall(unsigned)) * 12 > len(unsigned) and not DATELINE.match(seen):
        prose = False  # links side by side: a space every few words
    name = _compared(seen)
    long_prose = prose and han >= LONG_HAN
    return Kind(
        _mark(name, seen, long_prose=long_prose),
        _speaks(name, han),
        prose,
        signature or (prose and _ends_speech(unsigned)),
        _ITEM.match(seen) is not None or dated,
        dated,
        han,
        seen,
    )


def _ends_speech(seen: str) -> bool:
    """Say whether a line ends as only text does; a question may be a title, but not one that somebody asks."""
    return _FULL_STOP.search(seen) is not None or _SPEAKER.match(seen) is not None


def _speaks(name: str, han: int) -> bool:
    """Say whether the site speaks in a line: all through a short one, from the beginning of a long one."""
    found = _voice().search(name)
    return found is not None and (han < 2 * LONG_HAN or found.start() < LONG_HAN)


def names(seen: str) -> bool:
    """Say whether a line is nothing but who wrote a report: （记者 刘浩）."""
    return _NAMES.fullmatch(seen) is not None


def label(text: str) -> str:
    """Return a line as it is compared: Simplified, lower case, without readings, bullets and white space."""
    return _compared(view(text))


def mark(text: str) -> str | None:
    """Return what a line is labelled as: "end", "furniture", "caption", "label", or None."""
    return kind(text).mark


def is_no_text(text: str) -> bool:
    """Say whether a line is labelled as none of an article's text."""
    return kind(text).mark in NO_TEXT


def view(text: str) -> str:
    """Return a line as it is judged: Simplified and without readings; its offsets are not the page's."""
    return script.simplify_characters(ruby.strip(text))


def _compared(seen: str) -> str:
    return re.sub(r"\s+", "", _ITEM.sub("", seen)).lower()


def _mark(name: str, seen: str, *, long_prose: bool) -> str | None:
    bare = name.lstrip("（(【[")
    for size in range(min(LABEL_SIZE, len(bare)), 0, -1):
        found = _labels().get(bare[:size])
        if found is None:
            continue
        rest = bare[size : size + 1]
        if long_prose:
            stops = rest != "" and rest in ":："
        else:
            # A space ends a label, too: 责任编辑 王某; what stands after 责 任 编 辑 is told by the line's length.
            start = _NO_WORD.match(seen).end()  # type: ignore[union-attr]  # it matches anything
            behind = seen[start + 1 : start + 22]
            spaced = seen[start : start + 1] == bare[0] and _SPACE.search(behind) is not None
            stops = _LABEL_STOP.match(rest) is not None or (spaced and len(bare) < LONG_HAN)
        if stops:
            return found
    if not long_prose:
        for found, pattern in _patterns().items():
            if pattern.match(bare):
                return found
    if len(name) < 80 and re.search(r"copyright|©|icp备|poweredby|版权所有", name):
        return "end"
    return None


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = files("bot.ingest").joinpath("furniture.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((row[0], row[1], row[2]) for row in (line.split("\t") for line in lines))


@cache
def _labels() -> dict[str, str]:
    return {text: found for found, how, text in _rows() if how == "label"}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return what a line begins with, or is, by kind."""
    found: dict[str, list[str]] = {}
    for name, how, text in _rows():
        if how in ("begins", "whole"):
            found.setdefault(name, []).append(f"(?:{text})" + ("$" if how == "whole" else ""))
    return {name: _any(texts) for name, texts in found.items()}


@cache
def _voice() -> re.Pattern[str]:
    return _any(text for _, how, text in _rows() if how == "holds")


def _any(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(texts))
