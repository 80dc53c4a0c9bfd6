"""The seams to where conversations, and what users want and think, are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.dialogue.original import Original
from bot.dialogue.records import (
    Asked,
    Follower,
    Forgotten,
    Gap,
    Opinion,
    Preferences,
    Tally,
    Vote,
    Votes,
)
from bot.dialogue.state import FRESH, State
from bot.dialogue.wording import Language


class StateStore(Protocol):
    """Keeps a state for each conversation. `bot.dialogue.turn` is its only caller.

    Every method raises `StoreError` when the store fails, and nothing else.
    """

    async def load(self, chat: str, said: str = "") -> State:
        """Return the state of a conversation; a fresh one for a chat that is not known or has expired.

        Where the state was saved by the utterance that `said` names, it is the one from before that utterance.
        """

    async def save(self, chat: str, state: State, said: str = "", before: State = FRESH) -> None:
        """Remember the state of a conversation in place of what was known.

        Args:
            chat: The conversation.
            state: Its state.
            said: The utterance that led to it; "" if it may not be said again.
            before: The state from before that utterance.
        """

    async def forget(self, chat: str) -> None:
        """Remove all that is known of a conversation; an unknown one is no error."""

    async def close(self) -> None:
        """Let go of what the store holds open; it may be used again afterwards, or closed again."""


class PreferenceStore(Protocol):
    """Keeps what each user wants of the bot. The commands are its caller, and the channels for the language.

    Every method raises `StoreError` when the store fails, and nothing else; so it is for the stores below.
    """

    async def load(self, user: str) -> Preferences:
        """Return what a user wants; `UNSET` where nothing is known."""

    async def save(self, user: str, preferences: Preferences) -> None:
        """Remember it in place of what was known."""


class FeedbackStore(Protocol):
    """Keeps what users think. The commands write to it, the admins' read from it."""

    async def vote(self, user: str, reference: str, vote: Vote) -> None:
        """Remember a vote on an answer in place of the one that the user gave before."""

    async def add(self, user: str, said: str, text: str, language: Language) -> None:
        """Keep a text; one from the same utterance of the same user takes the place of the one before."""

    async def opinions(self, since_s: float, limit: int) -> list[Opinion]:
        """Return the texts written since then, the newest first."""

    async def votes(self, since_s: float, worst: int = 10) -> Votes:
        """Return what the votes since then come to."""


class QuestionLog(Protocol):
    """Keeps which questions were asked. The dialogue writes to it, the admins' commands read from it."""

    def record(self, asked: Asked) -> None:
        """Keep a question, soon: nobody waits for it, and a failure is a line in the log."""

    async def gaps(self, since_s: float, limit: int) -> list[Gap]:
        """Return what was refused since then, the most asked for first.

        Questions with the same missing part are one gap, and so are those with the same text.
        """

    async def disliked(self, since_s: float, limit: int) -> list[Gap]:
        """Return the questions whose answers were found bad since then, the most often disliked first."""

    async def tally(self, since_s: float) -> Tally:
        """Return how often what happened since then."""

    async def followed(self) -> Mapping[str, int]:
        """Return which articles were cited to those who want to be told of withdrawn ones: how many, by its id."""

    async def followers(self, article_id: str) -> list[Follower]:
        """Return those who were answered from an article and want to be told that it is withdrawn."""


class UserData(Protocol):
    """All that is kept of users, to be forgotten."""

    async def forget(self, user: str, chats: Sequence[str] = ()) -> Forgotten:
        """Remove all that is kept of a user, so that it cannot be read from the disk, either, then look again.

        Args:
            user: The user.
            chats: Keys of conversations and chats that are theirs alone, besides those that are known to be.
        """

    async def purge(self) -> None:
        """Remove what is older than it may be."""

    async def close(self) -> None:
        """Finish what is still to be written."""


class Originals(Protocol):
    """Reads what the corpus keeps of an article. The views of an answer are its caller."""

    async def load(self, article_id: str) -> Original | None:
        """Return the file as received, the edits and the article as they are now; None where there is no original."""


class Records(NamedTuple):
    """The stores of what is kept of users.

    Args:
        preferences: What they want.
        feedback: What they think.
        questions: What they asked.
        users: All of it.
        days: How many days questions are kept; 0 where they are not.
        lasting: Whether it outlives the process.
        now: The time in seconds since 1970.
    """

    preferences: PreferenceStore
    feedback: FeedbackStore
    questions: QuestionLog
    users: UserData
    days: int
    lasting: bool
    now: Callable[[], float]
