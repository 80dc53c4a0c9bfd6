"""Reading what the corpus keeps of an article: the file as received, the edits, the article as it stands on the disk.

    corpus/raw/a1.html              a page, which the edits count in
    corpus/raw/a2.pdf  a2.txt       what is no text by itself, and the text taken out of it

The cleaning knows how to decode any page. Here, where it is not loaded, a page is decoded in the encodings that occur,
and the first in which every edit finds what it replaced is the right one: the edits prove it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path

from bot import collection, edits
from bot.article import Article
from bot.dialogue.original import Original
from bot.edits import Edit
from bot.errors import CorpusError

PAGES = frozenset({".txt", ".html", ".md"})
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5hkscs")


class Originals:
    """Reads the files of a corpus folder.

    Args:
        corpus: The folder.
    """

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus

    async def load(self, article_id: str) -> Original | None:
        """Return what is kept of an article; None where no original is."""
        return await asyncio.to_thread(self._load, article_id)

    def _load(self, article_id: str) -> Original | None:
        folder = self._corpus / "raw"
        files = [path for path in sorted(folder.glob("*.*")) if path.stem == article_id]
        pages = [path for path in files if path.suffix in PAGES]
        received = [path for path in files if path.suffix not in PAGES] or pages
        try:
            content = received[0].read_bytes()
            page = pages[0].read_bytes() if pages else b""
        except (IndexError, OSError):
            return None
        changes = self._edits(article_id)
        return Original(
            name=f"raw/{received[0].name}",
            sha256=hashlib.sha256(content).hexdigest(),
            page=f"raw/{pages[0].name}" if pages else "",
            edits=changes,
            text=None if changes is None or not pages else decoded(page, changes),
            article=self._article(article_id),
        )

    def _edits(self, article_id: str) -> Sequence[Edit] | None:
        path = self._corpus / "edits" / f"{article_id}.jsonl"
        try:
            return edits.parse(collection.read_text(path), path)
        except CorpusError:
            return None

    def _article(self, article_id: str) -> Article | None:
        try:
            return collection.read_article(self._corpus / "articles" / f"{article_id}.md")
        except CorpusError:
            return None


def decoded(content: bytes, changes: Sequence[Edit]) -> str | None:
    """Return a page's text, decoded so that edits fit it; None where no known encoding does that."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except ValueError:
            continue
        if all(text[edit.start : edit.end] == edit.raw for edit in changes):
            return text
    return None
