"""A received file as it was read: what the cleaning works on.

    report.html     raw: the page's source      reading: cuts its tags away, a line a block
    report.pdf      raw: the text read from it  reading: joins the lines that the page's width broke

A page of text says what `raw` is by itself; from a PDF or Word file the text has to be taken out, and it is kept beside
the file as it was received, so that a later version of the library that took it out changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.edits import Edit


class Refused(NamedTuple):
    """One article of several, or one file of a folder, that cannot be read; the others are.

    Args:
        name: What the operator calls it: "articles.jsonl:3".
        reason: Why, as an `IngestError` says it.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file says about its article outside the text: front matter, document properties, the page's head.

    Each field is `Article`'s; None or empty where the file does not say.
    """

    title: str | None = None
    label: str | None = None
    publisher: str | None = None
    published: str | None = None
    event_date: str | None = None
    reporters: tuple[str, ...] = ()
    editor: str | None = None
    province: str | None = None
    city: str | None = None
    district: str | None = None
    found_on: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was received.

    Args:
        id: What the article is to be called.
        name: What the operator calls the file, with the line where it holds several: "articles.jsonl:3".
        suffix: How the received file is kept: ".txt", ".html", ".md", ".pdf", ".docx", ".json", ".mhtml".
        original: The file's bytes as received.
        raw: The decoded text that the edits' offsets count in.
        reading: Edits from `raw` to plain lines of text, one a paragraph; none where it is that already.
        headings: Where the lines begin that the format calls headings, in the text that `reading` gives.
        small: Where the lines begin that are printed smaller than the text, in the same.
        derived: Whether `raw` was taken out of the original, which is no text by itself.
        hints: What the file says about its article outside the text.
        problems: What a person must look at before the article is taken: (what, start, end) of `raw`.
    """

    id: str
    name: str
    suffix: str
    original: bytes
    raw: str
    reading: tuple[Edit, ...] = ()
    headings: frozenset[int] = frozenset()
    small: frozenset[int] = frozenset()
    derived: bool = False
    hints: Hints = Hints()
    problems: tuple[tuple[str, int, int], ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """What is kept of it in the corpus's `raw` folder: content by ending."""
        kept = {self.suffix: self.original}
        return kept | {".txt": self.raw.encode()} if self.derived else kept
