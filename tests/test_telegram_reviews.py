"""An admin reviews an article by pressing buttons and by replying."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import collection
from tests.admin import OTHER, ZH, AdminChat
from tests.fakes import PRIVATE, USER
from tests.reviewer import (
    PLANTED,
    SPELLED,
    UNCERTAIN,
    add,
    check,
    files,
    raw,
)

CONTENT = raw(UNCERTAIN).read_bytes()
ADMIN_9 = USER | {"id": 9}


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[AdminChat]:
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


async def test_a_review_is_asked_shown_and_added(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    shown = chat.edited["text"]
    assert shown.startswith("a.txt\n\n1/1 没有把握复原的字\n原文：")
    assert "清理后：…" in shown
    assert "保科先行先试，⟦在⟧上海市率先推行" in shown
    await chat.does("choice_m")
    summary = chat.edited["text"]
    assert "17 字有标记" in summary
    assert f"• 没有把握复原的字：{ZH.say('choice_m')}" in summary
    assert files(chat.corpus) == {}
    added, indexed = await chat.does("file_add")
    assert added.startswith(ZH.say("file_added", name="a.txt", article="a"))
    assert indexed == ZH.say("file_indexed")
    assert chat.edited["text"].endswith(ZH.say("review_added"))
    assert check(chat.corpus).status == 0
    assert await chat.reads("哪里投诉？") == ["新的资料里也没有。"]


@pytest.mark.parametrize(("choice", "key"), [("choice_a", "a"), ("choice_l", "l")])
async def test_what_is_added_is_what_the_terminal_adds(
    chat: AdminChat, tmp_path: Path, choice: str, key: str
) -> None:
    await chat.opens(CONTENT, f"{UNCERTAIN}.txt")
    await chat.does(choice)
    await chat.does("file_add")
    add(tmp_path / "other", raw(UNCERTAIN), answers=(key, "y"))
    assert files(chat.corpus) == files(tmp_path / "other")


async def test_a_press_that_comes_late_or_twice_changes_nothing(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    accept = chat.button(ZH.say("choice_a"))
    await chat.presses(accept)
    before = chat.edited
    await chat.presses(accept)
    assert chat.notice == ZH.say("review_passed")
    assert chat.edited is before
    back = chat.button(ZH.say("review_back"))
    await chat.presses(back)
    await chat.presses(accept)
    assert chat.notice == ZH.say("review_passed")
    await chat.does("choice_l")
    assert f"：{ZH.say('choice_l')}" in chat.edited["text"]


@pytest.mark.parametrize(
    "data", ["review:", "review:x:0:0:a", "review:AAAAAAAAAAAA:0:0:a", "review:A:" + "9" * 40]
)
async def test_forged_data_is_a_calm_notice(chat: AdminChat, data: str) -> None:
    assert await chat.presses(data) == []
    assert chat.notice == ZH.say("file_expired")


async def test_only_who_sent_the_file_may_press(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    accept = chat.button(ZH.say("choice_a"))
    for user in (OTHER, ADMIN_9):
        await chat.presses(accept, user)
        assert chat.notice == ZH.say("file_not_yours")
    await chat.presses(accept)
    assert ZH.say("review_decided", count=1) in chat.edited["text"]


async def test_two_admins_do_not_disturb_each_other(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    mine = chat.button(ZH.say("choice_a"))
    elsewhere = {**PRIVATE, "id": 9}
    await chat.sends(raw(PLANTED).read_bytes(), "b.txt", elsewhere, **{"from": ADMIN_9})
    await chat.presses(chat.buttons()[-1], ADMIN_9, message_id=6)
    theirs = chat.button(ZH.say("review_skip"))
    await chat.presses(mine)
    adds = chat.button(ZH.say("file_add"))
    await chat.presses(theirs, ADMIN_9, message_id=6)
    assert chat.edited["text"] == f"b.txt\n{ZH.say('review_skipped')}"
    assert len(await chat.presses(adds)) == 2
    assert set(files(chat.corpus)) >= {"articles/a.md"}


async def test_a_reply_is_the_paragraph_as_it_should_be(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    await chat.does("choice_e")
    how, text = chat.edited["text"].split("\n\n", 1)
    assert how == f"a.txt\n{ZH.say('review_edit_how')}"
    assert chat.edited["entities"][-1]["type"] == "code"
    same = await chat.replies(text)
    assert same == [ZH.say("review_not_done", reason=ZH.reword("nothing was changed"))]
    assert await chat.replies(text.replace("⟦在⟧", "在")) == [ZH.say("review_edited")]
    assert "其中 0 字有标记" in chat.edited["text"]
    await chat.does("file_add")
    assert "⟦" not in collection.read_article(chat.corpus / "articles" / "a.md").body
    assert chat.dialogue.heard == []


async def test_the_way_back_from_editing_shows_the_question_again(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    question = chat.edited["text"]
    await chat.does("choice_e")
    await chat.does("review_return")
    assert chat.edited["text"] == question


async def test_a_field_is_set_by_a_reply(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    await chat.does("choice_a")
    assert await chat.replies("published＝2021-13") == [
        ZH.say(
            "review_not_done",
            reason="'2021-13' 不是日期，请写成 2021、2021-12 或 2021-12-21，知道多少写多少",
        )
    ]
    assert await chat.replies("好的") == [
        ZH.say("review_not_done", reason=ZH.reword("fields are title, label, publisher, published, event_date, reporters, editor, found_on"))
    ]  # fmt: skip
    await chat.replies("title = 消保科的新办法")
    await chat.replies("published = 2021-12")
    assert "\n消保科的新办法\n" in chat.edited["text"]
    await chat.does("file_add")
    article = collection.read_article(chat.corpus / "articles" / "a.md")
    assert (article.title, article.published) == ("消保科的新办法", "2021-12")


async def test_other_replies_are_questions(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    await chat.replies("哪里投诉？", message_id=999)
    assert [one.text for one in chat.dialogue.heard] == ["哪里投诉？"]


async def test_the_whole_article_is_shown_on_demand(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    await chat.does("choice_a")
    texts = await chat.does("review_whole")
    assert "保科先行先试，⟦在⟧上海市率先推行" in "".join(texts)
    await chat.does("file_add")
    assert files(chat.corpus)


async def test_skipping_writes_nothing_and_ends_the_review(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    accept = chat.button(ZH.say("choice_a"))
    await chat.does("review_skip")
    assert chat.edited["text"] == f"a.txt\n{ZH.say('review_skipped')}"
    await chat.presses(accept)
    assert chat.notice == ZH.say("review_ended")
    assert files(chat.corpus) == {}


async def test_the_articles_of_a_file_are_reviewed_one_after_the_other(chat: AdminChat) -> None:
    rows = [
        {"id": f"n{number}", "text": raw(name).read_text("utf-8")}
        for number, name in enumerate((UNCERTAIN, SPELLED, PLANTED))
    ]
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    await chat.opens(content, "many.jsonl")
    assert chat.edited["text"].startswith("many.jsonl:1\n")
    (following,) = await chat.does("review_skip")
    assert following == "many.jsonl:3"
    assert chat.labels() == [ZH.say("review_next", count=1)]
    await chat.presses(chat.buttons()[0], message_id=6)
    assert chat.edited["text"].startswith("many.jsonl:3\n")
    add_all = chat.telegram.sent[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert len(await chat.presses(add_all)) == 2
    assert "articles/n1.md" in files(chat.corpus)


async def test_what_cannot_be_added_any_more_is_told_with_the_reason(chat: AdminChat) -> None:
    await chat.opens(CONTENT)
    await chat.does("choice_a")
    add(chat.corpus, raw(UNCERTAIN), answers=("a", "y"))
    (told,) = await chat.does("file_add")
    reason = ZH.reword(f"is a copy of {UNCERTAIN}")
    assert told == ZH.say("file_not_added", name="a.txt", reason=reason)


async def test_the_command_explains_and_takes_a_file_that_it_replies_to(chat: AdminChat) -> None:
    assert await chat.reads("/addarticle") == [ZH.say("addarticle_how", size=20)]
    chat.telegram.files["f9"] = CONTENT
    document = {"file_id": "f9", "file_unique_id": "u", "file_size": 5, "file_name": "old.txt"}
    under = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": USER, "document": document}
    (text,) = await chat.reads("/addarticle", reply_to_message=under)
    assert text.startswith("old.txt\n")
    (text,) = await chat.sends(CONTENT, caption="/addarticle")
    assert text.startswith("a.txt\n")


async def test_to_anybody_else_the_commands_do_not_exist(chat: AdminChat) -> None:
    unknown = await chat.reads("/nonsense")
    elsewhere = {**PRIVATE, "id": 8}
    for command in ("/addarticle", "/undo", "/reload"):
        assert await chat.reads(command, elsewhere, **{"from": OTHER}) == unknown
