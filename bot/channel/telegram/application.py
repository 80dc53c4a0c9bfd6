"""The Telegram bot put together: every handler in one list."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

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
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.channel.telegram import administration
from bot.channel.telegram.addressing import ADDRESSED, FROM_PERSON, NAMES_BOT
from bot.channel.telegram.commands import CommandHandlers
from bot.channel.telegram.double_press import DoublePress
from bot.channel.telegram.flood import Flood
from bot.channel.telegram.groups import Groups
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.horizon import Horizon
from bot.channel.telegram.inbox import Inbox
from bot.channel.telegram.inline import Inline
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.other_kinds import OTHER_KIND, OtherKinds
from bot.channel.telegram.outbox import Outbox
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.polling import App
from bot.channel.telegram.views import Views
from bot.delivery import DeliveryStore
from bot.dialogue import press
from bot.dialogue.commands import BUTTONS, COMMANDS, LISTED
from bot.dialogue.panel import ASK
from bot.dialogue.submission import Desk
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language
from bot.settings import Settings

logger = logging.getLogger(__name__)

KINDS = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of update that the handlers are for; Telegram is asked for no other."""

FIRST = -3
"""The group of the handler that looks up the language, in which even the two guards behind it speak."""
AFTER_ALL = 1
"""The group of handlers that see an update after one of the others did."""
BEFORE_ALL = -1
"""The group of handlers that see an update first and may stop it."""

SHOWN_IN = ((None, Language.HANS), ("zh", Language.HANS), ("en", Language.EN))
"""Language code of the user's app and what it is shown. The codes have two letters, so all Chinese is one."""

NEW = filters.UpdateType.MESSAGE & FROM_PERSON
"""Not an edit, nor a post in a channel."""

EDITED = filters.UpdateType.EDITED_MESSAGE & FROM_PERSON
ASKS = filters.Regex(r"^/ask\b(?!@)") | filters.Regex(r"^/ask@") & NAMES_BOT
PRIVATE, GROUPS = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
TEXT = filters.TEXT | filters.CAPTION


def handlers(
    chat: Handlers,
    commands: CommandHandlers,
    groups: Groups,
    views: Views,
    for_admins: Sequence[BaseHandler[Update, Context, None]] = (),
) -> list[BaseHandler[Update, Context, None]]:
    """Return every handler; the first that matches a message gets it, the others never see it.

    Args:
        chat: Answers everybody.
        commands: Carries commands out.
        groups: Is told when the bot comes into a group.
        views: Shows what there is beside an answer.
        for_admins: Handlers for the admins; see `administration.py`.
    """
    other = OtherKinds(chat)
    return [
        *for_admins,
        CommandHandler("start", chat.start, NEW),
        CommandHandler("new", chat.new, NEW),
        CommandHandler("ask", chat.question, NEW),
        CommandHandler(COMMANDS - {"start", "new", "ask"}, commands.given, NEW),
        MessageHandler(NEW & filters.COMMAND & (PRIVATE | NAMES_BOT), chat.unknown_command),
        MessageHandler(NEW & PRIVATE & TEXT, chat.question),
        MessageHandler(NEW & PRIVATE & OTHER_KIND, other.received),
        MessageHandler(NEW & GROUPS & TEXT & ~filters.COMMAND & ADDRESSED, chat.question),
        MessageHandler(NEW & GROUPS & OTHER_KIND & ADDRESSED, other.received),
        MessageHandler(EDITED & PRIVATE & filters.TEXT & ~filters.COMMAND, chat.edited),
        MessageHandler(EDITED & GROUPS & filters.TEXT & ADDRESSED, chat.edited),
        MessageHandler(EDITED & ASKS & filters.TEXT, chat.edited),
        CallbackQueryHandler(views.pressed, pattern=press.BUTTONS),
        CallbackQueryHandler(commands.pressed, pattern=BUTTONS),
        CallbackQueryHandler(chat.pressed),
        InlineQueryHandler(Inline(chat).asked),
        ChatMemberHandler(groups.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE & filters.UpdateType.MESSAGE, groups.moved),
    ]


