"""Did it arrive? Telegram has no key by which a message could be sent twice and arrive once.

Where the answer to a call got lost, or the process was killed over it, the message may stand in the chat or not. Editing
a message to what it says already fails with “message is not modified”, and editing one that is not the bot's or not in
this chat fails as well. So the ids that the message can have are tried with its own text: those above the highest one
that was known when it was begun to be sent, and that belong to no other message we know of.
"""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channel.telegram.horizon import Horizon
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.sending import Letter, seconds_of
from bot.delivery import DeliveryStore, Owed

logger = logging.getLogger(__name__)

MARGIN = 8
"""Ids tried above the highest one known: messages that nobody told us of, like “Li joined the group”."""
MOST = 200
"""Ids tried at most; a group where more was written meanwhile, unseen by us, may get a message twice."""
LONGEST_WAIT_S = 15.0


class Settling:
    """Finds out whether a message arrived.

    Args:
        bot: Edits.
        store: Knows which ids are taken.
        horizon: Knows which ids there are.
        pause: Waits for some seconds.
    """

    def __init__(
        self,
        bot: Bot,
        store: DeliveryStore,
        horizon: Horizon,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._store = store
        self._horizon = horizon
        self._pause = pause
        self._open = 0

    async def find(self, owed: Owed, letter: Letter, failed_at: float) -> int | None:
        """Return the id of a message that may have been sent, or None where it was not.

        Args:
            owed: The message.
            letter: The same, ready to be put in the place of another.
            failed_at: When its sending failed, on the horizon's clock; before all times if in an earlier process.

        Raises:
            Forbidden: The chat does not want to hear from the bot.
            StoreError: The store fails.
        """
        self._open += 1
        try:
            await self._horizon.caught_up()
            highest = max(await self._horizon.highest(owed.space), owed.after_id)
            ceiling = self._horizon.ceiling(owed.space, failed_at)
            above = highest + self._open + MARGIN + 1 if ceiling is None else ceiling
            taken = await self._store.taken(owed.space, owed.after_id)
            ids = [i for i in range(owed.after_id + 1, above) if i not in taken][:MOST]
            for number in ids:
                if await self._is(number, letter):
                    return number
            logger.info("a message had not arrived; %d ids tried", len(ids))
            return None
        finally:
            self._open -= 1

    async def _is(self, number: int, letter: Letter) -> bool:
        wait_s = 0.25
        while True:
            try:
                await letter.put_in_place_of(number, self._bot)
            except BadRequest:
                return False
            except Forbidden:
                raise
            except RetryAfter as error:
                await self._pause(seconds_of(error))
            except TelegramError:  # an edit can be made again
                await self._pause(wait_s)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            else:
                return True
