"""Long polling: connects, fetches updates as Telegram writes them, keeps trying for as long as it takes.

Not the library's `Updater`: it confirms updates that nothing has been done with yet, stopping it can take half a minute
while Telegram is out of reach, it polls on without a word when the token is revoked, and it logs tracebacks for what an
operator reads better in a line.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.channel.telegram.horizon import Horizon
from bot.channel.telegram.inbox import Raw
from bot.channel.telegram.meter import Cause, Meter
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.sending import seconds_of
from bot.errors import SettingsError, StoreError

logger = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Result = TypeVar("Result")
Accept = Callable[[Sequence[Raw]], Awaitable[None]]

POLL_S = 30
ANSWER_S = 15.0
"""How long an answer may take beyond the poll's own time."""
FULL = 100
"""Updates in a poll behind which there may be more. Source: https://core.telegram.org/bots/api#getupdates."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 15.0
"""Waits between attempts: the first is short, since one lost poll is nothing to wait for."""
CONFLICT_WAIT_S = 1.0
"""How long at least it is left to another process that polls with the same token."""


async def connect(application: App, pause: Pause = asyncio.sleep, *, polls: bool = True) -> None:
    """Log in, and take back a webhook if it is to be polled: beside one Telegram allows no polling.

    Raises:
        SettingsError: Telegram does not know the token.
    """

    async def log_in() -> None:
        await application.initialize()
        if polls:
            await application.bot.delete_webhook(drop_pending_updates=False)

    await until_done(log_in, pause)


class Polling:
    """Fetches updates.

    Args:
        bot: Whose updates.
        request: Fetches them, on a connection of its own.
        accept: Keeps them; raises `StoreError` when it cannot.
        horizon: Is told of polls.
        kinds: The kinds of update that are asked for.
        cannot_keep: Is handed the updates that cannot be kept at present, to calm who wrote them.
        meter: Counts.
        pause: Waits for some seconds.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        accept: Accept,
        horizon: Horizon,
        kinds: Sequence[str],
        cannot_keep: Accept,
        meter: Meter,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._request = request
        self._accept = accept
        self._horizon = horizon
        self._kinds = json.dumps(list(kinds), separators=(",", ":"))
        self._cannot_keep = cannot_keep
        self._meter = meter
        self._pause = pause

    async def run(self) -> None:
        """Feed updates to the inbox until cancelled.

        Asking again from behind an update is what confirms it, so one that is not kept yet is never lost: this process
        or the next one gets it again.

        Raises:
            SettingsError: The token was revoked.
        """
        offset: int | None = None
        wait_s = FIRST_WAIT_S
        while True:

            async def fetch(offset: int | None = offset) -> list[Raw]:
                return await self._fetch(offset)

            updates = await until_done(fetch, self._pause)
            try:
                if updates:
                    await self._accept(updates)
            except StoreError as error:
                self._horizon.polled(succeeded=False)
                self._meter.retried(Cause.STORE)
                logger.error("updates cannot be kept, trying again in %.1f s: %s", wait_s, error)
                await self._cannot_keep(updates)
                await self._pause(wait_s)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            else:
                self._horizon.polled(succeeded=len(updates) < FULL)
                wait_s = FIRST_WAIT_S
                if updates:
                    offset = max(update["update_id"] for update in updates) + 1

    async def _fetch(self, offset: int | None) -> list[Raw]:
        """Return updates as Telegram writes them; the library would only hand them out taken apart."""
        query: dict[str, object] = {"timeout": POLL_S, "allowed_updates": self._kinds}
        if offset is not None:
            query["offset"] = offset
        self._horizon.polling()
        try:
            result: Any = await self._request.post(
                f"{self._bot.base_url}/getUpdates?{urlencode(query)}",
                read_timeout=POLL_S + ANSWER_S,
            )
            updates = _updates(result)
        except (LookupError, TypeError, AttributeError) as error:  # from within the library
            self._horizon.polled(succeeded=False)
            self._meter.retried(Cause.NETWORK)
            raise NetworkError("what answers is not Telegram's Bot API") from error
        except BaseException:
            self._horizon.polled(succeeded=False)
            self._meter.retried(Cause.NETWORK)
            raise
        self._meter.heard()
        return updates


def _updates(result: Any) -> list[Raw]:
    """Return the updates of an answer; a proxy may answer with any JSON of its own.

    Raises:
        TypeError: It is no list of objects.
    """
    if not isinstance(result, list) or not all(isinstance(one, dict) for one in result):
        raise TypeError
    return [one for one in result if type(one.get("update_id")) is int]


async def until_done(call: Callable[[], Awaitable[Result]], pause: Pause) -> Result:
    """Make a call until it succeeds; the waits between grow.

    Raises:
        SettingsError: Telegram does not know the token.
    """
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
            if isinstance(error, Conflict):
                wait_s = max(wait_s, CONFLICT_WAIT_S)
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
