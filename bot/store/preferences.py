"""What users want of the bot, in the SQLite file."""

from __future__ import annotations

from collections import OrderedDict

from bot.dialogue.records import UNSET, Preferences
from bot.dialogue.wording import Language
from bot.store.database import Database

REMEMBERED = 4096
"""Users whose preferences are held in memory, since every message asks for them."""
RENEWED_S = 24 * 3600.0
"""How long the use of preferences may go unnoticed; those that nobody uses are purged."""


class SqlitePreferenceStore:
    """A `PreferenceStore` in a file that no other process writes to.

    Args:
        database: The file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: OrderedDict[str, tuple[Preferences, float]] = OrderedDict()

    async def load(self, user: str) -> Preferences:
        """See `PreferenceStore.load`."""
        if user in self._read:
            found, used_s = self._read[user]
            self._read.move_to_end(user)
        else:
            found, used_s = await self._stored(user)
        if found != UNSET and used_s < self._database.now() - RENEWED_S:
            await self.save(user, found)
        else:
            self._hold(user, found, used_s)
        return found

    async def save(self, user: str, preferences: Preferences) -> None:
        """See `PreferenceStore.save`; who wants no corrections has no list of the articles cited to them."""
        now = self._database.now()
        sql = (
            "INSERT OR REPLACE INTO preference"
            " (user, language, corrections, awaiting_s, taken, used_s) VALUES (?, ?, ?, ?, ?, ?)"
        )
        language = preferences.language or ""
        key = await self._database.key(user)
        row = (
            key,
            str(language),
            preferences.corrections,
            preferences.awaiting_s,
            preferences.taken,
            now,
        )
        self._read.pop(user, None)
        forgotten = "DELETE FROM source WHERE user = ?"
        await self._database.write(
            (sql, row), *(() if preferences.corrections else ((forgotten, (key,)),))
        )
        self._hold(user, preferences, now)

    def drop(self, user: str) -> None:
        """Read a user's preferences from the file the next time."""
        self._read.pop(user, None)

    def drop_all(self) -> None:
        """Read everybody's from the file the next time."""
        self._read.clear()

    async def _stored(self, user: str) -> tuple[Preferences, float]:
        rows = await self._database.read(
            "SELECT language, corrections, awaiting_s, taken, used_s FROM preference"
            " WHERE user = ?",
            (await self._database.key(user),),
        )
        for language, corrections, awaiting_s, taken, used_s in rows:
            known = Language(language) if language in set(Language) else None
            return Preferences(known, corrections, awaiting_s, taken), used_s
        return UNSET, self._database.now()

    def _hold(self, user: str, preferences: Preferences, used_s: float) -> None:
        self._read[user] = preferences, used_s
        self._read.move_to_end(user)
        while len(self._read) > REMEMBERED:
            self._read.popitem(last=False)
