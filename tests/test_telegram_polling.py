"""Polling confirms an update only when it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import BaseRequest

from bot.channel.telegram.horizon import Horizon
from bot.channel.telegram.inbox import Raw
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.polling import FIRST_WAIT_S, LONGEST_WAIT_S, Polling
from bot.errors import StoreError
from bot.store.memory import MemoryDeliveryStore

TOKEN = "1:x"


class Api:
    """Answers polls in turn, and then no more.

    Args:
        answers: What each poll brings; an error is raised.
    """

    def __init__(self, *answers: list[Raw] | Exception) -> None:
        self._answers = list(answers)
        self.offsets: list[int | None] = []

    async def post(self, url: str, **_: Any) -> list[Raw]:
        offset = parse_qs(urlsplit(url).query).get("offset")
        self.offsets.append(int(offset[0]) if offset else None)
        if not self._answers:
            raise asyncio.CancelledError
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Inbox:
    """Keeps updates.

    Args:
        failing: The attempts that fail, the first of all being 0.
    """

    def __init__(self, *failing: int) -> None:
        self._failing = failing
        self._attempts = 0
        self.kept: list[int] = []
        self.calmed: list[int] = []

    async def accept(self, updates: Sequence[Raw]) -> None:
        self._attempts += 1
        if self._attempts - 1 in self._failing:
            raise StoreError("database or disk is full")
        self.kept += [update["update_id"] for update in updates]

    async def cannot_keep(self, updates: Sequence[Raw]) -> None:
        self.calmed += [update["update_id"] for update in updates]


async def polled(api: Api, inbox: Inbox) -> list[float]:
    """Poll until there are no more answers; return the waits."""
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    polling = Polling(
        Bot(TOKEN),
        cast(BaseRequest, api),
        inbox.accept,
        Horizon(MemoryDeliveryStore()),
        ["message"],
        inbox.cannot_keep,
        Meter(),
        pause,
    )
    with pytest.raises(asyncio.CancelledError):
        await polling.run()
    return waits


async def test_what_could_not_be_kept_is_asked_for_again_and_never_confirmed() -> None:
    api, inbox = Api([{"update_id": 7}], [{"update_id": 7}, {"update_id": 8}]), Inbox(0)
    await polled(api, inbox)
    assert api.offsets == [None, None, 9]
    assert (inbox.calmed, inbox.kept) == ([7], [7, 8])


async def test_updates_kept_before_a_failure_stay_confirmed() -> None:
    api = Api([{"update_id": 7}], [{"update_id": 8}], [{"update_id": 8}])
    inbox = Inbox(1)
    await polled(api, inbox)
    assert api.offsets == [None, 8, 8, 9]
    assert inbox.kept == [7, 8]


async def test_an_update_out_of_order_does_not_bring_back_the_others() -> None:
    api, inbox = Api([{"update_id": 9}, {"update_id": 7}]), Inbox()
    await polled(api, inbox)
    assert api.offsets == [None, 10]


async def test_waits_for_a_store_that_fails_grow_and_start_anew_when_it_works() -> None:
    api = Api(*[[{"update_id": number}] for number in range(14)])
    waits = await polled(api, Inbox(*range(10), 11))
    assert waits[0] == waits[-1] == FIRST_WAIT_S
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[-2] == LONGEST_WAIT_S


async def test_a_poll_that_fails_confirms_nothing() -> None:
    api, inbox = Api([{"update_id": 7}], NetworkError("reset"), [{"update_id": 8}]), Inbox()
    await polled(api, inbox)
    assert api.offsets == [None, 8, 8, 9]
