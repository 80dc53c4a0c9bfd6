"""What an operator's tools are told: is it well, and what does it do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.channel.telegram import health
from bot.channel.telegram.health import Health, Vitals
from bot.channel.telegram.meter import Cause, Meter
from bot.errors import StoreError
from bot.settings import Endpoint


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Bot:
    """What is looked up, to be set by a test; a store that is None hangs."""

    def __init__(self) -> None:
        self.store: bool | None = True
        self.loaded = True

    async def write(self) -> None:
        if self.store is None:
            await asyncio.sleep(3600)
        if not self.store:
            raise StoreError("/somewhere/xiaobao.sqlite3: disk is full")

    async def blocked(self) -> int:
        await self.write()
        return 2

    @property
    def vitals(self) -> Vitals:
        return Vitals(lambda: 3, lambda: 4, self.blocked, self.write, lambda: self.loaded)


@asynccontextmanager
async def served(meter: Meter, bot: Bot) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    pages = Health(Endpoint("127.0.0.1", 0), meter, bot.vitals)
    await pages.open()
    try:
        async with aiohttp.ClientSession() as session:
            yield session, f"http://127.0.0.1:{pages.port}"
    finally:
        await pages.close()


async def looked_at(session: aiohttp.ClientSession, base: str) -> tuple[int, dict[str, Any]]:
    async with session.get(f"{base}/healthz") as got:
        return got.status, await got.json()


async def test_it_is_well_when_every_part_is_and_the_failing_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, bot = Clock(), Bot()
    meter = Meter(clock)
    well = {"ok": True, "updates": "ok", "store": "ok", "dialogue": "ok"}
    async with served(meter, bot) as (session, base):
        ill = well | {"ok": False}
        got = await looked_at(session, base)
        assert got == (503, ill | {"updates": "Telegram was not reached yet"})
        meter.heard()
        assert await looked_at(session, base) == (200, well)
        clock.now += 89
        assert await looked_at(session, base) == (200, well)
        clock.now += 1
        got = await looked_at(session, base)
        assert got == (503, ill | {"updates": "Telegram was last reached 90 s ago"})
        meter.heard()
        bot.store = False
        assert await looked_at(session, base) == (503, ill | {"store": "cannot be written"})
        monkeypatch.setattr(health, "WRITE_S", 0.05)
        bot.store = None
        assert await looked_at(session, base) == (
            503,
            ill | {"store": "was not written within 0 s"},
        )
        bot.store, bot.loaded = True, False
        got = await looked_at(session, base)
        assert got == (503, ill | {"dialogue": "is being loaded"})


async def metrics(session: aiohttp.ClientSession, base: str) -> dict[str, float]:
    """Each sample by its name and labels, as Prometheus understands it."""
    async with session.get(f"{base}/metrics") as got:
        assert got.status == 200
        assert got.headers["Content-Type"].startswith("text/plain; version=")
        text = await got.text()
    return {
        sample.name + "".join(f" {label}" for label in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_what_the_bot_does_is_counted() -> None:
    clock, bot = Clock(), Bot()
    meter = Meter(clock)
    async with served(meter, bot) as (session, base):
        before = await metrics(session, base)
        for update_id in (1, 2, 3):
            meter.received(update_id)
        clock.now += 0.3
        meter.sent(1)
        meter.sent(1)  # the second message of an answer is no answer of its own
        clock.now += 100
        meter.sent(2)
        meter.sent(99)  # owed by a process before this one
        meter.asked("answered")
        meter.asked("answered")
        meter.asked("refused")
        meter.retried(Cause.FLOOD)
        got = await metrics(session, base)
        bot.store = False
        assert (await metrics(session, base))["xiaobao_updates_total"] == 3
    assert {name: value - before[name] for name, value in got.items() if value != before[name]} == {
        "xiaobao_updates_total": 3,
        "xiaobao_questions_total answered": 2,
        "xiaobao_questions_total refused": 1,
        "xiaobao_answer_seconds_bucket 0.5": 1,
        "xiaobao_answer_seconds_bucket 1.0": 1,
        "xiaobao_answer_seconds_bucket 2.5": 1,
        "xiaobao_answer_seconds_bucket 5.0": 1,
        "xiaobao_answer_seconds_bucket 10.0": 1,
        "xiaobao_answer_seconds_bucket 30.0": 1,
        "xiaobao_answer_seconds_bucket 60.0": 1,
        "xiaobao_answer_seconds_bucket +Inf": 2,
        "xiaobao_answer_seconds_count": 2,
        "xiaobao_answer_seconds_sum": pytest.approx(100.6),
        "xiaobao_messages_total": 4,
        "xiaobao_retries_total flood": 1,
    } | {
        name: got[name] - before[name]
        for name in got
        if name.startswith("process_") and got[name] != before[name]
    }
    assert got["xiaobao_questions_total smalltalk"] == 0
    assert (got["xiaobao_inbox_backlog"], got["xiaobao_outbox_backlog"]) == (3, 4)
    assert got["xiaobao_blocked_users"] == 2
    assert got["process_resident_memory_bytes"] > 1_000_000


async def test_every_metric_of_the_bots_own_is_documented_and_no_other() -> None:
    async with served(Meter(), Bot()) as (session, base):
        names = {name.partition(" ")[0] for name in await metrics(session, base)}
    ours = {re.sub("_(bucket|sum|count)$", "", name) for name in names if "xiaobao" in name}
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    rows = "".join(re.findall(r"^\| `xiaobao_.*", readme, re.M))
    assert set(re.findall(r"xiaobao_\w+", rows)) == ours


async def test_there_is_nothing_else_and_nothing_to_change() -> None:
    async with served(Meter(), Bot()) as (session, base):
        assert (await session.get(f"{base}/")).status == 404
        assert (await session.get(f"{base}/metrics/../x")).status == 404
        assert (await session.post(f"{base}/metrics")).status == 405
        assert (await session.head(f"{base}/metrics")).status == 200


def test_updates_that_need_no_answer_are_not_remembered_for_ever() -> None:
    meter = Meter()
    for update_id in range(30_000):
        meter.received(update_id)
    assert meter.updates == 30_000
    assert len(meter._arrived) == 10_000
