"""A Markdown file as lines, each with its places in the source.

> 第一*段*，           第一段，第二行 (2, 5, "第一") …
> 第二行
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.ingest.fluency import HAN
from bot.ingest.formats import inline, reading
from bot.ingest.formats.reading import Piece

MAX_FRONT = 20_000
_TOML = re.compile(r"\A\+\+\+(?P<front>[ \t]*\r?\n.*?\n)\+\+\+(?=[ \t]*(?:\r?\n|\Z))", re.DOTALL)
"""Front matter in TOML; as long as the one in YAML that the parser knows."""
MAX_PARAGRAPH = 20_000
"""Characters of a paragraph's source up to which its markup is read: a bound on the time that broken files take."""
LEFT_HAN = 10
"""Chinese characters of a piece of HTML from which it is worth a question."""

_PICTURE = re.compile(r"!\[(?P<called>[^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"([*_])(?!\1)[^*_]+\1")
_ROW = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_NUMBER = re.compile(r"\d{1,9}[.)](?=[ \t]+$)")
_SENTENCE_END = re.compile(r"[。！？!?…][”’\"』」）)]*$")
_MARKUP = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</|<[^>]*>", re.DOTALL | re.IGNORECASE)

Problem = tuple[str, int, int]


def _parser() -> MarkdownIt:
    return inline.parser().use(front_matter_plugin)


@dataclass(slots=True)
class Line:
    """A line: its pieces of the source, and the level of the heading that it is, or 0."""

    pieces: list[Piece]
    heading: int = 0


@dataclass(slots=True)
class Reader:
    """A file's lines so far.

    Args:
        source: The file's text.
        lines: Its lines.
        problems: What a person must look at: (what, start, end) of the source.
        facts: The front matter.
        picture: What the picture right above is called, None where there is none.
    """

    source: str
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    row: list[Piece] | None = None
    heading: int = 0
    numbered: bool = False
    picture: str | None = None
    rows: list[tuple[int, int]] = field(default_factory=list)
    references: dict[str, Any] = field(default_factory=dict)
    markdown: MarkdownIt = field(default_factory=_parser)

    def __post_init__(self) -> None:
        self.rows = [match.span() for match in _ROW.finditer(self.source)]

    def read(self) -> Reader:
        """Read the whole file."""
        known = _TOML.sub(r"---\g<front>---", self.source)
        for token in self.markdown.parse(known, self.references):
            self._take(token)
        return self

    def _take(self, token: Token) -> None:
        if token.type == "front_matter":
            self._front_matter(token)
        elif token.type == "heading_open":
            self.heading = int(token.tag[1])
        elif token.type == "heading_close":
            self.heading = 0
        elif token.type == "list_item_open":
            self.numbered = bool(token.info)
        elif token.type == "tr_open":
            self.row = []
        elif token.type == "tr_close":
            if self.row:
                self.lines.append(Line(self.row))
            self.row = None
        elif token.type == "inline" and self.row is not None:
            self._cell(token, self.row)
        elif token.type == "inline":
            above, self.picture = self.picture, None
            if picture := _PICTURE.fullmatch(token.content.strip()):
                self.picture = picture["called"]
            elif above is None or not _is_caption(token.content.strip(), above):
                self._paragraph(token)
        elif token.type in ("code_block", "fence"):
            self._code(token)
        elif token.type == "html_block":
            self._html(token)

    def _paragraph(self, token: Token) -> None:
        rows = self._rows_of(token)
        places = [*_places(self.source, token.content, rows)]
        found: list[list[Piece]] = []
        if len(token.content) > MAX_PARAGRAPH or len(places) != token.content.count("\n") + 1:
            self.problems.append(
                ("lines that were read without their markup", rows[0][0], rows[-1][1])
            )
            self._plain(rows)
            return
        for line in inline.lines(token.content, self.markdown, self.references):
            moved = [_moved(piece, places) for piece in line]
            found.append(reading.merged(self.source, moved))
        if self.numbered and found:
            found[0] = self._number(found[0], places[0][1])
        self.numbered = False
        self.lines += [Line(line, self.heading) for line in found]
        joined = token.content.split("\n")
        if len(joined) > len(found) == 1 and all(map(_ends, joined)):
            what = "lines that were joined, though each ends as a paragraph does"
            self.problems.append((what, found[0][0].start, found[0][-1].end))

    def _number(self, line: list[Piece], at: int) -> list[Piece]:
        """Return an item's line, whose source begins at a place, with the number before it: it may be the text's own."""
        begin = self.rows[bisect_right(self.rows, (at, len(self.source) + 1)) - 1][0]
        match = _NUMBER.search(self.source[begin:at])
        if match is None:
            return line
        start, end = begin + match.start(), begin + match.end()
        return [Piece(start, end, match[0]), Piece(end, line[0].start, " "), *line]

    def _cell(self, token: Token, row: list[Piece]) -> None:
        start, end = self._rows_of(token)[0]
        start = row[-1].end if row else start
        text = " ".join(
            reading.text(line)
            for line in inline.lines(token.content, self.markdown, self.references)
        )
        if not text:
            return
        written = token.content.replace("|", r"\|")
        at = self.source.find(written, start, end)
        if at < 0:
            what = "a cell of a table that was not found again"
            self.problems.append((what, start, end))
            return
        if row:
            row.append(Piece(start, at, " | "))
        row.append(Piece(at, at + len(written), text))

    def _code(self, token: Token) -> None:
        rows = self._rows_of(token)
        if token.type == "fence":
            closed = self.source[slice(*rows[-1])].strip().strip(token.markup[0]) == ""
            rows = rows[1 : -1 if closed and len(rows) > 1 else None]
        self._plain(rows)

    def _plain(self, rows: Sequence[tuple[int, int]]) -> None:
        """Read rows as they are."""
        for begin, stop in rows:
            text = self.source[begin:stop].strip()
            if text:
                start = self.source.index(text, begin)
                self.lines.append(Line([Piece(start, start + len(text), text)]))

    def _html(self, token: Token) -> None:
        if len(re.findall(f"[{HAN}]", _MARKUP.sub("", token.content))) >= LEFT_HAN:
            rows = self._rows_of(token)
            self.problems.append(("text in HTML was left out", rows[0][0], rows[-1][1]))

    def _front_matter(self, token: Token) -> None:
        rows = self._rows_of(token)
        try:
            if len(token.content) > MAX_FRONT:
                raise ValueError
            if self.source.startswith("+++"):
                found = _as_text(tomllib.loads(token.content))
            else:
                # All text: what a date is, and what is nothing, is not YAML's to say.
                found = yaml.load(token.content, Loader=yaml.BaseLoader)
        except (yaml.YAMLError, ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            self.facts = found
        elif found or token.content.strip():
            self.problems.append(("front matter that cannot be read", rows[0][0], rows[-1][1]))

    def _rows_of(self, token: Token) -> list[tuple[int, int]]:
        first, last = token.map or (0, 0)
        return self.rows[first:last]


def read(source: str) -> Reader:
    """Return a file's lines."""
    return Reader(source).read()


def _as_text(value: object) -> Any:
    """Return what TOML says with its days and numbers as text, as YAML's are read."""
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    return str(value)


def _is_caption(content: str, called: str) -> bool:
    """Say whether a paragraph right below a picture is what the picture is called, or all of it in italics."""
    bare = re.sub(r"\W", "", content)
    return (bool(bare) and bare == re.sub(r"\W", "", called)) or _EMPHASIS.fullmatch(
        content
    ) is not None


def _ends(row: str) -> bool:
    return _SENTENCE_END.search(row.strip()) is not None


def _places(
    source: str, content: str, rows: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield where each line of a paragraph's content begins, and where in the source, as far as they are found."""
    begins = 0
    for text, (begin, stop) in zip(content.split("\n"), rows, strict=False):
        at = source.rfind(text.strip(), begin, stop)
        if at < 0:
            return
        yield begins, at - (len(text) - len(text.lstrip()))
        begins += len(text) + 1


def _moved(piece: Piece, places: Sequence[tuple[int, int]]) -> Piece:
    """Return a piece of a paragraph's content as one of the source."""
    start, last = (_at(at, places) for at in (piece.start, piece.end - 1))
    return piece._replace(start=start, end=last + 1)


def _at(position: int, places: Sequence[tuple[int, int]]) -> int:
    begins, at = places[bisect_right(places, position, key=lambda place: place[0]) - 1]
    return at + position - begins
