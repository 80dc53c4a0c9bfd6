"""Who gives a command, or presses a button, and where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.dialogue.panel import Panel
from bot.dialogue.wording import Language


@dataclass(frozen=True, slots=True)
class Caller:
    """Who gives a command.

    Args:
        user: Key of the user, opaque to the dialogue.
        chat: Key of the conversation.
        said: Names the utterance within it; see `Utterance.said`.
        guess: The language of the user's app, which the bot speaks until the user chooses one.
        private: Whether nobody else is there.
        chats: Keys of what else is the user's alone, to be forgotten with the rest.
        to: Where the user can be told something later, in the channel's own form; "" where they cannot.
    """

    user: str
    chat: str
    said: str = ""
    guess: Language | None = None
    private: bool = True
    chats: tuple[str, ...] = ()
    to: str = ""

    @property
    def tag(self) -> str:
        """What tells the user's own buttons from others' in a group: 8 hexadecimal digits."""
        data = self.user.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Response:
    """What comes of a command or a press.

    Args:
        panel: What is shown, or None.
        notice: What is said in passing, where a button was pressed; "" for nothing.
        question: A question that is asked on the user's behalf; "" for none.
        language: The language of the reply to it; None lets the script of the question decide.
        replaces: Whether the panel takes the place of the one whose button was pressed.
    """

    panel: Panel | None = None
    notice: str = ""
    question: str = ""
    language: Language | None = None
    replaces: bool = False
