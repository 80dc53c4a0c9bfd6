"""Brings a SQLite file to the newest form: the numbered files in `migrations/`, each once, all or nothing.

How many were applied stands in the file's own `user_version`.
Source: https://sqlite.org/pragma.html#pragma_user_version
"""

from __future__ import annotations

import contextlib
import sqlite3
from importlib import resources
from pathlib import Path

from bot.errors import StoreError

WAIT_S = 5.0
"""How long another process may hold the file locked."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
REMEDY = "put a backup in its place, or move it away and begin without what it holds"


def migrate(path: Path) -> None:
    """Make the file if it is missing, and apply what it lacks.

    Raises:
        StoreError: The file cannot be written, is no SQLite database, is damaged, or comes from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # what waits for an answer is its owner's to read, whatever the umask
            path.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=WAL")
            _apply(db, path)
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise StoreError(f"BOT_STATE: {path} is damaged; {REMEDY}")
    except OSError as error:
        raise StoreError(f"BOT_STATE: {path} cannot be used: {error.strerror}") from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) in DAMAGED:
            raise StoreError(f"BOT_STATE: {path} is damaged ({error}); {REMEDY}") from error
        raise StoreError(f"BOT_STATE: {path} cannot be used: {error}") from error


def scripts() -> list[str]:
    """Return the migrations in order."""
    folder = resources.files("bot.store") / "migrations"
    files = [file for file in folder.iterdir() if file.name.endswith(".sql")]
    return [file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name)]


def _apply(db: sqlite3.Connection, path: Path) -> None:
    known = scripts()
    db.execute("BEGIN IMMEDIATE")  # two processes may start at once
    (applied,) = db.execute("PRAGMA user_version").fetchone()
    if applied > len(known):
        raise StoreError(f"BOT_STATE: {path} was written by a newer version of this program")
    db.execute("COMMIT")
    for number, script in enumerate(known[applied:], applied + 1):
        try:
            db.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version={number};\nCOMMIT;")
        except sqlite3.Error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
