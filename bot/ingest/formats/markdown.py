"""Markdown files: the text as it came, read as a line for each paragraph, heading, item and table row.

---
title: 题目           hints
---
第一*段*，            第一段，第二行
第二行
- [一](http://a)      一
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import IngestError
from bot.ingest import page
from bot.ingest.document import Document, Hints
from bot.ingest.formats import facts, markdown_lines, reading
from bot.ingest.formats.markdown_lines import Line

MAX_TEXT = 500_000
"""Characters of a file at most: the parser takes a second for so many, and many where somebody means it."""


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the article in a Markdown file.

    Raises:
        IngestError: The bytes are no text, or there is none.
    """
    found = page.decoded(content)
    if len(found.text) > MAX_TEXT:
        raise IngestError(f"longer than {MAX_TEXT} characters")
    reader = markdown_lines.read(found.text)
    if not reader.lines:
        raise IngestError("holds no text")
    hints, wrong = facts.hints(reader.facts)
    lines = reader.lines
    firsts = [line for line in lines if line.heading == 1]
    title = firsts[0] if len(firsts) == 1 or lines[0].heading == 1 else None
    headings = _headings(lines, title)
    changes = reading.edits(found.text, [line.pieces for line in lines])
    return [
        Document(
            article_id,
            name,
            ".md",
            content,
            found.text,
            changes,
            headings,
            hints=_titled(hints, title),
            problems=(*found.problems, *reader.problems, *((what, 0, 1) for what in wrong)),
        )
    ]


def _headings(lines: Sequence[Line], title: Line | None) -> frozenset[int]:
    starts = reading.starts(reading.text(line.pieces) for line in lines)
    found = zip(starts, lines, strict=True)
    return frozenset(at for at, line in found if line.heading and line is not title)


def _titled(hints: Hints, title: Line | None) -> Hints:
    text = reading.text(title.pieces).strip() if title else ""
    return replace(hints, title=text) if text and hints.title is None else hints
