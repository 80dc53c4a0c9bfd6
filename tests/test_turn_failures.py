"""A turn when something that it needs is missing: the search, or examples to offer."""

from __future__ import annotations

import logging

import pytest

from bot.answer.select import Selector
from bot.dialogue import wording
from bot.dialogue.reply import Status
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.errors import SearchError
from bot.question.question import Reader
from bot.search.engine import EmbeddedBackend
from bot.search.voice import Found, Query, Recalled, SearchBackend
from bot.store.memory import MemoryStateStore
from tests import promises
from tests.tiny import Chat, bare_dialogue

HANS = wording.load()[Language.HANS]


class Failing:
    """A search backend whose server comes and goes."""

    def __init__(self, backend: SearchBackend) -> None:
        self.backend = backend
        self.fails = True

    async def search(self, query: Query) -> Found:
        if self.fails:
            raise SearchError("no connection")
        return await self.backend.search(query)

    async def recall(self, query: Query, k: int) -> list[Recalled]:
        return await self.backend.recall(query, k)


async def test_a_failed_search_is_told_and_the_conversation_goes_on(
    reader: Reader, selector: Selector, backend: EmbeddedBackend, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(backend)
    chat = Chat(bare_dialogue(reader, failing, selector, MemoryStateStore()), "chat")
    failing.fails = False
    await chat.says("蓝桥区有多少家无理由退货单位？")
    failing.fails = True
    with caplog.at_level(logging.INFO):
        reply = await chat.says("那白塔的秘密呢？")
    assert (reply.status, reply.message) == (Status.REFUSED, HANS.say("search_failed"))
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "秘密" not in caplog.text
    assert (await chat.says("你会跳舞唱歌吗")).message == HANS.say("search_failed")
    failing.fails = False
    assert "90家" in (await chat.says("那白塔呢？")).lead


async def test_a_dialogue_without_examples_still_answers(
    reader: Reader, selector: Selector, backend: EmbeddedBackend
) -> None:
    states = MemoryStateStore()
    dialogue = bare_dialogue(reader, backend, selector, states)
    for text in ("你好", "", "呢", "那白塔呢"):
        promises.keep(await dialogue.ask(Utterance(text, "chat")))
