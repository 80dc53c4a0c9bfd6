"""Votes and opinions in the SQLite file."""

from __future__ import annotations

from bot.dialogue.records import Opinion, Vote, Votes
from bot.dialogue.wording import Language
from bot.store.database import Database


class SqliteFeedbackStore:
    """A `FeedbackStore` in a file.

    Args:
        database: The file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def vote(self, user: str, reference: str, vote: Vote) -> None:
        """See `FeedbackStore.vote`."""
        sql = (
            "INSERT OR REPLACE INTO vote (user, reference, up, reason, voted_s)"
            " VALUES (?, ?, ?, ?, ?)"
        )
        key, now = await self._database.key(user), self._database.now()
        await self._database.write((sql, (key, reference, int(vote.up), vote.reason, now)))

    async def add(self, user: str, said: str, text: str, language: Language) -> None:
        """See `FeedbackStore.add`."""
        sql = (
            "INSERT OR REPLACE INTO opinion (user, said, text, language, written_s)"
            " VALUES (?, ?, ?, ?, ?)"
        )
        key, now = await self._database.key(user), self._database.now()
        row = (key, said, _storable(text), str(language), now)
        await self._database.write((sql, row))

    async def opinions(self, since_s: float, limit: int) -> list[Opinion]:
        """See `FeedbackStore.opinions`."""
        rows = await self._database.read(
            "SELECT text, language, written_s FROM opinion WHERE written_s >= ?"
            " ORDER BY written_s DESC, rowid DESC LIMIT ?",
            (since_s, limit),
        )
        return [Opinion(text, Language(language), written_s) for text, language, written_s in rows]

    async def votes(self, since_s: float, worst: int = 10) -> Votes:
        """See `FeedbackStore.votes`."""
        counted = await self._database.read(
            "SELECT up, reason, count(*) FROM vote WHERE voted_s >= ? GROUP BY up, reason"
            " ORDER BY count(*) DESC, reason",
            (since_s,),
        )
        worst_ones = await self._database.read(
            "SELECT reference, count(*) FROM vote WHERE voted_s >= ? AND NOT up"
            " GROUP BY reference ORDER BY count(*) DESC, reference LIMIT ?",
            (since_s, worst),
        )
        return Votes(
            up=sum(times for up, _, times in counted if up),
            down=sum(times for up, _, times in counted if not up),
            reasons={reason: times for up, reason, times in counted if reason and not up},
            worst=tuple((reference, times) for reference, times in worst_ones),
        )


def _storable(text: str) -> str:
    """Return a text without lone surrogates, which have no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
