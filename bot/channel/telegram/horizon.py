"""What the bot has seen: the highest message id of each space, and whether it has heard all that was written to it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from bot.delivery import SHARED, DeliveryStore

SUPERGROUPS = -(10**12)
"""Ids of supergroups and channels lie below. Source: https://core.telegram.org/api/bots/ids."""
QUIET_S = 0.3
"""A poll that waits for so long has nothing to tell: Telegram answers at once when there is something."""
REMEMBERED = 256
"""Messages of which is remembered when they were begun to be sent."""
LOOK_S, LONGEST_S = 0.05, 20.0
FEW = 4
"""Updates that may wait at Telegram without mattering: there are always some on their way to a webhook."""

Waiting = Callable[[], Awaitable[int | None]]
"""Returns how many updates wait at Telegram; None where it cannot be told at present."""


def space_of(chat_id: int) -> int:
    """Return the space in which the message ids of a chat count."""
    return chat_id if chat_id <= SUPERGROUPS else SHARED


class Horizon:
    """Keeps both.

    Args:
        store: Knows the ids of earlier processes.
        clock: The time in seconds, from any start.
    """

    def __init__(self, store: DeliveryStore, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._highest: dict[int, int] = {}
        self._sent: deque[tuple[int, float, int]] = deque(maxlen=REMEMBERED)
        self._polls = False
        self._polls_since: float | None = None
        self._heard_all_at = float("-inf")
        self._waiting: Waiting | None = None

    def called(self, waiting: Waiting) -> None:
        """Note that there are no polls: Telegram calls a webhook, and `waiting` tells what it has not delivered."""
        self._waiting = waiting

    def now(self) -> float:
        """Return the time on the clock that all times here are told by."""
        return self._clock()

    def seen(self, space: int, message_id: int, begun: float | None = None) -> None:
        """Note that a message has this id; a space nobody asked for is left to the store.

        Args:
            space: Where it counts.
            message_id: The id.
            begun: When the call began by which the bot sent it; None for somebody else's message.
        """
        if space in self._highest:
            self._highest[space] = max(self._highest[space], message_id)
        if begun is not None:
            self._sent.append((space, begun, message_id))

    def begins_anew(self) -> None:
        """Forget all ids: those seen from now on are another bot's."""
        self._highest.clear()
        self._sent.clear()

    def ceiling(self, space: int, since: float) -> int | None:
        """Return an id above which no message can be that was sent before `since`; None where none is known.

        Ids are given in order, so it is that of any message whose sending began later.
        """
        later = [number for where, begun, number in self._sent if where == space and begun > since]
        return min(later, default=None)

    async def highest(self, space: int) -> int:
        """Return the highest id seen, 0 where none was.

        Raises:
            StoreError: The store fails.
        """
        if space not in self._highest:
            kept = await self._store.highest(space)
            self._highest[space] = max(kept, self._highest.get(space, 0))
        return self._highest[space]

    def polling(self) -> None:
        """Note that a poll begins."""
        self._polls = True
        self._polls_since = self._clock()

    def polled(self, *, succeeded: bool) -> None:
        """Note that the poll has ended; it has succeeded where it brought all there was, and that is in the inbox."""
        if succeeded and self._polls_since is not None:
            self._heard_all_at = self._polls_since
        self._polls_since = None

    async def caught_up(self) -> None:
        """Return once all is known that was written to the bot until now; after a while in any case."""
        asked = self._clock()
        if self._waiting is not None:
            await self._delivered(self._waiting, asked + LONGEST_S)
            return
        while self._clock() < asked + LONGEST_S:
            if self._heard_all_at >= asked:
                return
            since = self._polls_since if self._polls else asked
            if since is not None and self._clock() >= max(since, asked) + QUIET_S:
                return
            await asyncio.sleep(LOOK_S)

    async def _delivered(self, waiting: Waiting, until: float) -> None:
        """Return once hardly anything waits at Telegram; what is on its way takes no longer than `QUIET_S`."""
        while self._clock() < until:
            await asyncio.sleep(QUIET_S)
            count = await waiting()
            if count is not None and count <= FEW:
                return
