"""An HTML page's source as lines of text: one for each block, as a browser shows them, with what each stands in.

    <nav><a>首页</a></nav>
    <p>甲<b>乙</b><br>丙</p>        首页 (nav)  甲乙  丙

White space collapses as in a browser; between two Chinese characters a line break of the source is none of the text.
What is never shown (scripts, comments, form controls, readings of <ruby>) is in no line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from bot.ingest.fluency import HAN
from bot.ingest.formats import elements, reading, styles, tags
from bot.ingest.formats.reading import Piece
from bot.ingest.formats.styles import SHOWN
from bot.ingest.formats.tags import Token

CAPTION = 80
"""Characters of a picture's caption at most."""
LOOK_BACK = 32
"""Open elements among which one to close is looked for: a bound on the time that broken pages take."""

_PARTS = re.compile(
    r"(?P<space>[ \t\r\n\f]+)|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)|[^ \t\r\n\f&]+|&"
)
_WIDE = re.compile(f"[{HAN}\u3001-\u301f\uff01-\uff65\u2018-\u201d\u2026\u2014·]")


@dataclass(slots=True)
class Block:
    """A line of the page.

    Args:
        pieces: Its text, with its places in the source.
        heading: Level of the heading that it is, or 0.
        zone: What it stands in that is not the article's: a nav, a footer, "comments", "hidden", or "".
        links: Links in it.
        linked: Characters of its text that are links.
        cell: The table row that it is a cell of, and which of its cells; None outside of tables.
        pre: Whether it is a line of text that was set line by line.
        called: The class and id of the element that it begins in.
        pictured: Whether it stands right below a picture and is set as captions are: "told" by what its element is called or
            by small or grey characters, "centred" where nothing else tells it from a heading; else "".
    """

    pieces: list[Piece] = field(default_factory=list)
    heading: int = 0
    zone: str = ""
    links: int = 0
    linked: int = 0
    cell: tuple[int, int] | None = None
    pre: bool = False
    called: str = ""
    pictured: str = ""

    @property
    def text(self) -> str:
        """The line as it is read."""
        return reading.text(self.pieces)


@dataclass(slots=True)
class Page:
    """A page's lines, and what its head says.

    Args:
        blocks: The lines in order.
        meta: Contents of the meta elements by property or name, and "title", "canonical".
        frames: Whether it shows other pages in frames.
        depth: How deep its elements are nested at most.
        unseen: The places of scripts, styles and comments.
        struck: Where the text of each struck out element begins.
        data: The texts of its scripts of linked data (JSON-LD).
        pictures: The places of pictures that stand among the words of a line.
    """

    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    frames: bool = False
    depth: int = 0
    unseen: list[tuple[int, int]] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    pictures: list[tuple[int, int]] = field(default_factory=list)


def page(source: str) -> Page:
    """Return the lines of a page's source."""
    builder = _Builder(source)
    for token in tags.tokens(source):
        builder.take(token)
    builder.end_line()
    for block in builder.page.blocks:
        short = len(block.text) <= CAPTION and not (block.zone or block.heading)
        told = block.pictured == "told" or (block.pictured and block.text.endswith("。"))
        if told and short:
            block.zone = "caption"
    return builder.page


@dataclass(slots=True)
class _Open:
    """An element that is open: what is so because of it."""

    name: str
    zone: str = ""
    gone: bool = False
    heading: int = 0
    linked: bool = False
    centred: bool = False
    faint: bool = False
    ground: bool = False


