"""How the bot has Telegram call it, and notices that Telegram does not."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.channel.telegram import horizon
from bot.channel.telegram.horizon import Horizon
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.receiver import SECRET_HEADER
from bot.channel.telegram.webhook import Webhook
from bot.errors import SettingsError
from bot.settings import Endpoint
from bot.settings import Webhook as Address
from bot.store.memory import MemoryDeliveryStore
from tests.fakes import TOKEN, RecordingRequest

URL = "https://bot.example.org/hook"
HERE = Endpoint("127.0.0.1", 0)
UPDATE = {"update_id": 5, "message": {"text": "哪里投诉？", "chat": {"id": 7}}}


class Telegram(RecordingRequest):
    """Knows of a webhook, and what became of it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: deque[dict[str, Any]] = deque()

    async def do_request(self, *, url: str, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(url=url, **kwargs)
        if url.endswith("/getWebhookInfo") and status == 200:
            told = {"url": URL, "has_custom_certificate": False, "pending_update_count": 0}
            told |= self.told.popleft() if self.told else {}
            body = json.dumps({"ok": True, "result": told}).encode()
        return status, body

    @property
    def asked_for(self) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.calls if name == "setWebhook"]


class Pauses:
    """Lets `count` waits pass at once, then stands still."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.waits: list[float] = []
        self.done = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)
        if not self.left:
            self.done.set()
            await asyncio.sleep(3600)
        self.left -= 1


@asynccontextmanager
async def running(
    telegram: Telegram, waits: int = 0, secret: str | None = None, meter: Meter | None = None
) -> AsyncIterator[tuple[Webhook, list[Any], Pauses]]:
    """A webhook that has been set, and looked after `waits` times; what it kept, and how it waited."""
    kept: list[Any] = []
    pauses = Pauses(waits)

    async def accept(updates: Any) -> None:
        kept.extend(updates)

    bot = Bot(TOKEN, request=telegram, get_updates_request=telegram)
    webhook = Webhook(
        bot, Address(URL, HERE, secret), ["message"], accept, meter or Meter(), pauses
    )
    work = asyncio.create_task(webhook.run())
    waiting = asyncio.create_task(pauses.done.wait())
    await asyncio.wait([work, waiting], timeout=5, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        if work.done():
            await work
        yield webhook, kept, pauses
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def called(webhook: Webhook, secret: str) -> int:
    async with aiohttp.ClientSession() as session:
        url, headers = f"http://127.0.0.1:{webhook.port}/hook", {SECRET_HEADER: secret}
        async with session.post(url, json=UPDATE, headers=headers) as got:
            return got.status


async def test_what_telegram_is_told_lets_it_call_the_bot() -> None:
    telegram = Telegram()
    async with running(telegram, secret="of_mine") as (webhook, kept, _):
        assert telegram.asked_for == [
            {
                "url": URL,
                "max_connections": 40,
                "allowed_updates": ["message"],
                "drop_pending_updates": False,
                "secret_token": "of_mine",
            }
        ]
        assert await called(webhook, "of_mine") == 200
        assert await called(webhook, "another") == 403
        assert kept == [UPDATE]


async def test_without_a_secret_each_start_has_one_of_its_own() -> None:
    found = []
    for _ in range(2):
        telegram = Telegram()
        async with running(telegram) as (webhook, _, _):
            secret = telegram.asked_for[0]["secret_token"]
            assert await called(webhook, secret) == 200
            found.append(secret)
    assert len(found[0]) >= 32
    assert found[0] != found[1]


async def test_it_is_set_however_long_the_network_is_away() -> None:
    telegram, meter = Telegram(), Meter()
    resolving = {"description": "Bad Request: bad webhook: Failed to resolve host"}
    failures = [NetworkError("no line"), (502, {}), (400, resolving), NetworkError("no line")]
    telegram.fail["setWebhook"].extend(failures)
    async with running(telegram, waits=4, meter=meter) as (_, _, pauses):
        assert pauses.waits == [0.1, 0.2, 0.4, 0.8, 30.0]
        assert len(telegram.asked_for) == 1
        assert meter.silent_s < 5


async def test_an_address_that_telegram_does_not_accept_is_named_and_not_shown() -> None:
    telegram = Telegram()
    refusal = {"description": f"Bad Request: bad webhook: {URL} is no good"}
    telegram.fail["setWebhook"].append((400, refusal))
    with pytest.raises(SettingsError, match=r"^WEBHOOK_URL: Telegram does not accept it") as raised:
        async with running(telegram):
            pass
    assert URL not in str(raised.value)


async def test_a_webhook_that_was_taken_back_is_set_again(caplog: pytest.LogCaptureFixture) -> None:
    telegram = Telegram()
    telegram.told.extend([{}, {}, {"url": ""}, {}])
    async with running(telegram, waits=3):
        first, again = telegram.asked_for
        assert first == again
    assert caplog.text.count("taken back") == 1


async def test_that_telegram_cannot_deliver_is_said_once_for_each_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failed(at: int) -> dict[str, Any]:
        message = "Wrong response from the webhook: 502 Bad Gateway"
        return {"last_error_date": at, "last_error_message": message, "pending_update_count": 4}

    telegram = Telegram()
    telegram.told.extend([failed(1), failed(1), failed(2), failed(2), {}, failed(3)])
    async with running(telegram, waits=5):
        pass
    said = [record.message for record in caplog.records]
    assert (
        said
        == [
            "Telegram cannot deliver to the webhook: Wrong response from the webhook: 502 Bad Gateway"
            " (4 updates wait)"
        ]
        * 2
    )


async def test_all_is_known_once_hardly_anything_waits_at_telegram(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(horizon, "QUIET_S", 0.001)
    telegram = Telegram()
    async with running(telegram) as (webhook, _, _):
        known = Horizon(MemoryDeliveryStore())
        known.called(webhook.waiting)
        telegram.told.extend({"pending_update_count": count} for count in (900, 30, 4, 0))
        telegram.fail["getWebhookInfo"].append(NetworkError("no line"))
        await known.caught_up()
        assert len(telegram.told) == 1
        telegram.told.extend([{"pending_update_count": 900}] * 1000)
        monkeypatch.setattr(horizon, "LONGEST_S", 0.01)
        await asyncio.wait_for(known.caught_up(), 1)  # a webhook that nothing gets through to
