"""Which reader a file is for: by its ending, unless its bytes say that the ending lies.

article.htm     web page
article.txt     text, or a web page where it begins with <!DOCTYPE html>
article         by its bytes alone; text where they do not tell
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import cast

from bot.article import ARTICLE_ID
from bot.errors import IngestError
from bot.ingest.document import Document, Refused
from bot.ingest.formats import sniffing
from bot.ingest.page import MAX_BYTES

READERS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".docx": "docx",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".json": "json_objects",
    ".jsonl": "json_objects",
}
"""The module that reads files of each ending; imported where there is one to read, for they import large libraries."""
PACKED = {".pdf": "PDF", ".docx": "Word"}
"""Endings of files that their first bytes tell."""

Read = Callable[[str, str, bytes], Sequence[Document | Refused]]


def documents(name: str, content: bytes) -> list[Document | Refused]:
    """Return the articles in a received file; of several, those that cannot be read are refused by their lines.

    Args:
        name: The file's name.
        content: Its bytes.

    Raises:
        IngestError: It is of no known kind, or holds nothing that can be read.
    """
    if len(content) > MAX_BYTES:
        raise IngestError(f"larger than {MAX_BYTES // 1024 // 1024} MB")
    if not content.strip():
        raise IngestError("is empty")
    module = import_module(f"bot.ingest.formats.{READERS[suffix(name, content)]}")
    return [*cast(Read, module.read)(name, article_id(name, content), content)]


def suffix(name: str, content: bytes) -> str:
    """Return the ending that says how a file is to be read.

    Raises:
        IngestError: It is of no known kind.
    """
    called = PurePath(name).suffix.lower()
    found = sniffing.kind(content)
    if called == ".pdf" and b"%PDF-" in content[:1024]:
        return called
    if called == ".jsonl" and found != ".docx":
        return called
    if found is not None:
        return found
    if called in PACKED:
        raise IngestError(f"is not a {PACKED[called]} file")
    if called and called not in READERS:
        raise IngestError(unknown())
    if READERS.get(called) == "html" and b"<" not in content:
        return ".txt"  # its lines would be one
    return called or ".txt"


def unknown() -> str:
    """Return why a file of another ending is refused."""
    return f"is of a kind that cannot be read; these can: {', '.join(sorted(READERS))}"


def article_id(name: str, content: bytes) -> str:
    """Return what the article in a file is to be called: the file's name, or a digest where that is no id."""
    stem = PurePath(name).stem
    return stem if ARTICLE_ID.fullmatch(stem) else hashlib.sha256(content).hexdigest()[:16]
