"""Every kind of update that Telegram has: none fails, and none is answered where nobody spoke to the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Message, Update

from bot.channel.telegram import application
from tests.fakes import (
    BOT_USER,
    GROUP,
    NUMBERS,
    PRIVATE,
    USER,
    FixedDialogue,
    TelegramChat,
    message,
)

CHANNEL = {"id": -1002, "type": "channel", "title": "频道"}
OLD_GROUP = {"id": -55, "type": "group", "title": "维权群"}
NOBODY = {"from": None}
ASKS = "@xiaobao_bot 哪里投诉？"
INVITE = {
    "invite_link": "https://t.me/+a",
    "creator": USER,
    "creates_join_request": True,
    "is_primary": False,
    "is_revoked": False,
}
BOOST = {
    "boost_id": "1",
    "add_date": 1,
    "expiration_date": 2,
    "source": {"source": "premium", "user": USER},
}
POLL = {
    "id": "1",
    "question": "去吗",
    "options": [],
    "total_voter_count": 0,
    "is_closed": True,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
ORDER = {"id": "1", "from": USER, "invoice_payload": "x"}
ADDRESS = dict.fromkeys(
    ("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "x"
)
LEFT = {"user": BOT_USER, "status": "left"}
MEMBER = {"user": BOT_USER, "status": "member"}
KICKED = {"user": BOT_USER, "status": "kicked", "until_date": 0}


def membership(
    chat: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    changed = {"old_chat_member": before, "new_chat_member": after}
    return {"chat": chat, "from": USER, "date": 1} | changed


KINDS: dict[str, dict[str, Any]] = {
    "edited_channel_post": message(ASKS, CHANNEL, edit_date=2, **NOBODY),
    "channel_post": message("/ask@xiaobao_bot 哪里投诉？", CHANNEL, **NOBODY),
    "edited_message": message(ASKS.replace("@xiaobao_bot", ""), GROUP, edit_date=2),
    "business_connection": {
        "id": "b",
        "user": USER,
        "user_chat_id": 7,
        "date": 1,
        "can_reply": True,
        "is_enabled": True,
    },
    "business_message": message("哪里投诉？", business_connection_id="b"),
    "edited_business_message": message("哪里投诉？", business_connection_id="b", edit_date=2),
    "deleted_business_messages": {
        "business_connection_id": "b",
        "chat": PRIVATE,
        "message_ids": [1],
    },
    "message_reaction": {
        "chat": PRIVATE,
        "message_id": 1,
        "user": USER,
        "date": 1,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "👍"}],
    },
    "message_reaction_count": {"chat": CHANNEL, "message_id": 1, "date": 1, "reactions": []},
    "chosen_inline_result": {"result_id": "0-a", "from": USER, "query": "哪里投诉"},
    "shipping_query": ORDER | {"shipping_address": ADDRESS},
    "pre_checkout_query": ORDER | {"currency": "XTR", "total_amount": 1},
    "purchased_paid_media": {"from": USER, "paid_media_payload": "x"},
    "poll": POLL,
    "poll_answer": {
        "poll_id": "1",
        "user": USER,
        "option_ids": [0],
        "option_persistent_ids": ["a"],
    },
    "my_chat_member": membership(PRIVATE, MEMBER, KICKED),
    "chat_member": membership(GROUP, LEFT, MEMBER),
    "chat_join_request": {
        "chat": GROUP,
        "from": USER,
        "user_chat_id": 7,
        "date": 1,
        "invite_link": INVITE,
    },
    "chat_boost": {"chat": CHANNEL, "boost": BOOST},
    "removed_chat_boost": {
        "chat": CHANNEL,
        "boost_id": "1",
        "remove_date": 1,
        "source": BOOST["source"],
    },
    "guest_message": message("哪里投诉？", GROUP, guest_query_id="1"),
    "managed_bot": {"user": USER, "bot": BOT_USER},
    "some_update_of_next_year": {"a": 1},
}
ANSWERED = {"message", "callback_query", "inline_query"}
"""Kinds that people speak to the bot by; each has tests of its own."""


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(FixedDialogue())
    async with one.app:
        yield one


async def left_alone(
    chat: TelegramChat, caplog: pytest.LogCaptureFixture, **update: dict[str, Any]
) -> bool:
    """Whether an update passes without a call to Telegram, a question to the dialogue or an error."""
    before = len(chat.telegram.calls)
    await chat.receives(**update)
    return len(chat.telegram.calls) == before and chat.dialogue.heard == [] and not caplog.records


def test_no_kind_of_update_is_left_out() -> None:
    assert set(Update.ALL_TYPES) - ANSWERED <= set(KINDS)


def test_telegram_is_asked_for_kinds_that_it_has() -> None:
    assert set(application.KINDS) <= set(Update.ALL_TYPES)
    assert set(application.KINDS) >= ANSWERED


@pytest.mark.parametrize("kind", KINDS)
async def test_a_kind_that_nobody_speaks_by_is_left_alone(
    chat: TelegramChat, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    assert await left_alone(chat, caplog, **{kind: KINDS[kind]})
    update = Update.de_json({"update_id": next(NUMBERS), kind: KINDS[kind]}, chat.app.bot)
    assert kind.startswith("some") or getattr(update, kind) is not None  # the library knows it


@pytest.mark.parametrize(
    ("before", "after"), [(MEMBER, KICKED), (KICKED, MEMBER), (LEFT, MEMBER)], ids=str
)
async def test_who_blocks_the_bot_or_comes_back_is_left_alone(
    chat: TelegramChat,
    caplog: pytest.LogCaptureFixture,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    changed = membership(PRIVATE, before, after)
    assert await left_alone(chat, caplog, my_chat_member=changed)


# The library will change the type of a field that we do not read.
pytestmark = pytest.mark.filterwarnings("ignore:.*message_auto_delete_time")

SERVICE: list[dict[str, Any]] = [
    {"new_chat_members": [USER]},
    {"new_chat_members": [BOT_USER]},
    {"left_chat_member": USER},
    {"left_chat_member": BOT_USER},
    {"pinned_message": message(ASKS, GROUP)},
    {"pinned_message": message("答", GROUP, **{"from": BOT_USER})},
    {"new_chat_title": ASKS},
    {"new_chat_photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
    {"delete_chat_photo": True},
    {"group_chat_created": True},
    {"supergroup_chat_created": True},
    {"migrate_to_chat_id": -1003},
    {"migrate_from_chat_id": -55},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    {"connected_website": "example.org"},
    {"users_shared": {"request_id": 1, "users": []}},
    {"chat_shared": {"request_id": 1, "chat_id": -1003}},
    {"write_access_allowed": {}},
    {"proximity_alert_triggered": {"traveler": USER, "watcher": USER, "distance": 1}},
    {"boost_added": {"boost_count": 1}},
    {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    {"forum_topic_created": {"name": ASKS, "icon_color": 1}},
    {"forum_topic_edited": {"name": ASKS}},
    {"forum_topic_closed": {}},
    {"forum_topic_reopened": {}},
    {"general_forum_topic_hidden": {}},
    {"general_forum_topic_unhidden": {}},
    {"giveaway_created": {}},
    {"giveaway_completed": {"winner_count": 1}},
    {"video_chat_scheduled": {"start_date": 1}},
    {"video_chat_started": {}},
    {"video_chat_ended": {"duration": 1}},
    {"video_chat_participants_invited": {"users": [USER]}},
    {"web_app_data": {"data": ASKS, "button_text": "x"}},
    {
        "refunded_payment": {
            "currency": "XTR",
            "total_amount": 1,
            "invoice_payload": "x",
            "telegram_payment_charge_id": "x",
        }
    },
    {"some_service_of_next_year": {"text": ASKS}},
]


@pytest.mark.parametrize("where", [PRIVATE, OLD_GROUP, GROUP], ids=lambda chat: chat["type"])
@pytest.mark.parametrize("service", SERVICE, ids=lambda service: next(iter(service)))
async def test_what_telegram_says_in_a_chat_is_no_question(
    chat: TelegramChat,
    caplog: pytest.LogCaptureFixture,
    service: dict[str, Any],
    where: dict[str, Any],
) -> None:
    assert await left_alone(chat, caplog, message=message(None, where, **service))


async def test_a_service_message_that_replies_to_the_bot_is_no_question(
    chat: TelegramChat, caplog: pytest.LogCaptureFixture
) -> None:
    mine = message("答", GROUP, **{"from": BOT_USER})
    for service in SERVICE:
        about = message(None, GROUP, reply_to_message=mine, **service)
        assert await left_alone(chat, caplog, message=about), service


def test_the_library_knows_these_services() -> None:
    named = {name for service in SERVICE for name in service}
    assert named - set(Message.__slots__) == {"some_service_of_next_year"}
