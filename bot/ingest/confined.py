"""Reading and cleaning files in a process of its own, which may take so much time and memory and no more.

    with Confined() as confined:
        for found in confined.cleaned("page.html", content):
            …                       a document with what the cleaning makes of it, or why there is none

What a page breaks, or never finishes, costs that page: the process is ended, the next page gets another. One process
serves all files of a command.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from bot.ingest.document import Document, Refused

if TYPE_CHECKING:
    from bot.ingest.pipeline import Cleaned  # what it needs takes a second to load

SECONDS = 20.0
"""How long one file may be read, and each of its articles cleaned."""
MEGABYTES = 480
"""What the process may hold of data, the word list included, where the system can limit that; with its program it stays
below 512."""
_BEGIN = "from bot.ingest.cleaner import main; main()"
"""What the process runs. Not `-m`: what it says would be of a module called __main__."""
START = 60.0
"""Seconds that the process may take to begin: it loads the word list then, on a machine that may be busy."""


class Page(NamedTuple):
    """A document, and what the cleaning makes of it."""

    document: Document
    cleaned: Cleaned


Found = Page | Refused


class Confined:
    """A cleaner in a process of its own; a context, which ends the process.

    Args:
        seconds: How long one file may be read, and each of its articles cleaned.
        megabytes: What the process may hold.
    """

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def __enter__(self) -> Self:
        self._process = self._begun()  # it loads while other things are done
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def cleaned(self, name: str, content: bytes, called: str = "") -> Iterator[Found]:
        """Yield what the cleaning makes of each article in a file; why there is none where that is so.

        What takes too long or too much is refused, and the articles behind it go on.

        Args:
            name: The file's name.
            content: Its bytes.
            called: What the operator calls a file that cannot be read, if not by its name.
        """
        done, count = 0, 1
        while done < count:
            try:
                process = self._running()
                self._say(process, (name, content, called, done))
                count = self._next(process, self._seconds)
                while done < count:
                    yield self._next(process, self._seconds)
                    done += 1
            except _EndedError as ended:
                self._end()
                number = f":{done + 1}" if count > 1 else ""
                yield Refused(f"{called or name}{number}", str(ended))
                done += 1

    def _begun(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._ready = False
        return subprocess.Popen(
            [sys.executable, "-c", _BEGIN, str(self._megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": paths},
        )

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, once it is ready."""
        if self._process is None:
            self._process = self._begun()
        if not self._ready:
            self._next(self._process, START)
            self._ready = True
        return self._process

    def _say(self, process: subprocess.Popen[bytes], what: object) -> None:
        assert process.stdin is not None
        try:
            pickle.dump(what, process.stdin)
            process.stdin.flush()
        except OSError:
            raise _EndedError(self._too_much) from None

    def _next(self, process: subprocess.Popen[bytes], seconds: float) -> Any:
        """Return what the process says next.

        Raises:
            _EndedError: It says nothing more.
        """
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            said = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            if late.is_set():
                raise _EndedError(f"takes longer than {seconds:.0f} seconds to clean") from None
            raise _EndedError(self._too_much) from None
        finally:
            timer.cancel()
        if isinstance(said, Exception):
            self._end()
            raise said
        return said

    @property
    def _too_much(self) -> str:
        return f"takes more than {self._megabytes} MB to clean"

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError):  # what was being said to it
                self._process.communicate()
        self._process = None


class _EndedError(Exception):
    """Nothing more comes from the process; says why."""
