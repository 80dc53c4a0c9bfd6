"""Word files: the text of their paragraphs and tables in order, with the headings that their styles say.

    Heading 1 “办法”, “消费者…”, a table 年份 件数     办法 ⏎ 消费者… ⏎ 年份 | 件数

Headers, footers, comments and what was struck out in revision are no text of the article.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from importlib import import_module
from typing import Any

from bot.errors import IngestError
from bot.ingest.document import Document, Hints
from bot.ingest.formats import docx_lines, reading
from bot.ingest.formats.docx_lines import Line

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED = 200 * 1024 * 1024
MAX_SOURCE = 50 * 1024 * 1024
"""Bytes of its XML, of which the memory has to hold ten times as many."""
MAX_RATIO = 200
"""How many times its size a file may unpack to; Word's own do ten or twenty times."""
SMALL = 10 * 1024 * 1024
"""Bytes that a file may unpack to whatever its size."""
MAX_CHARACTERS = 5_000_000
XML = (".xml", ".rels")
DAMAGED = "is a damaged Word file"


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the article in a Word file.

    Raises:
        IngestError: The file is damaged, encrypted, of an old kind, too large, or holds no text.
    """
    _check(content)
    try:
        opened = import_module("docx").Document(io.BytesIO(content))
        reader = docx_lines.read(opened)
    except MemoryError:
        raise IngestError("unpacks to more than the memory holds") from None
    except Exception:  # whatever a damaged file broke in the library
        raise IngestError(DAMAGED) from None
    lines = reader.lines
    if not any(character.isalnum() for line in lines for character in line.text):
        raise IngestError("holds no text")
    raw = "\n".join(line.text for line in lines)
    if len(raw) > MAX_CHARACTERS:
        raise IngestError(f"holds more than {MAX_CHARACTERS} characters")
    starts = reading.starts(line.text for line in lines)
    first = _title(lines)
    headings = frozenset(
        at for at, line in zip(starts, lines, strict=True) if line.heading and line is not first
    )
    return [
        Document(
            article_id,
            name,
            ".docx",
            content,
            raw,
            headings=headings,
            derived=True,
            hints=Hints(title=first.text.strip() if first else _known(opened, lines)),
            problems=tuple(
                (what, starts[n], starts[n] + len(lines[n].text))
                for what, n in ((what, min(n, len(lines) - 1)) for what, n in reader.problems)
            ),
        )
    ]


def _check(content: bytes) -> None:
    """Refuse what is no Word file, and what would unpack to too much, before anything is unpacked.

    Raises:
        IngestError: It is.
    """
    if content.startswith(OLE):
        raise IngestError("is encrypted or an old .doc")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise IngestError("is encrypted")
            size = sum(entry.file_size for entry in entries)
            source = sum(entry.file_size for entry in entries if entry.filename.endswith(XML))
            if (
                size > MAX_UNPACKED
                or source > MAX_SOURCE
                or size > max(SMALL, MAX_RATIO * len(content))
            ):
                raise IngestError(f"unpacks to {size // 1024 // 1024} MB")
            # Word declares no entities, and nothing else has to.
            for entry in entries:
                if entry.filename.endswith(XML) and _declares(archive, entry):
                    raise IngestError(DAMAGED)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        raise IngestError(DAMAGED) from None
    except (RuntimeError, LookupError):
        raise IngestError(DAMAGED) from None


def _declares(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as file:
        return b"<!DOCTYPE" in file.read(4096).replace(b"\0", b"").upper()


def _title(lines: list[Line]) -> Line | None:
    """Return the line that is the article's title: by its style, or as the only one of the first level at the top."""
    titles = [line for line in lines if line.heading == docx_lines.TITLE]
    if titles:
        return titles[0]
    firsts = [line for line in lines if line.heading == 1]
    return firsts[0] if len(firsts) == 1 and firsts[0] is lines[0] else None


def _known(opened: Any, lines: list[Line]) -> str | None:
    """Return the title among the file's properties if a line of the text says it."""
    title = None
    with suppress(Exception):  # the text was read, which is what counts
        title = opened.core_properties.title
    found = " ".join(title.split()) if isinstance(title, str) else ""
    return found if found and any(line.text.strip() == found for line in lines) else None
