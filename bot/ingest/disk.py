"""The steps on the disk that the journal is made of; each either happens or raises one error that names the file."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.errors import CorpusError


def read(path: Path) -> bytes | None:
    """Return a file's content, None when there is no such file."""
    with _named(path):
        return path.read_bytes() if path.exists() else None


def write(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with _named(path), path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def move(source: Path, target: Path) -> None:
    """Put a file in the place of another, in one step that a crash cannot cut in two."""
    with _named(target):
        source.replace(target)


def remove(path: Path) -> None:
    """Remove a file; it may be gone already."""
    with _named(path):
        path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    with _named(folder):
        shutil.rmtree(folder)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; it may be there already."""
    with _named(folder):
        folder.mkdir(parents=True, exist_ok=True)


def sync(folder: Path) -> None:
    """Wait until the disk has what was moved into a folder and removed from it."""
    with _named(folder):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends; its file and folder are made where missing.

    Raises:
        CorpusError: Another process holds it, or nothing can be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        problem = f"the corpus cannot be written: {error.strerror}"
        raise CorpusError(path.parent.parent, None, problem) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            problem = "another command is writing the corpus; try again when it has ended"
            raise CorpusError(path, None, problem) from None
        yield


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(path, None, error.strerror or "cannot be written") from error
