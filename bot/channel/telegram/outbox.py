"""The outbox: what the bot owes is kept before it is sent, and sent until it has arrived, once.

    send ──→ store.owe ──→ the chat's lane ──→ delivering: pacing ──→ store.begin ──→ Telegram ──→ store.sent
    a new process ──→ store.owed ──→ the chat's lane ──→ delivering: what is begun is settled first

Of what is sent only ids are kept.
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
from telegram.error import TelegramError

from bot.channel.telegram import addressing, sending
from bot.channel.telegram.delivering import Delivering, logged
from bot.channel.telegram.horizon import Horizon, space_of
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.pacing import Pacing, Pause, Place
from bot.channel.telegram.render import OutgoingMessage
from bot.delivery import DeliveryStore, Owed
from bot.errors import StoreError

logger = logging.getLogger(__name__)

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
        self._pacing = Pacing(clock, pause)
        self._delivering = Delivering(bot, store, horizon, meter, self._pacing, pause)
        self._lanes: dict[int, deque[Owed]] = {}
        self._working: dict[int, asyncio.Task[None]] = {}
        self._numbers: OrderedDict[int, int] = OrderedDict()
        self._placed: dict[tuple[int, int], Place] = {}  # begun by this process
        self._unkept: set[int] = set()  # updates of which an answer could not be kept

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
            with logged("earlier answers cannot be looked up"):
                before = await self._store.answers(destination.chat_id, question_id)
        _, topic, reply_to = destination
        bodies = [
            sending.encode(one, topic, reply_to, before[number], or_new=True)
            if number < len(before)
            else sending.encode(one, topic, reply_to)
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
            place = None if chat_id in self._working else self._pacing.takes(chat_id)
            if place is not None:
                # One commit less for what can go at once, as most can.
                highest = await self._horizon.highest(space)
                owed[0] = dataclasses.replace(owed[0], begun=True, after_id=highest)
                self._placed[update.update_id, first] = place
            await self._store.owe(owed)
        except StoreError as error:  # an answer that may come twice is better than none
            logger.error("an answer cannot be kept: %s", error)
            self._unkept.add(update.update_id)
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
                await self._deliver_first(lane)
        finally:
            del self._lanes[chat_id], self._working[chat_id]

    async def _deliver_first(self, lane: deque[Owed]) -> None:
        owed = lane[0]
        place = self._placed.pop((owed.update_id, owed.number), None)
        try:
            outcome = await self._delivering.deliver(owed, place)
        except Exception:  # a mistake of ours: it stays owed, and those behind it fare better
            logger.exception("a message cannot be sent")
            lane.popleft()
            return
        lane.popleft()
        if outcome.unwanted:
            lane.clear()
        elif outcome.chat_id != owed.chat_id:
            new = outcome.chat_id
            moved = [
                dataclasses.replace(one, chat_id=new, space=space_of(new), after_id=0)
                for one in lane
            ]
            lane.clear()
            lane.extend(moved)
        await self._finish(owed.update_id, lane)

    async def _finish(self, update_id: int, lane: deque[Owed]) -> None:
        """Finish an update whose answer has arrived without having been kept, lest the next process answers it."""
        if update_id in self._unkept and not any(one.update_id == update_id for one in lane):
            with logged("an update cannot be noted as finished"):
                await self._store.finish(update_id)
                self._unkept.discard(update_id)


def _question_id(update: Update) -> int | None:
    """Return the id of the message that an update's answer answers; None for the press of a button."""
    message = update.message or update.edited_message
    return message.message_id if message else None
