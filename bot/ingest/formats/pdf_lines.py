"""A PDF file's lines as paragraphs: which lines go on in the next one, and which the page adds to each sheet.

某报 第三版             dropped: on every page
消费者投诉后，       one paragraph: the next line has no indent
商家退款。
下一段              another
- 1 -                  dropped
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from bot.ingest import authors, titles
from bot.ingest.fluency import HAN
from bot.ingest.formats import reading
from bot.ingest.formats.reading import Piece

EDGE = 3
"""Lines at a page's top and bottom among which running headers and page numbers stand."""
HEADER_SIZE = 60
INDENT = (1.2, 5.0)
"""Width of an indent, in characters."""
SLACK = 1.5
"""Characters by which a line's width may be estimated wrongly."""
LONG = 0.7
"""Share of a line's room from which it goes on in the next one if no sentence ends with it."""
GAP = 1.35
"""How much farther apart than usual two lines are that have a gap between them."""
SMALLER = 0.85
"""Share of the size of most characters below which a line is no text of the article."""
LARGER = 1.2
"""How many times the size of most characters those of a title have at least."""
LEVEL = 0.3
"""How far apart in height two lines are, in characters, up to which they stand side by side."""
APART = 1.5
"""Characters between two lines side by side from which they are two."""
CELL = 24
"""Characters of a table's cell at most."""
FEW = 5
"""Lines of a page that begin at one place, below which they may all be indented."""
ALL = -1
"""Number that stands for all pages."""
SPACED = 0.6
"""Share of spaced pairs of characters from which a line's spaces are those of the typesetting."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?\W*"
)
_WIDE = re.compile(f"[{HAN}\u2e80-\u2fdf\u3000-\u301f\uff01-\uff65\u2018-\u201d\u2026\u2014·]")
_CLOSING = "，。！？；：、）》」』】”’…—,.!?;:)"
_END = re.compile(r"[。！？!?…：:；;][”’\"』」）)]*$")
_FIGURE = re.compile(r"-|[\d.,][\d%]")
"""Two characters between which a line may break without a space: of a word, of a figure."""
_POINT = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_PROSE = re.compile("[，。；！？]")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_SPACED = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_PAIR = re.compile(f"(?<=[{HAN}]) ?(?=[{HAN}])")


class Row(NamedTuple):
    """A line of a page.

    Args:
        text: The line.
        page: Number of the page.
        x: Where it begins.
        y: How high it stands.
        size: How large its characters are; 0 where nothing of this is known.
    """

    text: str
    page: int
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0

    @property
    def look(self) -> int:
        """What lines of one text have in common: how large their characters are, in whole points."""
        return round(self.size)

    @property
    def begin(self) -> float:
        """Where the text begins, in characters."""
        blank = self.text[: len(self.text) - len(self.text.lstrip())]
        return self.x / (self.size or 1) + sum(1.0 if ch == "\u3000" else 0.5 for ch in blank)

    @property
    def end(self) -> float:
        """Where it ends, in characters."""
        return self.begin + _width(self.text.strip())


def title(rows: Sequence[Row]) -> str | None:
    """Return the title that the first page shows by its size: the largest line that can be one, larger than the text.

    Lines of one size in a row are one title, with the body whose paper it is above it.
    """
    first = [row for row in rows if row.page == rows[0].page]
    least = LARGER * _text_size(rows)
    large = [
        n for n, row in enumerate(first) if row.size > least > 0 and titles.may_be(row.text.strip())
    ]
    if not large:
        return None
    size = max(first[n].size for n in large)
    start = next(n for n in large if first[n].size == size)
    stop = start + 1
    while stop < len(first) and first[stop].size == size:
        stop += 1
    while (
        start and first[start - 1].size == size and authors.is_signed(first[start - 1].text.strip())
    ):
        start -= 1
    return "".join(row.text.strip() for row in first[start:stop])


def _text_size(rows: Sequence[Row]) -> float:
    """Return the size of most characters."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def small_print(rows: Sequence[Row], lines: Sequence[Sequence[Piece]]) -> list[bool]:
    """Say of each paragraph whether it is printed smaller than the text: a caption, an imprint, an advertisement.

    Args:
        rows: The pages' lines.
        lines: The paragraphs' pieces, as `paragraphs` returns them.
    """
    text = _text_size(rows)
    starts = reading.starts(row.text for row in rows)
    firsts = [rows[bisect_right(starts, line[0].start) - 1] for line in lines]
    small = [0 < row.size < SMALLER * text for row in firsts]
    # A table may be set smaller, and is text.
    return [
        each and " | " not in reading.text(line) for each, line in zip(small, lines, strict=True)
    ]


