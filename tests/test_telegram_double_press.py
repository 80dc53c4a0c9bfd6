"""A button that is pressed twice."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import ApplicationHandlerStop

from bot.channel.telegram import application, presses
from bot.channel.telegram.double_press import AGAIN_S, DoublePress
from bot.dialogue.panel import ASK
from bot.dialogue.suggestion import key
from bot.dialogue.wording import Language
from tests.fakes import (
    BOT_USER,
    GROUP,
    NUMBERS,
    PRIVATE,
    USER,
    WORDS,
    Clock,
    FixedDialogue,
    TelegramChat,
)

ZH = WORDS[Language.HANS]
MORE, FENGXIAN = ASK + key("哪个多？"), ASK + key("那奉贤呢？")


def press(
    data: str, user: int = 7, under: int = 5, chat: dict[str, Any] = PRIVATE
) -> dict[str, Any]:
    message = {"message_id": under, "date": 1, "chat": chat, "from": BOT_USER, "text": "可以问："}
    return {
        "id": str(next(NUMBERS)),
        "from": USER | {"id": user},
        "chat_instance": "1",
        "data": data,
        "message": message,
    }


async def test_it_is_answered_once_and_both_presses_are_acknowledged() -> None:
    chat = TelegramChat(FixedDialogue())
    async with chat.app:
        assert len(await chat.receives(callback_query=press(MORE))) == 1
        assert await chat.receives(callback_query=press(MORE)) == []
    told = [p.get("text") for name, p in chat.telegram.calls if name == "answerCallbackQuery"]
    assert told == [None, ZH.say("pressed_twice")]
    assert len(chat.dialogue.heard) == 1


async def test_another_button_another_message_and_another_user_are_answered() -> None:
    chat = TelegramChat(FixedDialogue())
    async with chat.app:
        for one in (
            press(MORE, chat=GROUP),
            press(FENGXIAN, chat=GROUP),
            press(MORE, user=8, chat=GROUP),
            press(MORE, under=6, chat=GROUP),
        ):
            assert len(await chat.receives(callback_query=one)) == 1


async def test_later_it_is_answered_again() -> None:
    chat, clock = TelegramChat(FixedDialogue()), Clock()
    guard = DoublePress(application.equip(chat.parts, chat.dialogue), clock).guard
    async with chat.app:

        async def is_let_pass() -> bool:
            data = {"update_id": next(NUMBERS), "callback_query": press(MORE)}
            try:
                await guard(Update.de_json(data, chat.app.bot), None)
            except ApplicationHandlerStop:
                return False
            return True

        assert await is_let_pass()
        clock.now += AGAIN_S - 1
        assert not await is_let_pass()
        clock.now += 1
        assert await is_let_pass()


@pytest.mark.parametrize("status", [400, 500])
async def test_that_it_cannot_be_acknowledged_is_no_error(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    chat = TelegramChat(FixedDialogue())
    async with chat.app:
        await chat.receives(callback_query=press(MORE))
        chat.telegram.fail["answerCallbackQuery"].append((status, {"description": "too old"}))
        assert await chat.receives(callback_query=press(MORE)) == []
    assert caplog.records == []


async def test_a_notice_that_did_not_get_through_is_shown_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presses, "WAIT_S", 0.0)
    chat = TelegramChat(FixedDialogue())
    async with chat.app:
        chat.telegram.fail["answerCallbackQuery"].extend([NetworkError("reset"), (502, b"<html>")])
        await chat.receives(callback_query=press(ASK + "forged"))
    told = [p.get("text") for name, p in chat.telegram.calls if name == "answerCallbackQuery"]
    assert told == [ZH.say("button_gone")]


async def test_telegram_that_wants_a_long_wait_is_not_waited_for() -> None:
    chat = TelegramChat(FixedDialogue())
    async with chat.app:
        wait = {"description": "Too Many Requests", "parameters": {"retry_after": 60}}
        chat.telegram.fail["answerCallbackQuery"].append((429, wait))
        await chat.receives(callback_query=press(ASK + "forged"))
    assert "answerCallbackQuery" not in [name for name, _ in chat.telegram.calls]
