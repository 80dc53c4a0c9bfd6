"""Articles that an admin sends as a file: fetched, cleaned, shown, and added when a button says so.

Cleaning, adding and rebuilding the index run beside the event loop, one at a time.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Sequence

from telegram import CallbackQuery, Document, Message, Update, User
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.analysis.chars import visible
from bot.channel.telegram import download, offer_text, presses, render
from bot.channel.telegram.download import LIMIT_MB, TooLargeError
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Destination, Outbox
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.pending import Pending, Waiting
from bot.channel.telegram.render import OutgoingMessage
from bot.channel.telegram.renewal import Renewal, reason
from bot.dialogue.submission import Desk, Offer, Outcome
from bot.dialogue.wording import Wording

logger = logging.getLogger(__name__)


class Submissions:
    """The callbacks for files and for the buttons under what came out of them.

    Args:
        desk: Cleans.
        chat: Answers everybody.
        outbox: Sends.
        renewal: Adds, and lets the dialogue follow.
        pending: Holds what is offered.
        pause: Waits for some seconds.
    """

    def __init__(
        self,
        desk: Desk,
        chat: Handlers,
        outbox: Outbox,
        renewal: Renewal,
        pending: Pending,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._desk = desk
        self._chat = chat
        self._outbox = outbox
        self._pause = pause
        self._pending = pending
        self._renewal = renewal

    async def received(self, update: Update, context: Context) -> None:
        """Say what comes out of a file that an admin sent."""
        message = update.message
        assert message is not None
        assert message.document is not None
        assert message.from_user is not None  # what the handler is for
        told = await self._looked_at(message, message.document, message.from_user)
        await self._chat.send(update, told)

    async def command(self, update: Update, context: Context) -> None:
        """Take the file that /addarticle replies to; else say how a file gets here."""
        message = update.message
        assert message is not None
        assert message.from_user is not None  # what the handler is for
        replied = message.reply_to_message
        if replied is not None and replied.document is not None and not replied.animation:
            told = await self._looked_at(message, replied.document, message.from_user)
        else:
            words = self._chat.words(message.from_user)
            told = render.text_messages(words.say("addarticle_how", size=LIMIT_MB))
        await self._chat.send(update, told)

    async def _looked_at(
        self, message: Message, document: Document, user: User
    ) -> list[OutgoingMessage]:
        words = self._chat.words(user)
        name = visible(document.file_name or "")
        refusal = functools.partial(offer_text.refusal_messages, name, words)
        try:
            content = await download.fetch(document, self._pause)
        except TooLargeError:
            return refusal(words.say("file_too_large", size=LIMIT_MB))
        except TelegramError as error:
            logger.warning("a file is not fetched: %s", type(error).__name__)
            return refusal(words.say("file_not_fetched"))
        await _show_typing(message)
        try:
            offer = await self._renewal.read(lambda: self._desk.clean(name, content))
        except Exception as error:  # whatever the file broke: its sender is told
            return refusal(words.say("file_not_cleaned", reason=reason(error, words)))
        key = None
        if any(one.outcome is Outcome.ACCEPTED or one.reviewable for one in offer.articles):
            key = self._pending.keep(offer, user.id, len(content))
        return offer_text.offer_messages(name, offer.articles, words, key)

    async def pressed(self, update: Update, context: Context) -> None:
        """Add what was offered, or leave it; what cannot be decided any more is told in a notice."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        words = self._chat.words(press.from_user)
        choice, _, key = (press.data or "").partition(":")
        waiting = self._pending.find(key)
        notice = _notice(waiting, press.from_user.id)
        under = press.message
        if waiting is None or waiting.offer is None or notice or not isinstance(under, Message):
            await presses.acknowledge(press, words.say(notice or "file_expired"))
            return
        await presses.acknowledge(press)
        if choice == offer_text.LEAVE:
            waiting.end(added=False)
            await presses.take_buttons_away(press)
            await self._say(update, words.say("file_left"))
        elif await self._add(update, press, waiting, waiting.offer, words):
            await self._renew(update, words)

    async def _add(
        self, update: Update, press: CallbackQuery, waiting: Waiting, offer: Offer, words: Wording
    ) -> bool:
        """Add what was offered and tell; return whether the corpus has something new."""
        try:
            added = await self._renewal.write(offer.add)
        except Exception as error:  # nothing is added, and the button stays
            await self._say(update, words.say("file_add_failed", reason=reason(error, words)))
            return False
        done = any(not one.reason for one in added)
        if done:
            waiting.end(added=True)
            self._renewal.changed()
            await presses.take_buttons_away(press)
        await self._send(update, offer_text.added_messages(added, words))
        return done

    async def _renew(self, update: Update, words: Wording) -> None:
        """Answer from the corpus as it is now, and tell."""
        try:
            await self._renewal.follow()
        except Exception as error:  # the dialogue of before goes on answering
            await self._say(update, words.say("file_index_failed", reason=reason(error, words)))
            return
        await self._say(update, words.say("file_indexed"))

    async def _say(self, update: Update, text: str) -> None:
        await self._send(update, render.text_messages(text))

    async def _send(self, update: Update, messages: Sequence[OutgoingMessage]) -> None:
        """Send as a reply to the message with the button, for there may be several."""
        under = update.effective_message
        assert under is not None  # a press comes from below a message
        to = Destination.of(under)._replace(reply_to=under.message_id)
        await self._outbox.send(update, to, messages)


def _notice(waiting: Waiting | None, user_id: int) -> str | None:
    """Return which text tells why a press cannot be obeyed; None where it can."""
    if waiting is None:
        return "file_expired"
    if waiting.user_id != user_id:
        return "file_not_yours"
    if waiting.decided:
        return "file_was_added" if waiting.added else "file_was_left"
    return None


async def _show_typing(message: Message) -> None:
    try:
        await message.chat.send_action(ChatAction.TYPING)
    except TelegramError as error:
        logger.info("no action is shown: %s", error.message)
