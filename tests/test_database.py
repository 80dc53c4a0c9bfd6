"""The SQLite file: grouped commits that still fail one by one, keys, what a failing disk leaves."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.database import Database

INSERT = "INSERT INTO blocked (chat, since_s) VALUES (?, ?)"
COUNT = "SELECT count(*) FROM blocked"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(tmp_path / "a.sqlite3")
    yield opened
    await opened.close()


async def test_what_is_written_can_be_read_by_another_process_at_once(
    database: Database, tmp_path: Path
) -> None:
    await database.write((INSERT, (b"a", 1.0)), (INSERT, (b"b", 2.0)))
    other = sqlite3.connect(tmp_path / "a.sqlite3")
    assert other.execute(COUNT).fetchone() == (2,)
    other.close()


async def test_a_write_that_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(StoreError):
        await database.write((INSERT, (b"a", 1.0)), (INSERT, (b"a", 2.0)))
    assert await database.read(COUNT) == [(0,)]


async def test_one_write_that_fails_fails_no_other(database: Database) -> None:
    await database.write((INSERT, (b"a", 1.0)))
    keys = [b"b", b"a", b"c", b"a", b"d"]
    results = await asyncio.gather(
        *(database.write((INSERT, (key, 1.0))) for key in keys), return_exceptions=True
    )
    assert [isinstance(result, StoreError) for result in results] == [key == b"a" for key in keys]
    assert await database.read(COUNT) == [(4,)]


async def test_many_writes_wait_for_the_disk_only_a_few_times(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    transactions = []
    transact = database._transact

    async def counted(statements: list[object]) -> None:
        transactions.append(len(statements))
        await transact(statements)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "_transact", counted)
    await asyncio.gather(*(database.write((INSERT, (bytes([n]), 1.0))) for n in range(200)))
    assert sum(transactions) == 200
    assert len(transactions) <= 3


async def test_a_write_whose_caller_has_gone_is_still_done(database: Database) -> None:
    writing = asyncio.create_task(database.write((INSERT, (b"a", 1.0))))
    await asyncio.sleep(0)
    writing.cancel()
    await database.close()
    assert await database.read(COUNT) == [(1,)]


async def test_a_key_is_the_same_in_one_file_and_another_in_the_next(
    database: Database, tmp_path: Path
) -> None:
    other = Database(tmp_path / "b.sqlite3")
    assert await database.key("telegram:7") == await database.key("telegram:7")
    assert await database.key("telegram:7") != await other.key("telegram:7")
    await other.close()


async def test_an_error_of_sqlites_names_the_file(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"a\.sqlite3: no such table"):
        await database.read("SELECT * FROM nobody")


async def test_all_that_is_committed_is_on_the_disk(database: Database) -> None:
    assert await database.read("PRAGMA synchronous") == [(2,)]
    assert await database.read("PRAGMA journal_mode") == [("wal",)]
