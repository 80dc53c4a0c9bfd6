"""Conversations kept in this process only; the oldest are forgotten first."""

from __future__ import annotations

from collections import OrderedDict

from bot.dialogue.state import State

CAPACITY = 10_000
"""Conversations remembered; a state is a few hundred bytes."""


class MemoryStateStore:
    """A `StateStore` that lasts as long as the process."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._states: OrderedDict[str, State] = OrderedDict()
        self._capacity = capacity

    async def load(self, chat: str) -> State:
        """See `StateStore.load`."""
        return self._states.get(chat, State())

    async def save(self, chat: str, state: State) -> None:
        """See `StateStore.save`."""
        self._states[chat] = state
        self._states.move_to_end(chat)
        while len(self._states) > self._capacity:
            self._states.popitem(last=False)

    async def forget(self, chat: str) -> None:
        """See `StateStore.forget`."""
        self._states.pop(chat, None)
