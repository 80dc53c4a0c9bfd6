"""Conversations in a SQLite file: they survive a restart, and are forgotten after a day without a word."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from bot.answer.focus import Focus
from bot.dialogue.state import FRESH, LIFETIME_S, State
from bot.store.database import Database

REMOVED_EVERY_S = 60.0
"""How often conversations that have expired are looked for."""


class SqliteStateStore:
    """A `StateStore` in a file; whoever reads the file learns neither chats nor what was typed.

    Args:
        database: The file.
        lifetime_s: How long a conversation is remembered after its last answer.
    """

    def __init__(self, database: Database, lifetime_s: float = LIFETIME_S) -> None:
        self._database = database
        self._lifetime_s = lifetime_s
        self._removed_s = float("-inf")

    async def load(self, chat: str, said: str = "") -> State:
        """See `StateStore.load`."""
        rows = await self._database.read(
            "SELECT iif(said = ? AND said <> '', before, state) FROM conversation"
            " WHERE chat = ? AND saved_s > ?",
            (said, await self._database.key(chat), self._oldest()),
        )
        return next((_decoded(text) for (text,) in rows), State())

    async def save(self, chat: str, state: State, said: str = "", before: State = FRESH) -> None:
        """See `StateStore.save`; conversations that have expired are removed for good."""
        key = await self._database.key(chat)
        now = self._database.now()
        row = (key, _encoded(state), now, _encoded(before), said)
        sql = (
            "INSERT OR REPLACE INTO conversation (chat, state, saved_s, before, said)"
            " VALUES (?, ?, ?, ?, ?)"
        )
        if now < self._removed_s + REMOVED_EVERY_S:
            await self._database.write((sql, row))
            return
        self._removed_s = now
        expired = "DELETE FROM conversation WHERE saved_s <= ?"
        await self._database.write((expired, (self._oldest(),)), (sql, row))

    async def forget(self, chat: str) -> None:
        """See `StateStore.forget`."""
        key = await self._database.key(chat)
        await self._database.write(("DELETE FROM conversation WHERE chat = ?", (key,)))

    async def close(self) -> None:
        """See `StateStore.close`."""
        await self._database.close()

    def _oldest(self) -> float:
        return self._database.now() - self._lifetime_s


def _encoded(state: State) -> str:
    return json.dumps(dataclasses.asdict(state), separators=(",", ":"))


def _decoded(text: str) -> State:
    """Return a stored state; a fresh one where another version of this program wrote it in another form."""
    try:
        data: dict[str, Any] = json.loads(text)
        return State(
            tuple(Focus(**each | {"kinds": tuple(each["kinds"])}) for each in data["recent"]),
            tuple(map(str, data.get("offered", ()))),
            str(data.get("alarm", "")),
        )
    except (ValueError, TypeError, KeyError):
        return State()
