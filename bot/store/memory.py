"""What is kept in this process only: conversations, the oldest forgotten first, and what has to arrive."""

from __future__ import annotations

import dataclasses
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.delivery import Owed, Received
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


class MemoryDeliveryStore:
    """A `DeliveryStore` that lasts as long as the process: for trying the bot out, and for tests.

    Args:
        now: The time in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._inbox: dict[int, tuple[Received, bool, float]] = {}
        self._outbox: dict[tuple[int, int], tuple[Owed, bool, int | None, float]] = {}
        self._blocked: set[int] = set()

    async def receive(self, updates: Sequence[Received]) -> bool:
        """See `DeliveryStore.receive`."""
        for update in updates:
            self._inbox.setdefault(update.update_id, (update, False, self._now()))
        return False  # no process was before this one

    async def recent(self, count: int) -> set[int]:
        """See `DeliveryStore.recent`."""
        return set(list(self._inbox)[-count:])

    async def unfinished(self) -> list[Received]:
        """See `DeliveryStore.unfinished`."""
        open_ones = [
            Received(update.update_id, update.body)
            for update, done, _ in self._inbox.values()
            if not done
        ]
        return sorted(open_ones, key=lambda update: update.update_id)

    async def finish(self, update_id: int) -> None:
        """See `DeliveryStore.finish`."""
        if update_id in self._inbox:
            update, _, received_s = self._inbox[update_id]
            self._inbox[update_id] = dataclasses.replace(update, body=""), True, received_s

    async def owe(self, messages: Sequence[Owed]) -> None:
        """See `DeliveryStore.owe`."""
        for message in messages:
            kept = (message, False, None, self._now())
            self._outbox.setdefault((message.update_id, message.number), kept)
            await self.finish(message.update_id)

    async def owed(self) -> list[Owed]:
        """See `DeliveryStore.owed`."""
        return [message for message, done, _, _ in self._outbox.values() if not done]

    async def begin(self, message: Owed) -> None:
        """See `DeliveryStore.begin`."""
        begun = dataclasses.replace(message, begun=True)
        self._outbox[message.update_id, message.number] = begun, False, None, self._now()

    async def sent(self, message: Owed, message_id: int | None) -> None:
        """See `DeliveryStore.sent`."""
        done = (dataclasses.replace(message, body=""), True, message_id, self._now())
        self._outbox[message.update_id, message.number] = done

    async def migrate(self, old: int, new: int) -> None:
        """See `DeliveryStore.migrate`."""
        for key, (message, *rest) in self._outbox.items():
            if message.chat_id == old:
                moved = dataclasses.replace(message, chat_id=new, space=new, after_id=0)
                self._outbox[key] = (moved, *rest)  # type: ignore[assignment]

    async def answers(self, chat_id: int, question_id: int) -> list[int]:
        """See `DeliveryStore.answers`."""
        ids = [
            message_id
            for message, _, message_id, _ in self._outbox.values()
            if (message.chat_id, message.question_id) == (chat_id, question_id)
        ]
        return list(dict.fromkeys(number for number in ids if number is not None))

    async def taken(self, space: int, above: int) -> set[int]:
        """See `DeliveryStore.taken`."""
        ours = [(m.space, number) for m, _, number, _ in self._outbox.values()]
        theirs = [(u.space, u.message_id) for u, _, _ in self._inbox.values()]
        known = {number for where, number in ours + theirs if where == space and number is not None}
        return {number for number in known if number > above}

    async def highest(self, space: int) -> int:
        """See `DeliveryStore.highest`."""
        return max(await self.taken(space, 0), default=0)

    async def block(self, chat_id: int) -> None:
        """See `DeliveryStore.block`."""
        self._blocked.add(chat_id)
        for message in [m for m in await self.owed() if m.chat_id == chat_id]:
            await self.sent(message, None)

    async def unblock(self, chat_id: int) -> None:
        """See `DeliveryStore.unblock`."""
        self._blocked.discard(chat_id)

    async def blocked(self, chat_id: int) -> bool:
        """See `DeliveryStore.blocked`."""
        return chat_id in self._blocked

    async def count_blocked(self) -> int:
        """See `DeliveryStore.count_blocked`."""
        return len(self._blocked)

    async def prove(self) -> None:
        """See `DeliveryStore.prove`."""

    async def forget(self, chat_id: int) -> None:
        """See `DeliveryStore.forget`."""
        for key, (message, done, *_) in list(self._outbox.items()):
            if done and message.chat_id == chat_id:
                del self._outbox[key]

    async def purge(self, older_than_s: float) -> None:
        """See `DeliveryStore.purge`."""
        before = self._now() - older_than_s
        for update_id, (_, done, received_s) in list(self._inbox.items()):
            if done and received_s < before:
                del self._inbox[update_id]
        for key, (_, done, _, changed_s) in list(self._outbox.items()):
            if done and changed_s < before:
                del self._outbox[key]
