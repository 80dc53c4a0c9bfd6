"""Pages that a browser saved as a web archive (.mhtml): the page among its parts is read as any other.

Content-Type: multipart/related    the page, its pictures and style sheets, as parts of one mail
"""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes

from bot.errors import IngestError
from bot.ingest.document import Document
from bot.ingest.formats import facts, html


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in a web archive.

    Raises:
        IngestError: It holds no page, or the page no text.
    """
    message = message_from_bytes(content)
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    found = next((part.get_payload(decode=True) for part in pages), None)
    if not isinstance(found, bytes):
        raise IngestError("is a web archive without a page")
    (document,) = html.read(name, article_id, found)
    site = document.hints.found_on or facts.host(message.get("Snapshot-Content-Location", ""))
    hints = replace(document.hints, found_on=site)
    return [replace(document, suffix=".mhtml", original=content, derived=True, hints=hints)]
