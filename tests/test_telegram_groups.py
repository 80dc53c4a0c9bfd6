"""Groups: who is answered, where, and who is left alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.dialogue.wording import Language
from tests.fakes import (
    BOT_USER,
    GROUP,
    WORDS,
    FixedDialogue,
    TelegramChat,
    message,
)
from tests.test_commands import REFERENCE

ZH = WORDS[Language.HANS]


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(FixedDialogue())
    async with one.app:
        yield one


FORUM = GROUP | {"is_forum": True}
ASKED = "静安寺那边多少家店可以无理由退货？"


async def test_a_mention_under_somebodys_question_asks_that_question(chat: TelegramChat) -> None:
    under = message(ASKED, GROUP)
    assert len(await chat.reads("@xiaobao_bot", GROUP, reply_to_message=under)) == 1
    assert (chat.dialogue.heard[0].text, chat.dialogue.heard[0].after) == (ASKED, "")


async def test_a_question_under_somebodys_question_leans_on_it(chat: TelegramChat) -> None:
    under = message(ASKED, GROUP)
    await chat.reads("@xiaobao_bot 那奉贤呢？", GROUP, reply_to_message=under)
    assert (chat.dialogue.heard[0].text, chat.dialogue.heard[0].after) == ("那奉贤呢？", ASKED)


async def test_what_is_quoted_of_a_message_is_what_is_meant(chat: TelegramChat) -> None:
    under, quote = message(f"大家好。{ASKED}", GROUP), {"text": ASKED, "position": 4}
    await chat.reads("@xiaobao_bot", GROUP, reply_to_message=under, quote=quote)
    assert chat.dialogue.heard[0].text == ASKED


async def test_a_reply_to_an_answer_leans_on_that_answer(chat: TelegramChat) -> None:
    button = {"text": "阅读全文", "callback_data": f"t0:{REFERENCE}"}
    mine = message("313家", GROUP) | {
        "from": BOT_USER,
        "reply_markup": {"inline_keyboard": [[button]]},
    }
    await chat.reads("那奉贤呢？", GROUP, reply_to_message=mine)
    assert chat.dialogue.heard[0].about == REFERENCE


ADDRESSED = [
    ("@xiaobao_bot 哪里投诉？", "哪里投诉？"),
    ("你好 @XiaoBao_Bot ，哪里投诉？", "你好 ，哪里投诉？"),
    ("😀 哪里投诉 @xiaobao_bot", "😀 哪里投诉"),
    ("/ask 哪里投诉？", "哪里投诉？"),
    ("/ask@xiaobao_bot 哪里投诉？", "哪里投诉？"),
    ("\ud83d @xiaobao_bot 哪里投诉？", "\ud83d 哪里投诉？"),
]


@pytest.mark.parametrize(("text", "question"), ADDRESSED)
async def test_a_group_is_answered_when_the_bot_is_addressed(
    chat: TelegramChat, text: str, question: str
) -> None:
    assert len(await chat.reads(text, GROUP, message_id=55)) == 1
    assert chat.dialogue.heard[0].text == question
    reply = chat.last["reply_parameters"]
    assert reply == {"message_id": 55, "allow_sending_without_reply": True}


@pytest.mark.parametrize(
    "text",
    [
        "哪里投诉？",
        "@other_bot 你好",
        "/start@other_bot",
        "/weather",
        "/weather@other_bot @xiaobao_bot",
        "@xiaobao_bot2 你好",
    ],
)
async def test_a_group_is_left_alone_otherwise(chat: TelegramChat, text: str) -> None:
    assert await chat.reads(text, GROUP) == []
    assert chat.telegram.sent == []


@pytest.mark.parametrize(
    ("command", "count"),
    [("/ask", 1), ("/ask@xiaobao_bot", 1), ("/ask@other_bot", 0), ("/asks", 0)],
)
async def test_an_edited_command_is_answered_if_it_is_for_this_bot(
    chat: TelegramChat, command: str, count: int
) -> None:
    edited = message(f"{command} 哪里投诉？", GROUP, edit_date=2)
    assert len(await chat.receives(edited_message=edited)) == count


def captioned(caption: str) -> dict[str, Any]:
    command = {"type": "bot_command", "offset": 0, "length": len(caption.split(maxsplit=1)[0])}
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    return {"photo": photo, "caption": caption, "caption_entities": [command]}


@pytest.mark.parametrize("command", ["/ask", "/ask@xiaobao_bot", "/ASK@XiaoBao_Bot"])
async def test_a_caption_may_ask(chat: TelegramChat, command: str) -> None:
    assert len(await chat.reads(None, GROUP, **captioned(f"{command} 哪里投诉？"))) == 1
    assert chat.dialogue.heard[0].text == "哪里投诉？"


@pytest.mark.parametrize("command", ["/ask@other_bot", "/start", "/weather"])
async def test_a_caption_for_others_is_left_alone(chat: TelegramChat, command: str) -> None:
    assert await chat.reads(None, GROUP, **captioned(f"{command} 哪里投诉？")) == []


async def test_an_unknown_command_that_names_the_bot_gets_the_hint_in_a_group(
    chat: TelegramChat,
) -> None:
    assert await chat.reads("/weather@xiaobao_bot", GROUP) == [ZH.say("unknown_command")]


async def test_a_mention_without_a_question_says_how_to_ask(chat: TelegramChat) -> None:
    assert await chat.reads("@xiaobao_bot", GROUP) == [
        ZH.say("ask_what", example=chat.dialogue.example())
    ]


async def test_a_mention_by_id_counts(chat: TelegramChat) -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 2, "user": BOT_USER}
    await chat.reads("小保 哪里投诉？", GROUP, entities=[entity])
    assert chat.dialogue.heard[0].text == "哪里投诉？"


async def test_a_reply_to_the_bot_is_answered_and_one_to_others_is_not(chat: TelegramChat) -> None:
    mine = message("答", GROUP, **{"from": BOT_USER})
    assert len(await chat.reads("那奉贤呢？", GROUP, reply_to_message=mine)) == 1
    assert await chat.reads("那奉贤呢？", GROUP, reply_to_message=message("问", GROUP)) == []
    assert await chat.reads("/weather", GROUP, reply_to_message=mine) == []


async def test_a_message_in_a_topic_that_the_bot_opened_is_no_reply_to_it(
    chat: TelegramChat,
) -> None:
    opening = {"name": "投诉", "icon_color": 1}
    opened = message(None, FORUM, forum_topic_created=opening, **{"from": BOT_USER})
    topic = {"message_thread_id": 33, "is_topic_message": True}
    assert await chat.reads("你们好", FORUM, reply_to_message=opened, **topic) == []


async def test_an_answer_stays_in_its_topic(chat: TelegramChat) -> None:
    topic = {"message_thread_id": 33, "is_topic_message": True}
    await chat.reads("@xiaobao_bot 哪里投诉？", FORUM, **topic)
    assert chat.last["message_thread_id"] == 33
    assert chat.dialogue.heard[0].chat == "telegram:-1001:33:7"


async def test_a_chain_of_replies_is_not_a_topic(chat: TelegramChat) -> None:
    await chat.reads("@xiaobao_bot 哪里投诉？", GROUP, message_thread_id=44)
    assert "message_thread_id" not in chat.last
    assert chat.dialogue.heard[0].chat == "telegram:-1001:0:7"


async def test_an_anonymous_administrator_is_answered_and_a_bot_is_not(chat: TelegramChat) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    more = {"from": anonymous, "sender_chat": GROUP}
    assert len(await chat.reads("@xiaobao_bot 哪里投诉？", GROUP, **more)) == 1
    assert await chat.reads("@xiaobao_bot 哪里投诉？", GROUP, **{"from": anonymous}) == []


async def test_a_message_without_a_user_does_no_harm(chat: TelegramChat) -> None:
    assert await chat.reads("哪里投诉？", GROUP, **{"from": None}) == []
    assert len(await chat.reads("/help", GROUP, **{"from": None, "sender_chat": GROUP})) == 1
