"""Conversations kept in this process only; the oldest are forgotten first."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.dialogue.state import LIFETIME_S, State

CAPACITY = 10_000
"""Conversations remembered; a state is a few hundred bytes."""


class MemoryStateStore:
    """A `StateStore` that lasts as long as the process.

    Args:
        capacity: How many conversations are remembered at most.
        now: The time in seconds.
        lifetime_s: How long one is remembered after its last answer.
    """

    def __init__(
        self,
        capacity: int = CAPACITY,
        now: Callable[[], float] = time.time,
        lifetime_s: float = LIFETIME_S,
    ) -> None:
        self._states: OrderedDict[str, tuple[State, float]] = OrderedDict()
        self._capacity = capacity
        self._now = now
        self._lifetime_s = lifetime_s

    async def load(self, chat: str) -> State:
        """See `StateStore.load`."""
        state, saved_s = self._states.get(chat, (State(), 0.0))
        return state if saved_s > self._now() - self._lifetime_s else State()

    async def save(self, chat: str, state: State) -> None:
        """See `StateStore.save`."""
        self._states[chat] = state, self._now()
        self._states.move_to_end(chat)
        while len(self._states) > self._capacity:
            self._states.popitem(last=False)

    async def forget(self, chat: str) -> None:
        """See `StateStore.forget`."""
        self._states.pop(chat, None)

    async def close(self) -> None:
        """See `StateStore.close`."""
