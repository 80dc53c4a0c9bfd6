"""Pages as plain text, a paragraph a line."""

from __future__ import annotations

import re

from bot.edits import Edit
from bot.ingest import page
from bot.ingest.document import Document
from bot.ingest.formats.reading import MARKUP

_LINE_END = re.compile("\r(?!\n)|[\v\f\u0085\u2028\u2029]")
"""What ends a line beside a newline: old Macintoshes', printers', and Unicode's own."""


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in a text file.

    Raises:
        IngestError: The bytes are no text.
    """
    found = page.decoded(content)
    ends = _LINE_END.finditer(found.text)
    reading = tuple(Edit(*end.span(), end[0], "\n", MARKUP) for end in ends)
    return [
        Document(article_id, name, ".txt", content, found.text, reading, problems=found.problems),
    ]
