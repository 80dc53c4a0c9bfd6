"""What every `DeliveryStore` keeps to."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery import SHARED, DeliveryStore, Owed, Received
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.delivery import SqliteDeliveryStore
from bot.store.memory import MemoryDeliveryStore

ONE = Received(1, '{"text": "哪里投诉"}', SHARED, 11)
TWO = Received(2, '{"text": "那奉贤呢"}', SHARED, 12)
ANSWER = Owed(1, 0, 7, '{"text": "去窗口"}', SHARED, 11)
SECOND = Owed(1, 1, 7, '{"text": "或者打电话"}', SHARED, 11)
GROUP = Owed(3, 0, -1009, '{"text": "群"}', -1009, 5)


class Clock:
    now = 1e9

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "sqlite"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> AsyncIterator[DeliveryStore]:
    if request.param == "memory":
        yield MemoryDeliveryStore(clock)
        return
    database = Database(tmp_path / "a.sqlite3", clock)
    yield SqliteDeliveryStore(database)
    await database.close()


async def test_an_update_is_unfinished_until_its_answer_is_owed(store: DeliveryStore) -> None:
    await store.receive([TWO, ONE])
    assert [u.update_id for u in await store.unfinished()] == [1, 2]
    assert [u.body for u in await store.unfinished()] == [ONE.body, TWO.body]
    await store.owe([ANSWER, SECOND])
    assert [u.update_id for u in await store.unfinished()] == [2]
    assert await store.owed() == [ANSWER, SECOND]
    await store.finish(2)
    assert await store.unfinished() == []


async def test_an_update_that_comes_again_is_kept_as_it_is(store: DeliveryStore) -> None:
    await store.receive([ONE])
    await store.finish(1)
    await store.receive([ONE, TWO])
    assert [u.update_id for u in await store.unfinished()] == [2]
    assert await store.recent(9) == {1, 2}


async def test_a_message_is_owed_until_it_is_sent(store: DeliveryStore) -> None:
    await store.owe([ANSWER, SECOND])
    begun = Owed(1, 0, 7, ANSWER.body, SHARED, 11, True, 40)
    await store.begin(begun)
    assert await store.owed() == [begun, SECOND]
    await store.sent(begun, 41)
    assert await store.owed() == [SECOND]
    assert await store.answers(7, 11) == [41]
    await store.sent(SECOND, None)  # not deliverable
    assert await store.owed() == []
    assert await store.answers(7, 11) == [41]


async def test_what_is_owed_twice_is_sent_once(store: DeliveryStore) -> None:
    await store.owe([ANSWER])
    await store.sent(ANSWER, 41)
    await store.owe([ANSWER])
    assert await store.owed() == []


async def test_the_ids_of_a_space_are_known_from_both_sides(store: DeliveryStore) -> None:
    await store.receive([ONE, TWO, Received(9, "{}")])
    await store.owe([ANSWER, GROUP])
    await store.sent(ANSWER, 41)
    await store.sent(GROUP, 6)
    assert await store.taken(SHARED, 11) == {12, 41}
    assert await store.taken(-1009, 0) == {6}
    assert await store.highest(SHARED) == 41
    assert await store.highest(-1009) == 6
    assert await store.highest(-5) == 0


async def test_who_blocks_the_bot_is_owed_nothing_any_more(store: DeliveryStore) -> None:
    await store.owe([ANSWER, GROUP])
    assert not await store.blocked(7)
    await store.block(7)
    assert await store.blocked(7)
    assert await store.count_blocked() == 1
    assert await store.owed() == [GROUP]
    await store.unblock(7)
    assert not await store.blocked(7)
    assert await store.count_blocked() == 0


async def test_a_group_that_moves_takes_along_what_it_is_owed(store: DeliveryStore) -> None:
    await store.owe([Owed(3, 0, -5, "{}", SHARED, 5, True, 40)])
    await store.migrate(-5, -1009)
    assert await store.owed() == [Owed(3, 0, -1009, "{}", -1009, 5, True, 0)]


async def test_forgetting_a_chat_leaves_what_it_is_owed(store: DeliveryStore) -> None:
    await store.owe([ANSWER, SECOND])
    await store.sent(ANSWER, 41)
    await store.forget(7)
    assert await store.answers(7, 11) == []
    assert await store.owed() == [SECOND]


async def test_what_is_done_is_forgotten_with_age(store: DeliveryStore, clock: Clock) -> None:
    await store.receive([ONE, TWO])
    await store.owe([ANSWER, SECOND])
    await store.sent(ANSWER, 41)
    clock.now += 100
    await store.purge(101)
    assert await store.answers(7, 11) == [41]
    await store.purge(99)
    assert await store.answers(7, 11) == []
    assert await store.recent(9) == {2}
    assert await store.owed() == [SECOND]


async def test_once_done_the_file_holds_no_text_and_no_id_of_a_person(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    store = SqliteDeliveryStore(database)
    await store.receive([Received(1, '{"from": 987654321012, "text": "悄悄话"}', SHARED, 11)])
    await store.owe([Owed(1, 0, 987654321012, '{"text": "悄悄回答"}', SHARED, 11)])
    await store.sent((await store.owed())[0], 12)
    await store.block(987654321012)
    await database.close()
    with sqlite3.connect(tmp_path / "a.sqlite3") as db:
        rows = [db.execute(f"SELECT * FROM {t}").fetchall() for t in ("inbox", "outbox", "blocked")]
    db.close()
    assert "悄悄" not in str(rows)
    assert "987654321012" not in str(rows)


async def test_that_it_can_be_written_is_proven_by_writing(tmp_path: Path) -> None:
    await MemoryDeliveryStore().prove()
    database = Database(tmp_path / "a.sqlite3")
    store = SqliteDeliveryStore(database)
    try:
        await store.prove()
        written = (tmp_path / "a.sqlite3-wal").stat().st_size
        await store.prove()
        assert (tmp_path / "a.sqlite3-wal").stat().st_size > written
        await database.write(("PRAGMA query_only=ON", ()))  # as a disk that has become read-only
        with pytest.raises(StoreError):
            await store.prove()
    finally:
        await database.close()


async def test_a_failing_file_raises_the_stores_own_error(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    store = SqliteDeliveryStore(database)
    await database.write(("DROP TABLE inbox", ()), ("DROP TABLE outbox", ()))
    for call in (
        store.receive([ONE]), store.unfinished(), store.owe([ANSWER]), store.owed(),
        store.begin(ANSWER), store.sent(ANSWER, 1), store.recent(1), store.highest(0),
    ):  # fmt: skip
        with pytest.raises(StoreError):
            await call
    await database.close()


async def test_with_another_bots_token_ids_begin_anew(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    store = SqliteDeliveryStore(database)
    assert not await store.receive([ONE, TWO])
    await store.owe([ANSWER])
    await store.sent(ANSWER, 41)
    same = SqliteDeliveryStore(database)  # as in the next process
    again = Received(8, "{}", SHARED, 12, edited=True)
    assert not await same.receive([TWO, again, Received(9, "{}", SHARED, 42)])
    other = SqliteDeliveryStore(database)
    assert await other.receive([Received(100, "{}", SHARED, 41)])
    assert await other.taken(SHARED, 0) == {41}
    assert await other.highest(SHARED) == 41
    assert not await other.receive([Received(101, "{}", SHARED, 12)])  # looked at once
    assert await SqliteDeliveryStore(database).receive([Received(102, "{}", SHARED, 12)])
    await database.close()


async def test_another_bots_first_update_may_be_one_without_an_id(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite3")
    await SqliteDeliveryStore(database).receive([ONE, TWO])
    other = SqliteDeliveryStore(database)
    assert not await other.receive([Received(100, "{}", SHARED, None)])
    assert not await other.receive([Received(101, "{}", SHARED, 12, edited=True)])
    assert await other.receive([Received(102, "{}", SHARED, 12)])
    await database.close()
