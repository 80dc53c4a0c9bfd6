"""The whole bot behind a webhook, looked at by an operator: real HTTP, a Telegram that records, real SQLite."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channel.telegram import application, log_filter, serving
from bot.channel.telegram.log_filter import LogFilter
from bot.channel.telegram.receiver import SECRET_HEADER
from bot.dialogue.turn import Dialogue
from bot.errors import SettingsError, StoreError
from bot.settings import Endpoint, Settings, Webhook
from bot.store.database import Database
from bot.store.delivery import SqliteDeliveryStore
from tests.fakes import TOKEN, FixedDialogue, RecordingRequest, message

SECRET = "of_mine"


class Telegram(RecordingRequest):
    """Says that the webhook stands."""

    async def do_request(self, *, url: str, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(url=url, **kwargs)
        if url.endswith("/getWebhookInfo"):
            info = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            body = json.dumps({"ok": True, "result": info}).encode()
        return status, body


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Operated:
    """A bot with a webhook, and health and metrics served; what it remembers is in a folder."""

    def __init__(self, folder: Path) -> None:
        self.telegram = Telegram()
        self.dialogue = FixedDialogue()
        self.loaded = threading.Event()
        self.loaded.set()
        self.database = Database(folder / "xiaobao.sqlite3")
        hook, watch = (Endpoint("127.0.0.1", free_port()) for _ in range(2))
        self.settings = dataclasses.replace(
            Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}),
            webhook=Webhook("https://bot.example.org/hook", hook, SECRET),
            metrics=watch,
        )
        self.hook = f"http://127.0.0.1:{hook.port}/hook"
        self.watch = f"http://127.0.0.1:{watch.port}"

    def load(self) -> Dialogue:
        self.loaded.wait()
        return self.dialogue  # type: ignore[return-value]

    async def serve(self) -> None:
        delivery = SqliteDeliveryStore(self.database)
        parts = application.build(self.settings, delivery, request=self.telegram)
        try:
            await serving.serve(parts, self.settings, delivery, self.load)
        finally:
            await self.database.close()

    async def called(self, session: aiohttp.ClientSession, **update: Any) -> int:
        headers = {SECRET_HEADER: SECRET}
        try:
            async with session.post(self.hook, json=update, headers=headers) as got:
                return got.status
        except aiohttp.ClientConnectionError:
            return 0

    async def healthy(self, session: aiohttp.ClientSession) -> dict[str, Any]:
        async with session.get(f"{self.watch}/healthz") as got:
            told: dict[str, Any] = await got.json()
            assert (got.status == 200) == told["ok"]
            return told


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_bot_behind_a_webhook_answers_and_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PATIENCE_S", 0.0)
    bot = Operated(tmp_path)
    bot.loaded.clear()
    work = asyncio.create_task(bot.serve())
    async with aiohttp.ClientSession() as session:
        await until(lambda: any(name == "getWebhookInfo" for name, _ in bot.telegram.calls))
        assert await bot.called(session, update_id=1, message=message("哪里投诉？")) == 200
        told = await bot.healthy(session)
        assert told == {"ok": False, "updates": "ok", "store": "ok", "dialogue": "is being loaded"}
        bot.loaded.set()
        await until(lambda: bot.telegram.sent)
        assert await bot.called(session, update_id=1, message=message("哪里投诉？")) == 200
        assert await bot.called(session, update_id=2, message=message("/help")) == 200
        await until(lambda: len(bot.telegram.sent) == 2)
        assert (await bot.healthy(session))["ok"]
        async with session.get(f"{bot.watch}/metrics") as got:
            lines = (await got.text()).splitlines()
        assert "xiaobao_updates_total 2.0" in lines
        assert 'xiaobao_questions_total{outcome="answered"} 1.0' in lines
        assert "xiaobao_messages_total 2.0" in lines
        assert "xiaobao_answer_seconds_count 2.0" in lines
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(work, 5)
        assert await bot.called(session, update_id=3, message=message("/help")) == 0
    assert not any(name in ("getUpdates", "deleteWebhook") for name, _ in bot.telegram.calls)


async def test_what_cannot_be_kept_is_told_to_telegram_the_user_and_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Operated(tmp_path)
    work = asyncio.create_task(bot.serve())
    async with aiohttp.ClientSession() as session:
        await until(lambda: any(name == "getWebhookInfo" for name, _ in bot.telegram.calls))
        with monkeypatch.context() as broken:

            async def write(*statements: object) -> None:
                raise StoreError("disk is full")

            broken.setattr(bot.database, "write", write)
            for _ in range(2):
                assert await bot.called(session, update_id=1, message=message("在吗")) == 503
            assert len(bot.telegram.sent) == 1
            assert (await bot.healthy(session))["store"] == "cannot be written"
        assert await bot.called(session, update_id=1, message=message("在吗")) == 200
        await until(lambda: len(bot.telegram.sent) == 2)
        assert (await bot.healthy(session))["ok"]
    work.cancel()
    await work


async def test_no_question_user_or_secret_is_logged_however_much_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    levels = {name: logging.getLogger(name).level for name in log_filter.TALKATIVE}
    caplog.set_level(logging.DEBUG)
    log_filter.guard(TOKEN)
    bot = Operated(tmp_path)
    work = asyncio.create_task(bot.serve())
    chat = {"id": 424242424242, "type": "private", "first_name": "王"}
    async with aiohttp.ClientSession() as session:
        await until(lambda: any(name == "getWebhookInfo" for name, _ in bot.telegram.calls))
        assert await bot.called(session, update_id=1, message=message("悄悄话", chat)) == 200
        await until(lambda: bot.telegram.sent)
    work.cancel()
    await work
    for handler in (caplog.handler, *logging.getLogger().handlers, logging.lastResort):
        if handler:
            handler.filters = [one for one in handler.filters if not isinstance(one, LogFilter)]
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    assert "serving as" in caplog.text
    for hidden in ("悄悄", r"\u6084", "424242424242", SECRET, "退货", TOKEN.partition(":")[2]):
        assert hidden not in caplog.text


@pytest.mark.parametrize("which", ["webhook", "metrics"])
async def test_a_port_that_is_taken_ends_the_start_with_its_name(
    tmp_path: Path, which: str
) -> None:
    bot = Operated(tmp_path)
    assert bot.settings.webhook
    assert bot.settings.metrics
    port = (bot.settings.metrics if which == "metrics" else bot.settings.webhook.endpoint).port
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(SettingsError, match="_PORT: is in use by another program"):
            await asyncio.wait_for(bot.serve(), 5)
