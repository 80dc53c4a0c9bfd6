"""What is remembered of a conversation: as little as the next question needs, and no text of the user."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer.focus import Focus

REMEMBERED = 3
"""Answers that a conversation can still compare."""
LIFETIME_S = 24 * 3600.0
"""How long a conversation is remembered after its last answer: who comes back the day after begins anew."""


@dataclass(frozen=True, slots=True)
class State:
    """A conversation.

    Args:
        recent: What was answered, latest first, at most `REMEMBERED`.
        offered: Keys of the questions suggested last, in their order: a number picks one.
        alarm: The class of the alarm that was heard last: who asks for help next is answered as before; "" for none.
    """

    recent: tuple[Focus, ...] = ()
    offered: tuple[str, ...] = ()
    alarm: str = ""

    @property
    def focus(self) -> Focus | None:
        """What the conversation is about now."""
        return self.recent[0] if self.recent else None

    def then(self, *answered: Focus) -> State:
        """Return the state after an answer; in a comparison each side is one."""
        return State((*answered, *self.recent)[:REMEMBERED])


FRESH = State()
"""A conversation in which nothing was answered yet."""
