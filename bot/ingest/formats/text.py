"""Pages as plain text, a paragraph a line."""

from __future__ import annotations

from bot.ingest import page
from bot.ingest.document import Document


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in a text file.

    Raises:
        IngestError: The bytes are no text.
    """
    found = page.decoded(content)
    return [
        Document(article_id, name, ".txt", content, found.text, problems=found.problems),
    ]
