"""A second opinion on which lines of a page are its article: trafilatura's, beside our own layout's.

Two ways that fail differently: trafilatura goes by the page's markup, the layout by what the lines say. Where they agree
on a paragraph of prose nobody need look; where they do not, a person has to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module

from bot.ingest import boilerplate, furniture, page
from bot.ingest.fluency import HAN
from bot.ingest.formats.blocks import Block, Page

MAX_SOURCE = 2_000_000
"""Characters of a page up to which trafilatura is asked: it takes a second or two for so many."""
MAX_DEPTH = 250
"""Nesting from which libxml2 gives up."""
PROSE_HAN = 40
SEQUENCE = 6
SHARE = 0.8
"""Share of a line's sequences among the text that was kept, from which the line was kept."""

_HAN = re.compile(f"[{HAN}]")
_PROSE_END = re.compile(r"[。！？!?][”’\"』」）)]*$")


def is_long(text: str) -> bool:
    """Say whether a text is a sentence rather than a figure or a word."""
    return len(_HAN.findall(text)) >= PROSE_HAN // 2


def is_prose(text: str) -> bool:
    """Say whether a line can be nothing but a paragraph of running text."""
    return len(_HAN.findall(text)) >= PROSE_HAN and _PROSE_END.search(text.rstrip()) is not None


def kept(source: str, found: Page) -> frozenset[str] | None:
    """Return the sequences of the text that trafilatura takes for the article; None where it has no opinion."""
    slim = _slim(source, found)
    if len(slim) > MAX_SOURCE or found.depth > MAX_DEPTH:
        return None
    trafilatura = import_module("trafilatura")
    try:
        text = trafilatura.extract(
            slim, favor_recall=True, include_comments=False, include_tables=True
        )
    except Exception:  # whatever a page broke in it: there is no opinion then
        return None
    return _sequences(text) if text else None


def holds(sequences: frozenset[str], text: str) -> bool:
    """Say whether the text that was kept holds a line."""
    mine = _sequences(text)
    return len(mine & sequences) >= SHARE * len(mine) if mine else False


def disagreements(
    blocks: Sequence[Block], sequences: frozenset[str] | None, text: str, headings: frozenset[int]
) -> list[tuple[str, int, int]]:
    """Return the problems with a page's lines: prose that only one of the two takes for the article's.

    Args:
        blocks: The lines that are left of the page.
        sequences: What trafilatura kept.
        text: The lines as one text.
        headings: Where those begin that are headings.
    """
    lines = page.lines(text)
    spans = {span.start for span in boilerplate.layout(text, lines, headings).spans}
    ours = [line.start in spans for line in lines]
    if not any(ours):
        return []  # it is refused anyway
    prose = [n for n, line in enumerate(lines) if is_prose(line.text)]
    if sequences is None:
        what = "no second opinion on where the article begins and ends"
        places = [n for n, mine in enumerate(ours) if mine]
        return [(what, *_place(blocks[places[0] : places[-1] + 1]))]
    taken = [n for n in range(len(lines)) if holds(sequences, lines[n].text)]
    theirs = range(taken[0], taken[-1] + 1) if taken else range(0)
    found: list[tuple[str, int, int]] = []
    for n in prose:
        if ours[n] == (n in theirs) or (not ours[n] and n not in taken):
            continue
        kind = furniture.kind(lines[n].text)
        if not ours[n] and (kind.mark in furniture.NO_TEXT or kind.voice):
            continue  # the site's own
        what = (
            f"prose that only {'our layout' if ours[n] else 'trafilatura'} takes for the article's"
        )
        start, end = _place(blocks[n : n + 1])
        if found and found[-1][0] == what and n - 1 in prose:
            start = found.pop()[1]
        found.append((what, start, end))
    return found


def _place(blocks: Sequence[Block]) -> tuple[int, int]:
    return blocks[0].pieces[0].start, blocks[-1].pieces[-1].end


def _sequences(text: str) -> frozenset[str]:
    dense = re.sub(r"\W+", "", text)
    last = max(1, len(dense) - SEQUENCE + 1)
    return frozenset(dense[at : at + SEQUENCE] for at in range(last)) if dense else frozenset()


def _slim(source: str, found: Page) -> str:
    """Return a page without its scripts, styles and comments, which are most of large ones."""
    parts: list[str] = []
    done = 0
    for start, end in found.unseen:
        parts.append(source[done:start])
        done = end
    return "".join((*parts, source[done:]))
