"""What is kept of users in this process only: for trying the bot out, and for tests."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bot.dialogue.records import (
    UNSET,
    Asked,
    Follower,
    Gap,
    Opinion,
    Preferences,
    Tally,
    Vote,
    Votes,
    disliked,
)
from bot.dialogue.reply import Status
from bot.dialogue.wording import Language

CAPACITY = 10_000
"""Questions remembered; the oldest are forgotten first."""


class MemoryPreferenceStore:
    """A `PreferenceStore` that lasts as long as the process."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.kept: dict[str, tuple[Preferences, float]] = {}
        self.sources: dict[tuple[str, str], float] = {}

    async def load(self, user: str) -> Preferences:
        """See `PreferenceStore.load`."""
        found, _ = self.kept.get(user, (UNSET, 0.0))
        if user in self.kept:
            self.kept[user] = found, self.now()
        return found

    async def save(self, user: str, preferences: Preferences) -> None:
        """See `PreferenceStore.save`; who wants no corrections has no list of the articles cited to them."""
        self.kept[user] = preferences, self.now()
        if not preferences.corrections:
            for pair in [pair for pair in self.sources if pair[0] == user]:
                del self.sources[pair]


class MemoryFeedbackStore:
    """A `FeedbackStore` that lasts as long as the process."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.given: dict[tuple[str, str], tuple[Vote, float]] = {}
        self.written: dict[tuple[str, str], Opinion] = {}

    async def vote(self, user: str, reference: str, vote: Vote) -> None:
        """See `FeedbackStore.vote`."""
        self.given[user, reference] = vote, self.now()

    async def add(self, user: str, said: str, text: str, language: Language) -> None:
        """See `FeedbackStore.add`."""
        self.written.pop((user, said), None)
        self.written[user, said] = Opinion(
            text.encode("utf-8", "replace").decode(), language, self.now()
        )

    async def opinions(self, since_s: float, limit: int) -> list[Opinion]:
        """See `FeedbackStore.opinions`."""
        newest = [one for one in reversed(self.written.values()) if one.written_s >= since_s]
        return sorted(newest, key=lambda one: -one.written_s)[:limit]

    async def votes(self, since_s: float, worst: int = 10) -> Votes:
        """See `FeedbackStore.votes`."""
        given = [(r, vote) for (_, r), (vote, at_s) in self.given.items() if at_s >= since_s]
        down = [(reference, vote) for reference, vote in given if not vote.up]
        return Votes(
            len(given) - len(down),
            len(down),
            _counted(vote.reason for _, vote in down if vote.reason),
            tuple(_most(reference for reference, _ in down))[:worst],
        )


class MemoryQuestionLog:
    """A `QuestionLog` that lasts as long as the process."""

    def __init__(
        self,
        preferences: MemoryPreferenceStore,
        feedback: MemoryFeedbackStore,
        days: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.now = now
        self.asked: OrderedDict[object, tuple[Asked, float]] = OrderedDict()
        self.talks: dict[tuple[str, str], float] = {}
        self.sources = preferences.sources
        self._preferences = preferences
        self._feedback = feedback
        self._days = days

    def record(self, asked: Asked) -> None:
        """See `QuestionLog.record`."""
        now = self.now()
        self.talks[asked.user, asked.chat] = now
        if asked.corrections:
            self.sources |= {(asked.user, article): now for article in asked.articles}
        if self._days:
            key: object = (asked.chat, asked.said) if asked.said else object()
            self.asked.pop(key, None)
            self.asked[key] = asked, now
        while len(self.asked) > CAPACITY:
            self.asked.popitem(last=False)

    async def gaps(self, since_s: float, limit: int) -> list[Gap]:
        """See `QuestionLog.gaps`."""
        groups: dict[tuple[str, str, str], list[tuple[Asked, float]]] = {}
        for asked, at_s in self._since(since_s):
            if asked.status is Status.REFUSED:
                key = (asked.reason, asked.missing, "" if asked.missing else asked.text)
                groups.setdefault(key, []).append((asked, at_s))
        gaps = []
        for (reason, missing, _), group in groups.items():
            last, at_s = max(group, key=lambda each: each[1])
            users = {asked.user for asked, _ in group}
            gaps.append(Gap(last.text, reason, missing, len(group), len(users), at_s))
        return sorted(gaps, key=lambda gap: (-gap.times, -gap.last_s))[:limit]

    async def disliked(self, since_s: float, limit: int) -> list[Gap]:
        """See `QuestionLog.disliked`."""
        bad = [
            (user, reference, at_s)
            for (user, reference), (vote, at_s) in self._feedback.given.items()
            if not vote.up and at_s >= since_s
        ]
        rows = [
            (user, reference, asked.text, asked.articles, asked_s)
            for user, reference, at_s in bad
            for asked, asked_s in reversed(self.asked.values())
            if asked.user == user and asked_s <= at_s and asked.status is Status.ANSWERED
        ]
        return disliked(rows, limit)

    async def tally(self, since_s: float) -> Tally:
        """See `QuestionLog.tally`."""
        kept = self._since(since_s)
        return Tally(
            len({asked.user for asked, _ in kept}),
            _counted(asked.status for asked, _ in kept),
            _counted(asked.reason for asked, _ in kept if asked.reason),
            _counted(asked.language for asked, _ in kept),
            _counted(asked.channel for asked, _ in kept),
            _counted(datetime.fromtimestamp(at_s, UTC).date().isoformat() for _, at_s in kept),
            _counted(article for asked, _ in kept for article in asked.articles),
        )

    async def followed(self) -> dict[str, int]:
        """See `QuestionLog.followed`."""
        wanted = {user for user, (each, _) in self._preferences.kept.items() if each.corrections}
        return _counted(article for user, article in self.sources if user in wanted)

    async def followers(self, article_id: str) -> list[Follower]:
        """See `QuestionLog.followers`."""
        users = [user for user, article in self.sources if article == article_id]
        wanted = [self._preferences.kept.get(user, (UNSET, 0.0))[0] for user in users]
        found = [Follower(each.corrections, each.language) for each in wanted if each.corrections]
        return sorted(found, key=lambda follower: follower.to)

    def _since(self, since_s: float) -> list[tuple[Asked, float]]:
        return [(asked, at_s) for asked, at_s in self.asked.values() if at_s >= since_s]


def _counted(things: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(map(str, things)).items()))


def _most(things: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(things).items(), key=lambda each: (-each[1], each[0]))
