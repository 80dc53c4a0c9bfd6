"""Who writes faster than anybody can read."""

from __future__ import annotations

from bot.channel.telegram.flood import BURST, CALM
from bot.dialogue.wording import Language
from tests.fakes import WORDS, FixedDialogue, TelegramChat

SLOW_DOWN = WORDS[Language.HANS].say("slow_down")


async def test_a_flood_is_told_of_once_and_again_only_after_calm() -> None:
    chat, told = TelegramChat(FixedDialogue()), []
    async with chat.app:
        for number in range(BURST + 60):  # four in a second, of which the bot takes every eighth
            told += await chat.reads("哪里投诉？", date=1_000_000 + number // 4)
        assert told.count(SLOW_DOWN) == 1
        assert BURST < len(chat.dialogue.heard) < BURST + 15
        later = 1_000_100 + 2 * CALM
        assert await chat.reads("哪里投诉？", date=later) != [SLOW_DOWN]
        told = [text for _ in range(BURST) for text in await chat.reads("？", date=later)]
        assert told.count(SLOW_DOWN) == 1
