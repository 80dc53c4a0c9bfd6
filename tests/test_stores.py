"""What every store keeps to. Another implementation is another entry of `STORES`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.focus import Focus
from bot.dialogue.ports import StateStore
from bot.dialogue.state import REMEMBERED, State
from bot.store.memory import MemoryStateStore
from tests.strategies import ANYTHING

Open = Callable[[], StateStore]
STORES: dict[str, Open] = {"memory": MemoryStateStore}

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


@pytest.fixture(params=STORES.values(), ids=STORES)
def store(request: pytest.FixtureRequest) -> StateStore:
    opened: StateStore = request.param()
    return opened


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
@given(chat=ANYTHING, state=STATE)
async def test_any_state_of_any_chat_is_kept(open_store: Open, chat: str, state: State) -> None:
    store = open_store()
    await store.save(chat, state)
    assert await store.load(chat) == state
    assert await store.load(chat + "'") == State()


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
