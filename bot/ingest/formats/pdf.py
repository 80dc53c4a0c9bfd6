"""PDF files: the text that stands on their pages, read as paragraphs.

    raw      某报 第三版 ⏎ 　　消费者投诉后， ⏎ 商家退款。 ⏎ - 1 -
    reading  　　消费者投诉后，商家退款。

A PDF file says where characters stand and nothing of paragraphs; where one ends is told by indents, gaps and short
lines. When the file was made is no date of its article.
"""

from __future__ import annotations

import io
import logging
import math
import re
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from bot.errors import IngestError
from bot.ingest.document import Document, Hints
from bot.ingest.formats import pdf_lines, reading
from bot.ingest.formats.pdf_lines import Row

MAX_PAGES = 2000
MAX_CHARACTERS = 5_000_000
MAX_CONTENT = 5_000_000
"""Bytes of one page's drawing, unpacked; a page of text has some thousands."""
MAX_SECONDS = 60.0
DAMAGED = "is a damaged PDF file"

_NONE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the article in a PDF file.

    Raises:
        IngestError: The file is damaged, encrypted, too large, or holds no text.
    """
    with _silenced():
        try:
            rows, title = _opened(content)
        except IngestError:
            raise
        except MemoryError:
            raise IngestError("unpacks to more than the memory holds") from None
        except Exception:  # whatever a damaged file broke in the library
            raise IngestError(DAMAGED) from None
    raw = "\n".join(row.text for row in rows)
    lines, problems = pdf_lines.paragraphs(rows)
    texts = ["".join(reading.text(line).split()) for line in lines]
    starts = reading.starts(map(reading.text, lines))
    smalls = pdf_lines.small_print(rows, lines)
    known = title is not None and "".join(title.split()) in texts
    return [
        Document(
            article_id,
            name,
            ".pdf",
            content,
            raw,
            reading.edits(raw, lines),
            small=frozenset(at for at, small in zip(starts, smalls, strict=True) if small),
            derived=True,
            hints=Hints(title=title if known else pdf_lines.title(rows)),
            problems=problems,
        )
    ]


def _opened(content: bytes) -> tuple[list[Row], str | None]:
    """Return a file's lines, and the title among its properties."""
    pypdf = import_module("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except (
            Exception
        ):  # no library for its cipher; it would not open without the password either
            opened = 0
        if not opened:
            raise IngestError("is encrypted")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise IngestError(f"has more than {MAX_PAGES} pages")
    clock = _Clock()
    rows: list[Row] = []
    size = 0
    pictures = False
    for number, page in enumerate(reader.pages):
        found = [*_rows(page, number, clock)]
        size += sum(len(row.text) + 1 for row in found)
        if size > MAX_CHARACTERS:
            raise IngestError(f"holds more than {MAX_CHARACTERS} characters")
        pictures = pictures or (not found and _has_pictures(page))
        rows += found
    if not any(character.isalnum() for row in rows for character in row.text):
        raise IngestError("holds only pictures (a scan)" if pictures else "holds no text")
    return rows, _title(reader)


def _title(reader: Any) -> str | None:
    """Return the title among a file's properties, if they can be read and it may be one."""
    found = None
    with suppress(Exception):  # the text was read, which is what counts
        found = reader.metadata and reader.metadata.title
    title = " ".join(found.split()) if isinstance(found, str) else ""
    return title if title.isprintable() and 0 < len(title) <= 100 else None


class _Clock:
    """The time that a file may take."""

    def __init__(self) -> None:
        self.end = time.monotonic() + MAX_SECONDS

    def check(self, *_: object) -> None:
        """Raise when the time is over.

        Raises:
            IngestError: It is.
        """
        if time.monotonic() > self.end:
            raise IngestError(f"takes longer than {MAX_SECONDS:.0f} seconds to read")


def _rows(page: Any, number: int, clock: _Clock) -> Iterator[Row]:
    """Yield a page's lines with their places."""
    clock.check()
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > MAX_CONTENT:
        raise IngestError(f"has a page that unpacks to more than {MAX_CONTENT // 1_000_000} MB")
    chunks: list[tuple[str, float, float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        if text:
            chunks.append((text, *_place(cm, tm, size)))

    page.extract_text(visitor_text=note, visitor_operand_before=clock.check)
    parts: list[str] = []
    place = (0.0, 0.0, 0.0)
    for text, *where in chunks:
        for at, part in enumerate(text.split("\n")):
            if at and "".join(parts).strip():
                yield Row(_clean("".join(parts)), number, *place)
            if at:
                parts = []
            if part.strip() and not "".join(parts).strip():
                place = (where[0], where[1], where[2])
            parts.append(part)
    if "".join(parts).strip():
        yield Row(_clean("".join(parts)), number, *place)


def _place(cm: list[float], tm: list[float], size: float) -> tuple[float, float, float]:
    """Return where a text begins, and how large its characters are."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = math.hypot(tm[0], tm[1]) * math.hypot(cm[0], cm[1])
    found = (float(x), float(y), abs(float(size) * scale))
    return found if all(map(math.isfinite, found)) else (0.0, 0.0, 0.0)


def _clean(text: str) -> str:
    """Return a line as a file can hold it: what is no character as U+FFFD."""
    return _NONE.sub("\ufffd", text.rstrip())


def _has_pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    found = resources.get_object().get("/XObject") if resources is not None else None
    return bool(found)


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep what the library has to say about a broken file off the terminal."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)
