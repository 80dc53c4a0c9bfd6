"""One call of the Bot API for a message that is owed, and what its failure means."""

from __future__ import annotations

import json
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channel.telegram.render import OutgoingMessage

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""What Telegram says of an edit of a message that was deleted or is no longer to be edited."""


class Failure(Enum):
    """What a failed call says of the message."""

    TOO_FAST = auto()  # not sent; Telegram says when to try again
    MOVED = auto()  # not sent; the group has another id
    UNWANTED = auto()  # not sent, and nothing will be: blocked, kicked, the account is gone
    REFUSED = auto()  # not sent, and will not be as it is
    UNKNOWN = auto()  # it may have arrived: the answer got lost, or the server broke off


def failure_of(error: TelegramError) -> Failure:
    """Return what an error means for the message that was to be sent."""
    if isinstance(error, RetryAfter):
        return Failure.TOO_FAST
    if isinstance(error, ChatMigrated):
        return Failure.MOVED
    if isinstance(error, Forbidden):
        return Failure.UNWANTED
    if isinstance(error, BadRequest):  # a NetworkError to the library
        return Failure.REFUSED
    return Failure.UNKNOWN


def never_left(error: TelegramError) -> bool:
    """Return whether a call failed before anything of it reached Telegram."""
    if isinstance(error, InvalidToken | Conflict):
        return True
    cause = error.__cause__
    # Named, not imported: httpx is the library's business.
    return isinstance(error, NetworkError) and type(cause).__name__ in {
        "ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol",
    }  # fmt: skip


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants us to wait; the library is changing the type of this attribute."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def encode(
    message: OutgoingMessage,
    topic: int | None = None,
    reply_to: int | None = None,
    edits: int | None = None,
    *,
    or_new: bool = False,
) -> str:
    """Return a message as it is kept until it is sent: JSON.

    Args:
        message: The message.
        topic: The forum topic that it goes to.
        reply_to: The message that it points to.
        edits: The message in whose place it is put.
        or_new: Whether it is sent as a new one where that message is gone.
    """
    body: dict[str, Any] = {"text": message.text}
    if message.entities:
        body["entities"] = [entity.to_dict() for entity in message.entities]
    if message.keyboard:
        body["keyboard"] = message.keyboard.to_dict()
    for name, value in (("topic", topic), ("reply_to", reply_to), ("edits", edits)):
        if value is not None:
            body[name] = value
    if or_new:
        body["or_new"] = True
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


class Letter:
    """A message as it is kept, ready to be sent.

    Args:
        chat_id: Where it goes.
        body: What `encode` made.
    """

    def __init__(self, chat_id: int, body: str) -> None:
        self.chat_id = chat_id
        self._body: dict[str, Any] = json.loads(body)

    @property
    def edits(self) -> int | None:
        """The message in whose place it is put, or None where it is a new one."""
        edited: int | None = self._body.get("edits")
        return edited

    def plain(self) -> bool:
        """Take away all but the text, should Telegram refuse it as it is; return whether there was anything."""
        more = [name for name in ("entities", "keyboard", "topic") if name in self._body]
        for name in more:
            del self._body[name]
        return bool(more)

    def new(self, error: TelegramError) -> bool:
        """Become a new message if that in whose place it was to be put is gone; return whether it did."""
        if "or_new" not in self._body or not any(one in error.message.lower() for one in GONE):
            return False
        del self._body["or_new"], self._body["edits"]
        return True

    async def send(self, bot: Bot) -> int | None:
        """Send it, or make its edit; return the message's id.

        Raises:
            TelegramError: It failed.
        """
        if self.edits is not None:
            await self.put_in_place_of(self.edits, bot)
            return self.edits
        reply = None
        if "reply_to" in self._body:
            reply = ReplyParameters(self._body["reply_to"], allow_sending_without_reply=True)
        sent = await bot.send_message(
            self.chat_id,
            self._body["text"],
            entities=self._entities,
            message_thread_id=self._body.get("topic"),
            reply_parameters=reply,
            reply_markup=self._keyboard,
            link_preview_options=NO_PREVIEW,
        )
        return sent.message_id

    async def put_in_place_of(self, message_id: int, bot: Bot) -> bool:
        """Make a message of the bot's say this; return whether it had to be changed for that.

        Raises:
            TelegramError: It failed; BadRequest where it is no message of the bot's in this chat.
        """
        try:
            await bot.edit_message_text(
                self._body["text"],
                self.chat_id,
                message_id,
                entities=self._entities,
                reply_markup=self._keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return False
            raise
        return True

    @property
    def _entities(self) -> list[MessageEntity] | None:
        entities = self._body.get("entities")
        return [MessageEntity(**entity) for entity in entities] if entities else None

    @property
    def _keyboard(self) -> InlineKeyboardMarkup | None:
        keyboard = self._body.get("keyboard")
        return InlineKeyboardMarkup.de_json(keyboard) if keyboard else None
