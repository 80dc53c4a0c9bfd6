"""The buttons under an answer: what they show takes the answer's place, and the way back is under it."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.channel.telegram import render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Outbox
from bot.dialogue import press
from bot.dialogue.press import LINK

logger = logging.getLogger(__name__)

ADDRESS = "https://t.me/{bot}?start=" + LINK
"""Where a link to an answer begins; its reference follows."""


class Views:
    """The callback for the buttons under an answer.

    Args:
        chat: Has the dialogue, and the words for each user.
        outbox: Edits.
    """

    def __init__(self, chat: Handlers, outbox: Outbox) -> None:
        self._chat = chat
        self._outbox = outbox

    async def pressed(self, update: Update, context: Context) -> None:
        """Put what a button shows in the place of what it stands under; what cannot be shown is told in a notice."""
        query = update.callback_query
        assert query is not None  # what the handler is for
        data = query.data or ""
        words = self._chat.words(query.from_user)
        under = query.message
        address = ADDRESS.format(bot=context.bot.username)
        if not isinstance(under, Message):
            pressed = press.read(data)
            if (
                query.inline_message_id and pressed
            ):  # put into another chat: its buttons work in the bot's own
                await _acknowledge(query, url=address + pressed.reference)
            else:
                await _acknowledge(query, words.say("button_gone"))
            return
        views = self._chat.dialogue.views
        panel, notice = views.link(data, address), ""
        if panel is None:
            response = await views.press(data, words.language)
            panel, notice = response.panel, response.notice
        await _acknowledge(query, notice)
        messages = render.panel_messages(panel) if panel else []
        if messages:  # of an answer of several messages the last one has the buttons
            await self._outbox.edit(update, under.chat_id, under.message_id, messages[-1])


async def _acknowledge(query: CallbackQuery, notice: str = "", url: str | None = None) -> None:
    """Stop the button's clock; one pressed too long ago cannot be acknowledged, which harms nobody."""
    try:
        await query.answer(notice or None, show_alert=bool(notice) or None, url=url)
    except TelegramError as error:
        logger.info("a press is not acknowledged: %s", error.message)
