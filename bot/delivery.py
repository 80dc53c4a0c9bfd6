"""What has to arrive: updates that came in, messages that are owed, and the seam to where both are kept.

An update is kept before Telegram is told that it arrived, until the messages that answer it are kept. A message is kept
before it is sent, noted as begun, and noted as sent; so whatever a process was killed over is finished by the next one.

Ids of messages count within a space: all private chats and small groups of a bot share one, `SHARED`; each supergroup
has its own. Source: https://core.telegram.org/api/updates, "message boxes".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

SHARED = 0
"""The space of all private chats and small groups; any other space is named by its chat's id."""


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came.

    Args:
        update_id: Telegram's number for it.
        body: The update as JSON.
        space: In which its message's id counts.
        message_id: Of the message that a user wrote, or None where the update is about something else.
        edited: Whether the message came before, in another update.
    """

    update_id: int
    body: str
    space: int = SHARED
    message_id: int | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that is to be sent, or an edit that is to be made.

    Args:
        update_id: What it answers.
        number: Its place among what answers that update, from 0.
        chat_id: Where it goes.
        body: What is sent, as JSON; the channel's own form.
        space: In which its id will count.
        question_id: The message that it answers, or None.
        begun: Whether it may have been sent already.
        after_id: The highest message id that was known in its space when it was begun.
    """

    update_id: int
    number: int
    chat_id: int
    body: str
    space: int = SHARED
    question_id: int | None = None
    begun: bool = False
    after_id: int = 0


class DeliveryStore(Protocol):
    """Keeps what has to arrive. All that it keeps is on the disk when a method returns.

    The Telegram channel's inbox and outbox are its callers. Every method raises `StoreError` when the store fails.
    """

    async def receive(self, updates: Sequence[Received]) -> bool:
        """Keep updates; those that are kept already, finished or not, stay as they are.

        Returns:
            Whether ids begin anew. Where the first updates of a process bring an id that another message has, the token
            is another bot's, whose messages have ids of their own, and the ones known until now are forgotten.
        """

    async def recent(self, count: int) -> set[int]:
        """Return the ids of the `count` updates that came last, finished or not."""

    async def unfinished(self) -> list[Received]:
        """Return the updates that are not finished, in the order of their ids."""

    async def finish(self, update_id: int) -> None:
        """Note that an update needs no answer, and forget what was in it."""

    async def owe(self, messages: Sequence[Owed]) -> None:
        """Keep the messages that answer an update, and finish it, both or neither."""

    async def owed(self) -> list[Owed]:
        """Return the messages that are not sent, in the order in which they were written."""

    async def begin(self, message: Owed) -> None:
        """Note that a message, with its `after_id`, is about to be sent."""

    async def sent(self, message: Owed, message_id: int | None) -> None:
        """Note which id a message has; None where it could not be delivered. Its text is forgotten."""

    async def migrate(self, old: int, new: int) -> None:
        """Note that a chat has another id from now on."""

    async def answers(self, chat_id: int, question_id: int) -> list[int]:
        """Return the ids of the messages that answer a message, in order."""

    async def taken(self, space: int, above: int) -> set[int]:
        """Return the ids above `above` that are known to belong to some message."""

    async def highest(self, space: int) -> int:
        """Return the highest known id of a message, 0 where none is known."""

    async def block(self, chat_id: int) -> None:
        """Note that a chat does not want to hear from the bot; what is owed to it is dropped."""

    async def unblock(self, chat_id: int) -> None:
        """Note that a chat wants to hear from the bot again."""

    async def blocked(self, chat_id: int) -> bool:
        """Return whether a chat does not want to hear from the bot."""

    async def count_blocked(self) -> int:
        """Return how many chats do not want to hear from the bot."""

    async def prove(self) -> None:
        """Prove that something can be kept, by writing."""

    async def forget(self, chat_id: int) -> None:
        """Forget which messages answered which in a chat, but for those that are not sent."""

    async def purge(self, older_than_s: float) -> None:
        """Forget what was finished more than so many seconds ago."""
