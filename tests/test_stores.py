"""What every store keeps to. Another implementation is another entry of `STORES`."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer.focus import Focus
from bot.dialogue.ports import StateStore
from bot.dialogue.state import LIFETIME_S, REMEMBERED, State
from bot.errors import StoreError
from bot.store import migration
from bot.store.database import Database
from bot.store.memory import MemoryStateStore
from bot.store.sqlite import SqliteStateStore
from tests.strategies import ANYTHING

Open = Callable[[Path, Callable[[], float]], StateStore]
STORES: dict[str, Open] = {
    "memory": lambda folder, now: MemoryStateStore(now=now),
    "sqlite": lambda folder, now: SqliteStateStore(Database(folder / "a.sqlite3", now)),
}


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1e9

    def __call__(self) -> float:
        return self.now


FOCUS = st.builds(
    Focus,
    st.text(max_size=20),
    st.integers(0, 99),
    st.text(max_size=60),
    st.text(max_size=60),
    st.lists(st.sampled_from(["count", "date"])).map(tuple),
)
STATE = st.lists(FOCUS, max_size=REMEMBERED).map(lambda recent: State(tuple(recent)))
ONE = State((Focus("a", 4, "无理由退货单位313家", "有几家", ("count",)),))
OTHER = State((Focus("b", 0, "2000余家", "有几家"), *ONE.recent))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=STORES.values(), ids=STORES)
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> AsyncIterator[StateStore]:
    opened: StateStore = request.param(tmp_path, clock)
    yield opened
    await opened.close()


each = pytest.mark.parametrize("open_store", STORES.values(), ids=STORES)


async def test_an_unknown_chat_has_a_fresh_state(store: StateStore) -> None:
    assert await store.load("unknown") == State()


async def test_what_is_saved_is_loaded(store: StateStore) -> None:
    await store.save("chat", ONE)
    assert await store.load("chat") == ONE


async def test_the_newer_state_takes_the_place_of_the_older(store: StateStore) -> None:
    await store.save("chat", ONE)
    await store.save("chat", OTHER)
    assert await store.load("chat") == OTHER


async def test_chats_are_kept_apart(store: StateStore) -> None:
    await store.save("one", ONE)
    await store.save("other", OTHER)
    assert (await store.load("one"), await store.load("other")) == (ONE, OTHER)


async def test_what_is_forgotten_is_gone_and_nothing_else_is(store: StateStore) -> None:
    await store.save("one", ONE)
    await store.save("other", OTHER)
    await store.forget("one")
    assert (await store.load("one"), await store.load("other")) == (State(), OTHER)


async def test_forgetting_an_unknown_chat_is_no_error(store: StateStore) -> None:
    await store.forget("unknown")
    await store.forget("unknown")


@each
@settings(deadline=None, max_examples=50)
@given(chat=ANYTHING, state=STATE)
async def test_any_state_of_any_chat_is_kept(open_store: Open, chat: str, state: State) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), Clock())
        await store.save(chat, state)
        assert await store.load(chat) == state
        assert await store.load(chat + "'") == State()
        await store.close()


async def test_a_conversation_expires_after_a_day_without_an_answer(
    store: StateStore, clock: Clock
) -> None:
    await store.save("chat", ONE)
    clock.now += LIFETIME_S - 1
    assert await store.load("chat") == ONE
    await store.save("chat", OTHER)
    clock.now += LIFETIME_S - 1
    assert await store.load("chat") == OTHER
    clock.now += 1
    assert await store.load("chat") == State()


async def test_a_closed_store_may_be_used_and_closed_again(store: StateStore) -> None:
    await store.save("chat", ONE)
    await store.close()
    assert await store.load("chat") == ONE
    await store.close()
    await store.close()


async def test_the_memory_forgets_the_chat_that_was_saved_longest_ago() -> None:
    store = MemoryStateStore(capacity=2)
    for chat in ("one", "two", "one", "three"):
        await store.save(chat, ONE)
    assert await store.load("two") == State()
    assert await store.load("one") == await store.load("three") == ONE


def test_a_state_remembers_the_latest_few_answers() -> None:
    answers = [Focus("a", number, "甲", "乙") for number in range(5)]
    state = State()
    assert state.focus is None
    for answer in answers:
        state = state.then(answer)
    assert state.focus == answers[-1]
    assert state.recent == tuple(answers[:-4:-1])
    assert len(state.recent) == REMEMBERED
    assert state.then(answers[0], answers[1]).recent == (answers[0], answers[1], answers[4])


async def test_a_file_survives_a_restart(tmp_path: Path) -> None:
    for state in (State(), ONE):
        store = SqliteStateStore(Database(tmp_path / "a.sqlite3"))
        assert await store.load("chat") == state
        await store.save("chat", ONE)
        await store.close()


async def test_two_processes_share_a_file(tmp_path: Path) -> None:
    one, two = (SqliteStateStore(Database(tmp_path / "a.sqlite3")) for _ in range(2))
    await one.save("chat", ONE)
    assert await two.load("chat") == ONE
    await one.close()
    await two.close()


async def test_a_file_tells_no_chat_and_keeps_nothing_that_expired(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "a.sqlite3"
    store = SqliteStateStore(Database(path, clock))
    await store.save("telegram:4711:0", ONE)
    with sqlite3.connect(path) as db:
        ((chat,),) = db.execute("SELECT chat FROM conversation").fetchall()
    db.close()
    assert b"4711" not in chat
    clock.now += LIFETIME_S
    await store.save("other", ONE)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM conversation").fetchone() == (1,)
    db.close()
    await store.close()


async def test_a_state_of_an_unknown_form_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    store = SqliteStateStore(Database(path))
    for broken in ("", "[]", '{"recent": [{}]}', '{"recent": [{"kinds": 1}]}', '{"recent": 7}'):
        await store.save("chat", ONE)
        with sqlite3.connect(path) as db:
            db.execute("UPDATE conversation SET state = ?", (broken,))
        db.close()
        assert await store.load("chat") == State()
    await store.close()


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"not a database, whatever its name says" * 100)


def _damaged(path: Path) -> None:
    migration.migrate(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(4096))


def _from_the_future(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=9999")
    db.close()


@pytest.fixture(params=[_not_a_database, _damaged, _from_the_future, Path.mkdir])
def unusable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "a.sqlite3"
    request.param(path)
    yield path


def test_a_file_that_cannot_be_used_is_named_in_one_line(unusable: Path) -> None:
    with pytest.raises(StoreError) as raised:
        SqliteStateStore(Database(unusable))
    assert str(unusable) in str(raised.value)
    assert "BOT_STATE" in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_a_file_that_breaks_while_in_use_raises_the_stores_own_error(tmp_path: Path) -> None:
    store = SqliteStateStore(Database(tmp_path / "a.sqlite3"))
    await store.save("chat", ONE)
    with sqlite3.connect(tmp_path / "a.sqlite3") as db:
        db.execute("DROP TABLE conversation")
    db.close()
    with pytest.raises(StoreError):
        await store.load("chat")
    with pytest.raises(StoreError):
        await store.save("chat", ONE)
    with pytest.raises(StoreError):
        await store.forget("chat")
    await store.close()


def test_each_migration_is_applied_once(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.sqlite3"
    for _ in range(2):
        migration.migrate(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(migration.scripts()),)
        assert db.execute("SELECT count(*) FROM secret").fetchone() == (1,)
    db.close()


async def test_what_is_said_again_is_answered_from_where_it_was_said_first(
    store: StateStore,
) -> None:
    await store.save("chat", ONE, "m1")
    await store.save("chat", OTHER, "m2", ONE)
    assert await store.load("chat", "m2") == ONE
    assert await store.load("chat", "m3") == OTHER
    assert await store.load("chat", "m1") == OTHER
    assert await store.load("chat") == OTHER
