"""Who types on is not interested in what was typed before."""

from __future__ import annotations

import asyncio

import pytest

from bot.dialogue.cards import Deck
from bot.dialogue.utterance import Utterance
from tests.fakes import USER, FixedDialogue, TelegramChat, answer

QUERIES = [("哪里", 7), ("哪里投", 7), ("多少", 8), ("哪里投诉", 7)]


async def until(chat: TelegramChat, numbers: list[int]) -> None:
    async with asyncio.timeout(5):
        while not all(chat.told(str(number)) for number in numbers):
            await asyncio.sleep(0)


async def types(chat: TelegramChat, number: int, text: str, user: int) -> None:
    query = {"id": str(number), "from": USER | {"id": user}, "query": text, "offset": ""}
    assert await chat.receives(inline_query=query) == []


async def test_of_queries_that_come_at_once_the_newest_of_each_user_is_answered() -> None:
    chat = TelegramChat(FixedDialogue())
    async with chat.app:
        for number, (text, user) in enumerate(QUERIES):
            await types(chat, number, text, user)
        await until(chat, [2, 3])
        assert [u.text for u in chat.dialogue.heard] == ["多少", "哪里投诉"]
        assert not chat.told("0")
        assert not chat.told("1")
        await types(chat, 4, "哪里投诉？", 7)
        await until(chat, [4])


class SlowDialogue(FixedDialogue):
    """Takes until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def cards(self, utterance: Utterance) -> Deck:
        deck = await super().cards(utterance)
        await self.go_on.wait()
        return deck


async def test_what_is_begun_is_answered_and_what_waits_behind_it_only_if_it_is_newest() -> None:
    dialogue = SlowDialogue()
    chat = TelegramChat(dialogue)
    async with chat.app:
        for number, (text, user) in enumerate(QUERIES):
            await types(chat, number, text, user)
            while not dialogue.heard:
                await asyncio.sleep(0)
        dialogue.go_on.set()
        await until(chat, [0, 2, 3])
    assert [u.text for u in dialogue.heard] == ["哪里", "多少", "哪里投诉"]
    assert not chat.told("1")


async def test_a_mistake_is_logged_and_the_next_query_is_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    chat = TelegramChat(FixedDialogue(RuntimeError("secret detail"), answer()))
    async with chat.app:
        await types(chat, 0, "哪里", 7)
        await types(chat, 1, "多少", 8)
        await until(chat, [1])
    assert "an inline query failed" in caplog.text
    assert "哪里" not in caplog.text
