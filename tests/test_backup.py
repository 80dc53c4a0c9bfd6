"""A backup is whole, or it is not made; what stood under its name is never lost to a failed one."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import backup
from bot.store.database import Database

INSERT = "INSERT INTO conversation (chat, state, saved_s) VALUES (?, ?, 1)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database in use."""
    return tmp_path / "state" / "xiaobao.sqlite3"


def rows(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as db:
        return [len(state) for (state,) in db.execute("SELECT state FROM conversation")]


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


async def filled(path: Path, count: int = 3) -> Database:
    database = Database(path)
    for number in range(count):
        await database.write((INSERT, (b"%d" % number, "x" * 5000)))
    return database


async def test_a_backup_holds_all_that_was_written_and_stands_alone(
    file: Path, tmp_path: Path
) -> None:
    database = await filled(file)
    target = tmp_path / "备份.sqlite3"
    assert backup.copy(file, target) == target.stat().st_size
    await database.write((INSERT, (b"later", "")))
    await database.close()
    assert left_in(tmp_path) == ["备份.sqlite3"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert rows(target) == [5000] * 3
    target.replace(file)
    restored = Database(file)
    assert await restored.read("SELECT count(*) FROM conversation") == [(3,)]
    await restored.close()


async def test_the_database_is_its_owners_to_read(file: Path) -> None:
    database = await filled(file)
    for path in file.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    await database.close()


async def test_it_is_made_of_one_moment_while_the_bot_writes(file: Path, tmp_path: Path) -> None:
    database = await filled(file, 1)
    stop = asyncio.Event()

    async def write() -> int:
        count = 0
        while not stop.is_set():
            both = [(INSERT, (b"%d %d" % (count, half), "x" * 3000)) for half in (1, 2)]
            await database.write(*both)
            count += 1
        return count

    writing = asyncio.create_task(write())
    for number in range(5):
        target = tmp_path / f"{number}.sqlite3"
        await asyncio.to_thread(backup.copy, file, target)
        assert len(rows(target)) % 2 == 1  # the first one, and pairs
    stop.set()
    assert await writing > 0
    await database.close()


def test_what_a_killed_process_left_in_the_log_is_in_the_backup(file: Path, tmp_path: Path) -> None:
    program = f"""
        import asyncio, os, signal
        from pathlib import Path
        from bot.store.database import Database
        async def main():
            database = Database(Path({str(file)!r}))
            await database.write(({INSERT!r}, (b"1", "xyz")))
            os.kill(os.getpid(), signal.SIGKILL)
        asyncio.run(main())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert Path(f"{file}-wal").stat().st_size > 0
    backup.copy(file, tmp_path / "copy")
    assert rows(tmp_path / "copy") == [3]


async def test_a_file_is_replaced_only_when_told_to(file: Path, tmp_path: Path) -> None:
    await (await filled(file)).close()
    target = tmp_path / "copy"
    target.write_bytes(b"precious")
    with pytest.raises(StoreError, match="exists; --force replaces it"):
        backup.copy(file, target)
    assert target.read_bytes() == b"precious"
    backup.copy(file, target, force=True)
    assert len(rows(target)) == 3


def cut(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size - 4096)


def scribble(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size - 6000)
        opened.write(os.urandom(4000))


def garbage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE somebody_elses (x)")


@pytest.mark.parametrize("harm", [cut, scribble, garbage, foreign, Path.unlink])
async def test_of_a_damaged_database_there_is_no_backup(
    file: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    await (await filled(file)).close()
    target = tmp_path / "copy"
    target.write_bytes(b"the last good one")
    harm(file)
    with pytest.raises(StoreError, match=r"^BOT_STATE: .*xiaobao\.sqlite3") as raised:
        backup.copy(file, target, force=True)
    assert "\n" not in str(raised.value)
    assert target.read_bytes() == b"the last good one"
    assert left_in(tmp_path) == ["copy"]


@pytest.mark.parametrize("name", ["xiaobao.sqlite3", "xiaobao.sqlite3-wal", "."])
async def test_the_database_is_not_replaced_by_its_own_backup(file: Path, name: str) -> None:
    database = await filled(file)
    with pytest.raises(StoreError, match=r"is the database itself|is not a file"):
        backup.copy(file, file.parent / name, force=True)
    assert await database.read("SELECT count(*) FROM conversation") == [(3,)]
    await database.close()


async def test_where_nothing_can_be_written_the_file_is_named(file: Path, tmp_path: Path) -> None:
    await (await filled(file)).close()
    for target in (tmp_path / "nowhere" / "copy", file / "copy", tmp_path / ("长" * 200)):
        with pytest.raises(StoreError, match="cannot be written: ") as raised:
            backup.copy(file, target)
        assert str(raised.value).startswith(str(target))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("harm", [cut, scribble, garbage])
async def test_a_damaged_database_is_named_with_what_to_do(
    file: Path, harm: Callable[[Path], None]
) -> None:
    await (await filled(file)).close()
    harm(file)
    with pytest.raises(StoreError, match=r"is damaged.*put a backup in its place") as raised:
        Database(file)
    assert str(file) in str(raised.value)
    assert "\n" not in str(raised.value)
