"""What a conversation remembers: over a restart, when the store fails, when the corpus has changed."""

from __future__ import annotations

import pytest

from bot import wiring
from bot.answer.focus import Focus
from bot.answer.select import Selector
from bot.dialogue import wording
from bot.dialogue.reply import Status
from bot.dialogue.state import FRESH, State
from bot.dialogue.suggestion import Suggestions, key
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.errors import StoreError
from bot.question.question import Reader
from bot.search.engine import EmbeddedBackend
from bot.settings import Settings
from bot.store.memory import MemoryStateStore
from tests.tiny import Chat, bare_dialogue

HANS = wording.load()[Language.HANS]
RETURNS = "蓝桥区无理由退货单位已有120家"


class FullDisk(MemoryStateStore):
    """Neither reads nor writes."""

    async def load(self, chat: str, said: str = "") -> State:
        raise StoreError("a.sqlite3: disk I/O error")

    async def save(self, chat: str, state: State, said: str = "", before: State = FRESH) -> None:
        raise StoreError("a.sqlite3: database or disk is full")


async def test_a_store_that_fails_costs_the_memory_and_not_the_answer(
    reader: Reader, selector: Selector, backend: EmbeddedBackend, caplog: pytest.LogCaptureFixture
) -> None:
    dialogue = bare_dialogue(reader, backend, selector, FullDisk())
    chat = Chat(dialogue, "chat")
    assert RETURNS in (await chat.says("蓝桥区有多少家无理由退货单位？")).lead
    assert (await chat.says("那白塔呢？")).message.startswith(HANS.say("no_context"))
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3
    assert "蓝桥" not in caplog.text


async def test_what_the_corpus_holds_no_more_is_not_talked_of(
    reader: Reader, selector: Selector, backend: EmbeddedBackend
) -> None:
    states = MemoryStateStore()
    gone = Focus("gone", 0, "120家", "蓝桥区有多少家")
    changed = Focus(next(iter(selector.articles)), 0, "不再有的句子", "有多少家")
    await states.save("chat", State((gone, changed)))
    dialogue = bare_dialogue(reader, backend, selector, states)
    for text in ("哪个多？", "多少家？"):
        reply = await dialogue.turn(Utterance(text, "chat"))
        assert reply.message.startswith(HANS.say("no_context"))


def test_a_suggestion_is_found_by_its_key_in_either_script() -> None:
    suggestions = Suggestions(["蓝桥区有几家？"])
    for shown in ("蓝桥区有几家？", "藍橋區有幾家？"):
        assert suggestions.find(key(shown)) == shown
    assert suggestions.find(key("别的")) is None
    assert suggestions.find("") is None


async def test_a_conversation_survives_a_restart(tiny_settings: Settings) -> None:
    first = wiring.dialogue(tiny_settings, wiring.stores(tiny_settings).states)
    await first.turn(Utterance("蓝桥区有多少家无理由退货单位？", "telegram:1:0"))
    await first.close()
    second = wiring.dialogue(tiny_settings, wiring.stores(tiny_settings).states)
    assert "90家" in (await second.turn(Utterance("那白塔呢？", "telegram:1:0"))).lead
    await second.forget("telegram:1:0")
    reply = await second.turn(Utterance("哪个多？", "telegram:1:0"))
    assert reply.message == HANS.say("no_context")
    await second.close()


@pytest.mark.parametrize(
    ("text", "place"), [("那白塔呢？", "白塔"), ("那蓝桥呢？", "蓝桥"), ("青岚呢？", "青岚")]
)
async def test_a_place_without_a_matter_is_asked_back_with_questions_about_it(
    chat: Chat, text: str, place: str
) -> None:
    reply = await chat.says(text)
    assert reply.message == HANS.say("no_context")
    assert place in reply.suggestions[0]
    assert (await chat.says(reply.suggestions[0])).status is Status.ANSWERED


async def test_a_figure_without_a_matter_is_asked_back_with_figures(chat: Chat) -> None:
    reply = await chat.says("多少家？")
    assert reply.message == HANS.say("no_context")
    assert all("几" in one or "多少" in one for one in reply.suggestions)
