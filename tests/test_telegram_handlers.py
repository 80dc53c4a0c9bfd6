"""A private chat: real updates through the application, with only the network replaced."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.dialogue.panel import ASK
from bot.dialogue.suggestion import key
from bot.dialogue.wording import Language
from tests.fakes import (
    BOT_USER,
    GROUP,
    PRIVATE,
    QUOTE,
    USER,
    WORDS,
    FixedDialogue,
    TelegramChat,
    answer,
    message,
    refusal,
)

ZH = WORDS[Language.HANS]


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(FixedDialogue())
    async with one.app:
        yield one


async def test_a_question_is_answered_with_its_quote(chat: TelegramChat) -> None:
    (text,) = await chat.reads("静安寺商圈有多少家？")
    assert QUOTE in text
    assert [utterance.text for utterance in chat.dialogue.heard] == ["静安寺商圈有多少家？"]
    assert chat.dialogue.heard[0].language is None
    assert "parse_mode" not in chat.last
    assert "reply_parameters" not in chat.last
    assert chat.last["link_preview_options"] == {"is_disabled": True}


async def test_start_greets_with_an_example_and_forgets(chat: TelegramChat) -> None:
    (text,) = await chat.reads("/start abc")
    assert text.startswith(ZH.say("welcome"))
    assert chat.dialogue.example() in text
    assert text.endswith(ZH.say("telegram_hint"))
    assert chat.dialogue.forgotten == ["telegram:7:0"]
    assert chat.dialogue.heard == []


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh-hans", Language.HANS),
        ("zh", Language.HANS),
        ("zh-CN", Language.HANS),
        ("zh-hant", Language.HANT),
        ("zh-TW", Language.HANT),
        ("zh_HK", Language.HANT),
        ("zh-hant-tw", Language.HANT),
        ("en", Language.EN),
        ("pt-br", Language.EN),
        (None, Language.HANS),
    ],
)
async def test_help_speaks_the_language_of_the_app(
    chat: TelegramChat, code: str | None, language: Language
) -> None:
    user = USER | {"language_code": code}
    (text,) = await chat.reads("/help", **{"from": user})
    assert text.startswith(WORDS[language].say("help_head"))


async def test_the_example_is_traditional_for_who_reads_traditional(chat: TelegramChat) -> None:
    (text,) = await chat.reads("/ask", **{"from": USER | {"language_code": "zh-hant"}})
    assert text == WORDS[Language.HANT].say(
        "ask_what", example="靜安寺商圈有多少家無理由退貨單位？"
    )


async def test_ask_takes_the_text_behind_it(chat: TelegramChat) -> None:
    await chat.reads("/ask  静安寺商圈\n有多少家？")
    assert chat.dialogue.heard[0].text == "静安寺商圈\n有多少家？"


async def test_ask_alone_says_how(chat: TelegramChat) -> None:
    assert await chat.reads("/ask") == [ZH.say("ask_what", example=chat.dialogue.example())]
    assert chat.dialogue.heard == []


@pytest.mark.parametrize("command", ["/weather", "/start@other_bot"])
async def test_an_unknown_command_in_private_points_to_the_known_ones(
    chat: TelegramChat, command: str
) -> None:
    assert await chat.reads(command) == [ZH.say("unknown_command")]


@pytest.mark.parametrize(
    "text",
    ["😀", "a" * 4096, "\u202e\u200b\ufeff投诉", "*a_ <b> [c](d)", "\ud83d投诉\udc00", "1/start"],
)
async def test_odd_texts_are_questions_like_others(chat: TelegramChat, text: str) -> None:
    assert len(await chat.reads(text)) == 1
    assert chat.dialogue.heard[0].text == text


CHANNEL = {"id": -1002, "type": "channel", "title": "频道"}
MEMBER = {"user": BOT_USER, "status": "member"}
KICKED = {"user": BOT_USER, "status": "kicked", "until_date": 0}
MEMBERSHIP = {
    "chat": PRIVATE,
    "from": USER,
    "date": 1,
    "old_chat_member": MEMBER,
    "new_chat_member": KICKED,
}


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": message("/start", edit_date=2)},
        {"channel_post": message("/start", CHANNEL, **{"from": None})},
        {"edited_channel_post": message("改", CHANNEL, edit_date=2, **{"from": None})},
        {"my_chat_member": MEMBERSHIP},
        {"message": message(None, GROUP, new_chat_members=[USER])},
        {"message": message(None, GROUP, group_chat_created=True)},
        {"message": message(None, PRIVATE, some_new_kind={"a": 1})},
        {"callback_query": {"id": "1", "from": USER, "chat_instance": "1", "data": "x"}},
        {"some_new_update": {"a": 1}},
    ],
    ids=str,
)
async def test_other_updates_are_passed_over(chat: TelegramChat, update: dict[str, Any]) -> None:
    assert await chat.receives(**update) == []


async def test_a_mistake_gives_one_calm_sentence_and_a_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    chat = TelegramChat(FixedDialogue(RuntimeError("secret detail"), answer()))
    async with chat.app:
        assert await chat.reads("哪里投诉？") == [ZH.say("failed")]
        assert "a handler failed" in caplog.text
        assert len(await chat.reads("哪里投诉？")) == 1


async def test_a_reply_that_shows_nothing_still_says_something() -> None:
    chat = TelegramChat(FixedDialogue(refusal("\u200b")))
    async with chat.app:
        assert await chat.reads("哪里投诉？") == [ZH.say("failed")]


async def test_new_forgets_the_conversation(chat: TelegramChat) -> None:
    assert await chat.reads("/new") == [ZH.say("forgotten")]
    assert chat.dialogue.forgotten == ["telegram:7:0"]
    assert chat.dialogue.heard == []


def press(data: str, chat: dict[str, Any] = PRIVATE, user: dict[str, Any] = USER) -> dict[str, Any]:
    """The press of a button under one of the bot's messages."""
    under = {"message_id": 5, "date": 1, "chat": chat, "from": BOT_USER, "text": "可以问："}
    return {"id": "77", "from": user, "chat_instance": "1", "data": data, "message": under}


