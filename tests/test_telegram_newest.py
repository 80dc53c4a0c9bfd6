"""Who types on is not interested in what was typed before."""

from __future__ import annotations

import asyncio

from bot.dialogue.cards import Deck
from bot.dialogue.utterance import Utterance
from tests.fakes import USER, FixedDialogue, TelegramChat


class SlowDialogue(FixedDialogue):
    """Takes until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def cards(self, utterance: Utterance) -> Deck:
        deck = await super().cards(utterance)
        await self.go_on.wait()
        return deck


async def test_of_the_queries_that_wait_only_the_newest_of_each_user_is_answered() -> None:
    dialogue = SlowDialogue()
    chat = TelegramChat(dialogue)

    async def asks(text: str, user: int) -> None:
        query = {"id": f"{user}{text}", "from": USER | {"id": user}, "query": text, "offset": ""}
        await chat.receives(inline_query=query)

    async with chat.app:
        tasks = []
        for text, user in [("哪里", 7), ("哪里投", 7), ("多少", 8), ("哪里投诉", 7)]:
            tasks.append(asyncio.create_task(asks(text, user)))
            await asyncio.sleep(0)
        dialogue.go_on.set()
        await asyncio.gather(*tasks)
        answered = [
            p["inline_query_id"] for m, p in chat.telegram.calls if m == "answerInlineQuery"
        ]
    assert sorted(answered) == ["7哪里", "7哪里投诉", "8多少"]
    assert sorted(u.text for u in dialogue.heard) == ["哪里", "哪里投诉", "多少"]
