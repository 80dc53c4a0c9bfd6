"""/broadcast_correction: those who were answered from an article, and want to be told, are told what is wrong with it.

    /broadcast_correction a1 原文数字有误，已撤下    the recipients are counted, the text is shown
    [发给 12 人] [不发]                             only the button sends

What waits for the button is in memory, for an hour. Who opts out meanwhile is not told: they are looked up again.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from telegram import Message, Update

from bot.channel.telegram import presses, render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Destination, Outbox
from bot.dialogue.correction import NO, asked_panel, how_panel, told_panel
from bot.dialogue.oversight import Oversight
from bot.dialogue.records import Follower
from bot.dialogue.reference import WRITTEN
from bot.dialogue.wording import Language, Wording
from bot.errors import StoreError

logger = logging.getLogger(__name__)

LIFETIME_S = 3600.0
MOST_WAITING = 16
LONGEST = 3000
"""Characters of a text, so that it goes on one message with what stands around it."""
WORD = re.compile(r"[^\s（）()：:，,。]{1,200}")
MOST_WORDS = 500
TO = re.compile(r"telegram:(-?\d{1,20})", re.ASCII)
"""Where someone is told, as `bot.dialogue.records.Preferences.corrections` has it in this channel."""


class _Waiting(NamedTuple):
    user_id: int
    until: float
    article_id: str
    text: str


class Corrections:
    """The callbacks for the command and its buttons.

    Args:
        chat: Has the dialogue and the words.
        outbox: Sends, as fast as Telegram allows and not to who has blocked the bot.
        clock: The time in seconds, from any start.
    """

    def __init__(
        self, chat: Handlers, outbox: Outbox, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._chat = chat
        self._outbox = outbox
        self._clock = clock
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()

    async def command(self, update: Update, context: Context) -> None:
        """Say to how many a text would go, and show it."""
        message = update.message
        assert message is not None
        assert message.from_user is not None  # what the handler is for
        words = self._chat.words(message.from_user)
        try:
            article_id, text = await self._read(message)
            if not article_id or not text:
                gone = await self._oversight.withdrawn()
                await self._chat.send(update, render.panel_messages(how_panel(gone, words)))
                return
            if len(text) > LONGEST:
                told = words.say("correction_long", most=LONGEST)
                await self._chat.send(update, render.text_messages(told))
                return
            count = len(await self._recipients(article_id))
        except StoreError as error:
            await self._failed(update, error, words)
            return
        key = self._keep(message.from_user.id, article_id, text) if count else ""
        shown = asked_panel(self._name(article_id), count, text, words, key)
        await self._chat.send(update, render.panel_messages(shown))

    async def pressed(self, update: Update, context: Context) -> None:
        """Send, or leave it; what cannot be decided any more is told in a notice."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        words = self._chat.words(press.from_user)
        does, _, key = (press.data or "").partition(":")
        self._expire()
        waiting = self._waiting.get(key)
        if waiting is None or waiting.user_id != press.from_user.id:
            await presses.acknowledge(press, words.say("correction_expired"))
            return
        del self._waiting[key]  # before anything is waited for: a second press sends nothing
        await presses.acknowledge(press)
        await presses.take_buttons_away(press)
        if does == NO:
            await self._chat.send(update, render.text_messages(words.say("correction_not")))
            return
        try:
            recipients = await self._recipients(waiting.article_id)
        except StoreError as error:
            self._waiting[key] = waiting
            await self._failed(update, error, words)
            return
        for chat_id, follower in recipients:
            theirs = self._chat.dialogue.wording(follower.language or Language.HANS)
            told = told_panel(self._name(waiting.article_id), waiting.text, theirs)
            await self._outbox.send(update, Destination(chat_id), render.panel_messages(told))
        done = words.say("correction_done", count=len(recipients))
        await self._chat.send(update, render.text_messages(done))

    @property
    def _oversight(self) -> Oversight:
        return self._chat.dialogue.commands.oversight

    def _name(self, article_id: str) -> str:
        article = self._oversight.article(article_id)
        return article.name if article else ""

    async def _read(self, message: Message) -> tuple[str, str]:
        """Return the article that a command, or the message that it replies to, names, and the text."""
        _, _, argument = (message.text or "").partition(" ")
        first, _, rest = argument.strip().partition(" ")
        if found := await self._oversight.named([first], []):
            return found, rest.strip()
        replied = message.reply_to_message
        if replied is None:
            return "", ""
        mentioned = WORD.findall(replied.text or replied.caption or "")[:MOST_WORDS]
        found = await self._oversight.named(mentioned, _references(replied))
        return found, argument.strip()

    async def _recipients(self, article_id: str) -> Sequence[tuple[int, Follower]]:
        """Return the chats of those who want to be told."""
        found = []
        for follower in await self._oversight.followers(article_id):
            if chat := TO.fullmatch(follower.to):
                found.append((int(chat[1]), follower))
        return found

    def _keep(self, user_id: int, article_id: str, text: str) -> str:
        key = secrets.token_urlsafe(9)
        self._waiting[key] = _Waiting(user_id, self._clock() + LIFETIME_S, article_id, text)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        return key

    def _expire(self) -> None:
        now = self._clock()
        for key in [k for k, waiting in self._waiting.items() if waiting.until <= now]:
            del self._waiting[key]

    async def _failed(self, update: Update, error: StoreError, words: Wording) -> None:
        logger.error("who is to be told cannot be read: %s", error)
        await self._chat.send(update, render.text_messages(words.say("admin_store_failed")))


def _references(message: Message) -> list[str]:
    """Return what may be references of an answer in the data of a message's buttons."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    data = [str(button.callback_data or "") for row in rows for button in row]
    return [part for each in data for part in each.split(":") if WRITTEN.fullmatch(part)]
