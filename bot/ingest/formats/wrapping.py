"""Lines that were broken at one width: which of them go on in the next.

香菇上市的季节，双龙镇的交        goes on
易市场一天要走三十吨。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.ingest import boilerplate, furniture
from bot.ingest.fluency import HAN
from bot.ingest.page import BLANK

COLUMNS, CHARACTERS = (24, 120), (12, 60)
"""Widths at which lines can have been broken: in columns, of which a Chinese character takes two, and in characters."""
SLACK = 6
"""Columns or characters by which broken lines differ: no line begins with a comma, and no figure is torn apart."""
TIGHT = 2
"""The same of most of them: of two ways to measure, the one by which more lines differ by no more is how they were broken."""
FEWEST, PROSE, SHARE, WIDER = 3, 0.4, 0.5, 0.2
"""Full lines within a sentence, the share of them with a pause, and that of full ones among lines of text, from which
lines were broken; the share of wider ones up to which: those above and below the text."""

_ENDS = re.compile(r"[。！？!?；;：:…”』」）)》]$")
_ITEM = re.compile(
    r"[-•·●○■□▪◆◇▶►*★☆](?!\d)|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳]"
)
_HAN = re.compile(f"[{HAN}]")
_PAUSE = re.compile("[，。、；：！？]")
_LETTER = re.compile("[A-Za-z]")


def going_on(lines: Sequence[str]) -> list[bool]:
    """Say of each line, white space before it included, whether it goes on in the next."""
    bare = [line.strip(BLANK) for line in lines]
    measured = [
        (_broken_at(bare, widths, bounds), widths)
        for widths, bounds in (
            ([_columns(line.rstrip(BLANK)) for line in lines], COLUMNS),
            ([len(line.rstrip(BLANK)) for line in lines], CHARACTERS),
        )
    ]
    (width, _), widths = max(measured, key=lambda found: found[0][1])
    if not width:
        return [False] * len(lines)
    starts = [line[: len(line) - len(line.lstrip(BLANK))] for line in lines]
    indented = any(start for start, text in zip(starts, bare, strict=True) if text)
    found = []
    for n in range(len(lines)):
        last = n + 1 == len(lines) or not bare[n] or not bare[n + 1]
        # What ends a sentence may be short: it goes on only if the next word would not have fitted.
        slack = TIGHT if _ENDS.search(bare[n]) else SLACK
        full = not last and width - slack <= widths[n] <= width + TIGHT
        begins = full and indented and bool(starts[n + 1])
        found.append(full and not begins and _goes_on(bare[n], bare[n + 1]))
    return found


def between(above: str, below: str) -> str:
    """Return what stands between two lines that are one: a space between two words of letters, else nothing."""
    words = _LETTER.match(above[-1:]) and _LETTER.match(below[:1])
    return " " if words else ""


def _broken_at(
    lines: Sequence[str], widths: Sequence[int], bounds: tuple[int, int]
) -> tuple[int, int]:
    """Return the width at which lines were broken, and how many end right there; 0 where none were.

    Most end there, several of them within a sentence, few behind it.
    """
    # A line above a blank one ends where its paragraph does.
    text = [n for n, line in enumerate(lines[:-1]) if lines[n + 1] and _is_text(line)]
    counts = Counter(
        width
        for n in text
        for width in range(widths[n], widths[n] + SLACK + 1)
        if bounds[0] <= width <= bounds[1]
    )
    if not counts:
        return 0, 0
    width = min(counts, key=lambda each: (-counts[each], each))
    inside = [lines[n] for n in text if width - SLACK <= widths[n] <= width]
    within = [line for line in inside if not _ENDS.search(line)]
    prose = [line for line in within if _PAUSE.search(line)]
    wider = sum(widths[n] > width for n, line in enumerate(lines) if _is_text(line))
    broken = len(within) >= FEWEST and len(prose) >= PROSE * len(within)
    broken = broken and len(inside) >= SHARE * len(text) and wider <= WIDER * len(text)
    tight = sum(width - TIGHT <= widths[n] <= width for n in text)
    return (width, tight) if broken else (0, 0)


def _is_text(line: str) -> bool:
    """Say whether a line is of running text: no row of a table."""
    return len(_HAN.findall(line)) > 4 and not boilerplate.is_row(furniture.kind(line))


def _goes_on(above: str, below: str) -> bool:
    if _ITEM.match(below) or furniture.mark(below) == "end":
        return False
    return not any(boilerplate.is_row(furniture.kind(line)) for line in (above, below))


def _columns(line: str) -> int:
    """Return how many columns a line takes: two for a character that is as wide as a Chinese one."""
    return sum(2 if ord(character) > 0x2000 else 1 for character in line)
