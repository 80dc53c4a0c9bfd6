"""One message that is owed: sent until it has arrived, or until it is certain that it never will."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from collections.abc import Iterator
from typing import NamedTuple

from telegram import Bot
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.channel.telegram import sending
from bot.channel.telegram.horizon import Horizon, space_of
from bot.channel.telegram.meter import Cause, Meter
from bot.channel.telegram.pacing import Pacing, Pause, Place
from bot.channel.telegram.sending import Failure, Letter, seconds_of
from bot.channel.telegram.settling import Settling
from bot.delivery import DeliveryStore, Owed
from bot.errors import StoreError

logger = logging.getLogger(__name__)

BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Waits between the attempts; the last one again and again, for the message stays owed."""


class Outcome(NamedTuple):
    """What became of a message, and what that means for those behind it.

    Args:
        unwanted: Whether the chat does not want to hear from the bot.
        chat_id: Where the chat is now.
    """

    unwanted: bool
    chat_id: int


class Delivering:
    """Delivers messages.

    Args:
        bot: Sends them.
        store: Is told what becomes of them.
        horizon: Knows the ids of messages.
        meter: Counts.
        pacing: Tells when the next one may go.
        pause: Waits for some seconds.
    """

    def __init__(
        self,
        bot: Bot,
        store: DeliveryStore,
        horizon: Horizon,
        meter: Meter,
        pacing: Pacing,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._store = store
        self._horizon = horizon
        self._meter = meter
        self._pacing = pacing
        self._pause = pause
        self._settling = Settling(bot, store, horizon, pause)

    async def deliver(self, owed: Owed, place: Place | None) -> Outcome:
        """Send a message, or make its edit, however often it takes.

        Args:
            owed: The message; one that is begun may have arrived already, unless it has its place.
            place: Its place in the pacing, if this process has just begun it; None where it has to be begun.
        """
        letter = Letter(owed.chat_id, owed.body)
        unsure, failures = owed.begun and place is None, 0
        begun: float | None = None
        failed_at = float("-inf")
        while True:
            try:
                message_id = None
                if unsure and letter.edits is None:
                    message_id = await self._settling.find(owed, letter, failed_at)
                    unsure, begun = False, None
                if message_id is None:
                    if place is None and letter.edits is None:
                        place = await self._pacing.turn(owed.chat_id)
                        owed = await self._begin(owed)
                    begun = self._horizon.now()
                    message_id = await letter.send(self._bot)
            except TelegramError as error:
                failed_at, place = self._horizon.now(), None
                what = sending.failure_of(error)
                unsure = what is Failure.UNKNOWN and not sending.never_left(error)
                if what is Failure.UNWANTED:
                    logger.info("nobody to send to: %s", error.message)
                    with logged("a blocked chat cannot be noted"):
                        await self._store.block(owed.chat_id)
                    return Outcome(True, owed.chat_id)
                if what is Failure.REFUSED and not (letter.new(error) or letter.plain()):
                    logger.error("Telegram refuses a message: %s", error.message)
                    await self._note_sent(owed, None, None)
                    return Outcome(False, owed.chat_id)
                if isinstance(error, ChatMigrated):
                    owed = await self._moved(owed, error.new_chat_id)
                    letter.chat_id = owed.chat_id
                await self._wait(error, failures)
                failures += what is Failure.UNKNOWN
            except StoreError as error:  # it is asked whether the message arrived
                logger.error("a message has to wait: %s", error)
                await self._pause(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])
                failures += 1
            else:
                self._pacing.accepted(place)
                await self._note_sent(owed, message_id, None if letter.edits is not None else begun)
                return Outcome(False, owed.chat_id)

    async def _wait(self, error: TelegramError, failures: int) -> None:
        """Wait as long as a failure asks for before the next attempt."""
        if isinstance(error, RetryAfter):
            self._meter.retried(Cause.FLOOD)
            self._pacing.refused(seconds_of(error))
            await self._pause(seconds_of(error))
        elif sending.failure_of(error) is Failure.UNKNOWN:
            self._meter.retried(Cause.NETWORK)
            logger.warning("not sent: %s: %s", type(error).__name__, error.message)
            await self._pause(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])

    async def _begin(self, owed: Owed) -> Owed:
        """Note that a message is begun; an edit can be made twice, so it needs neither this nor a place."""
        with logged("a message cannot be noted as begun"):
            highest = await self._horizon.highest(owed.space)
            owed = dataclasses.replace(owed, begun=True, after_id=highest)
            await self._store.begin(owed)
        return owed

    async def _note_sent(self, owed: Owed, message_id: int | None, begun: float | None) -> None:
        if message_id is not None:
            self._meter.sent(owed.update_id)
            self._horizon.seen(owed.space, message_id, begun)
        with logged("a message cannot be noted as sent"):
            await self._store.sent(owed, message_id)

    async def _moved(self, owed: Owed, chat_id: int) -> Owed:
        """Follow a group that became a supergroup."""
        with logged("a moved group cannot be noted"):
            await self._store.migrate(owed.chat_id, chat_id)
        return dataclasses.replace(owed, chat_id=chat_id, space=space_of(chat_id), after_id=0)


@contextlib.contextmanager
def logged(what: str) -> Iterator[None]:
    """Let a store that fails cost a line in the log and not the message."""
    try:
        yield
    except StoreError as error:
        logger.error("%s: %s", what, error)