def paragraphs(rows: Sequence[Row]) -> tuple[list[list[Piece]], tuple[tuple[str, int, int], ...]]:
    """Return the paragraphs' pieces of the lines joined by newlines, and the problems with them."""
    starts = reading.starts(row.text for row in rows)
    cells = _cells(rows)
    dropped = {n for n in _running(rows) if not cells[n]}  # a figure is no page's number there
    kept = [n for n in range(len(rows)) if n not in dropped]
    cells = [cells[n] for n in kept]
    sheet = _Sheet([rows[n] for n in kept])
    found: list[list[Piece]] = []
    doubts: list[tuple[str, int, int]] = []
    for at, n in enumerate(kept):
        pieces = _pieces(rows[n].text, starts[n])
        if cells[at]:
            if cells[at] > 1:
                found[-1] += [Piece(found[-1][-1].end, pieces[0].start, " | "), *pieces]
            else:
                found.append(pieces)
            continue
        begins = sheet.begins(at) or (at > 0 and cells[at - 1] > 0)
        if begins or not found:
            found.append(pieces)
            continue
        line = found[-1]
        if sheet.is_doubtful(at):
            what = "lines that were joined, though one of them ends as a paragraph does"
            doubts.append((what, line[0].start, pieces[-1].end))
        before, after = line[-1].text[-1:], pieces[0].text[:1]
        if not (_WIDE.match(before) or _WIDE.match(after)) and not _FIGURE.match(before + after):
            line.append(Piece(line[-1].end, pieces[0].start, " "))
        line += pieces
    return found, tuple(doubts)


