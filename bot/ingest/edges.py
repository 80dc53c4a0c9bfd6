"""What was left out at an article's edges, or inside of it, and may be its own all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.ingest import authors, imprint, outline
from bot.ingest.fluency import HAN
from bot.ingest.furniture import LONG_HAN
from bot.ingest.outline import Outline

EDGE_HAN = 8
"""Chinese characters from which a line at an article's edge is worth a question."""

LONE, ALIKE = 20, 0.3
"""Pairs of characters of a lone paragraph outside the article, and the share of them that the article has, from which it is
asked about."""

_LINKS = re.compile("相关|延伸|推荐|热门|更多")
_ROUTED = re.compile(
    r"[（(]?(?:报|送|抄送|抄报|主送|附件\d*|共印|联系人|媒体联络|\S{4,30}报送)\s*[:：\d]|(?:#\s*\S+\s*)+$"
)
VOICES = 2
"""Lines in which a site speaks, behind which an article may go on."""
BOX = 8
"""Lines of a box of links that may stand in the middle of an article."""

Doubt = tuple[str, int, int]


def doubts(page: Outline, first: int, last: int, keep: Sequence[int]) -> tuple[Doubt, ...]:
    """Return the doubts about what an article leaves out of its page: (what, start, end).

    Args:
        page: The page.
        first: The article's first line.
        last: Its last line.
        keep: Its lines.
    """
    return (
        *_inside(page, first, last, keep),
        *_above(page, first),
        *_below(page, last),
        *_behind_voice(page, last),
        *_behind_box(page, last),
        *_apart(page, first, last),
    )


def _inside(page: Outline, first: int, last: int, keep: Sequence[int]) -> list[Doubt]:
    """Return the lines between paragraphs that were left out, and may be the article's own."""
    what = "a line between two paragraphs was taken for the page's furniture"
    left = sorted(set(range(first, last + 1)) - set(keep))
    return [
        (what, page.lines[n].start, page.lines[n].end)
        for n in left
        if page.kinds[n].han >= EDGE_HAN
        and not page.kinds[n].voice
        and page.kinds[n].mark != "caption"
    ]


def _above(page: Outline, first: int) -> list[Doubt]:
    """Return the paragraph right above the article in which the site may speak, and as well the report."""
    if not first:
        return []
    kind, line = page.kinds[first - 1], page.lines[first - 1]
    whole = kind.prose and kind.full and kind.han >= LONG_HAN and kind.mark is None
    doubted = whole and kind.voice and page.fits(first - 1)
    return [("prose above the article was left out", line.start, line.end)] if doubted else []


def _below(page: Outline, last: int) -> list[Doubt]:
    """Return the line right below the article if nothing tells it from the article's own."""
    found = []
    if last + 1 < len(page.kinds):
        kind = page.kinds[last + 1]
        whole = kind.full and kind.han >= LONG_HAN
        plain = not kind.voice and not kind.dated and kind.han >= EDGE_HAN
        body = "\n".join(each.view for each in page.kinds[: last + 1] if each.strong)
        own = kind.voice and kind.prose and kind.full and _is_alike(kind.view, body)
        doubtful = kind.mark is None and (plain or whole or own) and not is_signature(kind.view)
        if doubtful and page.fits(last + 1):
            line = page.lines[last + 1]
            found.append(("a line below the article may belong to it", line.start, line.end))
    return found


def is_signature(seen: str) -> bool:
    """Say whether a line below a text says who wrote, published or receives it, or is a list of tags."""
    told = imprint.is_imprint(seen) or authors.is_signed(seen)
    return told or _ROUTED.match(seen) is not None


def _behind_voice(page: Outline, last: int) -> list[Doubt]:
    """Return a paragraph behind a line in which the site seems to speak: the article may go on there."""
    at = last + 1
    while at < min(last + 1 + VOICES, len(page.lines)) and page.kinds[at].voice:
        at += 1
    if at == last + 1 or at == len(page.lines):
        return []
    kind, line = page.kinds[at], page.lines[at]
    goes_on = kind.strong and kind.full and page.fits(at)
    what = "prose behind a line of the page's own may be the article's"
    return [(what, line.start, line.end)] if goes_on else []


def _behind_box(page: Outline, last: int) -> list[Doubt]:
    """Return prose a few lines behind a box of links that ends the article: the box may stand in its middle."""
    box = range(last + 1, min(last + 1 + BOX, len(page.lines)))
    if not box or not _LINKS.match(page.kinds[last + 1].view):
        return []
    what = "prose behind a box of links may be the article's"
    return [
        (what, page.lines[n].start, page.lines[n].end)
        for n in box
        if page.kinds[n].strong and page.kinds[n].full and page.fits(n)
    ][:1]


def _is_alike(paragraph: str, body: str) -> bool:
    """Say whether a paragraph speaks of what an article speaks of: they share so many pairs of characters."""
    han = re.findall(f"[{HAN}]", paragraph)
    pairs = {"".join(pair) for pair in pairwise(han)}
    return len(pairs) > LONE and sum(pair in body for pair in pairs) >= ALIKE * len(pairs)


def _apart(page: Outline, first: int, last: int) -> list[Doubt]:
    """Return paragraphs outside of the article: a few, or how a report opens, may be a part of it."""
    found = []
    body = "\n".join(page.kinds[n].view for n in range(first, last + 1))
    for what, numbers in (
        ("prose above the article was left out", range(first)),
        ("prose after the end of the article was left out", range(last + 1, len(page.lines))),
    ):
        strong = [n for n in numbers if page.kinds[n].strong]
        whole = [n for n in strong if page.kinds[n].full]
        several = len(whole) >= 2 and sum(page.kinds[n].han for n in whole) >= 2 * LONG_HAN
        several = several or any(_is_alike(page.kinds[n].view, body) for n in whole)
        if several or any(outline.opens(page.kinds[n]) for n in strong):
            found.append((what, page.lines[strong[0]].start, page.lines[strong[-1]].end))
    return found
