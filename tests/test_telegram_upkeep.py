"""Taking the last add back and reading the corpus anew, by an admin."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogue.records import Asked, Preferences
from bot.dialogue.reply import Status
from bot.errors import CorpusError
from tests.admin import CONTENT, OTHER, ZH, AdminChat
from tests.fakes import GROUP
from tests.reviewer import files


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[AdminChat]:
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


async def add(chat: AdminChat) -> None:
    await chat.sends(CONTENT, "report.txt")
    await chat.presses(chat.buttons()[0])


async def test_the_last_add_is_named_and_taken_back_when_the_button_says_so(
    chat: AdminChat,
) -> None:
    await add(chat)
    (asked,) = await chat.reads("/undo")
    sure, named = asked.split("\n\n")
    assert sure == ZH.say("undo_sure")
    assert "编号 report，" in named
    yes, no = chat.buttons()
    assert await chat.presses(no) == [ZH.say("undo_not")]
    assert files(chat.corpus)
    done, counts = await chat.presses(yes)
    assert (done, counts) == (
        ZH.say("undo_done"),
        ZH.say("reload_done", articles=0, paragraphs=0, asks=0),
    )
    assert files(chat.corpus) == {}
    (told,) = await chat.presses(yes)
    assert told == ZH.say("undo_failed", reason=ZH.reword("nothing to undo"))


async def test_who_wants_to_be_told_of_what_was_taken_back_is_counted(chat: AdminChat) -> None:
    await add(chat)
    records = chat.after.records  # those of the dialogue that is there after the undoing
    await records.preferences.save("u", Preferences(corrections="telegram:21"))
    cited = Asked("u", "c", "", "telegram", "几家", Status.ANSWERED, articles=("report",))
    records.questions.record(dataclasses.replace(cited, corrections=True))
    await chat.reads("/undo")
    *_, told = await chat.presses(chat.buttons()[0])
    assert ZH.say("correction_withdrawn", article="report", count=1) in told


async def test_nothing_to_undo_is_told(chat: AdminChat) -> None:
    reason = ZH.reword("nothing to undo")
    assert await chat.reads("/undo") == [ZH.say("undo_failed", reason=reason)]


async def test_a_button_for_another_change_takes_nothing_back(chat: AdminChat) -> None:
    await add(chat)
    (told,) = await chat.presses("undo:0123456789abcdef")
    reason = ZH.reword("the corpus was changed since; nothing is undone")
    assert told == ZH.say("undo_failed", reason=reason)
    assert files(chat.corpus)


async def test_nobody_else_s_press_takes_anything_back(chat: AdminChat) -> None:
    await add(chat)
    await chat.reads("/undo")
    assert await chat.presses(chat.buttons()[0], OTHER) == []
    assert chat.notice == ZH.say("button_gone")
    assert files(chat.corpus)


async def test_reloading_answers_from_what_is_there_now(chat: AdminChat) -> None:
    begun, done = await chat.reads("/reload")
    assert begun == ZH.say("reload_begun")
    assert done == ZH.say("reload_done", articles=0, paragraphs=0, asks=0)
    assert await chat.reads("哪里投诉？") == ["新的资料里也没有。"]


async def test_a_broken_corpus_is_named_and_the_dialogue_of_before_answers(
    chat: AdminChat,
) -> None:
    chat.renewed.append(CorpusError(Path("articles/a.md"), 3, "no title"))
    _, told = await chat.reads("/reload")
    assert told == ZH.say("reload_failed", reason="articles/a.md:3: no title")
    await chat.reads("哪里投诉？")
    assert len(chat.dialogue.heard) == 1
    _, told = await chat.reads("/reload")
    assert told.startswith(ZH.say("reload_done", articles=0, paragraphs=0, asks=0))


async def test_groups_are_no_place_for_it(chat: AdminChat) -> None:
    assert await chat.reads("/undo", GROUP) == []
    assert await chat.reads("/reload@xiaobao_bot", GROUP) == [ZH.say("unknown_command")]
