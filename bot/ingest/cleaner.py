"""What runs in the process that reads and cleans files: the other side of `confined`."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from typing import IO

from bot.errors import BotError
from bot.ingest import incoming, pipeline
from bot.ingest.confined import Found, Page
from bot.ingest.document import Document, Refused


def cleaned(document: Document | Refused) -> Found:
    """Return what the cleaning makes of a document."""
    if isinstance(document, Refused):
        return document
    try:
        return Page(document, pipeline.clean(document))
    except BotError as error:
        return Refused(document.name, str(error))


def serve(asked: IO[bytes], said: IO[bytes]) -> None:
    """Read and clean the files that are asked about, until there are no more; the work of the process.

    Args:
        asked: Pickles of (name, content, called, how many articles to leave out).
        said: Gets, as pickles, how many articles there are and what becomes of each, or an exception that nobody expected.
    """
    while True:
        try:
            told = pickle.load(asked)
        except EOFError:
            return
        try:
            name, content, called, left_out = told
            documents = incoming.documents(name, content, called)
            _put(said, len(documents))
            for document in documents[left_out:]:
                _put(said, cleaned(document))
        except (OSError, MemoryError):
            return  # which tells the other side
        except Exception as error:
            _put(said, RuntimeError(f"{type(error).__name__}: {error}"))


def _put(said: IO[bytes], what: object) -> None:
    pickle.dump(what, said)
    said.flush()


def _limit(megabytes: int) -> None:
    """Let the process hold so much data, where the system can limit that."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  # there is none on Windows

        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serve whoever started the process; whatever a library prints goes nowhere near what is said."""
    _limit(int(sys.argv[1]))
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    pipeline.load()
    _put(said, "ready")
    serve(sys.stdin.buffer, said)
