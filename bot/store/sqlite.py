"""Conversations in a SQLite file: they survive a restart, and are forgotten after a day without a word."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.answer.focus import Focus
from bot.dialogue.state import LIFETIME_S, State
from bot.errors import StoreError
from bot.store import migration

KEY_BYTES = 16


class SqliteStateStore:
    """A `StateStore` in a file; whoever reads the file learns neither chats nor what was typed.

    Args:
        path: The file; made when it is missing.
        now: The time in seconds.
        lifetime_s: How long a conversation is remembered after its last answer.

    Raises:
        StoreError: The file cannot be used.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], float] = time.time,
        lifetime_s: float = LIFETIME_S,
    ) -> None:
        migration.migrate(path)
        self._path = path
        self._now = now
        self._lifetime_s = lifetime_s
        self._opening = asyncio.Lock()
        self._opened: tuple[aiosqlite.Connection, bytes] | None = None

    async def load(self, chat: str, said: str = "") -> State:
        """See `StateStore.load`."""
        query = "SELECT state FROM conversation WHERE chat = ? AND saved_s > ?"
        async with self._database() as (db, secret):
            rows = await db.execute_fetchall(
                query, (_key(chat, secret), self._now() - self._lifetime_s)
            )
        return next((_decoded(text) for (text,) in rows), State())

    async def save(self, chat: str, state: State, said: str = "") -> None:
        """See `StateStore.save`; conversations that have expired are removed for good."""
        text = json.dumps(dataclasses.asdict(state), separators=(",", ":"))
        now = self._now()
        async with self._database() as (db, secret):
            await db.execute(
                "INSERT OR REPLACE INTO conversation VALUES (?, ?, ?)",
                (_key(chat, secret), text, now),
            )
            await db.execute(
                "DELETE FROM conversation WHERE saved_s <= ?", (now - self._lifetime_s,)
            )
            await db.commit()

    async def forget(self, chat: str) -> None:
        """See `StateStore.forget`."""
        async with self._database() as (db, secret):
            await db.execute("DELETE FROM conversation WHERE chat = ?", (_key(chat, secret),))
            await db.commit()

    async def close(self) -> None:
        """See `StateStore.close`."""
        if self._opened is not None:
            connection, _ = self._opened
            self._opened = None
            await connection.close()

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[tuple[aiosqlite.Connection, bytes]]:
        """The open file and its secret; what SQLite finds wrong becomes a `StoreError`."""
        try:
            async with self._opening:
                if self._opened is None:
                    self._opened = await self._open()
            yield self._opened
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error

    async def _open(self) -> tuple[aiosqlite.Connection, bytes]:
        connection = await aiosqlite.connect(self._path, timeout=migration.WAIT_S)
        # A conversation lost in a power cut costs a question asked in full; it need not wait for the disk.
        await connection.execute("PRAGMA synchronous=NORMAL")
        rows = await connection.execute_fetchall("SELECT value FROM secret WHERE name = 'chats'")
        return connection, next(bytes(value) for (value,) in rows)


def _key(chat: str, secret: bytes) -> bytes:
    """Return the key of a conversation: the same chat gives the same one in this file and in no other."""
    data = chat.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, key=secret, digest_size=KEY_BYTES).digest()


def _decoded(text: str) -> State:
    """Return a stored state; a fresh one where another version of this program wrote it in another form."""
    try:
        data: dict[str, Any] = json.loads(text)
        return State(
            tuple(Focus(**each | {"kinds": tuple(each["kinds"])}) for each in data["recent"])
        )
    except (ValueError, TypeError, KeyError):
        return State()
