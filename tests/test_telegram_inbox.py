"""Taking updates in: on the disk first, each worked off once, in order within a chat."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from telegram import Update

from bot.channel.telegram import application
from bot.channel.telegram.inbox import Inbox
from bot.delivery import SHARED, DeliveryStore, Received
from bot.errors import StoreError
from bot.settings import Settings
from bot.store.memory import MemoryDeliveryStore
from tests.fakes import TOKEN, USER, RecordingRequest, message

PRESS = {"id": "1", "from": USER, "chat_instance": "1", "data": "x", "message": message("…")}


def update(number: int, chat: int = 7, **more: Any) -> dict[str, Any]:
    told = message("哪里投诉？", {"id": chat, "type": "private"}) | {"message_id": number + 100}
    return {"update_id": number, "message": told} | more


class Desk:
    """An inbox, and what was worked off, in order."""

    def __init__(self, store: DeliveryStore | None = None) -> None:
        self.store = store or MemoryDeliveryStore()
        parts = application.build(
            Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}),
            self.store,
            request=RecordingRequest(),
        )
        self.inbox: Inbox = parts.inbox
        self.begun: list[int] = []
        self.done: list[int] = []
        self.held: dict[int, asyncio.Event] = {}

    async def process(self, one: Update) -> None:
        self.begun.append(one.update_id)
        if one.update_id in self.held:
            await self.held[one.update_id].wait()
        self.done.append(one.update_id)

    async def idle(self) -> None:
        async with asyncio.timeout(5):
            while self.inbox.backlog:
                await asyncio.sleep(0)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_an_update_is_kept_when_accept_returns_and_finished_when_worked_off(
    desk: Desk,
) -> None:
    await desk.inbox.accept([update(1)])
    (kept,) = await desk.store.unfinished()
    assert json.loads(kept.body) == update(1) | {"message": json.loads(kept.body)["message"]}
    desk.inbox.begin(desk.process)
    await desk.idle()
    assert desk.done == [1]
    assert await desk.store.unfinished() == []


async def test_an_update_that_comes_again_is_worked_off_once(desk: Desk) -> None:
    desk.inbox.begin(desk.process)
    await desk.inbox.accept([update(1), update(2)])
    await desk.inbox.accept([update(2), update(3)])
    await asyncio.gather(*(desk.inbox.accept([update(4)]) for _ in range(3)))
    await desk.idle()
    assert sorted(desk.done) == [1, 2, 3, 4]


async def test_what_a_process_left_is_worked_off_by_the_next_and_nothing_twice() -> None:
    store = MemoryDeliveryStore()
    first = Desk(store)
    first.held[1] = asyncio.Event()
    first.inbox.begin(first.process)
    await first.inbox.accept([update(1), update(2), update(3, chat=8)])
    await asyncio.sleep(0.01)
    assert first.done == [3]
    second = Desk(store)  # as after kill -9
    await second.inbox.open()
    second.inbox.begin(second.process)
    await second.inbox.accept([update(1), update(2), update(3, chat=8), update(4)])
    await second.idle()
    assert second.done == [1, 2, 4]
    first.held[1].set()
    await first.idle()


async def test_one_chat_is_served_in_order_and_chats_side_by_side(desk: Desk) -> None:
    desk.held[1] = asyncio.Event()
    desk.inbox.begin(desk.process)
    await desk.inbox.accept([update(1), update(2), update(3, chat=8), update(4)])
    await asyncio.sleep(0.01)
    assert desk.done == [3]
    desk.held[1].set()
    await desk.idle()
    assert desk.done == [3, 1, 2, 4]


@pytest.mark.parametrize(
    "other",
    [
        {"callback_query": PRESS},
        {"edited_message": message("改")},
    ],
    ids=["press", "edit"],
)
async def test_a_press_and_an_edit_wait_for_the_chats_earlier_updates(
    desk: Desk, other: dict[str, Any]
) -> None:
    desk.held[1] = asyncio.Event()
    desk.inbox.begin(desk.process)
    await desk.inbox.accept([update(1), {"update_id": 2} | other])
    await asyncio.sleep(0.01)
    assert desk.begun == [1]
    desk.held[1].set()
    await desk.idle()
    assert desk.begun == [1, 2]


async def test_an_update_that_fails_holds_up_no_other(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(one: Update) -> None:
        if one.update_id == 1:
            raise RuntimeError("a mistake")
        await desk.process(one)

    desk.inbox.begin(fails)
    await desk.inbox.accept([update(1), update(2)])
    await desk.idle()
    assert desk.done == [2]
    assert await desk.store.unfinished() == []


@pytest.mark.parametrize(
    "odd",
    [None, 5, [], {}, {"message_id": 3}, {"message_id": "x", "chat": {"id": None}}, {"chat": []}],
)
async def test_an_update_that_is_none_stops_nothing(
    desk: Desk, odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    desk.inbox.begin(desk.process)
    await desk.inbox.accept([{"update_id": 1, "message": odd}, update(2)])
    await desk.idle()
    assert desk.done[-1] == 2
    assert await desk.store.unfinished() == []
    await desk.inbox.accept([update(1)])
    assert desk.inbox.backlog == 0


async def test_what_cannot_be_kept_is_not_accepted(desk: Desk) -> None:
    async def full(updates: Any) -> None:
        raise StoreError("a.sqlite3: database or disk is full")

    receive, desk.store.receive = desk.store.receive, full  # type: ignore[method-assign]
    desk.inbox.begin(desk.process)
    with pytest.raises(StoreError):
        await desk.inbox.accept([update(1)])
    assert desk.done == []
    desk.store.receive = receive  # type: ignore[method-assign]
    await desk.inbox.accept([update(1)])
    await desk.idle()
    assert desk.done == [1]


async def test_a_stop_ends_what_is_under_way_and_leaves_the_rest(desk: Desk) -> None:
    desk.held[1] = asyncio.Event()
    desk.inbox.begin(desk.process)
    await desk.inbox.accept([update(1), update(2)])
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(desk.inbox.close(5))
    await asyncio.sleep(0.01)
    desk.held[1].set()
    await closing
    assert desk.done == [1]
    assert [one.update_id for one in await desk.store.unfinished()] == [2]


async def test_the_ids_of_what_users_write_are_noted(desk: Desk) -> None:
    press = {"update_id": 3, "callback_query": PRESS}
    group = message("问", {"id": -1000000000009, "type": "supergroup"}) | {"message_id": 4}
    await desk.inbox.accept([update(1), {"update_id": 2, "message": group}, press])
    assert await desk.store.taken(SHARED, 0) == {101}
    assert await desk.store.taken(-1000000000009, 0) == {4}


async def test_the_body_is_kept_as_telegram_wrote_it() -> None:
    store = MemoryDeliveryStore()
    desk = Desk(store)
    raw = update(1) | {"some_new_field": {"a": ["\ud83d", "𠮷", None, 1.5]}}
    await desk.inbox.accept([raw])
    kept: list[Received] = await store.unfinished()
    assert json.loads(kept[0].body) == raw
