r"""Files of JSON lines: an article on each, as programs that collect articles write them.

    {"title": "题目", "text": "第一段\n第二段", "url": "https://www.example.cn/1", "published": "2021-12-03"}

A line that cannot be read is refused by its number, and the others go on.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from bot.article import ARTICLE_ID
from bot.edits import Edit
from bot.errors import IngestError
from bot.ingest import page
from bot.ingest.document import Document, Refused
from bot.ingest.formats import facts, html, reading

TEXTS = ("text", "content", "body", "正文")
"""What the article's text is called; the first that says something counts."""

_MARKUP = re.compile(r"<(?:p|br|div|span|article)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NONE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""What JSON can write and no text has."""


def read(name: str, article_id: str, content: bytes) -> list[Document | Refused]:
    """Return the articles in a file of JSON lines.

    Args:
        name: The file's name.
        article_id: What an article would be called if the file held one; lines are called by their own ids.
        content: The file's bytes.

    Raises:
        IngestError: The bytes are no text.
    """
    del article_id
    found: list[Document | Refused] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(page.decoded(content).text.split("\n"), start=1):
        if not line.strip(page.BLANK):
            continue
        called = f"{name}:{number}"
        try:
            document = _document(called, line.strip(page.BLANK))
        except IngestError as error:
            found.append(Refused(called, str(error)))
            continue
        first = seen.setdefault(document.id, number)
        if first != number:
            found.append(Refused(called, f"has the id of line {first}: {document.id}"))
            continue
        found.append(document)
    return found


def _document(called: str, line: str) -> Document:
    """Return the article on a line.

    Raises:
        IngestError: It is no JSON object, or has no text.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise IngestError("is not JSON") from None
    if not isinstance(row, dict):
        raise IngestError("is not a JSON object")
    raw, changes, headings = _text(row)
    hints, wrong = facts.hints(row)
    return Document(
        _id(row.get("id"), line),
        called,
        ".json",
        line.encode("utf-8", "replace"),
        raw,
        changes,
        headings,
        derived=True,
        hints=hints,
        problems=tuple((what, 0, 1) for what in wrong),
    )


def _id(value: object, line: str) -> str:
    """Return what an article is called: as the line says, or a digest where that is no id."""
    said = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    digest = hashlib.sha256(line.encode("utf-8", "replace")).hexdigest()[:16]
    return said if ARTICLE_ID.fullmatch(said) else digest


def _text(row: dict[str, Any]) -> tuple[str, tuple[Edit, ...], frozenset[int]]:
    """Return an article's text as the line has it, the edits that make lines of it, and its headings.

    Raises:
        IngestError: There is none.
    """
    for key in (*TEXTS, "paragraphs", "html"):
        value = row.get(key)
        if isinstance(value, list):
            value = "\n".join(_part(key, part).replace("\n", " ") for part in value)
        if value is None or (isinstance(value, str) and not value.strip(page.BLANK + "\n")):
            continue
        if not isinstance(value, str):
            raise IngestError(f"{key} must be text")
        text = _NONE.sub("\ufffd", value)
        return (
            _marked_up(text) if key == "html" or _MARKUP.search(text) else (text, (), frozenset())
        )
    raise IngestError("has no text")


def _part(key: str, part: object) -> str:
    """Return one of the paragraphs that a line gives in a list.

    Raises:
        IngestError: It is no text.
    """
    text = part.get("text") if isinstance(part, dict) else part
    if not isinstance(text, str):
        raise IngestError(f"{key} must be a list of texts")
    return text


def _marked_up(source: str) -> tuple[str, tuple[Edit, ...], frozenset[int]]:
    """Return a piece of HTML, the edits that make lines of it, and its headings.

    Raises:
        IngestError: It shows no text.
    """
    blocks = html.plain(source)
    if not blocks:
        raise IngestError("has no text")
    starts = reading.starts(block.text for block in blocks)
    headings = {at for at, block in zip(starts, blocks, strict=True) if block.heading > 1}
    changes = reading.edits(source, [block.pieces for block in blocks])
    return source, changes, frozenset(headings)
