from __future__ import annotations

import logging

import pytest
from telegram import Bot, Update
from telegram.error import NetworkError, TimedOut

from bot.channel.telegram.outbox import BACK_OFF_S, Destination, Outbox
from bot.channel.telegram.render import OutgoingMessage
from tests.fakes import TOKEN, RecordingRequest

UPDATE = Update(1)
MESSAGES = [OutgoingMessage("一"), OutgoingMessage("二")]
FLOOD = (429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}})
BLOCKED = (403, {"description": "Forbidden: bot was blocked by the user"})
REFUSED = (400, {"description": "Bad Request: TOPIC_CLOSED"})
MOVED = (400, {"description": "moved", "parameters": {"migrate_to_chat_id": -1009}})

# The library warns about the coming type of `RetryAfter.retry_after` even where it makes the exception itself.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")


@pytest.fixture
def telegram() -> RecordingRequest:
    return RecordingRequest()


@pytest.fixture
def bot(telegram: RecordingRequest) -> Bot:
    return Bot(TOKEN, request=telegram, get_updates_request=telegram)


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def outbox(bot: Bot, waited: list[float]) -> Outbox:
    async def pause(seconds: float) -> None:
        waited.append(seconds)

    return Outbox(bot, pause)


async def test_messages_arrive_in_order(telegram: RecordingRequest, outbox: Outbox) -> None:
    assert await outbox.send(UPDATE, Destination(7), MESSAGES)
    assert [message["text"] for message in telegram.sent] == ["一", "二"]


async def test_a_flood_limit_is_waited_out(
    telegram: RecordingRequest, outbox: Outbox, waited: list[float]
) -> None:
    telegram.fail["sendMessage"].extend([FLOOD] * 9)
    assert await outbox.send(UPDATE, Destination(7), MESSAGES)
    assert waited == [7.0] * 9
    assert len(telegram.sent) == 2


async def test_a_failing_network_is_tried_again_with_growing_waits(
    telegram: RecordingRequest, outbox: Outbox, waited: list[float]
) -> None:
    telegram.fail["sendMessage"].extend([TimedOut(), NetworkError("reset"), (502, {})])
    assert await outbox.send(UPDATE, Destination(7), MESSAGES)
    assert waited == [0.5, 1.0, 2.0]
    assert [message["text"] for message in telegram.sent] == ["一", "二"]


async def test_a_dead_network_is_given_up_with_a_line_in_the_log(
    telegram: RecordingRequest,
    outbox: Outbox,
    waited: list[float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram.fail["sendMessage"].extend([TimedOut()] * 9)
    assert not await outbox.send(UPDATE, Destination(7), MESSAGES)
    assert waited == list(BACK_OFF_S)
    assert [record.exc_info for record in caplog.records] == [None]


@pytest.mark.parametrize("failure", [BLOCKED, REFUSED], ids=["blocked", "refused"])
async def test_what_cannot_be_mended_is_not_tried_again(
    telegram: RecordingRequest,
    outbox: Outbox,
    caplog: pytest.LogCaptureFixture,
    failure: tuple[int, dict[str, object]],
) -> None:
    caplog.set_level(logging.INFO, "bot")
    telegram.fail["sendMessage"].append(failure)
    assert not await outbox.send(UPDATE, Destination(7), MESSAGES)
    assert telegram.sent == []
    assert [record.exc_info for record in caplog.records if record.name.startswith("bot.")] == [
        None
    ]


async def test_a_group_that_moved_is_followed(telegram: RecordingRequest, outbox: Outbox) -> None:
    telegram.fail["sendMessage"].append(MOVED)
    assert await outbox.send(UPDATE, Destination(-5), MESSAGES)
    assert [message["chat_id"] for message in telegram.sent] == [-1009, -1009]
