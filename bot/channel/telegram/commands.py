"""Commands and the buttons of their panels: Update → `Caller` → `Commands` → send or edit."""

from __future__ import annotations

from telegram import Message, Update

from bot.channel.telegram import addressing, render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Destination, Outbox


class CommandHandlers:
    """The callbacks for commands.

    Args:
        chat: Has the dialogue, and sends.
        outbox: Puts a panel in the place of the one whose button was pressed.
    """

    def __init__(self, chat: Handlers, outbox: Outbox) -> None:
        self._chat = chat
        self._outbox = outbox

    async def given(self, update: Update, context: Context) -> None:
        """Carry a command out."""
        message = update.message
        assert message is not None  # what the handler is for
        response = await self._chat.dialogue.commands.run(
            addressing.command(message), addressing.question(message), addressing.caller(update)
        )
        if response.question:
            await self._chat.ask(update, response.question, response.language)
        elif response.panel is not None:
            await self._chat.send(update, render.panel_messages(response.panel))

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says; each press is acknowledged, whatever comes of it."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        response = await self._chat.dialogue.commands.press(
            press.data or "", addressing.caller(update)
        )
        await self._chat.acknowledge(press, response.notice or None)
        under = press.message
        if under is None:
            return
        if response.question:
            await self._chat.ask(update, response.question, response.language)
        elif response.panel is not None:
            messages = render.panel_messages(response.panel)
            # One too long has no room in the other's place, and a message too old may not be changed any more.
            if response.replaces and under.is_accessible and len(messages) == 1:
                await self._outbox.edit(update, under.chat.id, under.message_id, messages[0])
            else:
                where = Destination.of(under) if isinstance(under, Message) else None
                await self._outbox.send(update, where or Destination(under.chat.id), messages)
