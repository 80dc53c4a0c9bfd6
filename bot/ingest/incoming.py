"""What the operator hands in: files and folders, read into documents or refused with a reason.

    articles/a.html   read
    articles/b.jpg    is of a kind that cannot be read; these can: .docx, .htm, …
    articles/c.txt    is a link out of the folder

One that cannot be read is a line, and the rest goes on.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.errors import IngestError
from bot.ingest.document import Document, Refused
from bot.ingest.formats import reader
from bot.ingest.page import MAX_BYTES

IRREGULAR = "is not a regular file"


def files(paths: Iterable[Path]) -> Iterator[Path | Refused]:
    """Yield the files named, and those in the folders named, each folder in the order of the names in it.

    Hidden files are left out. In a folder no link is followed: what it leads to is in the folder too, or refused.
    """
    for path in paths:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _refused(path, error)
            continue
        if stat.S_ISDIR(mode):
            found = False
            for inner in _inside(path):
                found = True
                yield inner
            if not found:
                yield Refused(str(path), "holds no files")
        elif stat.S_ISREG(mode):
            yield path
        else:  # not opened: a pipe may never end
            yield Refused(str(path), IRREGULAR)


def content(path: Path) -> bytes | Refused:
    """Return a file's bytes; why it cannot be read where that is so."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Refused(str(path), IRREGULAR)
        if status.st_size > MAX_BYTES:  # not read at all: it may be larger than the memory
            return Refused(str(path), f"larger than {MAX_BYTES // 1024 // 1024} MB")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # it may be growing
    except (OSError, ValueError) as error:
        return _refused(path, error)


def documents(name: str, content: bytes, called: str = "") -> list[Document | Refused]:
    """Return the articles in a file's content; why it cannot be read where that is so.

    Args:
        name: The file's name.
        content: Its bytes.
        called: What the operator calls a file that cannot be read, if not by its name.
    """
    try:
        return reader.documents(name, content)
    except IngestError as error:
        return [Refused(called or name, str(error))]
    except MemoryError:
        raise
    except (
        Exception
    ) as error:  # whatever a file broke in a library: the others are still to be read
        return [_refused(called or name, error)]


def _inside(folder: Path) -> Iterator[Path | Refused]:
    """Yield the files in a folder and in those within it."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.lstat().st_mode
            if path != folder and stat.S_ISLNK(mode):
                if (reason := _link(path, folder)) is not None:
                    yield Refused(str(path), reason)
            elif stat.S_ISDIR(mode) or path == folder:
                inner = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
                waiting += sorted(inner, reverse=True)
            elif not stat.S_ISREG(mode):
                yield Refused(str(path), IRREGULAR)
            elif (suffix := path.suffix.lower()) and suffix not in reader.READERS:
                yield Refused(str(path), reader.unknown())
            else:
                yield path
        except OSError as error:
            yield _refused(path, error)


def _link(path: Path, folder: Path) -> str | None:
    """Return why a link is refused; None where what it leads to is in the folder."""
    try:
        target = path.resolve(strict=True)
    except RuntimeError:  # how a loop is told up to Python 3.12
        return "is a link that leads to itself"
    return None if target.is_relative_to(folder.resolve()) else "is a link out of the folder"


def _refused(path: Path | str, error: Exception) -> Refused:
    return Refused(str(path), getattr(error, "strerror", None) or "cannot be read")
