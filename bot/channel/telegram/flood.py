"""Flood control: who writes faster than anybody can read gets one polite notice, and no answers until it calms down."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop

from bot.channel.telegram.handlers import Context

BURST = 40
"""Messages that a user may write at once."""
A_SECOND = 0.5
"""Messages that a user may write in the long run, each second; the bot answers a chat once a second."""
CALM = 5
"""Messages that a user may write again before a further flood is told of a second time."""
MOST_USERS = 10_000


class Notices(Protocol):
    """Tells a user to slow down."""

    async def slow_down(self, update: Update) -> None:
        """Say so, once."""


@dataclass(slots=True)
class _Allowance:
    left: float
    at: float
    told: bool = False


class Flood:
    """Counts what each user writes.

    Args:
        notices: Tells those who write too fast.
    """

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._users: OrderedDict[int, _Allowance] = OrderedDict()

    async def guard(self, update: Update, context: Context) -> None:
        """Let an update pass, or stop it here.

        The time is that of the message, so that what somebody wrote in a day on which the bot was out of reach counts
        as written in a day. A button has no time of its own and an edit that of its message: both are not counted.

        Raises:
            ApplicationHandlerStop: No handler is to see it.
        """
        message, user = update.message, update.effective_user
        if message is None or user is None or _passes(message):
            return
        allowance = self._allowance(user.id, message.date.timestamp())
        if allowance.left >= 1:
            allowance.told = allowance.told and allowance.left < CALM
            allowance.left -= 1
            return
        if not allowance.told:
            allowance.told = True
            await self._notices.slow_down(update)
        raise ApplicationHandlerStop

    def _allowance(self, user_id: int, now: float) -> _Allowance:
        allowance = self._users.setdefault(user_id, _Allowance(BURST, now))
        passed = max(now - allowance.at, 0.0)
        allowance.left = min(BURST, allowance.left + passed * A_SECOND)
        allowance.at = max(now, allowance.at)
        self._users.move_to_end(user_id)
        if len(self._users) > MOST_USERS:
            self._users.popitem(last=False)
        return allowance


def _passes(message: Message) -> bool:
    """Whether a message is none that the bot would answer: chatter in a group is nobody's flood."""
    return message.chat.type != message.chat.PRIVATE
