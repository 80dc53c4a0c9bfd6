"""What an admin is told about a file that they send, and who else sends one."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from telegram.error import NetworkError, TimedOut

from bot.channel.telegram.download import LIMIT_BYTES
from bot.dialogue.wording import Language
from bot.ingest import intake
from tests.admin import CONTENT, OTHER, ZH, AdminChat
from tests.fakes import (
    GROUP,
    PRIVATE,
    TOKEN,
    USER,
    WORDS,
)
from tests.reviewer import CLEAN, PLANTED, SPELLED, UNCERTAIN, raw

SECRET = TOKEN.partition(":")[2]
TOO_LARGE = f"a.txt\n{ZH.say('file_too_large', size=20)}"


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[AdminChat]:
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


async def test_the_file_comes_from_the_file_address(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    (address,) = chat.telegram.fetched
    assert unquote(address) == f"https://files.example/bot{TOKEN}/documents/f0"


async def test_a_file_that_the_corpus_has_is_refused(chat: AdminChat) -> None:
    await chat.sends(CONTENT, "a.txt")
    await chat.presses(chat.buttons()[0])
    (text,) = await chat.sends(CONTENT, "b.txt")
    assert text == f"b.txt\n{ZH.say('file_refused', reason='与库里的 a 是同一篇')}"
    assert chat.labels() == [ZH.say("review_open_copy")]


async def test_what_needs_a_review_shows_its_places_and_opens_it(chat: AdminChat) -> None:
    (text,) = await chat.sends(raw(UNCERTAIN).read_bytes())
    assert ZH.say("file_review", doubts=1) in text
    assert "没有把握复原的字" in text
    assert "»保科先行先试，⟦在⟧上海市率先推行“诉«" in text
    assert chat.labels() == [ZH.say("review_open")]


async def test_several_articles_are_a_line_each_and_one_button(chat: AdminChat) -> None:
    rows = [
        {"id": f"n{number}", "text": raw(name).read_text("utf-8")}
        for number, name in enumerate((CLEAN, PLANTED, SPELLED))
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    text, others = await chat.sends("\n".join([*lines, "{]"]).encode(), "many.jsonl")
    first, second = text.split("\n\n")[:2]
    assert first.startswith("many.jsonl\n")
    assert [line[:2] for line in second.split("\n")] == ["1.", "2.", "3.", "4."]
    assert ZH.say("file_articles", total=4, accepted=2, review=1, refused=1) in first
    assert second.endswith(f"4. {ZH.say('file_refused', reason='不是 JSON')}")
    assert others == ZH.say("review_others", count=1)
    assert chat.labels() == [ZH.say("review_open")]
    keyboard = chat.telegram.sent[-2]["reply_markup"]["inline_keyboard"]
    assert keyboard[0][0]["text"] == ZH.say("file_add_all", count=2)
    added, _ = await chat.presses(keyboard[0][0]["callback_data"])
    assert added.split("\n\n")[0].split("\n") == [
        ZH.say("file_added", name="many.jsonl:1", article="n0"),
        ZH.say("file_added", name="many.jsonl:3", article="n2"),
    ]


async def test_an_enormous_list_stays_within_telegram_s_limits(chat: AdminChat) -> None:
    texts = await chat.sends(b"{]\n" * 3000, "many.jsonl")
    assert len(texts) < 3
    assert ZH.say("file_more_articles", count=2950) in texts[-1]


@pytest.mark.parametrize(
    ("code", "language"), [("zh-hant", Language.HANT), ("en", Language.EN), (None, Language.HANS)]
)
async def test_the_admin_s_language_is_spoken(
    chat: AdminChat, code: str | None, language: Language
) -> None:
    words, user = WORDS[language], USER | {"language_code": code}
    (text,) = await chat.sends(b"", "a.txt", **{"from": user})
    assert text == f"a.txt\n{words.say('file_refused', reason=words.reword('is empty'))}"
    await chat.sends(CONTENT, **{"from": user})
    texts = await chat.presses(chat.buttons()[0], user)
    assert texts[-1] == words.say("file_indexed")


async def test_a_file_stated_to_be_too_large_is_not_downloaded(chat: AdminChat) -> None:
    large = {"file_size": LIMIT_BYTES + 1}
    assert await chat.sends(b"", document=large) == [TOO_LARGE]
    assert chat.telegram.fetched == []
    assert not any(name == "getFile" for name, _ in chat.telegram.calls)


async def test_a_file_that_telegram_finds_too_large_is_told_so(chat: AdminChat) -> None:
    big = (400, {"ok": False, "description": "Bad Request: file is too big"})
    chat.telegram.fail["getFile"].append(big)
    assert await chat.sends(CONTENT, document={"file_size": None}) == [TOO_LARGE]


async def test_a_file_larger_than_it_said_is_refused(chat: AdminChat) -> None:
    more = bytes(LIMIT_BYTES + 1)
    assert await chat.sends(more, document={"file_size": 5}) == [TOO_LARGE]


@pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")  # see test_telegram_outbox.py
async def test_a_failing_network_is_tried_again(chat: AdminChat) -> None:
    chat.telegram.fail["getFile"].append(TimedOut())
    chat.telegram.fail["file"].append(NetworkError("gone"))
    chat.telegram.fail["file"].append((429, {"ok": False, "parameters": {"retry_after": 3}}))
    (text,) = await chat.sends(CONTENT)
    assert ZH.say("file_accepted") in text


@pytest.mark.parametrize("status", [400, 403, 404, 502])
async def test_a_file_that_cannot_be_fetched_is_one_message_without_the_token(
    chat: AdminChat, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    failure = (status, {"ok": False, "description": f"no {TOKEN}"})
    chat.telegram.fail["file"].extend([failure] * 9)
    assert await chat.sends(CONTENT) == [f"a.txt\n{ZH.say('file_not_fetched')}"]
    assert SECRET not in caplog.text


NAMES = [
    ("\u202egpj.txt\u2066", "gpj.txt"),
    ("a\x00\x1b[31m\nb.txt", "a[31m b.txt"),
    ("<b>*_`{0}@name.txt", "<b>*_`{0}@name.txt"),
    ("../../etc/passwd.txt", "../../etc/passwd.txt"),
    ("长" * 5000 + ".txt", "长" * 40 + "…" + "长" * 16 + ".txt"),
    ("\u200b\u200e", ZH.say("file_unnamed")),
    (None, ZH.say("file_unnamed")),
]


@pytest.mark.parametrize(("name", "shown"), NAMES, ids=lambda name: ascii(name)[:20])
async def test_a_name_is_shown_clean_and_names_no_path(
    chat: AdminChat, name: str | None, shown: str
) -> None:
    (text,) = await chat.sends(CONTENT, name)
    assert text.split("\n")[0] == shown
    await chat.presses(chat.buttons()[0])
    (article,) = (chat.corpus / "articles").glob("*.md")
    assert article.stem in {"passwd", article.stem[:16]}
    assert {path.name for path in chat.corpus.parent.iterdir()} == {"corpus"}


async def test_who_is_no_admin_is_told_what_the_bot_reads(chat: AdminChat) -> None:
    elsewhere = {**PRIVATE, "id": 8}
    assert await chat.sends(CONTENT, chat=elsewhere, **{"from": OTHER}) == [ZH.say("kind_document")]
    assert chat.telegram.fetched == []
    assert not any(name == "getFile" for name, _ in chat.telegram.calls)


async def test_a_group_is_no_place_for_files(chat: AdminChat) -> None:
    assert await chat.sends(CONTENT, chat=GROUP) == []
    assert chat.telegram.fetched == []


async def test_a_caption_changes_nothing_for_an_admin(chat: AdminChat) -> None:
    (text,) = await chat.sends(CONTENT, caption="哪里投诉？")
    assert ZH.say("file_accepted") in text
    assert chat.dialogue.heard == []


async def test_an_animation_is_no_file(chat: AdminChat) -> None:
    animation = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    assert await chat.sends(b"", "a.mp4", animation=animation) == [ZH.say("kind_animation")]


async def test_a_broken_corpus_is_named(chat: AdminChat) -> None:
    shutil.copytree(raw(CLEAN).parent.parent, chat.corpus)
    (chat.corpus / "articles" / f"{CLEAN}.md").write_text("broken")
    (text,) = await chat.sends(CONTENT)
    assert text.startswith(f"a.txt\n{ZH.say('file_not_cleaned', reason='').rstrip()}")
    assert f"{CLEAN}.md" in text


async def test_an_unforeseen_failure_tells_no_details(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(intake, "clean", fail)
    (text,) = await chat.sends(CONTENT)
    assert text.split("\n")[1] == ZH.say("file_not_cleaned", reason=ZH.say("file_unexpected"))
    assert "secret detail" in caplog.text


async def test_questions_are_answered_while_a_file_is_cleaned(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, began = asyncio.get_running_loop(), asyncio.Event()
    gate, clean = threading.Event(), intake.clean

    def slow(*arguments: Any) -> Any:
        loop.call_soon_threadsafe(began.set)
        assert gate.wait(5)
        return clean(*arguments)

    monkeypatch.setattr(intake, "clean", slow)
    sending = asyncio.create_task(chat.sends(CONTENT))
    await began.wait()
    assert len(await chat.reads("哪里投诉？", {**PRIVATE, "id": 8}, **{"from": OTHER})) == 1
    gate.set()
    assert ZH.say("file_accepted") in "".join(await sending)
