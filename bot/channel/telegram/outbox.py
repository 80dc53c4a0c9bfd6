"""The outbox: what the bot owes is kept before it is sent, and sent until it has arrived, once.

send ──→ store.owe ──→ the chat's lane: pacing ──→ store.begin ──→ Telegram ──→ store.sent
↑    what arrived or not: settling
a new process: store.owed, and those begun are settled first
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.channel.telegram import addressing, sending
from bot.channel.telegram.horizon import Horizon, space_of
from bot.channel.telegram.meter import Cause, Meter
from bot.channel.telegram.pacing import Pacing, Pause
from bot.channel.telegram.render import OutgoingMessage
from bot.channel.telegram.sending import Failure, Letter, seconds_of
from bot.channel.telegram.settling import Settling
from bot.delivery import DeliveryStore, Owed
from bot.errors import StoreError

logger = logging.getLogger(__name__)

BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Waits between the attempts; the last one again and again, for the message stays owed."""
REMEMBERED = 4096
"""Updates of which is remembered how many messages answered them."""


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
    """Sends messages, each chat's in order, those of different chats side by side.

    Args:
        bot: Sends them.
        store: Keeps them.
        horizon: Knows the ids of messages.
        meter: Counts.
        pause: Waits for some seconds.
        clock: The time in seconds, from any start.
    """

    def __init__(
        self,
        bot: Bot,
        store: DeliveryStore,
        horizon: Horizon,
        meter: Meter,
        pause: Pause = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._store = store
        self._horizon = horizon
        self._meter = meter
        self._pause = pause
        self._pacing = Pacing(clock, pause)
        self._settling = Settling(bot, store, horizon.highest, horizon.caught_up, pause)
        self._lanes: dict[int, deque[Owed]] = {}
        self._working: dict[int, asyncio.Task[None]] = {}
        self._numbers: OrderedDict[int, int] = OrderedDict()
        self._placed: set[tuple[int, int]] = set()  # begun by this process, its place taken

    async def open(self) -> None:
        """Take up what an earlier process left unsent.

        Raises:
            StoreError: The store fails.
        """
        for owed in await self._store.owed():
            self._enqueue(owed)

    async def send(
        self, update: Update, destination: Destination, messages: Sequence[OutgoingMessage]
    ) -> None:
        """Owe messages, in order; they are kept when this returns, and sent as soon as may be.

        Args:
            update: What they answer; it is finished with this.
            destination: Where they go.
            messages: The messages.
        """
        bodies = [sending.encode(one, destination.topic, destination.reply_to) for one in messages]
        await self._owe(update, destination.chat_id, bodies)

    async def edit(
        self, update: Update, chat_id: int, message_id: int, message: OutgoingMessage
    ) -> None:
        """Owe an edit: a message is put in the place of one that the bot has sent."""
        await self._owe(update, chat_id, [sending.encode(message, edits=message_id)])

    async def replace(
        self, update: Update, destination: Destination, messages: Sequence[OutgoingMessage]
    ) -> None:
        """Owe messages in the place of those that answered the same question before it was edited."""
        await self.flushed(destination.chat_id)
        question_id = _question_id(update)
        before: list[int] = []
        if question_id is not None:
            with _logged("earlier answers cannot be looked up"):
                before = await self._store.answers(destination.chat_id, question_id)
        bodies = [
            sending.encode(one, edits=before[number])
            if number < len(before)
            else sending.encode(one, destination.topic, destination.reply_to)
            for number, one in enumerate(messages)
        ]
        await self._owe(update, destination.chat_id, bodies)
        for message_id in before[len(messages) :]:
            with contextlib.suppress(TelegramError):  # too old, or gone already
                await self._bot.delete_message(destination.chat_id, message_id)

    def has_answered(self, update_id: int) -> bool:
        """Return whether anything is or was owed for an update, which is finished thereby."""
        return update_id in self._numbers

    @property
    def backlog(self) -> int:
        """How many messages wait to be sent."""
        return sum(map(len, self._lanes.values()))

    async def flushed(self, chat_id: int | None = None, seconds: float = 5.0) -> bool:
        """Wait until all is sent, to one chat or to all, but not for ever; return whether it is."""
        tasks = [t for chat, t in self._working.items() if chat_id in (None, chat)]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        return all(task.done() for task in tasks)

    async def close(self) -> None:
        """Stop sending; what is unsent stays owed."""
        tasks = list(self._working.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _owe(self, update: Update, chat_id: int, bodies: Sequence[str]) -> None:
        if not bodies:
            return
        first = self._numbers.get(update.update_id, 0)
        self._numbers[update.update_id] = first + len(bodies)
        while len(self._numbers) > REMEMBERED:
            self._numbers.popitem(last=False)
        space, question_id = space_of(chat_id), _question_id(update)
        owed = [
            Owed(update.update_id, first + number, chat_id, body, space, question_id)
            for number, body in enumerate(bodies)
        ]
        try:
            if update.effective_chat and update.effective_chat.id == chat_id:
                await self._store.unblock(chat_id)  # who writes to the bot wants to hear from it
            elif await self._store.blocked(chat_id):
                return
            if chat_id not in self._working and self._pacing.takes(chat_id):
                # One commit less for what can go at once, as most can.
                highest = await self._horizon.highest(space)
                owed[0] = dataclasses.replace(owed[0], begun=True, after_id=highest)
                self._placed.add((update.update_id, first))
            await self._store.owe(owed)
        except StoreError as error:  # an answer that may come twice is better than none
            logger.error("an answer cannot be kept: %s", error)
        for one in owed:
            self._enqueue(one)

    def _enqueue(self, owed: Owed) -> None:
        self._lanes.setdefault(owed.chat_id, deque()).append(owed)
        if owed.chat_id not in self._working:
            self._working[owed.chat_id] = asyncio.create_task(self._work(owed.chat_id))

    async def _work(self, chat_id: int) -> None:
        """Send what is owed to a chat, until nothing is."""
        lane = self._lanes[chat_id]
        try:
            while lane:
                await self._deliver(lane[0])
                lane.popleft()
        except Exception:
            logger.exception("a message cannot be sent")  # a mistake of ours: it stays owed
        finally:
            del self._lanes[chat_id], self._working[chat_id]

    async def _deliver(self, owed: Owed) -> None:
        letter = Letter(owed.chat_id, owed.body)
        placed = (owed.update_id, owed.number) in self._placed
        self._placed.discard((owed.update_id, owed.number))
        unsure, failures = owed.begun and not placed, 0
        while True:
            try:
                message_id = None
                if unsure and letter.edits is None:
                    message_id = await self._settling.find(owed, letter)
                if message_id is None:
                    if not placed:
                        owed = await self._begin(owed, letter)
                    placed = False
                    message_id = await letter.send(self._bot)
            except TelegramError as error:
                what = sending.failure_of(error)
                unsure = what is Failure.UNKNOWN and not sending.never_left(error)
                if what is Failure.UNWANTED:
                    await self._unwanted(owed, error)
                    return
                if what is Failure.REFUSED and not letter.plain():
                    logger.error("Telegram refuses a message: %s", error.message)
                    await self._note_sent(owed, None)
                    return
                if what is Failure.UNKNOWN:
                    self._meter.retried(Cause.NETWORK)
                    logger.warning("not sent: %s: %s", type(error).__name__, error.message)
                    await self._pause(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])
                    failures += 1
                if isinstance(error, RetryAfter):
                    self._meter.retried(Cause.FLOOD)
                    self._pacing.refused(seconds_of(error))
                    await self._pause(seconds_of(error))
                if isinstance(error, ChatMigrated):
                    owed = await self._moved(owed, error.new_chat_id)
                    letter.chat_id = owed.chat_id
            else:
                self._pacing.accepted()
                await self._note_sent(owed, message_id)
                return

    async def _begin(self, owed: Owed, letter: Letter) -> Owed:
        """Wait for the message's place and note that it is begun; an edit can be made twice, so it needs neither."""
        if letter.edits is not None:
            return owed
        await self._pacing.turn(owed.chat_id)
        with _logged("a message cannot be noted as begun"):
            highest = await self._horizon.highest(owed.space)
            owed = dataclasses.replace(owed, begun=True, after_id=highest)
            await self._store.begin(owed)
        return owed

    async def _note_sent(self, owed: Owed, message_id: int | None) -> None:
        if message_id is not None:
            self._meter.sent(owed.update_id)
            self._horizon.seen(owed.space, message_id)
        with _logged("a message cannot be noted as sent"):
            await self._store.sent(owed, message_id)

    async def _unwanted(self, owed: Owed, error: TelegramError) -> None:
        """Drop all that is owed to a chat that does not want it; in the lane, too."""
        logger.info("nobody to send to: %s", error.message)
        lane = self._lanes[owed.chat_id]
        while len(lane) > 1:  # the first is taken away by the caller
            lane.pop()
        with _logged("a blocked chat cannot be noted"):
            await self._store.block(owed.chat_id)

    async def _moved(self, owed: Owed, chat_id: int) -> Owed:
        """Follow a group that became a supergroup, with all that waits in its lane."""
        with _logged("a moved group cannot be noted"):
            await self._store.migrate(owed.chat_id, chat_id)
        lane = self._lanes[owed.chat_id]
        moved = [
            dataclasses.replace(one, chat_id=chat_id, space=space_of(chat_id), after_id=0)
            for one in (owed, *list(lane)[1:])
        ]
        lane.clear()
        lane.extend(moved)
        return moved[0]


def _question_id(update: Update) -> int | None:
    """Return the id of the message that an update's answer answers; None for the press of a button."""
    message = update.message or update.edited_message
    return message.message_id if message else None


@contextlib.contextmanager
def _logged(what: str):  # type: ignore[no-untyped-def]
    """Let a store that fails cost a line in the log and not the message."""
    try:
        yield
    except StoreError as error:
        logger.error("%s: %s", what, error)
