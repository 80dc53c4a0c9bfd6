"""The buttons under an answer: what they show takes the answer's place, and the way back is under it."""

from __future__ import annotations

from telegram import Message, Update

from bot.channel.telegram import presses, render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Outbox
from bot.dialogue import press
from bot.dialogue.press import LINK

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
            if query.inline_message_id and pressed:
                # Put into another chat: its buttons work in the bot's own.
                await presses.respond(query, url=address + pressed.reference)
            else:
                await presses.acknowledge(query, words.say("button_gone"))
            return
        views = self._chat.dialogue.views
        panel, notice = views.link(data, address), ""
        if panel is None:
            response = await views.press(data, words.language)
            panel, notice = response.panel, response.notice
        await presses.acknowledge(query, notice or None)
        messages = render.panel_messages(panel) if panel else []
        if messages:  # of an answer of several messages the last one has the buttons
            await self._outbox.edit(update, under.chat_id, under.message_id, messages[-1])