class _Builder:
    """The page so far, and what is open in it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.styles = styles.read(source)
        self.page = Page()
        self.block = Block()
        self.space: tuple[int, int, bool] | None = (
            None  # white space not yet written; whether a line ends in it
        )
        self.stack = [_Open("")]
        self.open: Counter[str] = Counter()
        self.called = ""
        self.among: tuple[int, int] | None = None  # a picture behind words of the line
        self.picture = False  # whether a picture was the last thing shown, on a line of its own
        self.linked_data = False  # in the script that was opened last
        self.row = 0
        self.cells: list[tuple[int, int]] = []

    def take(self, token: Token) -> None:
        """Read one part of the source."""
        if token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        elif token.kind == "text":
            self._text(token)
        elif token.name == "title" and "title" not in self.page.meta:
            self.page.meta["title"] = unescape(self.source[token.start : token.end])
        elif token.kind == "raw" or token.end - token.start > 9:
            self.page.unseen.append((token.start, token.end))
            if token.name == "script" and self.linked_data:
                self.page.data.append(self.source[token.start : token.end])

    def end_line(self) -> None:
        """End the line that is being read."""
        if self.block.pieces:
            self.block.pieces = reading.merged(self.source, self.block.pieces)
            self.page.blocks.append(self.block)
            self.picture = False
        self.block, self.space, self.among = Block(), None, None

    def _start(self, token: Token) -> None:
        name = token.name
        if name == "script":
            self.linked_data = "ld+json" in self.source[token.start : token.end].lower()
        if name in ("meta", "link", "frame", "iframe"):
            self._head(token)
        if name not in elements.INLINE and not self.stack[-1].gone:
            self.end_line()
            if name != "br":
                self._close_implied(name)
        if name == "tr":
            self.row += 1
            self.cells.append((self.row, -1))
        if name in ("td", "th") and self.cells:
            self.cells[-1] = (self.cells[-1][0], self.cells[-1][1] + 1)
        linked = name == "a" and "href" in self.source[token.start : token.end].lower()
        self.block.links += linked
        if name == "img" and not self.stack[-1].gone:
            self._picture(token)
        if name in elements.VOID or name in tags.RAW:
            return
        above, inline = self.stack[-1], name in elements.INLINE
        opened = _Open(name, above.zone, above.gone or name in elements.GONE)
        if not (opened.zone or opened.gone):
            self._style(opened, token)
        opened.centred = opened.centred or (inline and above.centred)
        opened.faint = opened.faint or (inline and above.faint)
        opened.ground = opened.ground or above.ground
        level = int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0
        if linked and self.open["a"]:
            self._end_inline("a")
        above = self.stack[-1]
        opened.heading = level or above.heading
        opened.linked = linked or above.linked
        self.stack.append(opened)
        self.open[name] += 1
        self.page.depth = max(self.page.depth, len(self.stack))

    def _style(self, opened: _Open, token: Token) -> None:
        """Note what an element's attributes, and the page's style, make of the text in it."""
        name = opened.name
        bare = token.end - token.start == len(name) + 2
        told = {} if bare else tags.attributes(self.source, token)
        inline = name in elements.INLINE
        if not inline:
            self.called = f"{told.get('class', '')} {told.get('id', '')}"
        fate = self.styles.fate(name, told) if told else SHOWN
        opened.zone = elements.zone(name, told, fate, in_article=self._in_article())
        opened.centred = elements.is_centred(name, told)
        opened.faint = fate.faint or elements.is_caption(told)
        opened.ground = fate.ground
        white = inline and fate.white and not self.stack[-1].ground
        if fate.struck or name in elements.STRUCK:
            opened.gone = True
            self.page.struck.append(token.end)
        elif inline and (opened.zone == "hidden" or white) and self._goes_on():
            opened.gone, opened.zone = True, ""  # in the middle of a line
        elif white:
            opened.zone = opened.zone or "hidden"

    def _picture(self, token: Token) -> None:
        """Note a picture: by itself, or behind words of a line."""
        if not self.block.pieces:
            self.picture = True
        elif not self.stack[-1].zone:
            self.among = (token.start, token.end)

    def _goes_on(self) -> bool:
        """Say whether a line has begun, or its paragraph has: nothing else in it may be hidden then."""
        return bool(self.block.pieces) or self.open["p"] > 0

    def _in_article(self) -> bool:
        return self.open["article"] + self.open["main"] > 0

    def _head(self, token: Token) -> None:
        told = tags.attributes(self.source, token)
        meta = self.page.meta
        if token.name == "meta":
            key = (told.get("property") or told.get("name") or "").lower()
            if key and told.get("content"):
                meta.setdefault(key, told["content"])
        elif token.name == "link":
            if told.get("rel", "").lower() == "canonical" and told.get("href"):
                meta.setdefault("canonical", told["href"])
        else:
            self.page.frames = True

    def _end(self, token: Token) -> None:
        name = token.name
        if name not in elements.INLINE and not self.stack[-1].gone:
            self.end_line()
        if not self.open[name]:
            return
        if name in elements.INLINE:
            self._end_inline(name)
            return
        while self._pop(1) != name:
            pass

    def _end_inline(self, name: str) -> None:
        """Close an inline element, if it was opened in this block."""
        for at in range(len(self.stack) - 1, max(0, len(self.stack) - LOOK_BACK), -1):
            if self.stack[at].name == name:
                self._pop(len(self.stack) - at)
                return
            if self.stack[at].name not in elements.INLINE:
                return

    def _pop(self, count: int) -> str:
        name = ""
        for _ in range(count):
            name = self.stack.pop().name
            self.open[name] -= 1
            if name == "tr" and self.cells:
                self.cells.pop()
        return name

    def _close_implied(self, name: str) -> None:
        """Close what ends where this element begins: a paragraph, or the item before."""
        closed = elements.CLOSED_BY.get(name, set()) if name in elements.CLOSED_BY else {"p"}
        for back in range(1, min(LOOK_BACK, len(self.stack))):
            found = self.stack[-back].name
            if found in closed or (found == "p" and name in elements.CLOSED_BY):
                self._pop(back)
                return self._close_implied(name) if name in ("tr", "td") else None
            if found not in elements.INLINE and found != "p":
                return None
        return None

    def _text(self, token: Token) -> None:
        above = self.stack[-1]
        if above.gone:
            if above.name in ("rt", "rp", "rtc") and self.block.pieces:
                self.block.pieces.append(Piece(token.start, token.end, "", "ruby"))
                self.space = self.space and (token.end, token.end, self.space[2])
            return
        pre = self.open["pre"] > 0
        for part in _PARTS.finditer(self.source, token.start, token.end):
            start, end = part.span()
            text = unescape(part[0]) if part["entity"] else part[0]
            if part["space"] or text in (" ", "\t", "\n", "\r", "\f"):
                if pre and "\n" in text:
                    self.end_line()
                elif self.space is None:
                    self.space = (start, end, "\n" in text or "\r" in text)
                else:
                    self.space = (*self.space[:2], self.space[2] or "\n" in text)
                continue
            self._write(start, end, text.replace("\n", " "), linked=above.linked)

    def _write(self, start: int, end: int, text: str, *, linked: bool) -> None:
        block, above = self.block, self.stack[-1]
        if not block.pieces:
            block.zone, block.heading, block.pre = above.zone, above.heading, self.open["pre"] > 0
            block.called = self.called
            if self.picture and (above.centred or above.faint):
                block.pictured = "told" if above.faint else "centred"
            block.cell = self.cells[-1] if self.cells and self.cells[-1][1] >= 0 else None
        elif self.space is not None:
            before = next((p.text[-1] for p in reversed(block.pieces) if p.text), "")
            if not (self.space[2] and _WIDE.match(before) and _WIDE.match(text)):
                block.pieces.append(Piece(self.space[0], self.space[1], " "))
        if self.among is not None and block.pieces:
            self.page.pictures.append(self.among)
        self.space = self.among = None
        block.linked += len(text) if linked else 0
        block.pieces.append(Piece(start, end, text))
