"""A Word file's body as lines: one for each paragraph and each row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.ingest.fluency import HAN

TITLE = -1
"""Level of a line in the style for titles."""
CELL_SIZE = 60
"""A row of a table with a longer cell is no row of figures but a page laid out by a table."""
PROSE_HAN = 20
MAX_DEPTH = 50

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(
    _W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "rt", "instrText", "delText", "delInstrText")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_PICTURES = frozenset(_W + name for name in ("drawing", "pict", "object"))
_SIGNS = {"tab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line, and the level of the heading that it is, or 0."""

    text: str
    heading: int = 0


@dataclass(slots=True)
class Reader:
    """A file's lines so far, and what a person must look at: (what, number of the line)."""

    styles: dict[str, int]
    notes: bool = False
    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[str, int]] = field(default_factory=list)

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[tuple[Any, str]]:
        """Yield the paragraphs and tables in an element in order."""
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        for element in parent:
            if element.tag in (f"{_W}p", f"{_W}tbl"):
                yield element, element.tag.removeprefix(_W)
            elif element.tag not in _GONE and isinstance(element.tag, str):
                yield from self.blocks(element, depth + 1)

    def take(self, parent: Any, depth: int = 0) -> None:
        """Read the paragraphs and tables in an element."""
        for element, kind in self.blocks(parent, depth):
            if kind == "tbl":
                self._table(element, depth + 1)
            else:
                self._paragraph(element)

    def _paragraph(self, element: Any) -> None:
        for what, text in (
            ("text in a box was left out", _boxed(element)),
            ("hidden or struck out text was left out", "".join(_hidden(element))),
        ):
            if _is_prose(text):
                self.problems.append((what, len(self.lines)))
        if not self.notes and (
            next(element.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"), None) is not None
        ):
            self.notes = True
            self.problems.append(("", len(self.lines)))
        level = self._level(element)
        for text in _text(element).split("\n"):
            if text.strip():
                self.lines.append(Line(text.rstrip(), level))

    def _table(self, table: Any, depth: int) -> None:
        for row in _children(table, f"{_W}tr"):
            cells: list[list[Line]] = []
            for cell in _children(row, f"{_W}tc"):
                inner = Reader(self.styles, self.notes)
                inner.take(cell, depth)
                self.problems += [(what, len(self.lines) + n) for what, n in inner.problems]
                self.notes = inner.notes
                cells.append(inner.lines)
            texts = [" ".join(line.text.strip() for line in lines) for lines in cells]
            if len(cells) < 2 or any(len(text) > CELL_SIZE for text in texts):
                self.lines += [line for lines in cells for line in lines]
            elif any(texts):
                self.lines.append(Line(" | ".join(text for text in texts if text)))

    def _level(self, element: Any) -> int:
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return 0
        style = properties.find(f"{_W}pStyle")
        level = _outline(properties)
        return level or (self.styles.get(style.get(f"{_W}val"), 0) if style is not None else 0)


def read(opened: Any) -> Reader:
    """Return the lines of a file that python-docx has opened."""
    reader = Reader(_styles(opened))
    reader.take(opened.element.body)
    notes = any(_is_prose(text) for text in _notes(opened))
    what = "footnotes were left out"
    reader.problems = [(name or what, number) for name, number in reader.problems if name or notes]
    return reader


def _styles(opened: Any) -> dict[str, int]:
    """Return the level of the headings in each style, by the style's id; `TITLE` for titles."""
    found: dict[str, int] = {}
    for style in opened.styles.element.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        called = (name.get(f"{_W}val") or "").strip() if name is not None else ""
        heading = _HEADING.match(called)
        properties = style.find(f"{_W}pPr")
        level = int(heading[1]) if heading else 0
        if called.lower() in ("title", "标题"):
            level = TITLE
        elif not level and properties is not None:
            level = _outline(properties)
        if level:
            found[style.get(f"{_W}styleId") or ""] = level
    return found


def _outline(properties: Any) -> int:
    """Return the level that paragraph properties say, or 0; Word counts from 0, and 9 is running text."""
    level = properties.find(f"{_W}outlineLvl")
    value = level.get(f"{_W}val") if level is not None else None
    return int(value) + 1 if value and value.isdigit() and int(value) < 9 else 0


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table, or the cells of a row, those within content controls included."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(element, tag)


def _text(element: Any) -> str:
    """Return the text of a paragraph as it is read, lines broken where it breaks them by itself."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _GONE or tag in _PICTURES or _is_hidden(child):
            continue
        name = tag.removeprefix(_W)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name] if child.get(f"{_W}type") in (None, "textWrapping") else "")
        elif name != "p":
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    """Say whether a run is hidden, struck out, or white on the white page."""
    if run.tag != f"{_W}r" or (look := run.find(f"{_W}rPr")) is None:
        return False
    for name in ("vanish", "strike", "dstrike"):
        found = look.find(f"{_W}{name}")
        if found is not None and found.get(f"{_W}val") not in ("0", "false", "off", "none"):
            return True
    colour = look.find(f"{_W}color")
    ground = any(look.find(f"{_W}{name}") is not None for name in ("shd", "highlight"))
    return colour is not None and (colour.get(f"{_W}val") or "").upper() == "FFFFFF" and not ground


def _hidden(element: Any) -> Iterator[str]:
    for run in element.iter(f"{_W}r"):
        if _is_hidden(run):
            yield "".join(text.text or "" for text in run.iter(f"{_W}t"))


def _boxed(element: Any) -> str:
    """Return the text of the boxes in a paragraph; each is there twice, once for older programs."""
    boxes = element.iter(f"{_W}txbxContent")
    return max(
        ("".join(t.text or "" for t in box.iter(f"{_W}t")) for box in boxes), key=len, default=""
    )


def _notes(opened: Any) -> Iterator[str]:
    """Yield the texts of a file's foot- and endnotes."""
    for relation in opened.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            source = relation.target_part.blob.decode("utf-8", "replace")
            yield re.sub(r"<[^<>]*>", "", source)


def _is_prose(text: str) -> bool:
    return len(re.findall(f"[{HAN}]", text)) >= PROSE_HAN
