"""The webhook: Telegram calls the bot, where polling asks Telegram.

It is set at the start and looked after from then on: somebody else's program may take it back or set another one, and
that Telegram cannot reach it is known to Telegram only.

Source: https://core.telegram.org/bots/api#setwebhook.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, TelegramError

from bot.channel.telegram import polling
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.receiver import Accept, Receiver
from bot.errors import SettingsError
from bot.settings import Webhook as Address

logger = logging.getLogger(__name__)

CONNECTIONS = 40
"""Calls that Telegram makes at once; those that come together are kept together."""
WATCH_EVERY_S = 30.0


class Webhook:
    """Has Telegram call the bot.

    Args:
        bot: Whose updates.
        address: What Telegram calls, where that arrives, and the secret.
        kinds: The kinds of update that are asked for.
        accept: Keeps updates; raises `StoreError` when it cannot.
        meter: Is told when Telegram was heard of.
        pause: Waits for some seconds.
    """

    def __init__(
        self,
        bot: Bot,
        address: Address,
        kinds: Sequence[str],
        accept: Accept,
        meter: Meter,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._url = address.url
        self._secret = address.secret or secrets.token_urlsafe(32)
        self._kinds = list(kinds)
        self._meter = meter
        self._pause = pause
        self._receiver = Receiver(address.url, address.endpoint, self._secret, accept)
        self._failed_at: datetime | None = None

    async def run(self) -> None:
        """Take calls until cancelled.

        The webhook stays set then: what is written meanwhile waits at Telegram for the next start.

        Raises:
            SettingsError: Nothing can be served where it should be, or Telegram does not accept the address.
        """
        await self._receiver.open()
        try:
            await polling.until_done(self._set, self._pause)
            self._failed_at = (await self._info()).last_error_date  # of a time before this
            while True:
                await self._pause(WATCH_EVERY_S)
                await self._look_after()
        finally:
            await self._receiver.close()

    async def waiting(self) -> int | None:
        """Return how many updates wait at Telegram; None where it cannot be reached at present."""
        try:
            return (await self._bot.get_webhook_info()).pending_update_count
        except TelegramError:
            return None

    @property
    def port(self) -> int:
        """The port that calls arrive at."""
        return self._receiver.port

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                self._url,
                allowed_updates=self._kinds,
                max_connections=CONNECTIONS,
                secret_token=self._secret,
                drop_pending_updates=False,
            )
        except BadRequest as error:
            if "resolve" in error.message.lower():  # a name server may be out of order for a while
                raise
            problem = f"Telegram does not accept it: {error.message.replace(self._url, '…')}"
            raise SettingsError("WEBHOOK_URL", problem) from error
        self._meter.heard()

    async def _info(self) -> WebhookInfo:
        info = await polling.until_done(self._bot.get_webhook_info, self._pause)
        self._meter.heard()
        return info

    async def _look_after(self) -> None:
        info = await self._info()
        if info.url != self._url:
            logger.warning("the webhook was taken back by another program; setting it again")
            await polling.until_done(self._set, self._pause)
        if info.last_error_date and info.last_error_date != self._failed_at:
            self._failed_at = info.last_error_date
            logger.warning(
                "Telegram cannot deliver to the webhook: %s (%d updates wait)",
                (info.last_error_message or "no reason is given").replace(self._url, "…"),
                info.pending_update_count,
            )
