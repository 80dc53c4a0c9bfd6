"""Adding what an admin sent, or leaving it: the buttons, and all that can come between."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import wiring
from bot.channel.telegram import administration
from bot.channel.telegram.pending import LIFETIME_S, MOST_OFFERS
from bot.errors import CorpusError
from bot.ingest import disk, journal
from bot.settings import Settings
from bot.store.memory import MemoryStateStore
from tests.admin import CONTENT, OTHER, ZH, AdminChat
from tests.fakes import (
    USER,
)
from tests.reviewer import SPELLED, check, files, raw, undo


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[AdminChat]:
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


async def test_an_accepted_file_is_shown_and_added_when_the_button_says_so(chat: AdminChat) -> None:
    (text,) = await chat.sends(CONTENT, "report.txt")
    head, facts, outcome = text.split("\n")
    assert (head, outcome) == ("report.txt", ZH.say("file_accepted"))
    assert "中国消费者报" in facts
    assert chat.last["entities"] == [{"type": "code", "offset": 0, "length": 10}]
    assert files(chat.corpus) == {}
    add, leave = chat.buttons()
    assert (add[:4], leave[:6]) == ("add:", "leave:")
    assert len(add.encode()) <= 64
    added, indexed = await chat.presses(add)
    assert added.startswith(ZH.say("file_added", name="report.txt", article="report"))
    assert added.endswith(ZH.say("file_indexing"))
    assert chat.last["reply_parameters"]["message_id"] == 5
    assert indexed == ZH.say("file_indexed")
    assert set(files(chat.corpus)) >= {"articles/report.md", "raw/report.txt"}
    assert check(chat.corpus).status == 0
    assert any(name == "editMessageReplyMarkup" for name, _ in chat.telegram.calls)
    assert await chat.reads("哪里投诉？") == ["新的资料里也没有。"]
    assert chat.dialogue.heard == []


FRESH = """\
青岚日报讯（记者甲乙）4月2日，蓝桥区消保委公布了消费维权联络点的名单，市民可以就近投诉。名单还在区政府的网站上公布。

据介绍，蓝桥区今年新设消费维权联络点27个，分布在商场、菜场和社区，方便居民就近反映问题、解决纠纷。

