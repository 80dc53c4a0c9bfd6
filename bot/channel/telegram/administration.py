"""What the admins can do, in private chats only: every handler in one list, and their menu. To anybody else none exists."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Collection, Sequence

from telegram import Bot, BotCommand, BotCommandScopeChat, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.channel.telegram import render
from bot.channel.telegram.addressing import FROM_PERSON
from bot.channel.telegram.corrections import Corrections
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.offer_text import ADD, LEAVE, REVIEW
from bot.channel.telegram.outbox import Outbox
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.pending import Pending
from bot.channel.telegram.renewal import Renewal
from bot.channel.telegram.reports import Reports
from bot.channel.telegram.reviews import Reviews
from bot.channel.telegram.submissions import Submissions
from bot.channel.telegram.upkeep import UNDO, Upkeep
from bot.dialogue.correction import NO, SEND
from bot.dialogue.gaps_panel import GAPS
from bot.dialogue.submission import Desk
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language

logger = logging.getLogger(__name__)

FILES = filters.Document.ALL & ~filters.ANIMATION
"""Telegram says of an animation that it is a document, too."""


COMMANDS = ("addarticle", "undo", "reload", "gaps", "stats", "broadcast_correction")
"""In the order of the menu; `command_<name>` says what one does."""


def from_admins(admins: Collection[int]) -> filters.BaseFilter:
    """Return what tells the messages of admins in private chats."""
    private = filters.UpdateType.MESSAGE & FROM_PERSON & filters.ChatType.PRIVATE
    return private & filters.User(list(admins))


def handlers(
    desk: Desk,
    chat: Handlers,
    outbox: Outbox,
    meter: Meter,
    pause: Pause,
    admins: Collection[int],
) -> list[BaseHandler[Update, Context, None]]:
    """Return the handlers that come before all others.

    Args:
        desk: Takes articles, and takes them back.
        chat: Answers everybody.
        outbox: Sends.
        meter: Knows how long people wait.
        pause: Waits for some seconds.
        admins: The admins' user ids.
    """
    from_admin = from_admins(admins)
    pending, renewal = Pending(), Renewal(desk.renew, chat)
    submissions = Submissions(desk, chat, outbox, renewal, pending, pause)
    reviews = Reviews(chat, outbox, renewal, pending)
    upkeep = Upkeep(desk, chat, renewal, admins)
    reports, corrections = Reports(chat, outbox, meter, admins), Corrections(chat, outbox)
    text = filters.TEXT & ~filters.COMMAND
    return [
        MessageHandler(from_admin & FILES, submissions.received),
        CommandHandler("addarticle", submissions.command, from_admin),
        CommandHandler("undo", upkeep.undo, from_admin),
        CommandHandler("reload", upkeep.reload, from_admin),
        CommandHandler("gaps", reports.gaps, from_admin),
        CommandHandler("stats", reports.stats, from_admin),
        CommandHandler("broadcast_correction", corrections.command, from_admin),
        MessageHandler(from_admin & filters.REPLY & text & reviews.answered, reviews.typed),
        CallbackQueryHandler(submissions.pressed, pattern=rf"^(?:{ADD}|{LEAVE}):"),
        CallbackQueryHandler(reviews.pressed, pattern=rf"^{REVIEW}:"),
        CallbackQueryHandler(upkeep.pressed, pattern=rf"^{UNDO}:"),
        CallbackQueryHandler(reports.turned, pattern=rf"^{GAPS}"),
        CallbackQueryHandler(corrections.pressed, pattern=rf"^(?:{SEND}|{NO}):"),
    ]


def help_too(chat: Handlers, admins: Collection[int]) -> BaseHandler[Update, Context, None]:
    """Return the handler that tells admins of their commands, after the help that everybody gets."""

    async def tell(update: Update, context: Context) -> None:
        words = chat.words(update.effective_user)
        await chat.send(update, render.text_messages(words.say("admin_help")))

    return CommandHandler("help", tell, from_admins(admins))


async def introduce(
    bot: Bot,
    dialogue: Dialogue,
    admins: Collection[int],
    names: Sequence[str],
    shown_in: Sequence[tuple[str | None, Language]],
) -> None:
    """Show each admin the admins' commands, too; one who has never written to the bot has no chat with a menu.

    Args:
        bot: Whose menu it is.
        dialogue: Has the words.
        admins: Their user ids.
        names: The commands that everybody has.
        shown_in: Language code of the user's app and what it is shown.
    """
    for admin, (code, language) in itertools.product(admins, shown_in):
        words = dialogue.wording(language)
        menu = [BotCommand(name, words.say(f"command_{name}")) for name in (*names, *COMMANDS)]
        try:
            await bot.set_my_commands(menu, BotCommandScopeChat(admin), language_code=code)
        except TelegramError as error:
            logger.info("an admin's menu is not set: %s", type(error).__name__)
