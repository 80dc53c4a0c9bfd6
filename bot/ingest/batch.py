"""Articles that are added to a corpus in one change: all of them are written, or none."""

from __future__ import annotations

from pathlib import Path

from bot.ingest import kept
from bot.ingest.document import Document
from bot.ingest.draft import Draft
from bot.ingest.journal import Journal


class Batch:
    """Articles gathered for one change.

    Args:
        corpus: The corpus folder.
    """

    def __init__(self, corpus: Path) -> None:
        self.names: dict[str, str] = {}
        """What the operator calls the file of each article, by the article's id."""
        self._corpus = corpus
        self._files: dict[str, bytes | None] = {}

    def take(self, document: Document, draft: Draft) -> None:
        """Take an article in.

        Raises:
            IngestError: What would be written does not read back as the article.
        """
        article_id = draft.article.id
        self._files |= kept.files(document, draft) | kept.unasked(self._corpus, article_id)
        self.names[article_id] = document.name

    def commit(self, book: Journal) -> None:
        """Write what was taken in.

        Raises:
            CorpusError: The disk is full or a folder not writable; the corpus is as it was.
        """
        if self.names:
            few = len(self.names) < 4
            what = ", ".join(self.names) if few else f"{len(self.names)} articles"
            book.commit(f"added {what}", self._files)
