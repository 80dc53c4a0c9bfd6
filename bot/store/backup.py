"""A copy of the SQLite file while the bot writes to it: whole, proven, and in place at once or not at all.

Source: https://sqlite.org/backup.html. A copy of the file alone would lack what still lies in the log beside it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from pathlib import Path

from bot.errors import StoreError
from bot.store import migration


def copy(database: Path, target: Path, *, force: bool = False) -> int:
    """Copy the database into a file; return the file's size in bytes.

    Args:
        database: The SQLite file, in use or not; it stays as it is.
        target: The file to be made, for its owner's eyes only.
        force: Whether a file of that name may be replaced.

    Raises:
        StoreError: There is nothing to copy, the database is damaged, or the file cannot be written; what stood
            under its name still does.
    """
    if not database.is_file():
        raise StoreError(f"BOT_STATE: {database} does not exist; there is nothing to back up")
    _refuse(database, target, force=force)
    try:
        handle, name = tempfile.mkstemp(prefix=".xiaobao-", suffix=".partial", dir=target.parent)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}") from error
    os.close(handle)
    partial = Path(name)
    try:
        _copy_proven(database, partial)
        _keep(partial)
        _refuse(database, target, force=force)  # as late as may be
        partial.replace(target)
        _keep(target.parent)
        return target.stat().st_size
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        for rest in (partial, *_beside(partial)):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)


def _refuse(database: Path, target: Path, *, force: bool) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_file():
        raise StoreError(f"{target} is not a file that can be replaced")
    if any(other.exists() and target.samefile(other) for other in (database, *_beside(database))):
        raise StoreError(f"{target} is the database itself")
    if not force:
        raise StoreError(f"{target} exists; --force replaces it")


def _beside(database: Path) -> list[Path]:
    """Return the files that SQLite keeps beside a database."""
    return [Path(f"{database}-{more}") for more in ("wal", "shm", "journal")]


def _copy_proven(database: Path, partial: Path) -> None:
    """Copy in one step, which sees the database as of one moment and keeps nobody from writing, and look it over."""
    source_uri = f"{database.resolve().as_uri()}?mode=ro"
    try:
        with (
            contextlib.closing(
                sqlite3.connect(source_uri, uri=True, timeout=migration.WAIT_S)
            ) as source,
            contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as made,
        ):
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
            (found,) = made.execute("PRAGMA integrity_check(1)").fetchone()
            (version,) = made.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"BOT_STATE: {database} cannot be backed up: {error}") from error
    if found != "ok":
        problem = " ".join(str(found).split())
        raise StoreError(f"BOT_STATE: {database} is damaged and was not backed up: {problem}")
    if not 1 <= version <= len(migration.scripts()):
        raise StoreError(f"BOT_STATE: {database} is not this program's, or a newer version's")


def _keep(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        if path.is_dir():  # Windows opens no folders
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
