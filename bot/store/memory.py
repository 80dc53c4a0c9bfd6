"""Conversations kept in this process only; the oldest are forgotten first."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from bot.dialogue.state import FRESH, LIFETIME_S, State

CAPACITY = 10_000
"""Conversations remembered; a state is a few hundred bytes."""


class _Kept(NamedTuple):
    state: State = FRESH
    before: State = FRESH
    said: str = ""
    saved_s: float = 0.0


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
        self._states: OrderedDict[str, _Kept] = OrderedDict()
        self._capacity = capacity
        self._now = now
        self._lifetime_s = lifetime_s

    async def load(self, chat: str, said: str = "") -> State:
        """See `StateStore.load`."""
        kept = self._kept(chat)
        return kept.before if said and said == kept.said else kept.state

    async def save(self, chat: str, state: State, said: str = "", before: State = FRESH) -> None:
        """See `StateStore.save`."""
        self._states[chat] = _Kept(state, before, said, self._now())
        self._states.move_to_end(chat)
        while len(self._states) > self._capacity:
            self._states.popitem(last=False)

    async def forget(self, chat: str) -> None:
        """See `StateStore.forget`."""
        self._states.pop(chat, None)

    async def close(self) -> None:
        """See `StateStore.close`."""

    def _kept(self, chat: str) -> _Kept:
        kept = self._states.get(chat)
        fresh = kept is not None and kept.saved_s > self._now() - self._lifetime_s
        return kept if kept and fresh else _Kept()
