"""Chats are served side by side, the messages of one chat in order: “那奉贤呢？” needs the answer before it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

MAX_WAITING = 100_000
"""Updates taken on at once, those that wait for their turn included: hardly a limit, since one busy chat waiting out
a flood limit must not keep the others from being served."""


class ChatOrder(BaseUpdateProcessor):
    """Runs the updates of one chat one after the other, and those of different chats at once."""

    def __init__(self) -> None:
        super().__init__(MAX_WAITING)
        # A lock lives as long as an update of its chat holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the handling of an update when its chat's earlier ones are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        lock = self._locks.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()
        try:
            async with lock:
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # cancelled before its turn, it would warn that nobody awaited it

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
