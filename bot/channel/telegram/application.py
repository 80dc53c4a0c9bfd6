"""The Telegram bot put together: every handler in one list, how it starts and how it stops."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Collection

from telegram import Bot, BotCommand, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.channel.telegram import log_filter, polling
from bot.channel.telegram.addressing import ADDRESSED, FROM_PERSON, NAMES_BOT
from bot.channel.telegram.chat_order import ChatOrder
from bot.channel.telegram.groups import Groups
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.inline import Inline
from bot.channel.telegram.offer_text import ADD, LEAVE
from bot.channel.telegram.other_kinds import OTHER_KIND, OtherKinds
from bot.channel.telegram.outbox import Outbox, Pause
from bot.channel.telegram.polling import App
from bot.channel.telegram.submissions import Submissions
from bot.dialogue.submission import Desk
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language
from bot.settings import Settings

logger = logging.getLogger(__name__)

KINDS = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.MY_CHAT_MEMBER)
"""The kinds of update that the handlers are for; Telegram is asked for no other."""

GRACE_S = 5.0
"""How long a stop waits for answers under way; `docker stop` kills after ten seconds."""

SHOWN_IN = ((None, Language.HANS), ("zh", Language.HANS), ("en", Language.EN))
"""Language code of the user's app and what it is shown. The codes have two letters, so all Chinese is one."""

NEW = filters.UpdateType.MESSAGE & FROM_PERSON
"""Not an edit, nor a post in a channel."""

PRIVATE, GROUPS = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
TEXT = filters.TEXT | filters.CAPTION
FILES = filters.Document.ALL & ~filters.ANIMATION
"""Telegram says of an animation that it is a document, too."""


def handlers(
    chat: Handlers,
    groups: Groups,
    submissions: Submissions | None = None,
    admins: Collection[int] = (),
) -> list[BaseHandler[Update, Context, None]]:
    """Return every handler; the first that matches a message gets it, the others never see it.

    Args:
        chat: Answers everybody.
        groups: Is told when the bot comes into a group.
        submissions: Takes files from the admins; None where there are no admins.
        admins: Their user ids.
    """
    from_admin = NEW & PRIVATE & FILES & filters.User(admins)
    taking: list[BaseHandler[Update, Context, None]] = []
    if submissions is not None:
        taking = [
            MessageHandler(from_admin, submissions.received),
            CallbackQueryHandler(submissions.pressed, pattern=rf"^(?:{ADD}|{LEAVE}):"),
        ]
    other = OtherKinds(chat)
    return [
        *taking,
        CommandHandler("start", chat.start, NEW),
        CommandHandler("help", chat.help, NEW),
        CommandHandler("new", chat.new, NEW),
        CommandHandler("ask", chat.question, NEW),
        MessageHandler(NEW & filters.COMMAND & (PRIVATE | NAMES_BOT), chat.unknown_command),
        MessageHandler(NEW & PRIVATE & TEXT, chat.question),
        MessageHandler(NEW & PRIVATE & OTHER_KIND, other.received),
        MessageHandler(NEW & GROUPS & TEXT & ~filters.COMMAND & ADDRESSED, chat.question),
        MessageHandler(NEW & GROUPS & OTHER_KIND & ADDRESSED, other.received),
        CallbackQueryHandler(chat.pressed),
        InlineQueryHandler(Inline(chat).asked),
        ChatMemberHandler(groups.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE & filters.UpdateType.MESSAGE, groups.moved),
    ]


def build(
    settings: Settings,
    dialogue: Dialogue,
    desk: Desk | None = None,
    *,
    request: BaseRequest | None = None,
    pause: Pause = asyncio.sleep,
) -> App:
    """Return the bot, not yet connected.

    Args:
        settings: The token and the addresses of the Bot API.
        dialogue: Answers.
        desk: Takes articles from the settings' admins.
        request: How to reach Telegram, for tests.
        pause: How to wait before sending again, for tests.

    Raises:
        SettingsError: There is no token.
    """

    async def introduce(application: App) -> None:
        await _introduce(application.bot, dialogue)

    application = (
        Application.builder()
        .token(settings.require_token())
        .base_url(settings.api_base)
        .base_file_url(settings.api_file_base)
        .request(request or _request(connections=128))
        .get_updates_request(request or _request(connections=1))
        .concurrent_updates(ChatOrder())
        .updater(None)
        .job_queue(None)
        .post_init(introduce)
        .build()
    )
    outbox = Outbox(application.bot, pause)
    chat = Handlers(dialogue, outbox)
    submissions = None
    if desk is not None and settings.admins:
        submissions = Submissions(desk, chat, outbox, pause)
    application.add_handlers(handlers(chat, Groups(chat, outbox), submissions, settings.admins))
    application.add_error_handler(chat.failed)
    return application


def run(settings: Settings, dialogue: Dialogue, desk: Desk | None = None) -> None:
    """Serve Telegram by long polling until SIGTERM or SIGINT.

    Raises:
        SettingsError: There is no token, or Telegram does not accept it.
    """
    log_filter.guard(settings.require_token())
    with contextlib.suppress(KeyboardInterrupt):  # where a loop cannot handle signals (Windows)
        asyncio.run(_serve_and_close(build(settings, dialogue, desk), dialogue))


async def _serve_and_close(application: App, dialogue: Dialogue) -> None:
    try:
        await serve(application)
    finally:
        await dialogue.close()


async def serve(application: App) -> None:
    """Connect, serve, and stop when told: answers under way are still sent, within `GRACE_S`.

    Raises:
        SettingsError: Telegram does not accept the token.
    """
    work = asyncio.create_task(_work(application))
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        logger.info("stopping")
    finally:
        if application.running:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(application.stop(), GRACE_S)
        await application.shutdown()
        # The application leaves its bot open if it never got as far as logging in.
        await application.bot.shutdown()


async def _work(application: App) -> None:
    await polling.connect(application)
    await application.start()
    if application.post_init:  # beside the polling: the first answer need not wait for it
        application.create_task(application.post_init(application))
    logger.info("polling as @%s", application.bot.username)
    await polling.poll(application, kinds=KINDS)


async def _introduce(bot: Bot, dialogue: Dialogue) -> None:
    """Set the menu of commands and what is told about the bot; without them it works as well."""
    try:
        for code, language in SHOWN_IN:
            words = dialogue.wording(language)
            commands = [
                BotCommand(name, words.say(f"command_{name}"))
                for name in ("start", "help", "new", "ask")
            ]
            await bot.set_my_commands(commands, language_code=code)
            await bot.set_my_short_description(words.say("description"), language_code=code)
            about = words.say("about", name=bot.username)
            await bot.set_my_description(about, language_code=code)
    except TelegramError as error:
        logger.warning("the menu is not set: %s: %s", type(error).__name__, error.message)


def _request(connections: int) -> HTTPXRequest:
    """How to reach Telegram: patient enough for a slow line, not so patient that a dead one holds a chat up."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10,
        read_timeout=15,
        write_timeout=15,
        pool_timeout=30,
    )
