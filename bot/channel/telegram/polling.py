"""Long polling: connects, fetches updates, keeps trying for as long as it takes.

Not the library's `Updater`: stopping that can take half a minute while Telegram is out of reach, it polls on without
a word when the token is revoked, and it logs tracebacks for what an operator reads better in a line.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.channel.telegram.outbox import Pause, seconds_of
from bot.errors import SettingsError

logger = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Result = TypeVar("Result")

POLL_S = 30
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 15.0


async def connect(application: App, pause: Pause = asyncio.sleep) -> None:
    """Log in, and take back a webhook, beside which Telegram allows no polling.

    Raises:
        SettingsError: Telegram does not know the token.
    """

    async def log_in() -> None:
        await application.initialize()
        await application.bot.delete_webhook(drop_pending_updates=False)

    await _until_done(log_in, pause)


async def poll(application: App, pause: Pause = asyncio.sleep, kinds: Sequence[str] = ()) -> None:
    """Feed updates to the application until cancelled.

    Asking again from behind an update is what confirms it, so a poll that is cancelled loses nothing: the next
    process gets the same updates.

    Raises:
        SettingsError: The token was revoked.
    """
    offset: int | None = None

    async def fetch() -> tuple[Update, ...]:
        updates: tuple[Update, ...] = await application.bot.get_updates(
            offset=offset, timeout=POLL_S, allowed_updates=kinds
        )
        return updates

    while True:
        for update in await _until_done(fetch, pause):
            offset = update.update_id + 1
            application.update_queue.put_nowait(update)


async def _until_done(call: Callable[[], Awaitable[Result]], pause: Pause) -> Result:
    """Make a call until it succeeds; the waits between grow."""
    wait_s = FIRST_WAIT_S
    while True:
        try:
            return await call()
        except InvalidToken as error:
            if _is_telegrams(error):  # "from None", since the library's text holds the token
                raise SettingsError(
                    "TELEGRAM_BOT_TOKEN",
                    "Telegram does not accept it; compare it with @BotFather's",
                ) from None
            logger.warning("what answers is not Telegram's Bot API; trying again in %.1f s", wait_s)
        except RetryAfter as error:
            wait_s = seconds_of(error)
        except TelegramError as error:
            problem = f"{type(error).__name__}: {error.message}"
            logger.warning("Telegram: %s; trying again in %.1f s", problem, wait_s)
        await pause(wait_s)
        wait_s = min(2 * wait_s, LONGEST_WAIT_S)


def _is_telegrams(error: InvalidToken) -> bool:
    """Whether it is Telegram that refuses the token, and not a proxy that answers 401 or 404 with a page of its own.

    The library makes both the same error; only that the body was not Telegram's JSON tells them apart.
    """
    cause: BaseException | None = error
    while isinstance(cause, InvalidToken):
        cause = cause.__cause__
    return cause is None
