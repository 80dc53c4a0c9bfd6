"""What has to arrive, in the SQLite file. Once done, nothing but ids and hashes stay of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery import SHARED, Owed, Received
from bot.store.database import Database, Statement

WAITS, BEGUN, DONE = 0, 1, 2
FORGET_IDS = (
    "UPDATE inbox SET message_id = NULL",
    "UPDATE outbox SET message_id = NULL, question_id = NULL, after_id = 0",
)
FINISH = "UPDATE inbox SET body = NULL WHERE update_id = ?"


class SqliteDeliveryStore:
    """A `DeliveryStore` in a file.

    Args:
        database: The file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._first = True
        self._spaces: dict[int, int] = {SHARED: SHARED}
        self._blocked: set[bytes] | None = None  # asked with every answer, and seldom many

    async def receive(self, updates: Sequence[Received]) -> bool:
        """See `DeliveryStore.receive`."""
        now, anew = self._database.now(), False
        if self._first:
            anew = await self._clash(updates)
            self._first = not any(_brings_an_id(one) for one in updates)
        forget: list[Statement] = [(sql, ()) for sql in (FORGET_IDS if anew else ())]
        sql = "INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, ?, ?)"
        rows: list[Statement] = [
            (sql, (u.update_id, u.body, await self._space(u.space), u.message_id, now))
            for u in updates
        ]
        await self._database.write(*forget, *rows)
        return anew

    async def _clash(self, updates: Sequence[Received]) -> bool:
        """Return whether an update brings an id that is known to be another message's."""
        sql = (
            "SELECT 1 FROM inbox WHERE space = ? AND message_id = ? AND update_id <> ?"
            " UNION SELECT 1 FROM outbox WHERE space = ? AND message_id = ?"
        )
        for update in updates:
            if _brings_an_id(update):
                space = await self._space(update.space)
                params = (space, update.message_id, update.update_id, space, update.message_id)
                if await self._database.read(sql, params):
                    return True
        return False

    async def recent(self, count: int) -> set[int]:
        """See `DeliveryStore.recent`."""
        sql = "SELECT update_id FROM inbox ORDER BY received_s DESC LIMIT ?"
        return {update_id for (update_id,) in await self._database.read(sql, (count,))}

    async def unfinished(self) -> list[Received]:
        """See `DeliveryStore.unfinished`."""
        sql = "SELECT update_id, body FROM inbox WHERE body IS NOT NULL ORDER BY update_id"
        return [Received(*row) for row in await self._database.read(sql)]

    async def finish(self, update_id: int) -> None:
        """See `DeliveryStore.finish`."""
        await self._database.write((FINISH, (update_id,)))

    async def owe(self, messages: Sequence[Owed]) -> None:
        """See `DeliveryStore.owe`."""
        now = self._database.now()
        sql = (
            "INSERT OR IGNORE INTO outbox (update_id, number, chat, chat_id, body, space,"
            " question_id, state, after_id, changed_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        rows: list[Statement] = [
            (
                sql,
                (
                    m.update_id,
                    m.number,
                    await self._chat(m.chat_id),
                    m.chat_id,
                    m.body,
                    await self._space(m.space),
                    m.question_id,
                    BEGUN if m.begun else WAITS,
                    m.after_id,
                    now,
                ),
            )
            for m in messages
        ]
        await self._database.write(*rows)  # a trigger finishes the update

    async def owed(self) -> list[Owed]:
        """See `DeliveryStore.owed`."""
        sql = (
            "SELECT update_id, number, chat_id, body, iif(space = 0, 0, chat_id), question_id,"
            " state, after_id FROM outbox WHERE state < 2 ORDER BY row"
        )
        rows = await self._database.read(sql)
        return [
            Owed(update_id, number, chat_id, body, space, question_id, state == BEGUN, after_id)
            for update_id, number, chat_id, body, space, question_id, state, after_id in rows
        ]

    async def begin(self, message: Owed) -> None:
        """See `DeliveryStore.begin`."""
        sql = (
            "UPDATE outbox SET state = 1, after_id = ?, changed_s = ?"
            " WHERE update_id = ? AND number = ?"
        )
        now = self._database.now()
        await self._database.write(
            (sql, (message.after_id, now, message.update_id, message.number))
        )

    async def sent(self, message: Owed, message_id: int | None) -> None:
        """See `DeliveryStore.sent`."""
        sql = (
            "UPDATE outbox SET state = 2, message_id = ?, body = NULL, chat_id = NULL,"
            " changed_s = ? WHERE update_id = ? AND number = ?"
        )
        now = self._database.now()
        await self._database.write((sql, (message_id, now, message.update_id, message.number)))

    async def migrate(self, old: int, new: int) -> None:
        """See `DeliveryStore.migrate`; the new chat is a supergroup, where ids begin anew."""
        sql = "UPDATE outbox SET chat_id = ?, chat = ?, space = ?, after_id = 0 WHERE chat_id = ?"
        keys = await self._chat(new), await self._space(new)
        await self._database.write((sql, (new, *keys, old)))

    async def answers(self, chat_id: int, question_id: int) -> list[int]:
        """See `DeliveryStore.answers`."""
        sql = (
            "SELECT message_id FROM outbox WHERE chat = ? AND question_id = ?"
            " AND message_id IS NOT NULL ORDER BY row"
        )
        rows = await self._database.read(sql, (await self._chat(chat_id), question_id))
        return list(dict.fromkeys(message_id for (message_id,) in rows))

    async def taken(self, space: int, above: int) -> set[int]:
        """See `DeliveryStore.taken`."""
        sql = (
            "SELECT message_id FROM inbox WHERE space = ? AND message_id > ?"
            " UNION SELECT message_id FROM outbox WHERE space = ? AND message_id > ?"
        )
        key = await self._space(space)
        return {number for (number,) in await self._database.read(sql, (key, above, key, above))}

    async def highest(self, space: int) -> int:
        """See `DeliveryStore.highest`."""
        sql = (
            "SELECT max(ifnull((SELECT max(message_id) FROM inbox WHERE space = ?), 0),"
            " ifnull((SELECT max(message_id) FROM outbox WHERE space = ?), 0))"
        )
        key = await self._space(space)
        ((number,),) = await self._database.read(sql, (key, key))
        return int(number)

    async def block(self, chat_id: int) -> None:
        """See `DeliveryStore.block`."""
        now, key = self._database.now(), await self._chat(chat_id)
        await self._database.write(
            ("INSERT OR IGNORE INTO blocked VALUES (?, ?)", (key, now)),
            (
                "UPDATE outbox SET state = 2, body = NULL, chat_id = NULL, changed_s = ?"
                " WHERE state < 2 AND chat_id = ?",
                (now, chat_id),
            ),
        )
        (await self._all_blocked()).add(key)

    async def unblock(self, chat_id: int) -> None:
        """See `DeliveryStore.unblock`."""
        key, known = await self._chat(chat_id), await self._all_blocked()
        if key in known:
            await self._database.write(("DELETE FROM blocked WHERE chat = ?", (key,)))
            known.discard(key)

    async def blocked(self, chat_id: int) -> bool:
        """See `DeliveryStore.blocked`."""
        return await self._chat(chat_id) in await self._all_blocked()

    async def count_blocked(self) -> int:
        """See `DeliveryStore.count_blocked`."""
        return len(await self._all_blocked())

    async def prove(self) -> None:
        """See `DeliveryStore.prove`; what is written is new, for SQLite writes no page that stays as it is."""
        await self._database.write(("REPLACE INTO secret VALUES ('proof', randomblob(8))", ()))

    async def forget(self, chat_id: int) -> None:
        """See `DeliveryStore.forget`."""
        key = await self._chat(chat_id)
        await self._database.write(("DELETE FROM outbox WHERE chat = ? AND state = 2", (key,)))

    async def purge(self, older_than_s: float) -> None:
        """See `DeliveryStore.purge`."""
        before = self._database.now() - older_than_s
        await self._database.write(
            ("DELETE FROM inbox WHERE body IS NULL AND received_s < ?", (before,)),
            ("DELETE FROM outbox WHERE state = 2 AND changed_s < ?", (before,)),
        )

    async def _all_blocked(self) -> set[bytes]:
        if self._blocked is None:
            rows = await self._database.read("SELECT chat FROM blocked")
            self._blocked = {bytes(key) for (key,) in rows}
        return self._blocked

    async def _chat(self, chat_id: int) -> bytes:
        return await self._database.key(f"telegram:{chat_id}")

    async def _space(self, space: int) -> int:
        """Return the number under which a space is kept: a group's id is nobody's to read, either."""
        if space not in self._spaces:
            key = await self._database.key(f"space:{space}")
            self._spaces[space] = int.from_bytes(key[:8], signed=True) or 1
        return self._spaces[space]


def _brings_an_id(update: Received) -> bool:
    """Whether an update's message is new, so that its id can have been no other's."""
    return update.message_id is not None and not update.edited
