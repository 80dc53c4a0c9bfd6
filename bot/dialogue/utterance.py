"""What a channel hands to the dialogue."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.wording import Language


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a user.

    Args:
        text: What was typed, untouched.
        chat: Key of the conversation it belongs to, opaque to the dialogue.
        language: The language the bot speaks to this user; None lets the script of the text decide.
        said: Names this utterance within its conversation. The latest one said again, because it was edited or the
            process was killed over it, is answered from where the conversation stood before it. "" names nothing.
        user: Key of whoever says it, opaque to the dialogue; "" where nothing is to be kept of them.
        channel: Where it is said: "telegram", "console".
        alone: Whether it stands alone, as a question on a button does: it is answered whatever was said before.
        about: The reference of an answer that it replies to: that is what it leans on; "" for none.
        after: A question that it replies to, to the same effect; "" for none.
    """

    text: str
    chat: str
    language: Language | None = None
    said: str = ""
    user: str = ""
    channel: str = ""
    alone: bool = False
    about: str = ""
    after: str = ""
