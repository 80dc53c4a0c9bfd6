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
from typing import NamedTuple

Pause = Callable[[float], Awaitable[None]]


class Limit(NamedTuple):
    """At most so many messages in any `seconds`."""

    messages: int
    seconds: float


# A little below Telegram's own: it counts when a message arrives, and the way there takes longer for some than others.
CHAT, GROUP, ALL = Limit(3, 3.1), Limit(19, 61.0), Limit(27, 1.0)
SPACING_S = 1.0
"""Between messages to a chat, but for the second of a burst."""
MOST_CHATS = 10_000
"""Chats whose last messages are remembered; the ones written to longest ago are forgotten, far behind any limit."""
REFUSED_IN_A_ROW = 5
"""So many refusals for writing too fast, none of them followed by a success, are meant for the bot as a whole."""


class Pacing:
    """Tells when the next message may go.

    Args:
        clock: The time in seconds, from any start.
        pause: Waits for some seconds.
    """

    def __init__(self, clock: Callable[[], float], pause: Pause = asyncio.sleep) -> None:
        self._clock = clock
        self._pause = pause
        self._sent: OrderedDict[int, deque[float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=ALL.messages)
        self._not_before = 0.0
        self._refused = 0

    def takes(self, chat_id: int) -> bool:
        """Take the next place if one is free at once; return whether it was."""
        now = self._clock()
        if max(self._chat_from(chat_id), self._all_from()) > now:
            return False
        self._note(chat_id, now)
        return True

    async def turn(self, chat_id: int) -> None:
        """Wait until a message may go to a chat; the messages of one chat have to ask one after the other."""
        while (wait := self._chat_from(chat_id) - self._clock()) > 0:
            await self._pause(wait)
        now = self._clock()
        # The place is taken before it is waited for: of a thousand that wait, each wakes up once.
        at = max(now, self._all_from())
        self._note(chat_id, at)
        if at > now:
            await self._pause(at - now)

    def refused(self, seconds: float) -> None:
        """Note that Telegram refused a message for some seconds."""
        self._refused += 1
        if self._refused >= REFUSED_IN_A_ROW:
            self._not_before = max(self._not_before, self._clock() + seconds)

    def accepted(self) -> None:
        """Note that Telegram took a message."""
        self._refused = 0

    def _note(self, chat_id: int, at: float) -> None:
        self._all.append(at)
        limit = CHAT if chat_id > 0 else GROUP
        times = self._sent.setdefault(chat_id, deque(maxlen=limit.messages))
        times.append(at)
        self._sent.move_to_end(chat_id)
        if len(self._sent) > MOST_CHATS:
            self._sent.popitem(last=False)

    def _chat_from(self, chat_id: int) -> float:
        limit = CHAT if chat_id > 0 else GROUP
        times = self._sent.get(chat_id)
        if not times:
            return 0.0
        full = times[0] + limit.seconds if len(times) == limit.messages else 0.0
        burst = len(times) > 1 and times[-1] - times[-2] < SPACING_S
        return max(full, times[-1] + SPACING_S if burst else 0.0)

    def _all_from(self) -> float:
        full = self._all[0] + ALL.seconds if len(self._all) == ALL.messages else 0.0
        return max(full, self._all[-1] if self._all else 0.0, self._not_before)
