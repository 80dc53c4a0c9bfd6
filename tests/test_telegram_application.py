"""How the bot starts, polls, stops, and what it writes into the log."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import signal
from typing import Any
from urllib.parse import parse_qsl

import pytest
from telegram.error import NetworkError

from bot.channel.telegram import application, log_filter, polling
from bot.channel.telegram import serving as serving_module
from bot.channel.telegram.log_filter import LogFilter
from bot.channel.telegram.polling import Polling
from bot.delivery import DeliveryStore
from bot.dialogue.commands import LISTED
from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.memory import MemoryDeliveryStore
from tests.fakes import TOKEN, FixedDialogue, RecordingRequest

SETTINGS = Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN})
SECRET = TOKEN.partition(":")[2]
UNAUTHORIZED = (401, {"description": "Unauthorized"})
CONFLICT = (409, {"description": "Conflict: terminated by other getUpdates request"})


def build(telegram: RecordingRequest, store: DeliveryStore | None = None) -> application.Parts:
    return application.build(SETTINGS, store or MemoryDeliveryStore(), request=telegram)


async def serve(
    telegram: RecordingRequest, dialogue: FixedDialogue, store: DeliveryStore | None = None
) -> None:
    kept = store or MemoryDeliveryStore()
    await serving_module.serve(build(telegram, kept), SETTINGS, kept, lambda: dialogue)


def update(number: int, text: str = "哪里投诉？", chat: int = 7) -> dict[str, Any]:
    user = {"id": chat, "is_bot": False, "first_name": "王"}
    message = {
        "message_id": number,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": user,
    }
    return {"update_id": number, "message": message | {"text": text}}


class LivePolls(RecordingRequest):
    """Waits in an empty poll as Telegram does."""

    async def do_request(self, *, url: str, **kwargs: Any) -> tuple[int, bytes]:
        if "/getUpdates?" in url and not self.updates and not self.fail["getUpdates"]:
            self.calls.append(("getUpdates", dict(parse_qsl(url.partition("?")[2]))))
            await asyncio.sleep(3600)
        return await super().do_request(url=url, **kwargs)


async def until(condition: Any) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_until_told_to_stop(number: signal.Signals) -> None:
    telegram, dialogue = LivePolls(), FixedDialogue()
    telegram.updates.extend([[update(1), update(2, chat=8)], [update(3)]])
    serving = asyncio.create_task(serve(telegram, dialogue))
    await until(lambda: len(telegram.sent) == 3)
    await until(lambda: sum(name == "setMyShortDescription" for name, _ in telegram.calls) == 3)
    os.kill(os.getpid(), number)
    await asyncio.wait_for(serving, 2)
    polls = [parameters for name, parameters in telegram.calls if name == "getUpdates"]
    assert [poll.get("offset") for poll in polls] == [None, "3", "4"]
    assert ("deleteWebhook", {"drop_pending_updates": False}) in telegram.calls


async def test_the_menu_is_set_for_everyone_for_chinese_and_for_english() -> None:
    telegram = RecordingRequest()
    app = build(telegram).app
    async with app:
        await application.introduce(app.bot, FixedDialogue())
        telegram.fail["setMyCommands"].append(NetworkError("no line"))
        await application.introduce(app.bot, FixedDialogue())  # works without
    menus = {
        parameters.get("language_code"): [command["command"] for command in parameters["commands"]]
        for name, parameters in telegram.calls
        if name == "setMyCommands"
    }
    assert menus == {code: list(LISTED) for code in (None, "zh", "en")}


async def test_an_answer_under_way_is_sent_before_the_stop() -> None:
    telegram, dialogue = LivePolls(), FixedDialogue()
    asked, go_on = asyncio.Event(), asyncio.Event()
    turn = dialogue.turn

    async def slow_turn(utterance: Any) -> Any:
        asked.set()
        await go_on.wait()
        return await turn(utterance)

    dialogue.turn = slow_turn  # type: ignore[method-assign]
    telegram.updates.append([update(1)])
    serving = asyncio.create_task(serve(telegram, dialogue))
    await asked.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.01)
    go_on.set()
    await asyncio.wait_for(serving, 2)
    assert len(telegram.sent) == 1


async def test_a_stop_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving_module, "GRACE_S", 0.05)
    telegram, asked = LivePolls(), asyncio.Event()

    class StuckDialogue(FixedDialogue):
        async def turn(self, utterance: Any) -> Any:
            asked.set()
            await asyncio.sleep(3600)

    telegram.updates.append([update(1), update(2)])
    serving = asyncio.create_task(serve(telegram, StuckDialogue()))
    await asked.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 2)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()  # as `asyncio.run` does


async def test_an_unknown_token_is_a_settings_error_without_the_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram = RecordingRequest()
    telegram.fail["getMe"].append(UNAUTHORIZED)
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN") as raised:
        await serve(telegram, FixedDialogue())
    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__
    assert "Traceback" not in caplog.text


async def test_a_token_revoked_while_serving_is_noticed() -> None:
    telegram = LivePolls()
    telegram.fail["getUpdates"].append(UNAUTHORIZED)
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        await serve(telegram, FixedDialogue())


async def test_a_proxys_refusal_is_not_taken_for_telegrams() -> None:
    telegram, waits = LivePolls(), []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    telegram.fail["getMe"].extend([(404, b"<html>no such page</html>"), (401, b"")])
    app = build(telegram).app
    await polling.connect(app, pause)
    await app.shutdown()
    assert waits == [0.1, 0.2]


def test_without_a_token_nothing_is_built() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        application.build(Settings.from_env({}), MemoryDeliveryStore())


async def test_it_connects_and_polls_however_long_the_network_is_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram, waits = LivePolls(), []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    telegram.fail["getMe"].extend([NetworkError("no line")] * 8)
    telegram.fail["getUpdates"].extend([CONFLICT, NetworkError("reset"), (502, {})])
    shapes: list[Any] = [[], {"ok": True}, {"result": None}, {"result": {}}, {"result": [None]}]
    telegram.fail["getUpdates"].extend((200, json.dumps(one).encode()) for one in shapes)
    telegram.updates.append([{"update_id": True}, update(1)])
    parts, got = build(telegram), []

    async def accept(updates: Any) -> None:
        got.extend(updates)

    await polling.connect(parts.app, pause)
    assert waits == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]
    waits.clear()
    poll = Polling(
        parts.app.bot,
        telegram,
        accept,
        parts.horizon,
        application.KINDS,
        accept,
        parts.meter,
        pause,
    )
    fetching = asyncio.create_task(poll.run())
    await until(lambda: got)
    assert [one["update_id"] for one in got] == [1]
    assert parts.meter.silent_s < 5
    assert parts.meter.retries == {"network": 8}
    fetching.cancel()
    await parts.app.shutdown()
    assert waits == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 15.0]  # a conflict came first
    assert "Traceback" not in caplog.text
    assert "Conflict" in caplog.text


@pytest.fixture
def log() -> Any:
    """A handler as `cli` sets it up, and what it writes."""
    root, written = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log_filter.guard(TOKEN)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    for other in (*root.handlers, logging.lastResort):
        if other:
            other.filters = [one for one in other.filters if not isinstance(one, LogFilter)]


def test_the_token_stays_out_of_the_log(log: io.StringIO) -> None:
    logger = logging.getLogger("bot.somewhere")
    try:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except RuntimeError:
        logger.exception("calling %s", f"bot{TOKEN}", stack_info=True)
    logger.error("%s %d", TOKEN.replace(":", "%3A"), 5)
    logging.getLogger("httpx").info("HTTP Request: POST %s", TOKEN)
    assert SECRET not in log.getvalue()
    assert "HTTP Request" not in log.getvalue()
    assert "Traceback" in log.getvalue()
    assert "calling bot123456789:***" in log.getvalue()


def test_a_traceback_of_the_library_becomes_a_line(log: io.StringIO) -> None:
    try:
        raise NetworkError(f"no line to bot{TOKEN}")
    except NetworkError:
        logging.getLogger("telegram.ext.Updater").exception("polling")
    assert log.getvalue() == "polling (NetworkError: no line to bot123456789:***)\n"
