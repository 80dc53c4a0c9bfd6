"""What the admins oversee: what the corpus holds, what was asked and how it went, who waits to be told of a withdrawn article.

No user is named in any of it, and none can be told from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.article import Article
from bot.dialogue import likeness, reference
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.figures import MOST, Figures, Holdings
from bot.dialogue.likeness import Group
from bot.dialogue.ports import Records
from bot.dialogue.records import Follower, Gap

DAY_S = 24 * 3600.0
DAYS = 30
"""How far back the admins look unless they say otherwise."""
MOST_GAPS = 300
"""Different questions that are put together, those asked most; more would take a second."""


class Withdrawn(NamedTuple):
    """An article that the corpus has no more, and to how many it was cited who want to be told."""

    article_id: str
    followers: int


class Oversight:
    """What the admins oversee.

    Args:
        catalogue: The corpus as a whole.
        records: What is kept of users.
    """

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        self._catalogue = catalogue
        self._records = records

    @property
    def keeps_questions(self) -> bool:
        """Whether anything is known of what was asked."""
        return self._records.days > 0

    @property
    def holdings(self) -> Holdings:
        """How much the corpus holds."""
        articles = self._catalogue.articles
        paragraphs = sum(len(article.paragraphs) for article in articles)
        return Holdings(len(articles), paragraphs, len(self._catalogue.asks))

    def article(self, article_id: str) -> Article | None:
        """Return an article of the corpus; None where it has none of that id."""
        return next((one for one in self._catalogue.articles if one.id == article_id), None)

    async def gaps(self, days: int) -> Sequence[Gap]:
        """Return what was refused or answered badly in the last days.

        Raises:
            StoreError: The store fails.
        """
        since_s = self._records.now() - days * DAY_S
        refused = await self._records.questions.gaps(since_s, MOST_GAPS)
        disliked = await self._records.questions.disliked(since_s, MOST_GAPS)
        return [*refused, *disliked]

    def grouped(self, gaps: Sequence[Gap]) -> Sequence[Group]:
        """Return questions that are alike together, the biggest group first. It takes up to a second."""
        return likeness.groups(gaps, self._catalogue.analyzer)

    async def figures(self, days: int) -> Figures:
        """Return how it went in the last days.

        Raises:
            StoreError: The store fails.
        """
        now_s = self._records.now()
        today = datetime.fromtimestamp(now_s, UTC).date()
        dates = [(today - timedelta(ago)).isoformat() for ago in range(days - 1, -1, -1)]
        since_s = now_s - days * DAY_S
        return Figures(
            dates,
            await self._records.questions.tally(since_s),
            await self._records.feedback.votes(since_s),
            await self._records.questions.gaps(since_s, MOST_GAPS),
            {article.id: article.name for article in self._catalogue.articles},
            self.holdings,
            await self._records.feedback.opinions(since_s, MOST),
        )

    async def withdrawn(self) -> Sequence[Withdrawn]:
        """Return the articles that the corpus has no more and that somebody wants to be told about, most followed first.

        Raises:
            StoreError: The store fails.
        """
        followed = await self._records.questions.followed()
        gone = [Withdrawn(*each) for each in followed.items() if self.article(each[0]) is None]
        return sorted(gone, key=lambda one: (-one.followers, one.article_id))

    async def named(self, words: Sequence[str], references: Sequence[str]) -> str:
        """Return the article, of the corpus or withdrawn, that a word or a reference of an answer names; "" for none.

        Raises:
            StoreError: The store fails.
        """
        followed = await self._records.questions.followed()
        known = {article.id for article in self._catalogue.articles} | followed.keys()
        keys = {reference.key(name): name for name in known}
        answers = [answer for written in references if (answer := reference.read(written))]
        cited = [keys.get(one.article, "") for answer in answers for one in answer.citations]
        return next((name for name in (*words, *cited) if name in known), "")

    async def followers(self, article_id: str) -> Sequence[Follower]:
        """Return those who were answered from an article and want to be told of its withdrawal.

        Raises:
            StoreError: The store fails.
        """
        return await self._records.questions.followers(article_id)
