"""Who types on is not interested in what was typed before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.dialogue.cards import Deck
from bot.dialogue.utterance import Utterance
from tests.fakes import USER, FixedDialogue, TelegramChat, message

TYPED = [("哪里", 7), ("哪里投", 7), ("多少", 8), ("哪里投诉", 7)]


class SlowDialogue(FixedDialogue):
    """Takes until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def cards(self, utterance: Utterance) -> Deck:
        deck = await super().cards(utterance)
        await self.go_on.wait()
        return deck


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(SlowDialogue())
    async with one.app:
        yield one
        await one.parts.inbox.close(1)


def query(number: int, text: str, user: int) -> dict[str, Any]:
    asked = {"id": str(number), "from": USER | {"id": user}, "query": text, "offset": ""}
    return {"update_id": number, "inline_query": asked}


async def until(chat: TelegramChat, *numbers: int) -> None:
    async with asyncio.timeout(5):
        while not all(chat.told(str(number)) for number in numbers) or chat.parts.inbox.backlog:
            await asyncio.sleep(0)


async def test_what_came_before_the_bot_was_ready_is_answered_only_if_it_is_newest(
    chat: TelegramChat,
) -> None:
    chat.dialogue.go_on.set()
    await chat.parts.inbox.accept([query(n, text, user) for n, (text, user) in enumerate(TYPED)])
    chat.parts.inbox.begin(chat.app.process_update)
    await until(chat, 2, 3)
    assert sorted(u.text for u in chat.dialogue.heard) == ["哪里投诉", "多少"]
    assert not chat.told("0")
    assert not chat.told("1")


async def test_what_is_begun_is_answered_and_of_what_waits_behind_it_the_newest(
    chat: TelegramChat,
) -> None:
    chat.parts.inbox.begin(chat.app.process_update)
    for number, (text, user) in enumerate(TYPED):
        await chat.parts.inbox.accept([query(number, text, user)])
        while not chat.dialogue.heard:
            await asyncio.sleep(0)
    chat.dialogue.go_on.set()
    await until(chat, 0, 2, 3)
    assert sorted(u.text for u in chat.dialogue.heard) == ["哪里", "哪里投诉", "多少"]
    assert not chat.told("1")


async def test_a_query_is_not_kept_and_a_message_between_two_is_answered(
    chat: TelegramChat,
) -> None:
    written = {"update_id": 2, "message": message("哪里投诉？")}
    await chat.parts.inbox.accept([query(1, "哪里", 7), written, query(3, "哪里投", 7)])
    assert [one.update_id for one in await chat.parts.inbox._store.unfinished()] == [2]
    chat.dialogue.go_on.set()
    chat.parts.inbox.begin(chat.app.process_update)
    await until(chat, 3)
    assert [u.text for u in chat.dialogue.heard] == ["哪里投诉？", "哪里投"]
