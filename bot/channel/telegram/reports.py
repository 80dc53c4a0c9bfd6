"""What the admins are told of what was asked: /gaps a page at a time, /stats with a picture."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from typing import NamedTuple

from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channel.telegram import beside, picture, presses, render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.outbox import Outbox
from bot.dialogue import figures, gaps_panel
from bot.dialogue.figures import Latency
from bot.dialogue.oversight import DAYS
from bot.dialogue.panel import Panel, text_panel
from bot.dialogue.wording import Wording
from bot.errors import StoreError

logger = logging.getLogger(__name__)

MOST_DAYS = 366
_NUMBER = re.compile(r"[0-9]{1,3}")


class _Page(NamedTuple):
    days: int
    number: int = 0


class Reports:
    """The callbacks for /gaps and /stats.

    Args:
        chat: Has the dialogue and the words, and sends.
        outbox: Turns pages.
        meter: Knows how long people wait.
        admins: Who may turn pages.
    """

    def __init__(
        self, chat: Handlers, outbox: Outbox, meter: Meter, admins: Collection[int]
    ) -> None:
        self._chat = chat
        self._outbox = outbox
        self._meter = meter
        self._admins = admins

    async def gaps(self, update: Update, context: Context) -> None:
        """Say what could not be answered in the last days; `/gaps 7` names how many."""
        words = self._chat.words(update.effective_user)
        shown = await self._gaps(_Page(_days(context)), words)
        await self._chat.send(update, render.panel_messages(shown))

    async def turned(self, update: Update, context: Context) -> None:
        """Show another page of it."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        words = self._chat.words(press.from_user)
        found = gaps_panel.DATA.fullmatch(press.data or "")
        under = press.message
        if not found or press.from_user.id not in self._admins or not isinstance(under, Message):
            await presses.acknowledge(press, words.say("button_gone"))
            return
        await presses.acknowledge(press)
        shown = await self._gaps(_Page(min(int(found[1]), MOST_DAYS), int(found[2])), words)
        message = render.panel_messages(shown)[0]
        await self._outbox.edit(update, under.chat.id, under.message_id, message)

    async def stats(self, update: Update, context: Context) -> None:
        """Say how it went in the last days, and show it."""
        message = update.message
        assert message is not None  # what the handler is for
        words = self._chat.words(update.effective_user)
        try:
            found = await self._chat.dialogue.commands.oversight.figures(_days(context))
        except StoreError as error:
            logger.error("the figures cannot be read: %s", error)
            await self._chat.send(update, render.text_messages(words.say("admin_store_failed")))
            return
        told = figures.panel(found, self._latency(), words)
        await self._chat.send(update, render.panel_messages(told))
        try:
            await message.chat.send_action(ChatAction.UPLOAD_PHOTO)
            drawn = await picture.draw(figures.picture(found, words))
            if drawn is not None:
                await message.chat.send_photo(drawn, filename="stats.png")
        except TelegramError as error:  # the text says it all, too
            logger.warning("a picture is not sent: %s", type(error).__name__)

    async def _gaps(self, page: _Page, words: Wording) -> Panel:
        oversight = self._chat.dialogue.commands.oversight
        if not oversight.keeps_questions:
            return text_panel(words.say("gaps_not_kept"))
        try:
            found = await oversight.gaps(page.days)
        except StoreError as error:
            logger.error("what was refused cannot be read: %s", error)
            return text_panel(words.say("admin_store_failed"))
        groups = await beside.run(lambda: oversight.grouped(found))
        return gaps_panel.panel(groups, page.days, page.number, words)

    def _latency(self) -> Latency | None:
        p50_s, p99_s = self._meter.within_s(0.5), self._meter.within_s(0.99)
        return Latency(p50_s, p99_s) if p50_s is not None and p99_s is not None else None


def _days(context: Context) -> int:
    """Return how many days a command names, 1 to `MOST_DAYS`."""
    typed = context.args[0] if context.args else ""
    return min(max(int(typed), 1), MOST_DAYS) if _NUMBER.fullmatch(typed) else DAYS
