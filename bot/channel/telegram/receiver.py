"""Takes the calls of a webhook.

    Telegram ──https──→ reverse proxy ──http──→ Receiver ──→ accept ──→ 200

A call is answered with 200 only once its update is on the disk; whatever else is answered, Telegram calls again. So
nothing is lost while the bot is down, restarts, or cannot write.

Source: https://core.telegram.org/bots/api#setwebhook.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.channel.telegram.listening import Listening
from bot.errors import StoreError
from bot.settings import Endpoint

logger = logging.getLogger(__name__)

Accept = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of an update; Telegram's are some kilobytes."""
READ_S = 20.0
"""How long a call may take to arrive."""
LARGEST_ID = 2**63 - 1


class Receiver:
    """Takes Telegram's calls, from `open` to `close`.

    Args:
        url: What Telegram calls; only its path is known here, the rest is the reverse proxy's.
        endpoint: Where calls arrive.
        secret: What a call has to bring.
        accept: Keeps updates; raises `StoreError` when it cannot.
    """

    def __init__(self, url: str, endpoint: Endpoint, secret: str, accept: Accept) -> None:
        self._path = unquote(urlsplit(url).path) or "/"
        self._secret = secret.encode()
        self._accept = accept
        self._listening = Listening(
            self._handle, endpoint, ("WEBHOOK_LISTEN", "WEBHOOK_PORT"), LARGEST
        )

    async def open(self) -> None:
        """Take calls from now on.

        Raises:
            SettingsError: The address is not this machine's, or the port is taken.
        """
        await self._listening.open()

    @property
    def port(self) -> int:
        """The port that is served."""
        return self._listening.port

    async def close(self) -> None:
        """Take no more calls, and let those under way end."""
        await self._listening.close()

    async def _handle(self, request: web.Request) -> web.Response:
        status = self._objection(request) or await self._take(request)
        return web.Response(status=status, headers={"Allow": "POST"} if status == 405 else None)

    def _objection(self, request: web.Request) -> int | None:
        """Return what is wrong with a call as a status; nothing of its body is read before it has proved itself."""
        if request.path != self._path:
            return 404
        if request.method != "POST":
            return 405
        brought = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(brought, self._secret):
            return 403
        return 413 if (request.content_length or 0) > LARGEST else None

    async def _take(self, request: web.Request) -> int:
        """Keep the update that a call brings; return the status that says how that went."""
        try:
            async with asyncio.timeout(READ_S):
                body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return 413
        except (TimeoutError, ConnectionError):
            return 408
        except (ClientPayloadError, web.RequestPayloadError, HttpProcessingError):
            return 400
        update = parsed(body)
        if update is None:
            logger.warning("a call brought no update")
            return 400
        try:
            await self._accept([update])
        except StoreError as error:
            logger.error("an update cannot be kept, Telegram will bring it again: %s", error)
            return 503
        return 200


def parsed(body: bytes) -> dict[str, Any] | None:
    """Return the update in a call's body, or None where it is not one: a JSON object with a number of its own."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    if type(number) is not int or not 0 <= number <= LARGEST_ID:  # True is an int, too
        return None
    return update
