"""Pages as plain text."""

from __future__ import annotations

from bot.ingest import page
from bot.ingest.document import Document


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in a text file.

    Raises:
        IngestError: The bytes are no text.
    """
    return [Document(article_id, name, ".txt", content, page.decode(content))]
