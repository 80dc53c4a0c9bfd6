"""The SQLite file that all stores of a process share: one connection, one writer, durable when it says so.

Writes that come while a commit is under way go into the next one together, so that a burst of updates waits for the
disk a few times and not once each. A batch is one transaction; where it fails, each write in it is tried alone, so that
one that cannot be written fails no other.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import aiosqlite

from bot.errors import StoreError
from bot.store import migration

KEY_BYTES = 16

Statement = tuple[str, Sequence[object]]
Row = tuple[Any, ...]


class _Write(NamedTuple):
    statements: Sequence[Statement]
    done: asyncio.Future[None]


class Database:
    """One SQLite file.

    Args:
        path: The file; made when it is missing.
        now: The time in seconds since 1970.

    Raises:
        StoreError: The file cannot be used.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        migration.migrate(path)
        self.path = path
        self.now = now
        self._opening = asyncio.Lock()
        self._opened: aiosqlite.Connection | None = None
        self._secret = b""
        self._waiting: list[_Write] = []
        self._committing: asyncio.Task[None] | None = None

    async def read(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a query.

        Raises:
            StoreError: SQLite fails.
        """
        try:
            connection = await self._connection()
            rows = await connection.execute_fetchall(sql, params)
        except sqlite3.Error as error:
            raise self._failed(error) from error
        return [tuple(row) for row in rows]

    async def write(self, *statements: Statement) -> None:
        """Carry statements out in order, all of them or none; they are on the disk when this returns.

        Raises:
            StoreError: None of them was carried out.
        """
        write = _Write(statements, asyncio.get_running_loop().create_future())
        self._waiting.append(write)
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit())
        await asyncio.shield(write.done)

    async def key(self, text: str) -> bytes:
        """Return the key of a user or a chat: the same in this file for the same text, and in no other file.

        Raises:
            StoreError: SQLite fails.
        """
        try:
            await self._connection()
        except sqlite3.Error as error:
            raise self._failed(error) from error
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self._secret, digest_size=KEY_BYTES).digest()

    async def scrub(self) -> None:
        """Leave nothing of what was deleted on the disk: not in the file, nor in what was written ahead of it.

        Raises:
            StoreError: SQLite fails, or another process keeps reading.
        """
        try:
            connection = await self._connection()
            while self._committing is not None and not self._committing.done():
                await asyncio.wait([self._committing])
            # Handed over without a pause between, so that no transaction begins before it.
            rows = await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise self._failed(error) from error
        if any(busy for busy, *_ in rows):
            raise StoreError(f"{self.path}: what was deleted cannot be overwritten yet")

    async def close(self) -> None:
        """Let go of the file once all writes are done; it may be used again afterwards, or closed again."""
        if self._committing is not None:
            await asyncio.wait([self._committing])
        if self._opened is not None:
            connection, self._opened = self._opened, None
            await connection.close()

    async def _connection(self) -> aiosqlite.Connection:
        if self._opened is None:
            async with self._opening:
                if self._opened is None:
                    self._opened = await self._open()
        return self._opened

    async def _open(self) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(
            self.path, timeout=migration.WAIT_S, isolation_level=None
        )
        try:
            await connection.execute("PRAGMA synchronous=FULL")
            await connection.execute("PRAGMA secure_delete=ON")  # what is forgotten is gone
            rows = await connection.execute_fetchall(
                "SELECT value FROM secret WHERE name = 'chats'"
            )
        except BaseException:
            await connection.close()
            raise
        self._secret = next(bytes(value) for (value,) in rows)
        return connection

    async def _commit(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._transact([one for write in batch for one in write.statements])
            except Exception as error:
                if len(batch) == 1:
                    self._settle(batch[0], error)
                    continue
                for write in batch:
                    try:
                        await self._transact(write.statements)
                    except Exception as error:
                        self._settle(write, error)
                    else:
                        self._settle(write)
            else:
                for write in batch:
                    self._settle(write)

    async def _transact(self, statements: Sequence[Statement]) -> None:
        connection = await self._connection()
        if len(statements) == 1:  # a transaction by itself
            await connection.execute(*statements[0])
            return
        await connection.execute("BEGIN IMMEDIATE")
        try:
            for sql, rows in _runs(statements):
                await connection.executemany(sql, rows)
            await connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                await connection.execute("ROLLBACK")
            raise

    def _settle(self, write: _Write, error: Exception | None = None) -> None:
        if write.done.cancelled():
            return
        if error is None:
            write.done.set_result(None)
        else:
            write.done.set_exception(
                self._failed(error) if isinstance(error, sqlite3.Error) else error
            )

    def _failed(self, error: sqlite3.Error) -> StoreError:
        failure = StoreError(f"{self.path}: {error}")
        failure.__cause__ = error
        return failure


def _runs(statements: Sequence[Statement]) -> list[tuple[str, list[Sequence[object]]]]:
    """Return statements with equal ones in a row put together: each call costs a change of threads."""
    runs: list[tuple[str, list[Sequence[object]]]] = []
    for sql, params in statements:
        if not runs or runs[-1][0] != sql:
            runs.append((sql, []))
        runs[-1][1].append(params)
    return runs
