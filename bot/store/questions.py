"""Which questions were asked, in the SQLite file."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque

from bot.dialogue.records import Asked, Follower, Gap, Tally, disliked
from bot.dialogue.reply import Status
from bot.dialogue.wording import Language
from bot.errors import StoreError
from bot.store.database import Database, Statement

logger = logging.getLogger(__name__)

WAITING = 10_000
"""Questions that wait to be written, at most; should the disk be that slow, the oldest are not kept."""

GATHERING_S = 0.2
"""How long questions are gathered before they are written together."""
MOST_JOINED = 20_000
"""Pairs of a bad vote and a question that are looked through, the latest first."""

QUESTION = (
    "INSERT OR REPLACE INTO question (user, chat, said, channel, text, status, reason, missing,"
    " articles, language, asked_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
TALK = "INSERT OR REPLACE INTO talk (user, chat, used_s) VALUES (?, ?, ?)"
SOURCE = "INSERT OR REPLACE INTO source (user, article, cited_s) VALUES (?, ?, ?)"


class SqliteQuestionLog:
    """A `QuestionLog` in a file. Questions that come while others are written are written together.

    Args:
        database: The file.
        days: How long questions are kept; 0 keeps none, only which conversation is whose.
    """

    def __init__(self, database: Database, days: int) -> None:
        self._database = database
        self._days = days
        self._waiting: deque[tuple[Asked, float]] = deque(maxlen=WAITING)
        self._writing: asyncio.Task[None] | None = None

    def record(self, asked: Asked) -> None:
        """See `QuestionLog.record`."""
        self._waiting.append((asked, self._database.now()))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def settle(self) -> None:
        """Wait until all that was recorded is written, or has failed."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait([self._writing])

    async def gaps(self, since_s: float, limit: int) -> list[Gap]:
        """See `QuestionLog.gaps`."""
        await self.settle()
        rows = await self._database.read(
            # Beside max(), SQLite takes the other columns from the row that has the maximum.
            "SELECT text, reason, missing, count(*) AS times, count(DISTINCT user), max(asked_s)"
            " FROM question WHERE asked_s >= ? AND status = ?"
            " GROUP BY reason, missing, iif(missing = '', text, '')"
            " ORDER BY times DESC, max(asked_s) DESC LIMIT ?",
            (since_s, str(Status.REFUSED), limit),
        )
        return [Gap(*row) for row in rows]

    async def disliked(self, since_s: float, limit: int) -> list[Gap]:
        """See `QuestionLog.disliked`."""
        await self.settle()
        rows = await self._database.read(
            "SELECT hex(user), reference, text, articles, asked_s FROM vote JOIN question USING (user)"
            " WHERE NOT up AND voted_s >= ? AND asked_s <= voted_s AND status = ?"
            " ORDER BY voted_s DESC, asked_s DESC LIMIT ?",
            (since_s, str(Status.ANSWERED), MOST_JOINED),
        )
        return disliked(
            [(user, ref, text, json.loads(cited), at_s) for user, ref, text, cited, at_s in rows],
            limit,
        )

    async def tally(self, since_s: float) -> Tally:
        """See `QuestionLog.tally`."""
        await self.settle()
        ((users,),) = await self._database.read(
            "SELECT count(DISTINCT user) FROM question WHERE asked_s >= ?", (since_s,)
        )
        return Tally(
            users,
            outcomes=await self._count("status", since_s),
            reasons=await self._count("reason", since_s),
            languages=await self._count("language", since_s),
            channels=await self._count("channel", since_s),
            days=await self._count("date(asked_s, 'unixepoch')", since_s),
            articles=await self._count("each.value", since_s, ", json_each(articles) AS each"),
        )

    async def followed(self) -> dict[str, int]:
        """See `QuestionLog.followed`."""
        await self.settle()
        rows = await self._database.read(
            "SELECT article, count(*) FROM source JOIN preference USING (user)"
            " WHERE corrections <> '' GROUP BY article ORDER BY article",
        )
        return dict(rows)

    async def followers(self, article_id: str) -> list[Follower]:
        """See `QuestionLog.followers`."""
        await self.settle()
        rows = await self._database.read(
            "SELECT corrections, language FROM source JOIN preference USING (user)"
            " WHERE article = ? AND corrections <> '' ORDER BY corrections",
            (article_id,),
        )
        return [Follower(to, Language(language) if language else None) for to, language in rows]

    async def _count(self, what: str, since_s: float, beside: str = "") -> dict[str, int]:
        rows = await self._database.read(
            f"SELECT {what} AS what, count(*) FROM question{beside} WHERE asked_s >= ?"
            " AND what <> '' GROUP BY what ORDER BY what",
            (since_s,),
        )
        return dict(rows)

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHERING_S)
            batch, self._waiting = self._waiting, deque(maxlen=WAITING)
            try:
                rows = [row for asked, at_s in batch for row in await self._rows(asked, at_s)]
                await self._database.write(*rows)
            except StoreError as error:
                logger.error("what was asked cannot be kept: %s", error)

    async def _rows(self, asked: Asked, at_s: float) -> list[Statement]:
        user, chat = await self._database.key(asked.user), await self._database.key(asked.chat)
        rows: list[Statement] = [(TALK, (user, chat, at_s))]
        if asked.corrections:
            rows += [(SOURCE, (user, article, at_s)) for article in asked.articles]
        if self._days:
            row = (
                user,
                chat,
                asked.said,
                asked.channel,
                asked.text.encode("utf-8", "replace").decode("utf-8"),
                str(asked.status),
                asked.reason,
                asked.missing.encode("utf-8", "replace").decode("utf-8"),
                json.dumps(asked.articles),
                str(asked.language),
                at_s,
            )
            rows.append((QUESTION, row))
        return rows
