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
from bot.search.backend import Hit, Recalled, SearchBackend, Terms
from bot.search.embedded import EmbeddedBackend
from bot.search.index import Index
from bot.store.memory import MemoryStateStore
from tests import promises
from tests.tiny import Chat, bare_dialogue

HANS = wording.load()[Language.HANS]


class Failing:
    """A search backend whose server comes and goes."""

    def __init__(self, backend: SearchBackend) -> None:
        self.backend = backend
        self.fails = True

    async def search(self, terms: Terms, k: int) -> list[Hit]:
        if self.fails:
            raise SearchError("no connection")
        return await self.backend.search(terms, k)

    async def recall(self, terms: Terms, k: int) -> list[Recalled]:
        return await self.backend.recall(terms, k)


async def test_a_failed_search_is_told_and_the_conversation_goes_on(
    reader: Reader, selector: Selector, index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    backend = Failing(EmbeddedBackend(index))
    chat = Chat(bare_dialogue(reader, backend, selector, MemoryStateStore()), "chat")
    backend.fails = False
    await chat.says("蓝桥区有多少家无理由退货单位？")
    backend.fails = True
    with caplog.at_level(logging.INFO):
        reply = await chat.says("那白塔的秘密呢？")
    assert (reply.status, reply.message) == (Status.REFUSED, HANS.say("search_failed"))
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "秘密" not in caplog.text
    assert (await chat.says("你会跳舞唱歌吗")).message == HANS.say("search_failed")
    backend.fails = False
    assert "90家" in (await chat.says("那白塔呢？")).lead


async def test_a_dialogue_without_examples_still_answers(
    reader: Reader, selector: Selector, index: Index
) -> None:
    states = MemoryStateStore()
    backend = EmbeddedBackend(index)
    dialogue = bare_dialogue(reader, backend, selector, states)
    for text in ("你好", "", "呢", "那白塔呢"):
        promises.keep(await dialogue.ask(Utterance(text, "chat")))
