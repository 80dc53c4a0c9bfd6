"""What an admin is told of what was asked, and who is told of a correction."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channel.telegram import administration, corrections, picture
from bot.channel.telegram.meter import Meter
from bot.dialogue import reference
from bot.dialogue.figures import MOST, Latency, panel
from bot.dialogue.records import Asked, Preferences, Vote
from bot.dialogue.reference import Citation, Reference
from bot.dialogue.reply import Status
from bot.dialogue.wording import Language
from bot.errors import StoreError
from tests.admin import OTHER, ZH, AdminChat
from tests.fakes import BOT_USER, PRIVATE, WORDS

REFUSED = Asked("u", "c", "", "telegram", "虹口有几家", Status.REFUSED, "unknown_place", "虹口")
ANSWERED = dataclasses.replace(
    REFUSED, text="静安寺有几家", status=Status.ANSWERED, reason="", missing="", articles=("a1",)
)
ABOUT_A1 = Reference(
    (Citation(reference.key("a1"), b"123", 0, 0, 5),), (), None, Language.HANS
).written()


@pytest.fixture
async def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AdminChat]:
    async def draw(figures: Any) -> bytes:
        return b"\x89PNG"

    monkeypatch.setattr(picture, "draw", draw)
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


def ask(chat: AdminChat, *questions: Asked) -> None:
    for question in questions:
        chat.dialogue.records.questions.record(question)


async def test_gaps_are_shown_in_groups_without_users(chat: AdminChat) -> None:
    texts = ["明天会下雨吗", "明天会不会下雨", "讲个笑话"]
    ask(chat, REFUSED, *(dataclasses.replace(REFUSED, text=t, missing="") for t in texts), ANSWERED)
    await chat.dialogue.records.feedback.vote("u", ABOUT_A1, Vote(False))
    (text,) = await chat.reads("/gaps")
    head, *groups = text.split("\n\n")
    assert head == ZH.say("gaps_head", days=30, times=5, groups=4)
    assert groups[0].split("\n") == [
        ZH.say("gaps_group", number=1, times=2, example="明天会不会下雨"),
        ZH.say("gaps_others", others="明天会下雨吗"),
    ]
    assert ZH.say("gaps_missing", missing="虹口") in text
    assert f"静安寺有几家\n{ZH.say('gaps_disliked', count=1)}" in text
    assert chat.buttons() == []


async def test_gaps_have_pages(chat: AdminChat) -> None:
    for number in range(12):
        ask(chat, dataclasses.replace(REFUSED, text=chr(0x4E00 + number) * 3, missing=str(number)))
    (text,) = await chat.reads("/gaps 7")
    assert len(text.split("\n\n")) == 9
    (behind,) = chat.buttons()
    assert behind == "gaps:7:1"
    assert await chat.presses(behind) == []
    assert len(chat.edited["text"].split("\n\n")) == 5
    assert chat.button(ZH.say("page_before")) == "gaps:7:0"
    await chat.presses("gaps:7:999")
    assert len(chat.edited["text"].split("\n\n")) == 5


@pytest.mark.parametrize("data", ["gaps:", "gaps:x:1", "gaps:7:99999", "gaps:7:1:2"])
async def test_forged_pages_are_a_calm_notice(chat: AdminChat, data: str) -> None:
    assert await chat.presses(data) == []
    assert chat.notice == ZH.say("button_gone")


async def test_nobody_else_turns_pages(chat: AdminChat) -> None:
    ask(chat, REFUSED)
    assert await chat.presses("gaps:7:0", OTHER) == []
    assert chat.notice == ZH.say("button_gone")


async def test_without_gaps_that_is_said(chat: AdminChat) -> None:
    assert await chat.reads("/gaps 0") == [ZH.say("gaps_none", days=1)]


async def test_figures_are_a_text_and_a_picture(chat: AdminChat) -> None:
    ask(chat, REFUSED, ANSWERED, dataclasses.replace(ANSWERED, user="v"))
    await chat.dialogue.records.feedback.vote("u", ABOUT_A1, Vote(False, "outdated"))
    (text,) = await chat.reads("/stats")
    assert (
        ZH.say("stats_asked", total=3, users=2, answered=2, share=67, refused=1, smalltalk=0)
        in text
    )
    assert ZH.say("stats_votes", up=0, down=1) in text
    assert "语言：简体 3\n" in text
    assert ZH.say("stats_item", number=1, name="虹口", count=1) in text
    assert ZH.say("stats_item", number=1, name="a1", count=2) in text
    assert ZH.say("stats_holdings", articles=0, paragraphs=0, asks=0) in text
    assert any(name == "sendPhoto" for name, _ in chat.telegram.calls)


async def test_without_any_question_there_are_figures_all_the_same(chat: AdminChat) -> None:
    (text,) = await chat.reads("/stats")
    assert " 0%）" in text


async def test_a_store_that_fails_is_one_sentence(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*arguments: object) -> None:
        raise StoreError("disk")

    for name in ("gaps", "tally", "followed"):
        monkeypatch.setattr(chat.dialogue.records.questions, name, fail)
    for command in ("/gaps", "/stats", "/broadcast_correction a1 x"):
        assert await chat.reads(command) == [ZH.say("admin_store_failed")]


async def follow(chat: AdminChat, *users: int, language: Language | None = None) -> None:
    """Let users opt in and be answered from a1."""
    for user in users:
        key = f"telegram:user:{user}"
        wanted = Preferences(language, f"telegram:{user}")
        await chat.dialogue.records.preferences.save(key, wanted)
        ask(chat, dataclasses.replace(ANSWERED, user=key, corrections=True))


async def test_a_correction_is_shown_first_and_sent_to_those_who_want_it(chat: AdminChat) -> None:
    await follow(chat, 21, 22)
    await follow(chat, 23, language=Language.EN)
    ask(chat, dataclasses.replace(ANSWERED, user="telegram:user:24"))  # did not opt in
    (shown,) = await chat.reads("/broadcast_correction a1 数字有误。\n已撤下。")
    assert shown.startswith(ZH.say("correction_sure", count=3))
    assert "数字有误。\n已撤下。" in shown
    send, leave = chat.buttons()
    await chat.dialogue.records.preferences.save("telegram:user:22", Preferences())
    *told, done = await chat.presses(send)
    assert done == ZH.say("correction_done", count=2)
    chats = {sent["chat_id"]: sent["text"] for sent in chat.telegram.sent[-3:]}
    assert set(chats) == {7, 21, 23}
    assert chats[21].startswith(ZH.say("correction_told"))
    assert chats[23].startswith(WORDS[Language.EN].say("correction_told"))
    assert all("数字有误。\n已撤下。" in text for text in told)
    for data in (send, leave):
        assert await chat.presses(data) == []
        assert chat.notice == ZH.say("correction_expired")


async def test_a_correction_can_be_left(chat: AdminChat) -> None:
    await follow(chat, 21)
    await chat.reads("/broadcast_correction a1 数字有误")
    send, leave = chat.buttons()
    assert await chat.presses(send, OTHER) == []
    assert await chat.presses(leave) == [ZH.say("correction_not")]
    assert await chat.presses(send) == []


async def test_the_article_may_be_named_by_a_reply(chat: AdminChat) -> None:
    await follow(chat, 21)
    under: dict[str, Any] = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": BOT_USER}
    vote = {"text": "👎", "callback_data": f"-:{ABOUT_A1}"}
    for reply in (
        {"text": "x.txt：已入库，编号 a1"},
        {"text": "答案", "reply_markup": {"inline_keyboard": [[vote]]}},
    ):
        (shown,) = await chat.reads(
            "/broadcast_correction 数字有误", reply_to_message=under | reply
        )
        assert shown.startswith(ZH.say("correction_sure", count=1))
    (shown,) = await chat.reads(
        "/broadcast_correction 数字有误", reply_to_message=under | {"text": "别的"}
    )
    assert shown.startswith(ZH.say("correction_how"))


async def test_withdrawn_articles_that_somebody_follows_are_listed(chat: AdminChat) -> None:
    await follow(chat, 21, 22)
    for command in (
        "/broadcast_correction",
        "/broadcast_correction a1",
        "/broadcast_correction b x",
    ):
        (text,) = await chat.reads(command)
        assert ZH.say("correction_withdrawn", article="a1", count=2) in text


async def test_where_nobody_wants_to_be_told_there_is_no_button(chat: AdminChat) -> None:
    await follow(chat, 21)
    (text,) = await chat.reads(f"/broadcast_correction a1 {'长' * 3001}")
    assert text == ZH.say("correction_long", most=3000)
    await chat.dialogue.records.preferences.save("telegram:user:21", Preferences())
    (text,) = await chat.reads("/broadcast_correction a1 数字有误")
    assert text.startswith(ZH.say("correction_how"))
    assert chat.buttons() == []


async def test_a_correction_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    original = corrections.Corrections

    def with_clock(*arguments: Any) -> corrections.Corrections:
        return original(*arguments, clock=lambda: now[0])

    monkeypatch.setattr(administration, "Corrections", with_clock)
    chat = AdminChat(tmp_path / "corpus")
    async with chat.app:
        await follow(chat, 21)
        await chat.reads("/broadcast_correction a1 数字有误")
        now[0] = corrections.LIFETIME_S
        assert await chat.presses(chat.buttons()[0]) == []
        assert chat.notice == ZH.say("correction_expired")


async def test_help_names_the_commands_to_admins_only(chat: AdminChat) -> None:
    general, more = await chat.reads("/help")
    assert more == ZH.say("admin_help")
    assert all(f"/{name} " in more for name in administration.COMMANDS)
    elsewhere = {**PRIVATE, "id": 8}
    assert await chat.reads("/help", elsewhere, **{"from": OTHER}) == [general]
    for command in ("/gaps", "/stats", "/broadcast_correction a1 x"):
        assert await chat.reads(command, elsewhere, **{"from": OTHER}) == [
            ZH.say("unknown_command")
        ]


async def test_each_admin_has_the_menu_who_has_started_the_bot(chat: AdminChat) -> None:
    chat.telegram.fail["setMyCommands"].append(
        (400, {"ok": False, "description": "Bad Request: chat not found"})
    )
    shown_in = [(None, Language.HANS), ("en", Language.EN)]
    dialogue: Any = chat.dialogue
    await administration.introduce(chat.app.bot, dialogue, [7, 9], ["start"], shown_in)
    menus = [menu for name, menu in chat.telegram.calls if name == "setMyCommands"]
    assert [(menu["scope"]["chat_id"], menu.get("language_code")) for menu in menus] == [
        (7, "en"),
        (9, None),
        (9, "en"),
    ]
    assert menus[1]["scope"]["type"] == "chat"
    names = [one["command"] for one in menus[1]["commands"]]
    assert names == ["start", *administration.COMMANDS]


async def test_how_long_people_wait_is_told_in_classes(chat: AdminChat) -> None:
    now = [0.0]
    meter = Meter(lambda: now[0])
    assert meter.within_s(0.5) is None
    for number, took_s in enumerate((0.02, 0.3, 0.3, 4.0)):
        meter.received(number)
        now[0] += took_s
        meter.sent(number)
    assert (meter.within_s(0.5), meter.within_s(0.99)) == (0.5, 5.0)
    figures = await chat.dialogue.commands.oversight.figures(7)
    lines = [span.text for block in panel(figures, Latency(0.5, 5.0), ZH).blocks for span in block]
    assert ZH.say("stats_latency", p50="0.5", p99="5") in lines


async def test_what_users_write_is_shown_to_admins(chat: AdminChat) -> None:
    for number in range(7):
        said, text = f"m{number}", f"第{number}条意见\n" + "长" * 400 * (number == 6)
        await chat.dialogue.records.feedback.add("telegram:user:21", said, text, Language.HANS)
    told = (await chat.reads("/stats"))[0]
    assert ZH.say("stats_opinions") in told
    assert "• 第6条意见" in told
    assert told.count("条意见") == MOST
    assert "长" * 300 not in told
