"""Articles that an admin sends as a file: fetched, cleaned, shown, and added when a button says so.

Cleaning, adding and rebuilding the index run beside the event loop, one at a time.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections.abc import Callable, Sequence

from telegram import CallbackQuery, Document, Message, Update, User
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.analysis.chars import visible
from bot.channel.telegram import beside, download, offer_text, render
from bot.channel.telegram.download import LIMIT_MB, TooLargeError
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Destination, Outbox
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.pending import Pending, Waiting
from bot.channel.telegram.render import OutgoingMessage
from bot.dialogue.submission import Desk, Offer, Outcome
from bot.dialogue.wording import Wording
from bot.errors import BotError

logger = logging.getLogger(__name__)


class Submissions:
    """The callbacks for files and for the buttons under what came out of them.

    Args:
        desk: Cleans and adds.
        chat: Answers everybody, from the new articles too once the index is rebuilt.
        outbox: Sends.
        pause: Waits for some seconds.
        clock: Gives the time in seconds, for the expiry of buttons.
    """

    def __init__(
        self,
        desk: Desk,
        chat: Handlers,
        outbox: Outbox,
        pause: Pause = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._chat = chat
        self._outbox = outbox
        self._pause = pause
        self._clock = clock
        self._pending = Pending()
        self._one_at_a_time = asyncio.Lock()
        self._adds = self._indexed = 0

    async def received(self, update: Update, context: Context) -> None:
        """Say what comes out of a file that an admin sent."""
        message = update.message
        assert message is not None
        assert message.document is not None
        assert message.from_user is not None  # what the handler is for
        told = await self._looked_at(message, message.document, message.from_user)
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
            async with self._one_at_a_time:
                offer = await beside.run(lambda: self._desk.clean(name, content))
        except Exception as error:  # whatever the file broke: its sender is told
            return refusal(words.say("file_not_cleaned", reason=_reason(error, words)))
        key = None
        if any(article.outcome is Outcome.ACCEPTED for article in offer.articles):
            key = self._pending.keep(offer, user.id, len(content), self._clock())
        return offer_text.offer_messages(name, offer.articles, words, key)

    async def pressed(self, update: Update, context: Context) -> None:
        """Add what was offered, or leave it; what cannot be decided any more is told in a notice."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        words = self._chat.words(press.from_user)
        choice, _, key = (press.data or "").partition(":")
        waiting = self._pending.find(key, self._clock())
        notice = _notice(waiting, press.from_user.id)
        under = press.message
        if waiting is None or waiting.offer is None or notice or not isinstance(under, Message):
            await _acknowledge(press, words.say(notice or "file_expired"))
            return
        await _acknowledge(press)
        if choice == offer_text.LEAVE:
            waiting.end(added=False)
            await _take_buttons_away(press)
            await self._say(update, words.say("file_left"))
        elif await self._add(update, press, waiting, waiting.offer, words):
            await self._renew(update, words)

    async def _add(
        self, update: Update, press: CallbackQuery, waiting: Waiting, offer: Offer, words: Wording
    ) -> bool:
        """Add what was offered and tell; return whether the corpus has something new."""
        try:
            async with self._one_at_a_time:
                added = await asyncio.to_thread(offer.add)  # a stop waits for it
        except Exception as error:  # nothing is added, and the button stays
            await self._say(update, words.say("file_add_failed", reason=_reason(error, words)))
            return False
        done = any(not one.reason for one in added)
        if done:
            waiting.end(added=True)
            self._adds += 1
            await _take_buttons_away(press)
        await self._send(update, offer_text.added_messages(added, words))
        return done

    async def _renew(self, update: Update, words: Wording) -> None:
        """Answer from the corpus as it is now; one rebuilding does for all that was added before it began."""
        mine = self._adds
        try:
            async with self._one_at_a_time:
                if self._indexed < mine:
                    newest = self._adds
                    self._chat.use(await beside.run(self._desk.renew))
                    self._indexed = newest
        except Exception as error:  # the dialogue of before goes on answering
            await self._say(update, words.say("file_index_failed", reason=_reason(error, words)))
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
    if waiting.offer is None:
        return "file_was_added" if waiting.added else "file_was_left"
    return None


def _reason(error: Exception, words: Wording) -> str:
    """Return what went wrong: an error of ours is fit to be shown, of any other only the log has the details."""
    if isinstance(error, BotError):
        return offer_text.reason(str(error), words)
    logger.error("a submission failed", exc_info=error)
    return words.say("file_unexpected")


async def _show_typing(message: Message) -> None:
    try:
        await message.chat.send_action(ChatAction.TYPING)
    except TelegramError as error:
        logger.info("no action is shown: %s", error.message)


async def _acknowledge(press: CallbackQuery, notice: str | None = None) -> None:
    try:
        await press.answer(notice, show_alert=notice is not None)
    except TelegramError as error:
        logger.info("a press is not acknowledged: %s", error.message)


async def _take_buttons_away(press: CallbackQuery) -> None:
    try:
        await press.edit_message_reply_markup(None)
    except TelegramError as error:
        logger.info("buttons are not taken away: %s", error.message)
