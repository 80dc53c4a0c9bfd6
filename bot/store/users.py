"""Forgetting: of one user everything, of everybody what is older than it may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.dialogue.records import Forgotten
from bot.dialogue.state import LIFETIME_S
from bot.store.database import Database, Statement
from bot.store.preferences import SqlitePreferenceStore
from bot.store.questions import SqliteQuestionLog

DAY_S = 24 * 3600.0
LEAST_DAYS = 30
"""How long what users themselves want kept (their settings, what they wrote to us) is kept where questions are not."""
OWNERS = ("user", "chat")
"""Columns that say whose a row is."""
KEPT = {"outbox": " AND state = 2"}
"""Rows that stay for now: a message that is owed is somebody's answer, and is forgotten once it is sent."""


class SqliteUserData:
    """The `UserData` of a file.

    Args:
        database: The file.
        preferences: Holds some of it in memory.
        questions: Has some of it still to write.
        days: How long questions are kept.
    """

    def __init__(
        self,
        database: Database,
        preferences: SqlitePreferenceStore,
        questions: SqliteQuestionLog,
        days: int,
    ) -> None:
        self._database = database
        self._preferences = preferences
        self._questions = questions
        self._days = days

    async def forget(self, user: str, chats: Sequence[str] = ()) -> Forgotten:
        """See `UserData.forget`; every table of the file that says whose its rows are is gone through."""
        await self._questions.settle()
        key = await self._database.key(user)
        talks = await self._database.read("SELECT chat FROM talk WHERE user = ?", (key,))
        keys = [key, *(bytes(chat) for (chat,) in talks)]
        keys += [await self._database.key(chat) for chat in chats]
        tables = await self._tables()
        before = await self._count(tables, keys)
        marks = ", ".join("?" * len(keys))
        rows: list[Statement] = [
            (f"DELETE FROM {table} WHERE {column} IN ({marks}){KEPT.get(table, '')}", keys)
            for table, column in tables
        ]
        await self._database.write(*rows)
        self._preferences.drop(user)
        await self._database.scrub()
        left = await self._count(tables, keys)
        return Forgotten({t: before[t] - left[t] for t in before if before[t] > left[t]}, left)

    async def purge(self) -> None:
        """See `UserData.purge`."""
        await self._questions.settle()
        now = self._database.now()
        questions = now - self._days * DAY_S
        others = now - (self._days or LEAST_DAYS) * DAY_S
        await self._database.write(
            ("DELETE FROM question WHERE asked_s <= ?", (questions,)),
            ("DELETE FROM opinion WHERE written_s <= ?", (others,)),
            ("DELETE FROM vote WHERE voted_s <= ?", (others,)),
            ("DELETE FROM source WHERE cited_s <= ?", (others,)),
            ("DELETE FROM preference WHERE used_s <= ?", (others,)),
            ("DELETE FROM talk WHERE used_s <= ?", (now - LIFETIME_S,)),
            ("DELETE FROM conversation WHERE saved_s <= ?", (now - LIFETIME_S,)),
        )
        self._preferences.drop_all()
        await self._database.scrub()

    async def close(self) -> None:
        """See `UserData.close`."""
        await self._questions.settle()

    async def _tables(self) -> list[tuple[str, str]]:
        """Return each table that says whose its rows are, with the column that does."""
        rows = await self._database.read(
            "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' AND c.name IN (?, ?) ORDER BY m.name, c.name",
            OWNERS,
        )
        return [(table, column) for table, column in rows]

    async def _count(
        self, tables: Sequence[tuple[str, str]], keys: Sequence[bytes]
    ) -> Mapping[str, int]:
        columns: dict[str, list[str]] = {}
        for table, column in tables:
            columns.setdefault(table, []).append(column)
        marks = ", ".join("?" * len(keys))
        counts: Counter[str] = Counter()
        for table, owners in columns.items():
            where = " OR ".join(f"{column} IN ({marks})" for column in owners)
            ((number,),) = await self._database.read(
                f"SELECT count(*) FROM {table} WHERE {where}", [*keys] * len(owners)
            )
            if number:
                counts[table] = number
        return counts
