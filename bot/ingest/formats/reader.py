"""Which reader a file is for."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from bot.article import ARTICLE_ID
from bot.errors import IngestError
from bot.ingest.document import Document
from bot.ingest.formats import text

READERS = {".txt": text.read}
"""Reader of each ending."""


def documents(name: str, content: bytes) -> list[Document]:
    """Return the articles in a received file.

    Args:
        name: The file's name.
        content: Its bytes.

    Raises:
        IngestError: It is of no known kind, or holds nothing that can be read.
    """
    suffix = PurePath(name).suffix.lower()
    read = READERS.get(suffix)
    if read is None:
        raise IngestError(f"is of no known kind ({', '.join(sorted(READERS))})")
    return read(name, article_id(name, content), content)


def article_id(name: str, content: bytes) -> str:
    """Return what the article in a file is to be called: the file's name, or a digest where that is no id."""
    stem = PurePath(name).stem
    return stem if ARTICLE_ID.fullmatch(stem) else hashlib.sha256(content).hexdigest()[:16]
