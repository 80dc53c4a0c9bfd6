"""How the bot starts, serves and stops.

It asks for updates once the dialogue is loaded, which takes a second or two; where the index has to be built first it does so
before, and what is asked is safe in the inbox. Told to
stop, it begins nothing more, lets what is under way end, and leaves the rest in inbox and outbox for the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channel.telegram import addressing, application, beside, log_filter, polling
from bot.channel.telegram.application import KINDS, Parts
from bot.channel.telegram.inbox import Raw
from bot.channel.telegram.meter import Cause
from bot.channel.telegram.polling import Polling
from bot.delivery import DeliveryStore
from bot.dialogue import wording
from bot.dialogue.ports import UserData
from bot.dialogue.submission import Desk
from bot.dialogue.turn import Dialogue
from bot.errors import StoreError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channel.telegram.webhook import Webhook

logger = logging.getLogger(__name__)

GRACE_S = 5.0
"""How long a stop waits for answers under way; `docker stop` kills after ten seconds."""
KEPT_S = 2 * 24 * 3600.0
"""How long ids of what was delivered are kept: Telegram hands out updates for a day, and lets people edit for two."""
HOUR_S, DAY_S = 3600.0, 24 * 3600.0
PATIENCE_S = 12.0
"""How long it is waited for the dialogue before updates are fetched that cannot be answered yet."""

Load = Callable[[], Dialogue]
Close = Callable[[], Awaitable[None]]


def run(
    settings: Settings,
    delivery: DeliveryStore,
    load: Load,
    close: Close,
    desk: Desk | None = None,
    users: UserData | None = None,
) -> None:
    """Serve Telegram until SIGTERM or SIGINT.

    Args:
        settings: The token and the addresses of the Bot API.
        delivery: Keeps what has to arrive.
        load: Returns the dialogue; it blocks for seconds.
        close: Lets go of the stores.
        desk: Takes articles from the settings' admins.
        users: What is kept of users, to be removed in time.

    Raises:
        SettingsError: There is no token, or Telegram does not accept it.
        BotError: The dialogue cannot be loaded.
    """
    log_filter.guard(settings.require_token())

    async def serve_and_close() -> None:
        try:
            parts = application.build(settings, delivery)
            await serve(parts, settings, delivery, load, desk, users)
        finally:
            await close()

    with contextlib.suppress(KeyboardInterrupt):  # where a loop cannot handle signals (Windows)
        asyncio.run(serve_and_close())


async def serve(
    parts: Parts,
    settings: Settings,
    delivery: DeliveryStore,
    load: Load,
    desk: Desk | None = None,
    users: UserData | None = None,
) -> None:
    """Connect, serve, and stop when told: answers under way are still sent, within `GRACE_S`.

    Raises:
        SettingsError: Telegram does not accept the token.
        BotError: The dialogue cannot be loaded.
    """
    work = asyncio.create_task(_work(parts, settings, delivery, load, desk, users))
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        logger.info("stopping")
    finally:
        loop = asyncio.get_running_loop()
        until = loop.time() + GRACE_S
        await parts.inbox.close(GRACE_S)
        await parts.outbox.flushed(seconds=max(until - loop.time(), 0.1))
        await parts.outbox.close()
        await parts.app.shutdown()
        # The application leaves its bot open if it never got as far as logging in.
        await parts.app.bot.shutdown()


async def _work(
    parts: Parts,
    settings: Settings,
    delivery: DeliveryStore,
    load: Load,
    desk: Desk | None,
    users: UserData | None,
) -> None:
    loading = asyncio.create_task(beside.run(load))
    async with _watched(parts, settings, delivery, loading):
        await polling.connect(parts.app, parts.pause, polls=settings.webhook is None)
        await parts.inbox.open()
        await asyncio.wait({loading}, timeout=PATIENCE_S)
        tasks = [
            asyncio.create_task(one)
            for one in (
                _source(parts, settings).run(),
                _answer(parts, settings, loading, desk),
                _every(HOUR_S, functools.partial(delivery.purge, KEPT_S)),
                *((_every(DAY_S, users.purge),) if users else ()),
            )
        ]
        try:
            # Not a TaskGroup: it would wrap an error that has to reach the command line as it is.
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def _watched(
    parts: Parts, settings: Settings, delivery: DeliveryStore, loading: asyncio.Task[Dialogue]
) -> AsyncIterator[None]:
    """Serve health and metrics meanwhile, where the settings say so."""
    if settings.metrics is None:
        yield
        return
    from bot.channel.telegram.health import Health, Vitals  # noqa: PLC0415 (as the webhook)

    vitals = Vitals(
        lambda: parts.inbox.backlog,
        lambda: parts.outbox.backlog,
        delivery.count_blocked,
        delivery.prove,
        loading.done,  # a dialogue that cannot be loaded ends the program
    )
    health = Health(settings.metrics, parts.meter, vitals)
    await health.open()
    try:
        yield
    finally:
        await health.close()


def _source(parts: Parts, settings: Settings) -> Polling | Webhook:
    """Return where updates come from."""
    bot, calming = parts.app.bot, Calming(parts.app.bot)
    if settings.webhook is None:
        return Polling(
            bot, parts.updates, parts.inbox.accept, parts.horizon, KINDS, calming.calm, parts.meter,
            parts.pause,
        )  # fmt: skip
    from bot.channel.telegram.webhook import Webhook  # noqa: PLC0415 (most bots serve no HTTP)

    async def accept(updates: Sequence[Raw]) -> None:
        try:
            await parts.inbox.accept(updates)
        except StoreError:
            parts.meter.retried(Cause.STORE)
            await calming.calm(updates)
            raise

    webhook = Webhook(bot, settings.webhook, KINDS, accept, parts.meter, parts.pause)
    parts.horizon.called(webhook.waiting)
    return webhook


async def _answer(
    parts: Parts, settings: Settings, loading: asyncio.Task[Dialogue], desk: Desk | None
) -> None:
    """Begin to answer once the dialogue is loaded; what an earlier process owes is sent at once."""
    await parts.outbox.open()
    dialogue = await loading
    application.equip(parts, dialogue, desk, settings.admins)
    parts.inbox.begin(parts.app.process_update)
    logger.info("serving as @%s from %s", parts.app.bot.username, settings.corpus)
    await application.introduce(parts.app.bot, dialogue, settings.admins)


async def _every(seconds: float, purge: Callable[[], Awaitable[None]]) -> None:
    """Remove what was kept for long enough, at the start and again and again."""
    while True:
        try:
            await purge()
        except StoreError as error:
            logger.error("old entries cannot be removed: %s", error)
        await asyncio.sleep(seconds)


class Calming:
    """Tells people whose messages cannot be kept at present that they will be answered later; each chat once.

    Args:
        bot: Sends, past the outbox, which cannot keep anything either.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._words = wording.load()
        self._told: set[int] = set()

    async def calm(self, updates: Sequence[Raw]) -> None:
        """Tell who wrote these updates in private chats."""
        for update in updates:
            message: Any = update.get("message") or {}
            chat = message.get("chat") or {}
            if chat.get("type") != "private" or chat["id"] in self._told:
                continue
            self._told.add(chat["id"])
            language = addressing.language(message.get("from", {}).get("language_code"))
            words = self._words[language or wording.Language.HANS]
            try:
                await self._bot.send_message(chat["id"], words.say("store_failed"))
            except TelegramError as error:
                logger.warning("nobody is told: %s", type(error).__name__)
