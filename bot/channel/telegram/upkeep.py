"""Taking the last add back, and reading the corpus anew: what an admin does to the corpus that is there."""

from __future__ import annotations

import logging
from collections.abc import Collection

from telegram import Message, Update

from bot.channel.telegram import presses, render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.renewal import Renewal, reason
from bot.dialogue.correction import how_panel
from bot.dialogue.panel import Button, Panel, Span, text_panel
from bot.dialogue.shortening import shortened
from bot.dialogue.submission import Desk, LastChange
from bot.dialogue.wording import Wording
from bot.errors import StoreError

logger = logging.getLogger(__name__)

UNDO = "undo"
"""What the data of the buttons begin with; a colon and the key of the change follow, or nothing where it stays."""
MOST_NAMED = 20
LONGEST = 200


class Upkeep:
    """The callbacks for /undo and /reload.

    Args:
        desk: Takes changes back.
        chat: Has the words, and sends.
        renewal: Works on the corpus, and lets the dialogue follow.
        admins: Who may press.
    """

    def __init__(
        self, desk: Desk, chat: Handlers, renewal: Renewal, admins: Collection[int]
    ) -> None:
        self._desk = desk
        self._chat = chat
        self._renewal = renewal
        self._admins = admins

    async def undo(self, update: Update, context: Context) -> None:
        """Name what was added last, and ask whether it is to be taken back."""
        words = self._chat.words(update.effective_user)
        try:
            change = await self._renewal.write(self._desk.last)  # it may finish what broke off
        except Exception as error:
            await self._say(update, words.say("undo_failed", reason=reason(error, words)))
            return
        await self._chat.send(update, render.panel_messages(_sure(change, words)))

    async def pressed(self, update: Update, context: Context) -> None:
        """Take the change back that the button names, or leave it."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        words = self._chat.words(press.from_user)
        if press.from_user.id not in self._admins or not isinstance(press.message, Message):
            await presses.acknowledge(press, words.say("button_gone"))
            return
        await presses.acknowledge(press)
        key = (press.data or "").removeprefix(f"{UNDO}:")
        if not key:
            await presses.take_buttons_away(press)
            await self._say(update, words.say("undo_not"))
            return
        try:
            await self._renewal.write(lambda: self._desk.undo(key))
        except Exception as error:
            await self._say(update, words.say("undo_failed", reason=reason(error, words)))
            return
        await presses.take_buttons_away(press)
        await self._say(update, words.say("undo_done"))
        if await self._follow(update, words):
            await self._name_followed(update, words)

    async def reload(self, update: Update, context: Context) -> None:
        """Read the corpus anew."""
        words = self._chat.words(update.effective_user)
        await self._say(update, words.say("reload_begun"))
        await self._follow(update, words)

    async def _name_followed(self, update: Update, words: Wording) -> None:
        """Say for which articles that are there no more somebody wants to be told, and how they are told."""
        try:
            gone = await self._chat.dialogue.commands.oversight.withdrawn()
        except StoreError as error:  # the undoing is done and told
            logger.error("who is to be told cannot be read: %s", error)
            return
        if gone:
            await self._chat.send(update, render.panel_messages(how_panel(gone, words)))

    async def _follow(self, update: Update, words: Wording) -> bool:
        self._renewal.changed()
        try:
            await self._renewal.follow()
        except Exception as error:  # the dialogue of before goes on answering
            await self._say(update, words.say("reload_failed", reason=reason(error, words)))
            return False
        holdings = self._chat.dialogue.commands.oversight.holdings
        await self._say(update, words.say("reload_done", **holdings._asdict()))
        return True

    async def _say(self, update: Update, text: str) -> None:
        await self._chat.send(update, render.text_messages(text))


def _sure(change: LastChange, words: Wording) -> Panel:
    """Return what would be taken back, by name, with two buttons."""
    lines = []
    for article in change.added:
        title = words.say(
            "title" if article.title else "untitled",
            title=shortened(article.name, LONGEST),
            label=shortened(article.name, LONGEST),
        )
        lines.append(words.say("undo_added", title=title, article=article.id))
    lines += [words.say("undo_removed", article=gone) for gone in change.removed]
    if len(lines) > MOST_NAMED:
        lines[MOST_NAMED:] = [words.say("undo_more", count=len(lines) - MOST_NAMED)]
    if not lines:
        lines = [words.reword(change.what)]
    yes = Button(words.say("undo_yes"), f"{UNDO}:{change.key}")
    no = Button(words.say("undo_no"), f"{UNDO}:")
    asked = text_panel(words.say("undo_sure"), (yes, no))
    return Panel((*asked.blocks, tuple(Span(line) for line in lines)), asked.buttons)