工作人员说，居民遇到消费纠纷时，可以先到联络点登记，由联络点的工作人员帮助调解。
"""


async def test_what_was_added_is_answered_without_a_restart(corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus, tmp_path / "state", admins=frozenset({7}))
    states = MemoryStateStore()
    desk = wiring.desk(settings, states)
    assert desk
    chat = AdminChat(corpus, dialogue=wiring.dialogue(settings, states), desk=desk)
    async with chat.app:
        question, quote = "蓝桥区新设联络点分布在哪些地方？", "新设消费维权联络点27个"
        assert quote not in (await chat.reads(question))[0]
        await chat.sends(FRESH.encode(), "fresh.txt")
        assert await chat.presses(chat.buttons()[0])
        assert quote in (await chat.reads(question))[0]


def test_there_is_no_desk_without_admins(corpus: Path, tmp_path: Path) -> None:
    assert wiring.desk(Settings(corpus, tmp_path), MemoryStateStore()) is None


async def test_leaving_writes_nothing(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, leave = chat.buttons()
    assert await chat.presses(leave) == [ZH.say("file_left")]
    assert await chat.presses(add) == []
    assert chat.notice == ZH.say("file_was_left")
    assert files(chat.corpus) == {}


async def test_pressing_twice_adds_once(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, leave = chat.buttons()
    await chat.presses(add)
    before = files(chat.corpus)
    for data in (add, leave):
        assert await chat.presses(data) == []
        assert chat.notice == ZH.say("file_was_added")
    assert files(chat.corpus) == before


async def test_two_presses_at_once_add_once(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    both = await asyncio.gather(chat.presses(add), chat.presses(add))
    assert files(chat.corpus)
    said = "\n".join(text for texts in both for text in set(texts))
    assert ZH.say("file_add_failed", reason="").rstrip() not in said
    assert undo(chat.corpus).status == 0
    assert undo(chat.corpus).status != 0


async def test_another_admin_s_press_does_nothing(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    for user in (OTHER, OTHER | {"id": 9}):
        assert await chat.presses(add, user) == []
        assert chat.notice == ZH.say("file_not_yours")
    assert files(chat.corpus) == {}
    assert len(await chat.presses(add)) == 2


@pytest.mark.parametrize("data", ["add:aaaaaaaaaaaa", "add:", "leave:x", "add:中"])
async def test_a_button_of_before_the_restart_says_that_it_has_expired(
    chat: AdminChat, data: str
) -> None:
    assert await chat.presses(data) == []
    assert chat.notice == ZH.say("file_expired")
    assert len(chat.notice) <= 200


async def test_a_button_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    with_clock = functools.partial(administration.Pending, lambda: now[0])
    monkeypatch.setattr(administration, "Pending", with_clock)
    chat = AdminChat(tmp_path / "corpus")
    async with chat.app:
        await chat.sends(CONTENT)
        add, _ = chat.buttons()
        now[0] = LIFETIME_S
        assert await chat.presses(add) == []
        assert chat.notice == ZH.say("file_expired")


async def test_the_offers_held_are_bounded(chat: AdminChat) -> None:
    keys = []
    for number in range(MOST_OFFERS + 1):
        await chat.sends(CONTENT, f"{number}.txt")
        keys.append(chat.buttons()[0])
    await chat.presses(keys[0])
    assert chat.notice == ZH.say("file_expired")
    assert len(await chat.presses(keys[-1])) == 2


async def test_of_two_files_with_one_id_the_second_is_told(chat: AdminChat) -> None:
    await chat.sends(CONTENT, "a.txt")
    first, _ = chat.buttons()
    await chat.sends(raw(SPELLED).read_bytes(), "a.txt")
    second, _ = chat.buttons()
    await chat.presses(first)
    before = files(chat.corpus)
    (text,) = await chat.presses(second)
    assert text == ZH.say("file_not_added", name="a.txt", reason="资料库里已有编号 a")
    assert files(chat.corpus) == before
    undo(chat.corpus)
    assert len(await chat.presses(second)) == 2  # nothing is lost: the id is free again


async def test_a_locked_corpus_and_a_full_disk_are_one_message_and_the_button_stays(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    with journal.locked(chat.corpus):
        (text,) = await chat.presses(add)
    locked = "另一个命令正在写入资料库，等它结束再试"
    assert text == ZH.say("file_add_failed", reason=locked)

    def full(path: Path, content: bytes) -> None:
        raise CorpusError(path, None, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", full)
        (text,) = await chat.presses(add)
    assert "磁盘满了" in text
    assert files(chat.corpus) == {}
    assert len(await chat.presses(add)) == 2


async def test_without_admins_a_file_is_no_text_and_a_button_is_gone(tmp_path: Path) -> None:
    chat = AdminChat(tmp_path / "corpus", admins="")
    async with chat.app:
        assert await chat.sends(CONTENT) == [ZH.say("kind_document")]
        assert await chat.presses("add:aaaaaaaaaaaa") == []
        assert chat.notice == ZH.say("button_gone")


async def test_an_index_that_cannot_be_rebuilt_leaves_the_article_and_the_answers(
    chat: AdminChat,
) -> None:
    chat.renewed.append(CorpusError("asks/a.toml", 3, "is broken"))
    await chat.sends(CONTENT)
    _, text = await chat.presses(chat.buttons()[0])
    assert text == ZH.say("file_index_failed", reason="asks/a.toml:3: is broken")
    assert files(chat.corpus)
    await chat.reads("哪里投诉？")
    assert len(chat.dialogue.heard) == 1


async def test_a_press_under_a_message_that_telegram_no_longer_knows_says_so(
    chat: AdminChat,
) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    press = {"id": "77", "from": USER, "chat_instance": "1", "data": add}
    assert await chat.receives(callback_query=press) == []
    assert chat.notice == ZH.say("file_expired")
