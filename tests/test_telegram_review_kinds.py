"""An admin reviews what is no plain place of a text: lines left out, a field, a copy, a review that has ended."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import collection
from bot.ingest.pipeline import Problem
from tests.admin import ZH, AdminChat
from tests.fakes import BOT_USER, PRIVATE
from tests.reviewer import CLEAN, CORPUS, cleaned, raw


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[AdminChat]:
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


async def test_a_copy_is_compared_and_takes_the_place_of_its_article(chat: AdminChat) -> None:
    shutil.copytree(CORPUS, chat.corpus, ignore=shutil.ignore_patterns(".journal"))
    await chat.opens(raw(CLEAN).read_bytes(), "better.txt")
    assert chat.edited["text"].startswith(f"better.txt\n{ZH.say('review_copy', article=CLEAN)}")
    assert ZH.say("copy_neither") in chat.edited["text"]
    await chat.does("review_replace")
    assert ZH.say("review_replaces", article=CLEAN) in chat.edited["text"]
    await chat.does("file_add")
    assert (chat.corpus / "asks" / "better.toml").exists()
    assert not (chat.corpus / "articles" / f"{CLEAN}.md").exists()


def doubted(
    monkeypatch: pytest.MonkeyPatch, what: str, start: int = 0, end: int = 0, name: str = CLEAN
) -> None:
    """Has the cleaning ask about a place of an article that it is sure of."""
    asked = replace(cleaned(name), status="needs_review", problems=(Problem(what, start, end),))
    monkeypatch.setattr("bot.ingest.pipeline.clean", lambda document: asked)


async def test_what_was_left_out_can_be_taken_in(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = cleaned(CLEAN).edits
    left = next(edit for edit in edits if edit.kind == "boilerplate" and "酷洛" in edit.raw)
    doubted(monkeypatch, "is this of the article?", left.start, left.end)
    await chat.opens(raw(CLEAN).read_bytes(), f"{CLEAN}.txt")
    assert ZH.say("file_clean", text=ZH.say("file_left_out")) in chat.edited["text"]
    assert chat.button(ZH.say("choice_keep_out"))
    await chat.does("choice_t")
    await chat.does("file_add")
    article = collection.read_article(chat.corpus / "articles" / f"{CLEAN}.md")
    assert "酷洛" in article.paragraphs[0].text


async def test_a_question_about_a_field_takes_its_value_in_a_reply(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubted(monkeypatch, "published: two dates are given")
    await chat.opens(raw(CLEAN).read_bytes(), f"{CLEAN}.txt")
    value = ZH.say("review_no_value")
    assert ZH.say("review_field", field="发表日期", value=value) in chat.edited["text"]
    assert len(await chat.replies("soon")) == 1
    assert await chat.replies("2021-12") == [ZH.say("review_edited")]
    await chat.does("file_add")
    article = collection.read_article(chat.corpus / "articles" / f"{CLEAN}.md")
    assert article.published == "2021-12"


async def test_a_reply_to_a_review_that_waits_no_more_is_no_question(chat: AdminChat) -> None:
    button = {"text": "x", "callback_data": "review:AAAAAAAAAAAA:0:1:a"}
    under: dict[str, Any] = {
        "message_id": 8,
        "date": 1,
        "chat": PRIVATE,
        "from": BOT_USER,
        "text": "…",
    }
    under["reply_markup"] = {"inline_keyboard": [[button]]}
    told = await chat.reads("改好的一段。", reply_to_message=under)
    assert told == [ZH.say("file_expired")]
    assert chat.dialogue.heard == []
