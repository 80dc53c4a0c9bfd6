"""A small corpus, a change of it, and a disk on which any step of writing that goes wrong."""

import errno
import os
import shutil
import signal

from bot.errors import CorpusError
from bot.ingest import disk, journal

STEPS = ("read", "write", "move", "remove", "remove_folder", "make_folder", "sync")
BEFORE = {
    "articles/a1.md": b"old article",
    "articles/other.md": b"another article",
    "asks/a1.toml": b"old asks",
    "edits/a1.jsonl": b"old edits",
    "raw/a1.txt": b"old raw",
}
CHANGE = {
    "articles/a1.md": None,
    "articles/a2.md": b"new article",
    "articles/other.md": b"another article, changed",
    "asks/a1.toml": None,
    "asks/a2.toml": b"old asks",
    "asks/none.toml": None,
    "edits/a1.jsonl": None,
    "edits/a2.jsonl": b"new edits" * 999,
    "raw/a1.txt": None,
    "raw/a2.pdf": b"new raw" * 999,
    "raw/a2.txt": b"new text",
}
AFTER = dict(sorted({k: v for k, v in (BEFORE | CHANGE).items() if v is not None}.items()))


class Killed(BaseException):
    """The process has ended: nothing of it runs any more."""


class Fault:
    """Counts the steps on the disk, and lets one of them go wrong.

    Args:
        at: The number of the step, from 0.
        how: What happens instead: given the step's name and arguments.
        dead: Whether every later step meets the same.
        only: The steps that are counted.
    """

    def __init__(self, monkeypatch, at, how, dead=False, only=STEPS):
        self.count, self.met = 0, False
        self._at, self._how, self._dead, self._only = at, how, dead, only
        for name in STEPS:
            monkeypatch.setattr(disk, name, self._wrapped(name, getattr(disk, name)))

    def _wrapped(self, name, step):
        def run(*arguments):
            if name in self._only:
                number, self.count = self.count, self.count + 1
                if number == self._at or (self._dead and number > self._at):
                    self.met = True
                    self._how(name, arguments, number == self._at)
            return step(*arguments)

        return run


def torn(name, arguments, first=True):
    """Leave a step half done where it can be: moving and removing a file cannot."""
    if first and name == "write":
        path, content = arguments
        path.write_bytes(content[: len(content) // 2])
    elif first and name == "remove_folder":
        for path in sorted(arguments[0].rglob("*"))[1:]:
            if path.is_file():
                path.unlink()


def die(name, arguments, first):
    torn(name, arguments, first)
    raise Killed


def kill(name, arguments, first):
    torn(name, arguments, first)
    os.kill(os.getpid(), signal.SIGKILL)


def full(name, arguments, first):
    if name == "make_folder" and arguments[0].is_dir():
        return  # takes no room
    torn(name, arguments)
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    raise CorpusError(arguments[0], None, error.strerror)


def made(corpus, contents):
    shutil.rmtree(corpus, ignore_errors=True)
    for name, content in contents.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_bytes(content)
    return corpus


def commit(corpus, change=CHANGE):
    with journal.locked(corpus) as book:
        book.commit("added a2", change)


def undo(corpus):
    with journal.locked(corpus) as book:
        return book.undo()


def recover(corpus):
    with journal.locked(corpus) as book:
        return book.finished
