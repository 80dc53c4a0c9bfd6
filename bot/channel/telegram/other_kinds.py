"""What people send besides text: each kind gets a sentence of its own that says what to type instead."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import filters

from bot.channel.telegram import render
from bot.channel.telegram.handlers import Context, Handlers
from bot.dialogue.reply import Reply, Status
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Wording

KINDS = {
    "animation": "kind_animation",  # before the document that Telegram says it is, too
    "live_photo": "kind_photo",
    "photo": "kind_photo",
    "voice": "kind_voice",
    "audio": "kind_audio",
    "video": "kind_video",
    "video_note": "kind_video",
    "document": "kind_document",
    "sticker": "kind_sticker",
    "venue": "kind_venue",  # before the location that it holds, too
    "location": "kind_location",
    "contact": "kind_contact",
    "poll": "kind_poll",
    "dice": "kind_dice",
    "game": "kind_game",
    "story": "kind_story",
    "checklist": "kind_checklist",
    "paid_media": "only_text",
    "giveaway": "only_text",
    "invoice": "only_text",
}
"""What a message may hold and the text that answers it. Named one by one: “all but text” would also answer “Li joined the group”."""

WHERE = {"kind_location", "kind_venue"}
"""Texts under which a question about what is nearby is offered."""
CONTACT_POINTS = "联络点"
"""What people who send a place look for."""


def text_key(message: Message) -> str | None:
    """Return the name of the text that answers what a message holds; None where it holds nothing of the kind."""
    return next((text for name, text in KINDS.items() if getattr(message, name, None)), None)


class _OtherKind(filters.MessageFilter):
    """Holds something besides text."""

    def filter(self, message: Message) -> bool:
        return text_key(message) is not None


OTHER_KIND = _OtherKind(name="another kind than text")


class OtherKinds:
    """The callback for messages that hold something besides text.

    Args:
        chat: Has the dialogue and the words, and sends.
    """

    def __init__(self, chat: Handlers) -> None:
        self._chat = chat

    async def received(self, update: Update, context: Context) -> None:
        """Say what can be read; once for an album."""
        message = update.message
        assert message is not None  # what the handler is for
        if self._chat.is_told(message):
            return
        words = self._chat.words(update.effective_user)
        reply = await self._sticker(message, words) or self._reply(message, words)
        await self._chat.send(update, render.reply_messages(reply))

    async def _sticker(self, message: Message, words: Wording) -> Reply | None:
        """Return what is said to a sticker whose emoji is small talk: 👍, 🙏."""
        if message.sticker is None or not message.sticker.emoji:
            return None
        said = Utterance(message.sticker.emoji, chat="", language=words.language)
        reply = await self._chat.dialogue.ask(said)
        return reply if reply.status is Status.SMALLTALK else None

    def _reply(self, message: Message, words: Wording) -> Reply:
        key = text_key(message)
        assert key is not None  # what the handler is for
        near = (self._chat.example(words, CONTACT_POINTS),) if key in WHERE else ()
        return Reply(Status.SMALLTALK, "", words.say(key), (), near, words)
