"""Web pages: the source as it came, read as the lines that a browser shows.

    <div class="nav"><a>首页</a>…</div>       cut: links side by side
    <h1>题目</h1> <span>来源：某报</span>      two lines; the cleaning finds the article among them
    <p>　　正文&ldquo;…&rdquo;</p>             　　正文“…”

What is clearly no article is cut here: navigation, lists of links, comments, what is hidden. All other lines stay, so
that the cleaning finds title, source and end marks around the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot import edits
from bot.errors import IngestError
from bot.ingest import furniture, page
from bot.ingest.document import Document
from bot.ingest.formats import blocks, head, reading, second, wrapping
from bot.ingest.formats.blocks import CAPTION, Block
from bot.ingest.formats.reading import Piece

LINKED_SHARE = 0.6
LIST = 3
"""Links, or lines that are links, in a row from which they are a list."""
CELL_SIZE = 60
"""A row of a table with a longer cell is no row of figures but a page laid out by a table."""

NEAR = 400
"""Characters of the source between two pictures up to which they are one question."""
PICTURE = "a picture stands among the words: it may be a figure"

_STRUCK = re.compile("[^<]*")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})|^\s*<\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9_-]{2,20})",
    re.IGNORECASE,
)


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in an HTML file.

    Raises:
        IngestError: The bytes are no text, or no text is on the page.
    """
    found = decoded(content)
    source = found.text
    whole = blocks.page(source)
    if not any(re.search(r"\w", block.text) for block in whole.blocks):
        if whole.frames:
            raise IngestError("holds no text: it shows other pages in frames")
        raise IngestError("holds no text: a program makes it, or there is none")
    sequences = second.kept(source, whole)
    rows = _unbroken(_rows(whole.blocks))
    linked = _links(rows)
    left: list[Block] = []
    problems: list[tuple[str, int, int]] = []
    for block, listed in zip(rows, linked, strict=True):
        if not (block.zone or listed):
            left.append(block)
            continue
        prose = second.is_prose(block.text)
        seen = sequences is not None and block.zone != "hidden"
        doubted = prose and seen and second.holds(sequences or frozenset(), block.text)
        place = (block.pieces[0].start, block.pieces[-1].end)
        if doubted and block.linked <= LINKED_SHARE * len(block.text):
            zone = block.zone or "links"
            what = f"prose in a part of the page that is none of the article's ({zone})"
            problems.append((what, *place))
            left.append(block)
        elif block.zone == "hidden" and prose:
            problems.append(("prose in a hidden part of the page was left out", *place))
        elif block.zone not in ("hidden", "nav") and _is_marked(block):
            left.append(block)
    changes = reading.edits(source, [block.pieces for block in left])
    starts = reading.starts(block.text for block in left)
    headings = frozenset(at for at, block in zip(starts, left, strict=True) if block.heading > 1)
    text = edits.apply(source, changes)
    problems += second.disagreements(left, sequences, text, headings)
    problems += [
        ("text that is struck out was left out", *match.span())
        for match in (_STRUCK.match(source, at) for at in whole.struck)
        if match and second.is_long(match[0])
    ]
    problems += _pictured(left, whole.pictures)
    hints = head.hints(whole, source)
    problems += found.problems
    return [
        Document(
            article_id, name, ".html", content, source, changes, headings, hints=hints,
            problems=tuple(problems),
        )
    ]  # fmt: skip


def _pictured(
    lines: Sequence[Block], pictures: Sequence[tuple[int, int]]
) -> list[tuple[str, int, int]]:
    """Return the problems with pictures from the first to the last line of prose: what may be a caption, or a figure."""
    prose = [n for n, line in enumerate(lines) if second.is_long(line.text) and not line.links]
    within = lines[prose[0] : prose[-1] + 1] if prose else []
    places = [(line, line.pieces[0].start, line.pieces[-1].end) for line in within]
    captions = [
        ("a line below a picture may be its caption", start, end)
        for line, start, end in places
        if line.pictured and not line.heading and len(line.text) <= CAPTION
    ]
    spans = [(start, end) for line, start, end in places if not line.links]
    among = [each for each in pictures if any(start < each[0] < end for start, end in spans)]
    return captions + [(PICTURE, *place) for place in _joined(among)]


def _joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places with those made one that stand close to each other."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and start - found[-1][1] < NEAR:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def decoded(content: bytes) -> page.Decoded:
    """Return the source of a page, in the encoding that it says or that fits.

    Raises:
        IngestError: The bytes are no text.
    """
    declared = _CHARSET.search(content[:4096])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    return page.decoded(content, name)


def plain(source: str) -> list[Block]:
    """Return the lines of a piece of HTML that is all text: one in another format's file."""
    return _rows(
        [block for block in blocks.page(source).blocks if block.zone not in ("hidden", "caption")]
    )


def _rows(lines: Sequence[Block]) -> list[Block]:
    """Return the lines with the cells of each row of figures made one line."""
    found: list[Block] = []
    for row, group in groupby(lines, key=lambda block: block.cell[0] if block.cell else None):
        cells = list(group)
        places = {block.cell for block in cells}
        small = all(len(block.text) <= CELL_SIZE for block in cells)
        if row is None or len(cells) < 2 or len(places) < len(cells) or not small:
            found += cells
            continue
        pieces = list(cells[0].pieces)
        for cell in cells[1:]:
            pieces += [Piece(pieces[-1].end, cell.pieces[0].start, " | "), *cell.pieces]
        links, linked = sum(cell.links for cell in cells), sum(cell.linked for cell in cells)
        found.append(replace(cells[0], pieces=pieces, links=links, linked=linked))
    return found


def _unbroken(lines: Sequence[Block]) -> list[Block]:
    """Return the lines with those made one that were set line by line and broken at one width."""
    found: list[Block] = []
    for pre, group in groupby(lines, key=lambda block: block.pre):
        run = list(group)
        on = wrapping.going_on([block.text for block in run]) if pre else [False] * len(run)
        joined = False
        for block, goes_on in zip(run, on, strict=True):
            if joined:
                above = found[-1]
                space = wrapping.between(above.text, block.text)
                gap = Piece(above.pieces[-1].end, block.pieces[0].start, space)
                found[-1] = replace(above, pieces=[*above.pieces, gap, *block.pieces])
            else:
                found.append(block)
            joined = goes_on
    return found


def _links(lines: Sequence[Block]) -> list[bool]:
    """Say of each line whether it is of a list of links."""
    mostly = [block.linked > LINKED_SHARE * len(block.text) for block in lines]
    found: list[bool] = []
    for links, group in groupby(zip(mostly, lines, strict=True), key=lambda entry: entry[0]):
        run = [block for _, block in group]
        several = len(run) >= LIST
        found += [links and (several or block.links >= LIST) for block in run]
    return found


def _is_marked(block: Block) -> bool:
    """Say whether a line tells where an article ends, or whose the page is: 上一篇：…, 版权所有 …."""
    text = block.text
    return len(text) < 2 * CELL_SIZE and furniture.mark(text) is not None
