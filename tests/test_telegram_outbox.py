"""Sending: what is owed is kept first, sent in order, and arrives once, whatever fails meanwhile."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError, TimedOut

from bot.channel.telegram import application
from bot.channel.telegram.delivering import BACK_OFF_S
from bot.channel.telegram.outbox import Destination, Outbox
from bot.channel.telegram.render import OutgoingMessage
from bot.channel.telegram.sending import encode
from bot.delivery import SHARED, Owed, Received
from bot.errors import StoreError
from bot.settings import Settings
from bot.store.memory import MemoryDeliveryStore
from tests.fakes import TOKEN, Clock, RecordingRequest, message

MESSAGES = [OutgoingMessage("一"), OutgoingMessage("二")]
FLOOD = (429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}})
BLOCKED = (403, {"description": "Forbidden: bot was blocked by the user"})
REFUSED = (400, {"description": "Bad Request: TOPIC_CLOSED"})
MOVED = (400, {"description": "moved", "parameters": {"migrate_to_chat_id": -1000000000009}})
NOT_FOUND = (400, {"description": "Bad Request: message to edit not found"})
NOT_MODIFIED = (400, {"description": "Bad Request: message is not modified: …"})

# The library warns about the coming type of `RetryAfter.retry_after` even where it makes the exception itself.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")


class Post:
    """An outbox with its network recorded."""

    def __init__(self, store: MemoryDeliveryStore | None = None) -> None:
        self.telegram, self.clock = RecordingRequest(), Clock()
        self.store = store or MemoryDeliveryStore()
        self.waited: list[float] = []
        parts = application.build(
            Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}),
            self.store,
            request=self.telegram,
            pause=self._pause,
            clock=self.clock,
        )
        self.bot = parts.app.bot
        self.outbox: Outbox = parts.outbox

    async def _pause(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.clock.now += seconds

    def update(self, number: int = 1, chat: int = 7) -> Update:
        data = message("哪里投诉？", {"id": chat, "type": "private"}) | {"message_id": number + 100}
        return Update.de_json({"update_id": number, "message": data}, self.bot)

    async def sends(self, *messages: OutgoingMessage, number: int = 1, chat: int = 7) -> None:
        await self.outbox.send(self.update(number, chat), Destination(chat), messages)
        assert await self.outbox.flushed()

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.telegram.sent]

    @property
    def tried(self) -> list[int]:
        return [p["message_id"] for name, p in self.telegram.calls if name == "editMessageText"]


@pytest.fixture
def post() -> Post:
    return Post()


async def test_messages_arrive_in_order_and_nothing_is_owed_any_more(post: Post) -> None:
    await post.store.receive([Received(1, "{}", SHARED, 101)])
    await post.sends(*MESSAGES)
    assert post.texts == ["一", "二"]
    assert await post.store.owed() == []
    assert await post.store.unfinished() == []
    assert len(await post.store.answers(7, 101)) == 2
    assert post.outbox.has_answered(1)


async def test_what_is_owed_is_kept_before_it_is_sent(post: Post) -> None:
    kept: list[list[Owed]] = []
    request = post.telegram.do_request

    async def watched(*args: Any, **kwargs: Any) -> Any:
        kept.append(await post.store.owed())
        return await request(*args, **kwargs)

    post.telegram.do_request = watched  # type: ignore[method-assign]
    await post.sends(*MESSAGES)
    assert [[(one.number, one.begun) for one in owed] for owed in kept] == [
        [(0, True), (1, False)],
        [(1, True)],
    ]


async def test_a_flood_limit_is_waited_out(post: Post) -> None:
    post.telegram.fail["sendMessage"].extend([FLOOD] * 3)
    await post.sends(*MESSAGES)
    assert [wait for wait in post.waited if wait == 7.0] == [7.0] * 3
    assert post.texts == ["一", "二"]


async def test_what_never_left_is_tried_again_with_growing_waits(post: Post) -> None:
    def no_line() -> NetworkError:
        error = NetworkError("no line")
        error.__cause__ = type("ConnectError", (Exception,), {})()
        return error

    async def place(seconds: float) -> None:
        post.clock.now += seconds

    post.outbox._pacing._pause = place
    post.telegram.fail["sendMessage"].extend([no_line() for _ in range(9)])
    await post.sends(MESSAGES[0])
    assert post.waited == [*BACK_OFF_S, 30.0]
    assert post.texts == ["一"]
    assert post.tried == []


@pytest.mark.parametrize("failure", [TimedOut(), NetworkError("reset"), (502, {}), (500, {})])
async def test_what_arrived_though_its_answer_was_lost_is_not_sent_again(
    post: Post, failure: Any
) -> None:
    await post.store.receive([Received(1, "{}", SHARED, 101), Received(2, "{}", SHARED, 103)])
    post.telegram.fail["sendMessage"].append(failure)
    post.telegram.fail["editMessageText"].extend([NOT_FOUND, FLOOD, TimedOut(), NOT_MODIFIED])
    await post.sends(MESSAGES[0])
    assert post.texts == []
    assert await post.store.answers(7, 101) == [105]  # 104 is not found; 103 is somebody else's
    assert await post.store.owed() == []


async def test_what_had_not_arrived_is_sent_again(post: Post) -> None:
    post.telegram.fail["sendMessage"].append(TimedOut())
    post.telegram.fail["editMessageText"].extend([NOT_FOUND] * 99)
    await post.sends(*MESSAGES)
    assert post.texts == ["一", "二"]


async def test_what_a_process_was_killed_over_is_finished_by_the_next(post: Post) -> None:
    waiting = Owed(5, 0, 8, encode(MESSAGES[0]), SHARED, 105)
    arrived = Owed(6, 0, 9, encode(MESSAGES[1]), SHARED, 106, True, 110)
    await post.store.owe([waiting, arrived])
    post.telegram.fail["editMessageText"].extend([NOT_FOUND, NOT_MODIFIED])
    await post.outbox.open()
    assert await post.outbox.flushed()
    assert post.texts == ["一"]
    assert await post.store.answers(9, 106) == [112]
    assert await post.store.owed() == []


@pytest.mark.parametrize("failure", [BLOCKED, REFUSED], ids=["blocked", "refused"])
async def test_what_cannot_be_mended_is_not_tried_again(
    post: Post, caplog: pytest.LogCaptureFixture, failure: Any
) -> None:
    caplog.set_level(logging.INFO, "bot")
    post.telegram.fail["sendMessage"].append(failure)
    await post.sends(MESSAGES[0])
    assert post.texts == []
    assert await post.store.owed() == []
    assert [r.exc_info for r in caplog.records if r.name.startswith("bot.")] == [None]


async def test_who_blocked_the_bot_is_owed_nothing_until_he_writes_again(post: Post) -> None:
    post.telegram.fail["sendMessage"].append(BLOCKED)
    await post.sends(*MESSAGES)
    await post.outbox.send(post.update(2, chat=8), Destination(7), MESSAGES)  # a broadcast
    assert await post.outbox.flushed()
    assert post.texts == []
    await post.sends(MESSAGES[1], number=3)
    assert post.texts == ["二"]


async def test_a_message_refused_as_it_is_goes_as_plain_text(post: Post) -> None:
    post.telegram.fail["sendMessage"].append(REFUSED)
    await post.outbox.send(post.update(), Destination(7, topic=4), MESSAGES[:1])
    assert await post.outbox.flushed()
    assert "message_thread_id" not in post.telegram.sent[0]


async def test_a_group_that_moved_is_followed(post: Post) -> None:
    post.telegram.fail["sendMessage"].append(MOVED)
    await post.outbox.send(post.update(), Destination(-5), MESSAGES)
    assert await post.outbox.flushed()
    assert [one["chat_id"] for one in post.telegram.sent] == [-1000000000009, -1000000000009]


async def test_an_edit_is_made_until_it_stands(post: Post) -> None:
    post.telegram.fail["editMessageText"].extend([TimedOut(), FLOOD])
    await post.outbox.edit(post.update(), 7, 55, MESSAGES[0])
    assert await post.outbox.flushed()
    assert post.tried == [55]
    post.telegram.fail["editMessageText"].append(NOT_MODIFIED)
    await post.outbox.edit(post.update(2), 7, 55, MESSAGES[0])
    assert await post.outbox.flushed()
    assert await post.store.owed() == []


async def test_an_edited_questions_answer_takes_the_place_of_the_first(post: Post) -> None:
    await post.sends(*MESSAGES)
    first, second = await post.store.answers(7, 101)
    edited = post.update(1).to_dict()
    edited = {"update_id": 2, "edited_message": edited["message"] | {"edit_date": 2}}
    update = Update.de_json(edited, post.bot)
    await post.outbox.replace(update, Destination(7), [OutgoingMessage("三")])
    assert await post.outbox.flushed()
    assert post.tried == [first]
    assert ("deleteMessage", {"chat_id": 7, "message_id": second}) in post.telegram.calls
    assert post.texts == ["一", "二"]


async def test_an_edited_question_whose_answer_was_deleted_is_answered_anew(post: Post) -> None:
    await post.sends(MESSAGES[0])
    edited = post.update(1).to_dict()
    edited = {"update_id": 2, "edited_message": edited["message"] | {"edit_date": 2}}
    update = Update.de_json(edited, post.bot)
    post.telegram.fail["editMessageText"].append(NOT_FOUND)
    await post.outbox.replace(update, Destination(7, reply_to=101), [OutgoingMessage("三")])
    assert await post.outbox.flushed()
    assert post.texts == ["一", "三"]
    assert post.telegram.sent[-1]["reply_parameters"]["message_id"] == 101
    assert len(await post.store.answers(7, 101)) == 2
    post.telegram.fail["editMessageText"].append(NOT_FOUND)
    await post.outbox.edit(
        post.update(3), 7, 5, OutgoingMessage("四")
    )  # a view: it is nobody's answer
    assert await post.outbox.flushed()
    assert post.texts == ["一", "三"]


async def test_a_store_that_fails_costs_no_answer(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    async def full(*_: Any) -> None:
        raise StoreError("a.sqlite3: database or disk is full")

    post.store.owe = post.store.begin = post.store.sent = full  # type: ignore[method-assign]
    await post.sends(*MESSAGES)
    assert post.texts == ["一", "二"]
    assert "disk is full" in caplog.text
    assert "Traceback" not in caplog.text


async def test_what_arrived_without_being_kept_is_not_answered_by_the_next_process(
    post: Post,
) -> None:
    async def locked(*_: Any) -> None:
        raise StoreError("a.sqlite3: database is locked")

    await post.store.receive([Received(1, "{}", SHARED, 101), Received(2, "{}", SHARED, 102)])
    owe, post.store.owe = post.store.owe, locked  # type: ignore[method-assign]
    post.telegram.fail["sendMessage"].append(FLOOD)
    await post.sends(*MESSAGES)
    post.store.owe = owe  # type: ignore[method-assign]
    assert post.texts == ["一", "二"]
    assert [one.update_id for one in await post.store.unfinished()] == [2]


async def test_one_chat_that_waits_holds_up_no_other(post: Post) -> None:
    held = asyncio.Event()
    pause = post._pause

    async def held_up(seconds: float) -> None:
        if seconds == 7.0:
            await held.wait()
        await pause(seconds)

    post.outbox._delivering._pause = held_up
    post.telegram.fail["sendMessage"].append(FLOOD)
    await post.outbox.send(post.update(1), Destination(7), MESSAGES[:1])
    await asyncio.sleep(0)
    await post.outbox.send(post.update(2, chat=8), Destination(8), MESSAGES[1:])
    assert await post.outbox.flushed(8)
    assert post.texts == ["二"]
    held.set()
    assert await post.outbox.flushed()
    assert post.texts == ["二", "一"]


async def test_ids_above_a_message_sent_later_are_not_tried(post: Post) -> None:
    await post.store.receive([Received(1, "{}", SHARED, 101), Received(2, "{}", SHARED, 990)])
    post.telegram.fail["sendMessage"].append(TimedOut())
    post.telegram.fail["editMessageText"].extend([NOT_FOUND] * 99)
    later = asyncio.Event()
    pause = post._pause

    async def held_up(seconds: float) -> None:
        if seconds == BACK_OFF_S[0]:
            await later.wait()
        await pause(seconds)

    post.outbox._delivering._pause = held_up
    await post.outbox.send(post.update(1), Destination(7), MESSAGES[:1])
    await asyncio.sleep(0.01)
    await post.outbox.send(post.update(2, chat=8), Destination(8), MESSAGES[1:])
    assert await post.outbox.flushed(8)
    (ceiling,) = await post.store.answers(8, 102)
    later.set()
    assert await post.outbox.flushed()
    assert ceiling == 1001
    assert len(post.telegram.fail["editMessageText"]) == 99 - len(range(991, ceiling))
