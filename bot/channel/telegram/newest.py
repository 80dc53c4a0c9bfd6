"""Newest wins: who types on is not interested in what was typed before."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator


class Newest:
    """Lets one thing be done at a time, and tells those that waited whether something newer of the same user waits."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._numbers = itertools.count()
        self._newest: dict[int, int] = {}

    @contextlib.asynccontextmanager
    async def turn(self, user_id: int) -> AsyncIterator[bool]:
        """Wait for one's turn; what is entered is whether nothing newer of the user came meanwhile."""
        mine = self._newest[user_id] = next(self._numbers)
        try:
            async with self._lock:
                await asyncio.sleep(0)  # those that came at once get to say so
                yield self._newest.get(user_id) == mine
        finally:
            if self._newest.get(user_id) == mine:
                del self._newest[user_id]
