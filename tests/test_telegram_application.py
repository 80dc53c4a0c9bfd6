"""How the bot starts, polls, stops, and what it writes into the log."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import signal
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.channel.telegram import application, log_filter, polling
from bot.channel.telegram.chat_order import ChatOrder
from bot.channel.telegram.log_filter import LogFilter
from bot.errors import SettingsError
from bot.settings import Settings
from tests.fakes import TOKEN, FixedDialogue, RecordingRequest

SETTINGS = Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN})
SECRET = TOKEN.partition(":")[2]
UNAUTHORIZED = (401, {"description": "Unauthorized"})
CONFLICT = (409, {"description": "Conflict: terminated by other getUpdates request"})


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
        if url.endswith("/getUpdates") and not self.updates and not self.fail["getUpdates"]:
            self.calls.append(("getUpdates", kwargs["request_data"].parameters))
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
    app = application.build(SETTINGS, dialogue, request=telegram)
    serving = asyncio.create_task(application.serve(app))
    await until(lambda: len(telegram.sent) == 3)
    await until(lambda: sum(name == "setMyShortDescription" for name, _ in telegram.calls) == 3)
    os.kill(os.getpid(), number)
    await asyncio.wait_for(serving, 2)
    polls = [parameters for name, parameters in telegram.calls if name == "getUpdates"]
    assert [poll.get("offset") for poll in polls] == [None, 3, 4]
    assert ("deleteWebhook", {"drop_pending_updates": False}) in telegram.calls


async def test_the_menu_is_set_for_everyone_for_chinese_and_for_english() -> None:
    telegram = RecordingRequest()
    app = application.build(SETTINGS, FixedDialogue(), request=telegram)
    assert app.post_init
    async with app:
        await app.post_init(app)
        telegram.fail["setMyCommands"].append(NetworkError("no line"))
        await app.post_init(app)  # works without
    menus = {
        parameters.get("language_code"): [command["command"] for command in parameters["commands"]]
        for name, parameters in telegram.calls
        if name == "setMyCommands"
    }
    assert menus == {code: ["start", "help", "new", "ask"] for code in (None, "zh", "en")}


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
    serving = asyncio.create_task(
        application.serve(application.build(SETTINGS, dialogue, request=telegram))
    )
    await asked.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.01)
    go_on.set()
    await asyncio.wait_for(serving, 2)
    assert len(telegram.sent) == 1


async def test_a_stop_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "GRACE_S", 0.05)
    telegram, asked = LivePolls(), asyncio.Event()

    class StuckDialogue(FixedDialogue):
        async def turn(self, utterance: Any) -> Any:
            asked.set()
            await asyncio.sleep(3600)

    telegram.updates.append([update(1), update(2)])
    serving = asyncio.create_task(
        application.serve(application.build(SETTINGS, StuckDialogue(), request=telegram))
    )
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
    app = application.build(SETTINGS, FixedDialogue(), request=telegram)
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN") as raised:
        await application.serve(app)
    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__
    assert "Traceback" not in caplog.text


async def test_a_token_revoked_while_serving_is_noticed() -> None:
    telegram = LivePolls()
    telegram.fail["getUpdates"].append(UNAUTHORIZED)
    app = application.build(SETTINGS, FixedDialogue(), request=telegram)
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        await application.serve(app)


async def test_a_proxys_refusal_is_not_taken_for_telegrams() -> None:
    telegram, waits = LivePolls(), []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    telegram.fail["getMe"].extend([(404, b"<html>no such page</html>"), (401, b"")])
    app = application.build(SETTINGS, FixedDialogue(), request=telegram)
    await polling.connect(app, pause)
    await app.shutdown()
    assert waits == [0.5, 1.0]


def test_without_a_token_nothing_is_built() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        application.build(Settings.from_env({}), FixedDialogue())


async def test_it_connects_and_polls_however_long_the_network_is_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram, waits = LivePolls(), []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    telegram.fail["getMe"].extend([NetworkError("no line")] * 8)
    telegram.fail["getUpdates"].extend([CONFLICT, NetworkError("reset"), (502, {})])
    telegram.updates.append([update(1)])
    app = application.build(SETTINGS, FixedDialogue(), request=telegram)
    await polling.connect(app, pause)
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    waits.clear()
    fetching = asyncio.create_task(polling.poll(app, pause))
    assert (await app.update_queue.get()).update_id == 1
    fetching.cancel()
    await app.shutdown()
    assert waits == [0.5, 1.0, 2.0]
    assert "Traceback" not in caplog.text
    assert "Conflict" in caplog.text


async def test_one_chat_is_served_in_order_and_chats_side_by_side() -> None:
    order, done, release = ChatOrder(), [], asyncio.Event()

    async def handle(number: int) -> None:
        if number == 1:
            await release.wait()
        done.append(number)

    def process(number: int, chat: int) -> asyncio.Task[None]:
        one = Update.de_json(update(number, chat=chat), None)
        return asyncio.create_task(order.process_update(one, handle(number)))

    tasks = [process(1, 7), process(2, 7), process(3, 8), process(4, 7)]
    await until(lambda: done == [3])
    tasks[3].cancel()
    release.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == [3, 1, 2]


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
