"""Pages as plain text, a paragraph a line; where all lines were broken at one width, they are joined again.

香菇上市的季节，双龙镇的交        　　香菇上市的季节，双龙镇的交易市场一天要走三十吨。
易市场一天要走三十吨。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.edits import Edit
from bot.ingest import boilerplate, furniture, page
from bot.ingest.document import Document
from bot.ingest.fluency import HAN
from bot.ingest.formats.reading import MARKUP

_LINE_END = re.compile("\r(?!\n)|[\v\f\u0085\u2028\u2029]")
"""What ends a line beside a newline: old Macintoshes', printers', and Unicode's own."""
COLUMNS, CHARACTERS = (24, 120), (12, 60)
"""Widths at which lines can have been broken: in columns, of which a Chinese character takes two, and in characters."""
SLACK = 6
"""Columns or characters by which broken lines differ: no line begins with a comma, and no figure is torn apart."""
FEWEST, PROSE, SHARE, WIDER = 3, 0.4, 0.5, 0.2
"""Full lines within a sentence, the share of them with a pause, and that of full ones among lines of text, from which lines were broken;
the share of wider ones up to which: those above and below the text."""

_ENDS = re.compile(r"[。！？!?；;：:…”』」）)》]$")
_ITEM = re.compile(
    r"[-•·●○■□▪◆◇▶►*★☆](?!\d)|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳]"
)
_HAN = re.compile(f"[{HAN}]")
_PAUSE = re.compile("[，。、；：！？]")
_LETTER = re.compile("[A-Za-z]")


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in a text file.

    Raises:
        IngestError: The bytes are no text.
    """
    found = page.decoded(content)
    ends = [Edit(*end.span(), end[0], "\n", MARKUP) for end in _LINE_END.finditer(found.text)]
    reading = tuple(sorted([*ends, *_joins(found.text)]))
    return [
        Document(article_id, name, ".txt", content, found.text, reading, problems=found.problems),
    ]


def _joins(text: str) -> Iterator[Edit]:
    """Yield the edits that join the lines of a text that was broken at one width."""
    lines = page.lines(text)
    measured = [
        (_broken_at(lines, widths, bounds), widths)
        for widths, bounds in (
            ([_columns(text[line.begin : line.end]) for line in lines], COLUMNS),
            ([line.end - line.begin for line in lines], CHARACTERS),
        )
    ]
    (width, _), widths = max(measured, key=lambda found: found[0][1])
    if width:
        yield from _joined(text, lines, widths, width)


def _joined(
    text: str, lines: Sequence[page.Line], widths: Sequence[int], width: int
) -> Iterator[Edit]:
    """Yield the edits that join lines that end near a width with those below them."""
    indented = any(line.start > line.begin for line in lines if line.text)
    for above, below, its in zip(lines, lines[1:], widths, strict=False):
        if not above.text or not below.text or not width - SLACK <= its <= width:
            continue
        if (indented and below.start > below.begin) or not _goes_on(above.text, below.text):
            continue
        words = _LETTER.match(above.text[-1]) and _LETTER.match(below.text[0])
        between = text[above.end : below.start]
        yield Edit(above.end, below.start, between, " " if words else "", MARKUP)


def _broken_at(
    lines: Sequence[page.Line], widths: Sequence[int], bounds: tuple[int, int]
) -> tuple[int, int]:
    """Return the width at which lines were broken, and how many end there; 0 where none were.

    Most end there, several of them within a sentence, few behind it.
    """
    text = [n for n, line in enumerate(lines) if _is_text(line.text)]
    counts = Counter(
        width
        for n in text
        for width in range(widths[n], widths[n] + SLACK + 1)
        if bounds[0] <= width <= bounds[1]
    )
    if not counts:
        return 0, 0
    width = min(counts, key=lambda each: (-counts[each], each))
    inside = [lines[n].text for n in text if width - SLACK <= widths[n] <= width]
    within = [line for line in inside if not _ENDS.search(line)]
    prose = [line for line in within if _PAUSE.search(line)]
    wider = sum(widths[n] > width for n in text)
    broken = len(within) >= FEWEST and len(prose) >= PROSE * len(within)
    broken = broken and len(inside) >= SHARE * len(text) and wider <= WIDER * len(text)
    return (width, len(inside)) if broken else (0, 0)


def _is_text(line: str) -> bool:
    """Say whether a line is of running text: no row of a table, no item of a list."""
    return (
        len(_HAN.findall(line)) > 4
        and not boilerplate.is_row(furniture.kind(line))
        and not _ITEM.match(line)
    )


def _goes_on(above: str, below: str) -> bool:
    """Say whether a line can go on in the next."""
    if _ITEM.match(below) or furniture.mark(below) == "end":
        return False
    return not any(boilerplate.is_row(furniture.kind(line)) for line in (above, below))


def _columns(line: str) -> int:
    """Return how many columns a line takes: two for a character that is as wide as a Chinese one."""
    return sum(2 if ord(character) > 0x2000 else 1 for character in line)