async def test_a_pressed_suggestion_is_asked_and_answered() -> None:
    chat = TelegramChat(FixedDialogue(refusal("哪里？", "那奉贤呢？"), answer()))
    async with chat.app:
        await chat.reads("那边呢")
        ((button,),) = chat.last["reply_markup"]["inline_keyboard"]
        assert button["text"] == "那奉贤呢？"
        (text,) = await chat.receives(callback_query=press(button["callback_data"]))
    assert text.startswith(ZH.say("asked", question="那奉贤呢？"))
    assert QUOTE in text
    asked = chat.dialogue.heard[-1]
    assert (asked.text, asked.chat) == ("那奉贤呢？", "telegram:7:0")
    assert ("answerCallbackQuery", {"callback_query_id": "77"}) in chat.telegram.calls


async def test_a_press_in_a_group_belongs_to_who_pressed(chat: TelegramChat) -> None:
    await chat.receives(callback_query=press(ASK + key("哪个多？"), GROUP, USER | {"id": 8}))
    assert chat.dialogue.heard[-1].chat == "telegram:-1001:0:8"


@pytest.mark.parametrize("data", ["ask:0000000000000000", "ask:", "forged:中中", "x" * 64])
async def test_a_button_whose_question_is_unknown_says_so(chat: TelegramChat, data: str) -> None:
    assert await chat.receives(callback_query=press(data)) == []
    wanted = {"callback_query_id": "77", "text": ZH.say("button_gone")}
    assert ("answerCallbackQuery", wanted) in chat.telegram.calls
    assert chat.dialogue.heard == []


async def test_a_press_under_a_message_that_telegram_no_longer_knows_says_so(
    chat: TelegramChat,
) -> None:
    old = press(ASK + key("哪个多？")) | {"message": None}
    assert await chat.receives(callback_query=old) == []
    wanted = {"callback_query_id": "77", "text": ZH.say("button_gone")}
    assert ("answerCallbackQuery", wanted) in chat.telegram.calls


async def test_a_press_that_telegram_will_not_hear_of_is_answered_all_the_same(
    chat: TelegramChat,
) -> None:
    late = (400, {"description": "Bad Request: query is too old and response timeout expired"})
    chat.telegram.fail["answerCallbackQuery"].append(late)
    (text,) = await chat.receives(callback_query=press(ASK + key("哪个多？")))
    assert QUOTE in text
