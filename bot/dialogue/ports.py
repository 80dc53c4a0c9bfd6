"""The seam to where conversations are kept."""

from __future__ import annotations

from typing import Protocol

from bot.dialogue.state import FRESH, State


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
