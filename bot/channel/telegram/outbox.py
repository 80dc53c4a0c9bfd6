"""Sending: waits out flood limits, tries again when the network fails, gives up calmly on who left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.constants import ChatType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channel.telegram import addressing
from bot.channel.telegram.render import OutgoingMessage

logger = logging.getLogger(__name__)

Pause = Callable[[float], Awaitable[None]]

BACK_OFF_S = (0.5, 1.0, 2.0, 4.0)
"""Waits between the attempts; together well below what a person waits before asking again."""


class Destination(NamedTuple):
    """Where an answer goes.

    Args:
        chat_id: The chat.
        topic: The forum topic in it, or None.
        reply_to: The message answered, or None where it needs no pointing out (a private chat).
    """

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None

    @classmethod
    def of(cls, message: Message) -> Destination:
        """Return where a message is to be answered."""
        private = message.chat.type == ChatType.PRIVATE
        return cls(
            message.chat_id, addressing.topic(message), None if private else message.message_id
        )


class Outbox:
    """Sends messages.

    Args:
        bot: Sends them.
        pause: Waits for some seconds.
    """

    def __init__(self, bot: Bot, pause: Pause = asyncio.sleep) -> None:
        self._bot = bot
        self._pause = pause

    async def send(
        self, update: Update, destination: Destination, messages: Sequence[OutgoingMessage]
    ) -> bool:
        """Send messages in order; return whether all arrived. What stops it becomes a line in the log.

        Args:
            update: What they answer.
            destination: Where they go.
            messages: The messages.
        """
        for message in messages:
            try:
                destination = await self._send_one(destination, message)
            except Forbidden as error:  # blocked, kicked, or the account is gone: nothing to mend
                logger.info("nobody to send to: %s", error.message)
                return False
            except TelegramError as error:
                logger.warning("not sent: %s: %s", type(error).__name__, error.message)
                return False
        return True

    async def edit(
        self, update: Update, chat_id: int, message_id: int, message: OutgoingMessage
    ) -> bool:
        """Put a message in the place of one that the bot has sent; return whether it stands there now."""
        try:
            await self._bot.edit_message_text(
                message.text,
                chat_id,
                message_id,
                entities=message.entities or None,
                reply_markup=message.keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramError as error:
            if "not modified" not in error.message.lower():
                logger.warning("not edited: %s: %s", type(error).__name__, error.message)
                return False
        return True

    async def _send_one(self, destination: Destination, message: OutgoingMessage) -> Destination:
        """Send a message; return where the next one goes, since a group may move meanwhile."""
        failures = 0
        while True:
            try:
                await _call(self._bot, destination, message)
            except RetryAfter as error:
                await self._pause(seconds_of(error))
            except ChatMigrated as error:
                destination = destination._replace(chat_id=error.new_chat_id)
            except BadRequest:  # a NetworkError to the library, but asking again changes nothing
                raise
            except NetworkError:
                if failures == len(BACK_OFF_S):
                    raise
                await self._pause(BACK_OFF_S[failures])
                failures += 1
            else:
                return destination


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants us to wait; the library is changing the type of this attribute."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def _call(bot: Bot, destination: Destination, message: OutgoingMessage) -> None:
    reply = None
    if destination.reply_to is not None:
        reply = ReplyParameters(destination.reply_to, allow_sending_without_reply=True)
    await bot.send_message(
        destination.chat_id,
        message.text,
        entities=message.entities or None,
        message_thread_id=destination.topic,
        reply_parameters=reply,
        reply_markup=message.keyboard,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
