"""The bot comes into a group, becomes an administrator, goes; a group moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channel.telegram import application
from bot.dialogue.wording import Language
from tests.fakes import BOT_USER, GROUP, PRIVATE, USER, WORDS, FixedDialogue, TelegramChat, message

ZH = WORDS[Language.HANS]
NAME = str(BOT_USER["username"])
RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]
MAY = [
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_manage_topics",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_edit_tag",
    "can_react_to_messages",
]


def member(status: str, **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"user": BOT_USER, "status": status}
    if status == "administrator":
        data |= dict.fromkeys(RIGHTS, False)
    if status == "restricted":
        may = dict.fromkeys(["can_send_messages", *MAY], False)
        data |= may | {"is_member": True, "until_date": 0}
    if status == "kicked":
        data["until_date"] = 0
    return data | more


def change(before: str, after: str, chat: dict[str, Any] = GROUP, **more: Any) -> dict[str, Any]:
    data = {"chat": chat, "from": USER, "date": 1}
    return data | {"old_chat_member": member(before), "new_chat_member": member(after, **more)}


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(FixedDialogue())
    async with one.app:
        yield one


@pytest.fixture
def sees_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Privacy mode is off."""
    monkeypatch.setitem(BOT_USER, "can_read_all_group_messages", True)


def test_telegram_is_asked_for_what_the_handlers_are_for() -> None:
    assert {"message", "callback_query", "inline_query", "my_chat_member"} <= set(application.KINDS)


@pytest.mark.parametrize("before", ["left", "kicked"])
async def test_a_group_that_privacy_mode_hides_is_told_how_to_ask(
    chat: TelegramChat, before: str
) -> None:
    (text,) = await chat.receives(my_chat_member=change(before, "member"))
    hello, admins = text.split("\n\n")
    assert hello == ZH.say("group_hello", name=NAME, example=chat.dialogue.example())
    assert f"/ask@{NAME} " in hello
    assert "/setprivacy" in admins
    assert chat.last["chat_id"] == GROUP["id"]
    assert "reply_parameters" not in chat.last


async def test_it_is_told_in_the_language_of_who_added_the_bot(chat: TelegramChat) -> None:
    added = change("left", "member") | {"from": USER | {"language_code": "en"}}
    (text,) = await chat.receives(my_chat_member=added)
    assert text.startswith("Hello everybody")


async def test_it_is_told_once(chat: TelegramChat) -> None:
    added = change("left", "member")
    assert len(await chat.receives(my_chat_member=added)) == 1
    assert await chat.receives(my_chat_member=added) == []


@pytest.mark.usefixtures("sees_all")
async def test_nothing_is_said_where_everything_is_seen(chat: TelegramChat) -> None:
    assert await chat.receives(my_chat_member=change("left", "member")) == []
    assert await chat.receives(my_chat_member=change("member", "administrator")) == []


async def test_who_makes_it_an_administrator_is_told_that_it_helped(chat: TelegramChat) -> None:
    texts = await chat.receives(my_chat_member=change("member", "administrator"))
    assert texts == [ZH.say("group_sees", name=NAME)]


CHANNEL = {"id": -1002, "type": "channel", "title": "频道"}
SILENT = [
    change("left", "administrator"),
    change("administrator", "administrator"),
    change("administrator", "member"),
    change("member", "left"),
    change("member", "kicked"),
    change("left", "restricted", can_send_messages=False),
    change("restricted", "member")
    | {"old_chat_member": member("restricted", can_send_messages=True)},
    change("left", "administrator", CHANNEL),
    change("member", "kicked", PRIVATE),
    change("kicked", "member", PRIVATE),
]


@pytest.mark.parametrize("changed", SILENT, ids=range(len(SILENT)))
async def test_nothing_is_said_otherwise(chat: TelegramChat, changed: dict[str, Any]) -> None:
    assert await chat.receives(my_chat_member=changed) == []


async def test_what_botfather_was_told_meanwhile_counts(
    chat: TelegramChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chat.app.bot.can_read_all_group_messages is False
    monkeypatch.setitem(BOT_USER, "can_read_all_group_messages", True)
    assert await chat.receives(my_chat_member=change("left", "member")) == []


async def test_it_is_told_even_if_telegram_does_not_say_what_is_hidden(chat: TelegramChat) -> None:
    chat.telegram.fail["getMe"].append((500, {"description": "Internal"}))
    assert len(await chat.receives(my_chat_member=change("left", "member"))) == 1


async def test_a_group_that_moves_is_followed_and_not_told_again(chat: TelegramChat) -> None:
    old = {"id": -55, "type": "group", "title": "维权群"}
    new = -1001
    assert await chat.reads(None, old, migrate_to_chat_id=new) == []
    assert await chat.reads(None, GROUP, migrate_from_chat_id=-55) == []
    assert await chat.receives(my_chat_member=change("left", "member")) == []
    moved = {"description": "Bad Request: group chat was upgraded to a supergroup chat"}
    chat.telegram.fail["sendMessage"].append(
        (400, moved | {"parameters": {"migrate_to_chat_id": new}})
    )
    assert len(await chat.reads("/help", old)) == 1
    assert chat.last["chat_id"] == new


async def test_a_post_that_telegram_copies_from_the_linked_channel_is_left_alone(
    chat: TelegramChat,
) -> None:
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    post = {"from": telegram, "sender_chat": CHANNEL, "is_automatic_forward": True}
    assert await chat.reads(f"有问题问 @{NAME}", GROUP, **post) == []
    # A comment under it is a message like others.
    under = message("公告", GROUP, **post)
    assert len(await chat.reads(f"@{NAME} 哪里投诉？", GROUP, reply_to_message=under)) == 1


async def test_who_writes_as_a_channel_is_answered_and_has_a_conversation(
    chat: TelegramChat,
) -> None:
    bot = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    more = {"from": bot, "sender_chat": CHANNEL}
    assert len(await chat.reads(f"@{NAME} 哪里投诉？", GROUP, **more)) == 1
    assert chat.dialogue.heard[0].chat == "telegram:-1001:0:-1002"


@pytest.mark.parametrize("where", [PRIVATE, GROUP])
async def test_an_answer_chosen_inline_is_no_question(
    chat: TelegramChat, where: dict[str, Any]
) -> None:
    text = f"@{NAME} 无理由退货单位313家"
    assert await chat.reads(text, where, via_bot=BOT_USER) == []
    other = BOT_USER | {"id": 5, "username": "other_bot"}
    assert len(await chat.reads(text, where, via_bot=other)) == 1
