"""How fast the bot writes: short bursts to one chat, and always slower than Telegram's limits.

    one private chat     three messages in three seconds: a person reads two at once
    one group            twenty in a minute
    all chats together   thirty in a second
Source: https://core.telegram.org/bots/faq, "How can I avoid hitting limits".
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

Pause = Callable[[float], Awaitable[None]]


class Limit(NamedTuple):
    """At most so many messages in any `seconds`."""

    messages: int
    seconds: float


CHAT, GROUP, ALL = Limit(3, 3.1), Limit(19, 61.0), Limit(28, 1.0)
"""A little below Telegram's own."""
SPACING_S = 1.0
"""Between messages to a chat, but for the second of a burst."""
MOST_CHATS = 10_000
"""Chats whose last messages are remembered; the ones written to longest ago are forgotten, far behind any limit."""
REFUSED_IN_A_ROW = 5
"""So many refusals for writing too fast, none of them followed by a success, are meant for the bot as a whole."""


@dataclass(slots=True)
class Place:
    """A message's place among those that go.

    Args:
        at: When it was taken, or when Telegram answered, whichever is known. Telegram counts a message when it arrives,
            which is somewhere between; so the later of both is the one to count from.
    """

    at: float


class Pacing:
    """Tells when the next message may go.

    Args:
        clock: The time in seconds, from any start.
        pause: Waits for some seconds.
    """

    def __init__(self, clock: Callable[[], float], pause: Pause = asyncio.sleep) -> None:
        self._clock = clock
        self._pause = pause
        self._sent: OrderedDict[int, deque[Place]] = OrderedDict()
        self._all: deque[Place] = deque(maxlen=ALL.messages)
        self._next = asyncio.Lock()
        self._not_before = 0.0
        self._refused = 0

    def takes(self, chat_id: int) -> Place | None:
        """Take the next place if one is free at once; None where it has to be waited for."""
        if self._next.locked() or self._wait(chat_id) > 0:
            return None
        return self._note(chat_id)

    async def turn(self, chat_id: int) -> Place:
        """Wait until a message may go to a chat; the messages of one chat have to ask one after the other."""
        while (wait := self._chat_from(chat_id) - self._clock()) > 0:
            await self._pause(wait)
        async with self._next:  # of a thousand that wait, one looks at the clock
            while (wait := self._wait(chat_id)) > 0:
                await self._pause(wait)
            return self._note(chat_id)

    def refused(self, seconds: float) -> None:
        """Note that Telegram refused a message for some seconds."""
        self._refused += 1
        if self._refused >= REFUSED_IN_A_ROW:
            self._not_before = max(self._not_before, self._clock() + seconds)

    def accepted(self, place: Place | None) -> None:
        """Note that Telegram took a message."""
        self._refused = 0
        if place is not None:
            place.at = self._clock()

    def _note(self, chat_id: int) -> Place:
        place = Place(self._clock())
        self._all.append(place)
        limit = CHAT if chat_id > 0 else GROUP
        self._sent.setdefault(chat_id, deque(maxlen=limit.messages)).append(place)
        self._sent.move_to_end(chat_id)
        if len(self._sent) > MOST_CHATS:
            self._sent.popitem(last=False)
        return place

    def _wait(self, chat_id: int) -> float:
        return max(self._chat_from(chat_id), self._all_from()) - self._clock()

    def _chat_from(self, chat_id: int) -> float:
        limit = CHAT if chat_id > 0 else GROUP
        places = self._sent.get(chat_id)
        if not places:
            return 0.0
        full = places[0].at + limit.seconds if len(places) == limit.messages else 0.0
        burst = len(places) > 1 and places[-1].at - places[-2].at < SPACING_S
        return max(full, places[-1].at + SPACING_S if burst else 0.0)

    def _all_from(self) -> float:
        full = self._all[0].at + ALL.seconds if len(self._all) == ALL.messages else 0.0
        return max(full, self._not_before)
