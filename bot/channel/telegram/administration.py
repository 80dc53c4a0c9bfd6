"""What the admins can do, in private chats only: every handler in one list. To anybody else none of it exists."""

from __future__ import annotations

from collections.abc import Collection

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.channel.telegram.addressing import FROM_PERSON
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.offer_text import ADD, LEAVE, REVIEW
from bot.channel.telegram.outbox import Outbox
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.pending import Pending
from bot.channel.telegram.renewal import Renewal
from bot.channel.telegram.reviews import Reviews
from bot.channel.telegram.submissions import Submissions
from bot.channel.telegram.upkeep import UNDO, Upkeep
from bot.dialogue.submission import Desk

FILES = filters.Document.ALL & ~filters.ANIMATION
"""Telegram says of an animation that it is a document, too."""


def handlers(
    desk: Desk, chat: Handlers, outbox: Outbox, pause: Pause, admins: Collection[int]
) -> list[BaseHandler[Update, Context, None]]:
    """Return the handlers that come before all others.

    Args:
        desk: Takes articles, and takes them back.
        chat: Answers everybody.
        outbox: Sends.
        pause: Waits for some seconds.
        admins: The admins' user ids.
    """
    from_admin = (
        filters.UpdateType.MESSAGE
        & FROM_PERSON
        & filters.ChatType.PRIVATE
        & filters.User(list(admins))
    )
    pending, renewal = Pending(), Renewal(desk.renew, chat)
    submissions = Submissions(desk, chat, outbox, renewal, pending, pause)
    reviews = Reviews(chat, outbox, renewal, pending)
    upkeep = Upkeep(desk, chat, renewal, admins)
    text = filters.TEXT & ~filters.COMMAND
    return [
        MessageHandler(from_admin & FILES, submissions.received),
        CommandHandler("addarticle", submissions.command, from_admin),
        CommandHandler("undo", upkeep.undo, from_admin),
        CommandHandler("reload", upkeep.reload, from_admin),
        MessageHandler(from_admin & filters.REPLY & text & reviews.answered, reviews.typed),
        CallbackQueryHandler(submissions.pressed, pattern=rf"^(?:{ADD}|{LEAVE}):"),
        CallbackQueryHandler(reviews.pressed, pattern=rf"^{REVIEW}:"),
        CallbackQueryHandler(upkeep.pressed, pattern=rf"^{UNDO}:"),
    ]
