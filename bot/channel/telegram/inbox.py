"""The inbox: an update is on the disk before Telegram is told that it arrived, and worked off until it is answered.

Asking for the next updates is what tells Telegram, so `accept` is awaited before that (or before a webhook's answer). The
updates of one chat are worked off in order: “那奉贤呢？” needs the answer before it. Those of different chats are not.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from telegram import Bot, Update

from bot.channel.telegram.horizon import Horizon, space_of
from bot.channel.telegram.meter import Meter
from bot.delivery import SHARED, DeliveryStore, Received
from bot.errors import StoreError

logger = logging.getLogger(__name__)

Raw = Mapping[str, Any]
Process = Callable[[Update], Awaitable[None]]

REMEMBERED = 10_000
"""Updates remembered lest one is worked off twice: Telegram hands out again what it does not know to have arrived."""
AT_ONCE = 8
"""Updates worked off side by side: enough for one that waits, few enough for sending to go on amid a burst."""
INLINE = "inline_query"
"""A query comes with each key and is worth nothing seconds later: it is not kept, and only the newest of a user's that
wait is worked off."""
WRITTEN = ("message", "edited_message")
"""Kinds of update that bring a message of somebody else's, and so an id that no message of ours can have."""


class Inbox:
    """Takes updates in and has them worked off.

    Args:
        bot: Which the updates are for.
        store: Keeps them.
        horizon: Is told the ids of messages.
        answered: Tells whether something is owed for an update, which is finished thereby.
        meter: Counts.
    """

    def __init__(
        self,
        bot: Bot,
        store: DeliveryStore,
        horizon: Horizon,
        answered: Callable[[int], bool],
        meter: Meter,
    ) -> None:
        self._bot = bot
        self._store = store
        self._horizon = horizon
        self._answered = answered
        self._meter = meter
        self._known: set[int] = set()
        self._order: deque[int] = deque()
        self._lanes: dict[int, deque[Raw]] = {}
        self._working: dict[int, asyncio.Task[None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._process: Process | None = None
        self._closing = False

    async def open(self) -> None:
        """Take up what an earlier process left unfinished.

        Raises:
            StoreError: The store fails.
        """
        for update_id in sorted(await self._store.recent(REMEMBERED)):
            self._remember(update_id)
        for received in await self._store.unfinished():
            self._enqueue(json.loads(received.body))

    async def accept(self, updates: Sequence[Raw]) -> None:
        """Keep updates, and have those that are new worked off; they are on the disk when this returns.

        Inline queries are not kept.

        Args:
            updates: As Telegram writes them, each with an integer "update_id".

        Raises:
            StoreError: They cannot be kept, and may not be confirmed.
        """
        new = [update for update in updates if update["update_id"] not in self._known]
        if not new:
            return
        received = [_received(update) for update in new]
        kept = [one for update, one in zip(new, received, strict=True) if INLINE not in update]
        if kept and await self._store.receive(kept):
            self._horizon.begins_anew()
        for update, one in zip(new, received, strict=True):
            if one.message_id is not None:
                self._horizon.seen(one.space, one.message_id)
            if one.update_id not in self._known:  # a webhook may have been called twice at once
                self._remember(one.update_id)
                self._meter.received(one.update_id)
                self._enqueue(update)

    def begin(self, process: Process) -> None:
        """Have updates worked off from now on; until then they are kept only."""
        self._process = process
        for chat_id in self._lanes:
            self._start(chat_id)

    @property
    def backlog(self) -> int:
        """How many updates wait, or are being worked off."""
        return sum(map(len, self._lanes.values()))

    async def close(self, seconds: float) -> None:
        """Begin no more updates and wait for those under way, but not for ever; the others stay unfinished."""
        self._closing = True
        tasks = list(self._working.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _remember(self, update_id: int) -> None:
        self._known.add(update_id)
        self._order.append(update_id)
        if len(self._order) > REMEMBERED:
            self._known.discard(self._order.popleft())

    def _enqueue(self, update: Raw) -> None:
        lane = _chat_id(update)
        self._lanes.setdefault(lane, deque()).append(update)
        self._start(lane)

    def _start(self, lane: int) -> None:
        if self._process is not None and lane not in self._working:
            self._working[lane] = asyncio.create_task(self._work(lane, self._process))

    async def _work(self, lane: int, process: Process) -> None:
        """Work off the updates of a chat, until there are none."""
        updates = self._lanes[lane]
        try:
            while updates:
                async with self._at_once:
                    if self._closing:
                        return
                    if not _is_outdated(updates):
                        await self._handle(updates[0], process)
                updates.popleft()
        finally:
            del self._working[lane]
            if not updates:
                del self._lanes[lane]

    async def _handle(self, raw: Raw, process: Process) -> None:
        try:
            update = Update.de_json(dict(raw), self._bot)
            await process(update)
        except Exception:  # a mistake of ours, or of Telegram's: the next update may fare better
            logger.exception("an update cannot be worked off")
        if INLINE not in raw and not self._answered(raw["update_id"]):
            try:
                await self._store.finish(raw["update_id"])
            except StoreError as error:
                logger.error("an update cannot be noted as finished: %s", error)


def _is_outdated(updates: deque[Raw]) -> bool:
    """Return whether the first update is an inline query behind which a newer one waits."""
    return INLINE in updates[0] and any(INLINE in one for one in itertools.islice(updates, 1, None))


def _received(update: Raw) -> Received:
    written: Any = next((update[kind] for kind in WRITTEN if kind in update), None)
    body = json.dumps(update, ensure_ascii=True, separators=(",", ":"))
    try:
        space, message_id = space_of(written["chat"]["id"]), int(written["message_id"])
    except (LookupError, TypeError, ValueError):  # no message, or none as Telegram writes them
        return Received(update["update_id"], body, SHARED, None)
    return Received(update["update_id"], body, space, message_id, "edited_message" in update)


def _chat_id(update: Raw) -> int:
    """Return which updates have to be worked off in order with this one: its chat's, else its user's."""
    for part in _parts(update):
        for name in ("chat", "from", "user"):
            owner = part.get(name)
            if isinstance(owner, Mapping) and isinstance(owner.get("id"), int):
                return int(owner["id"])
    return 0


def _parts(update: Raw) -> Iterator[Raw]:
    for value in update.values():
        if isinstance(value, Mapping):
            message = value.get("message")  # under which a button was pressed
            if isinstance(message, Mapping):
                yield message
            yield value
