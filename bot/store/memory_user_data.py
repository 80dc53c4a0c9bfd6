"""Forgetting what is kept of users in this process only."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.ports import StateStore
from bot.dialogue.records import Forgotten
from bot.dialogue.state import FRESH, LIFETIME_S
from bot.store.memory_users import MemoryFeedbackStore, MemoryPreferenceStore, MemoryQuestionLog

DAY_S = 24 * 3600.0
LEAST_DAYS = 30


class MemoryUserData:
    """The `UserData` of the stores above.

    Args:
        preferences: What users want.
        feedback: What they think.
        questions: What they asked.
        states: Their conversations.
        days: How long questions are kept.
    """

    def __init__(
        self,
        preferences: MemoryPreferenceStore,
        feedback: MemoryFeedbackStore,
        questions: MemoryQuestionLog,
        states: StateStore,
        days: int,
    ) -> None:
        self._preferences = preferences
        self._feedback = feedback
        self._questions = questions
        self._states = states
        self._days = days

    async def forget(self, user: str, chats: Sequence[str] = ()) -> Forgotten:
        """See `UserData.forget`."""
        chats = [*chats, *(chat for one, chat in self._questions.talks if one == user)]
        before = await self._count(user, chats)
        self._preferences.kept.pop(user, None)
        for chat in chats:
            await self._states.forget(chat)
        for key, (asked, _) in list(self._questions.asked.items()):
            if asked.user == user:
                del self._questions.asked[key]
        for table in (
            self._feedback.given,
            self._feedback.written,
            self._questions.talks,
            self._questions.sources,
        ):
            for pair in [pair for pair in table if pair[0] == user]:
                del table[pair]
        return Forgotten(before, await self._count(user, chats))

    async def purge(self) -> None:
        """See `UserData.purge`."""
        now = self._questions.now()
        others = now - (self._days or LEAST_DAYS) * DAY_S
        questions = now - self._days * DAY_S
        for key in [key for key, (_, at_s) in self._questions.asked.items() if at_s <= questions]:
            del self._questions.asked[key]
        for user in [u for u, (_, at_s) in self._preferences.kept.items() if at_s <= others]:
            del self._preferences.kept[user]
        for pair in [p for p, (_, at_s) in self._feedback.given.items() if at_s <= others]:
            del self._feedback.given[pair]
        for pair in [p for p, one in self._feedback.written.items() if one.written_s <= others]:
            del self._feedback.written[pair]
        for pair in [p for p, at_s in self._questions.sources.items() if at_s <= others]:
            del self._questions.sources[pair]
        for pair in [p for p, at_s in self._questions.talks.items() if at_s <= now - LIFETIME_S]:
            del self._questions.talks[pair]

    async def close(self) -> None:
        """See `UserData.close`."""

    async def _count(self, user: str, chats: Sequence[str]) -> dict[str, int]:
        states = [await self._states.load(chat) for chat in set(chats)]
        counts = {
            "conversation": sum(state != FRESH for state in states),
            "opinion": sum(one == user for one, _ in self._feedback.written),
            "preference": int(user in self._preferences.kept),
            "question": sum(asked.user == user for asked, _ in self._questions.asked.values()),
            "source": sum(one == user for one, _ in self._questions.sources),
            "talk": sum(one == user for one, _ in self._questions.talks),
            "vote": sum(one == user for one, _ in self._feedback.given),
        }
        return {kind: number for kind, number in counts.items() if number}