class _Sheet:
    """The lines that are left, with how they are set."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.placed = all(row.size for row in rows)
        common: Counter[tuple[int, int, int]] = Counter()
        for row in rows:
            here = round(row.begin * 2)
            common.update({(row.page, row.look, here): 1, (ALL, row.look, here): 1})
        self.margins = [self._margin(row, common) for row in rows]
        columns: dict[tuple[int, int], float] = {}
        sizes: Counter[tuple[int, int]] = Counter()
        for row, margin in zip(rows, self.margins, strict=True):
            column = row.look, round(margin)
            columns[column] = max(columns.get(column, 0.0), row.end)
            sizes[column] += 1
        self.alone = [
            row.size > 0 and sizes[row.look, round(margin)] == 1
            for row, margin in zip(rows, self.margins, strict=True)
        ]
        self.edges = [
            columns[row.look, round(margin)] for row, margin in zip(rows, self.margins, strict=True)
        ]
        self.indented = [
            INDENT[0] <= row.begin - margin <= INDENT[1]
            for row, margin in zip(rows, self.margins, strict=True)
        ]
        steps = [round(step, 1) for at in range(1, len(rows)) if (step := self._step(at))]
        self.step = Counter(steps).most_common(1)[0][0] if steps else 0.0
        gaps = any(self._step(at) > GAP * self.step for at in range(1, len(rows)))
        self.shows = gaps or any(self.indented)  # where a paragraph begins

    def begins(self, at: int) -> bool:
        """Say whether a line begins a paragraph."""
        if at == 0 or self.indented[at]:
            return True
        row, before = self.rows[at], self.rows[at - 1]
        elsewhere = abs(row.begin - before.begin) > INDENT[1] and self._step(at) > 0
        if self.alone[at - 1] and elsewhere:
            return True
        if self._step(at) > GAP * self.step or abs(row.size - before.size) > 0.1 * row.size:
            return True
        if _is_beside(row, before) and row.begin - before.end > APART:
            return True
        ended = _END.search(before.text.rstrip())
        if ended and _POINT.match(row.text.lstrip()):
            return True
        edge = self.edges[at - 1]
        long = before.end >= edge - (1 - LONG) * (edge - self.margins[at - 1])
        if long and not ended:
            return False
        return before.end + _first(row.text) + SLACK <= edge

    def is_doubtful(self, at: int) -> bool:
        """Say whether a line may begin a paragraph, though nothing shows it."""
        return not self.shows and _END.search(self.rows[at - 1].text.rstrip()) is not None

    def _step(self, at: int) -> float:
        """Return how much lower a line stands than the one above it, in characters; 0 where it does not."""
        row, before = self.rows[at], self.rows[at - 1]
        if not self.placed or row.page != before.page or before.y <= row.y:
            return 0.0
        return (before.y - row.y) / row.size

    def _margin(self, row: Row, common: Counter[tuple[int, int, int]]) -> float:
        """Return where the lines of a line's column begin: most to the left, within an indent of it, of its size.

        A page with a few lines may hold none that has no indent; the others tell then.
        """
        here = round(row.begin * 2)
        left = range(here - round(INDENT[1] * 2), here + 1)
        few = common[row.page, row.look, here] < FEW
        for page in (row.page, ALL) if few else (row.page,):
            places = [
                x for x in left if common[page, row.look, x] + common[page, row.look, x + 1] > 1
            ]
            if places and places[0] < here - 1:
                return places[0] / 2
        return here / 2


def _is_beside(row: Row, before: Row) -> bool:
    """Say whether a line stands to the right of the one before it."""
    level = row.page == before.page and abs(row.y - before.y) < LEVEL * row.size
    return level and row.x > before.x


def _cells(rows: Sequence[Row]) -> list[int]:
    """Say of each line the how manieth cell of a table's row it is; 0 of all that are in none.

    Cells of a row stand side by side, rows one below the other, and all are short.
    """
    lines: list[list[int]] = []
    for n, row in enumerate(rows):
        if n and _is_beside(row, rows[n - 1]):
            lines[-1].append(n)
        else:
            lines.append([n])
    wide = [
        len(line) > 1 and all(len(rows[n].text.strip()) <= CELL for n in line) for line in lines
    ]
    found = [0] * len(rows)
    for at, line in enumerate(lines):
        beside = [wide[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
        if wide[at] and any(beside):
            for place, n in enumerate(line, start=1):
                found[n] = place
    return found


def _running(rows: Sequence[Row]) -> set[int]:
    """Return which lines the page adds to each sheet: running headers and footers, page numbers."""
    pages = [[*group] for _, group in groupby(range(len(rows)), key=lambda n: rows[n].page)]
    heights = [sorted(numbers, key=lambda n: rows[n].y) for numbers in pages]
    edges = [
        {n for each in (numbers, by_height) for n in (*each[:EDGE], *each[-EDGE:])}
        for numbers, by_height in zip(pages, heights, strict=True)
    ]
    seen: Counter[str] = Counter()
    least = SMALLER * _text_size(rows)
    for numbers in edges:
        seen.update({_label(rows[n]) for n in numbers})
    found: set[int] = set()
    for numbers in edges:
        for n in numbers:
            text = rows[n].text.strip()
            often = seen[_label(rows[n])] >= max(2, len(pages) / 2)
            small = 0 < rows[n].size < least
            repeated = often and len(text) <= HEADER_SIZE and (small or not _PROSE.search(text))
            if repeated or (_PAGE_NUMBER.fullmatch(text) and not _is_year(text)):
                found.add(n)
    return found


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


def _label(row: Row) -> str:
    """Return what the same line is called on each sheet, where it stands at the same height."""
    return re.sub(r"\d+", "0", "".join(row.text.split())) + f"@{row.y:.0f}"


def _width(text: str) -> float:
    return sum(1.0 if _WIDE.match(ch) else 0.5 for ch in text)


def _first(text: str) -> float:
    """Return the width of a line's first part that no line break may stand in."""
    text = text.strip()
    match = re.match(r"[!-~]+", text)
    end = match.end() if match else 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return _width(text[:end])


def _pieces(text: str, start: int) -> list[Piece]:
    """Return a line's pieces: without white space around it, Chinese radicals as the characters that they stand for."""
    bare = text.strip()
    start += len(text) - len(text.lstrip())
    pairs = len(_PAIR.findall(bare))
    loose = len(_SPACED.findall(bare)) > SPACED * pairs
    found: list[Piece] = []
    done = 0
    cuts = [*_RADICAL.finditer(bare), *(_SPACED.finditer(bare) if loose else ())]
    for match in sorted(cuts, key=lambda match: match.start()):
        if done < match.start():
            found.append(Piece(start + done, start + match.start(), bare[done : match.start()]))
        done = match.end()
        if match[0] != " ":
            plain = unicodedata.normalize("NFKC", match[0])
            found.append(Piece(start + match.start(), start + done, plain, "mojibake"))
    if done < len(bare):
        found.append(Piece(start + done, start + len(bare), bare[done:]))
    return found