class Parts(NamedTuple):
    """The bot put together.

    Args:
        app: The library's application, with the network and, once equipped, the handlers.
        inbox: Takes updates in.
        outbox: Sends.
        horizon: Knows which messages there are.
        meter: Counts.
        updates: Fetches updates, on a connection of its own.
        pause: Waits for some seconds.
    """

    app: App
    inbox: Inbox
    outbox: Outbox
    horizon: Horizon
    meter: Meter
    updates: BaseRequest
    pause: Pause


def build(
    settings: Settings,
    delivery: DeliveryStore,
    *,
    request: BaseRequest | None = None,
    pause: Pause = asyncio.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Parts:
    """Return the bot, not yet connected, and without the handlers, which need the dialogue.

    Args:
        settings: The token and the addresses of the Bot API.
        delivery: Keeps what has to arrive.
        request: How to reach Telegram, for tests.
        pause: How to wait before sending again, for tests.
        clock: The time in seconds that passes while waiting, for tests.

    Raises:
        SettingsError: There is no token.
    """
    updates = request or _request(connections=1)
    app = (
        Application.builder()
        .token(settings.require_token())
        .base_url(settings.api_base)
        .base_file_url(settings.api_file_base)
        .request(request or _request(connections=128))
        .get_updates_request(updates)
        .updater(None)
        .job_queue(None)
        .build()
    )
    horizon, meter = Horizon(delivery), Meter()
    outbox = Outbox(app.bot, delivery, horizon, meter, pause, clock)
    inbox = Inbox(app.bot, delivery, horizon, outbox.has_answered, meter)
    return Parts(app, inbox, outbox, horizon, meter, updates, pause)


def equip(
    parts: Parts, dialogue: Dialogue, desk: Desk | None = None, admins: Collection[int] = ()
) -> Handlers:
    """Add the handlers, and return those that answer everybody.

    Args:
        parts: The bot.
        dialogue: Answers.
        desk: Takes articles from the admins.
        admins: Their user ids.
    """
    chat = Handlers(dialogue, parts.outbox, parts.meter)
    for_admins = []
    if desk is not None and admins:
        for_admins = administration.handlers(
            desk, chat, parts.outbox, parts.meter, parts.pause, admins
        )
        parts.app.add_handler(administration.help_too(chat, admins), group=AFTER_ALL)
    parts.app.add_handler(TypeHandler(Update, chat.listen), group=FIRST)
    parts.app.add_handler(TypeHandler(Update, Flood(chat).guard), group=BEFORE_ALL)
    twice = CallbackQueryHandler(DoublePress(chat).guard, pattern=f"^{ASK}")
    parts.app.add_handler(twice, group=BEFORE_ALL - 1)  # of a group only one handler sees an update
    commands, groups = CommandHandlers(chat, parts.outbox), Groups(chat, parts.outbox)
    views = Views(chat, parts.outbox)
    parts.app.add_handlers(handlers(chat, commands, groups, views, for_admins))
    parts.app.add_error_handler(chat.failed)
    return chat


async def introduce(bot: Bot, dialogue: Dialogue, admins: Collection[int] = ()) -> None:
    """Set the menus of commands and the line below the bot's name; without them it works as well."""
    try:
        for code, language in SHOWN_IN:
            words = dialogue.wording(language)
            commands = [BotCommand(name, words.say(f"command_{name}")) for name in LISTED]
            await bot.set_my_commands(commands, language_code=code)
            await bot.set_my_short_description(words.say("description"), language_code=code)
            about = words.say("about", name=bot.username)
            await bot.set_my_description(about, language_code=code)
    except TelegramError as error:
        logger.warning("the menu is not set: %s: %s", type(error).__name__, error.message)
    await administration.introduce(bot, dialogue, admins, LISTED, SHOWN_IN)


def _request(connections: int) -> HTTPXRequest:
    """How to reach Telegram: patient enough for a slow line, not so patient that a dead one holds a chat up."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10,
        read_timeout=15,
        write_timeout=15,
        pool_timeout=30,
    )
