"""Is it well? `/healthz` for whoever restarts the bot, `/metrics` for whoever watches it.

    $ curl http://127.0.0.1:9100/healthz
    {"ok": false, "updates": "ok", "store": "cannot be written", "dialogue": "ok"}

The status is 200 where all is well and 503 otherwise. Neither page tells of a user, a question or a secret.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.hdrs import ACCEPT, CONTENT_TYPE

from bot.channel.telegram import metrics
from bot.channel.telegram.listening import Listening
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.metrics import Levels
from bot.errors import StoreError
from bot.settings import Endpoint

logger = logging.getLogger(__name__)

SILENT_S = 90.0
"""A poll takes at most 45 seconds, and the webhook is looked after more often; so one miss is not yet a fault."""
WRITE_S = 5.0
"""How long a write may take before the store counts as broken."""
OK = "ok"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What is looked up when somebody asks.

    Args:
        inbox: Returns how many updates are not worked off.
        outbox: Returns how many messages are not sent.
        blocked: Returns how many chats do not want to hear from the bot. Raises `StoreError`.
        write: Proves that the store can be written. Raises `StoreError`.
        loaded: Whether there is a dialogue that has something to answer from.
    """

    inbox: Callable[[], int]
    outbox: Callable[[], int]
    blocked: Callable[[], Awaitable[int]]
    write: Callable[[], Awaitable[None]]
    loaded: Callable[[], bool]


class Health:
    """Serves both pages, from `open` to `close`.

    Args:
        endpoint: Where.
        meter: The counts.
        vitals: What is not counted.
    """

    def __init__(self, endpoint: Endpoint, meter: Meter, vitals: Vitals) -> None:
        self._meter = meter
        self._vitals = vitals
        self._listening = Listening(
            self._handle, endpoint, ("BOT_METRICS_LISTEN", "BOT_METRICS_PORT")
        )

    async def open(self) -> None:
        """Serve from now on.

        Raises:
            SettingsError: The address is not this machine's, or the port is taken.
        """
        await self._listening.open()

    @property
    def port(self) -> int:
        """The port that is served."""
        return self._listening.port

    async def close(self) -> None:
        """Serve no more."""
        await self._listening.close()

    async def _handle(self, request: web.Request) -> web.Response:
        pages = {"/healthz": self._health, "/metrics": self._metrics}
        page = pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        return await page(request)

    async def _health(self, request: web.Request) -> web.Response:
        parts = {
            "updates": self._updates(),
            "store": await self._store(),
            "dialogue": OK if self._vitals.loaded() else "is being loaded",
        }
        well = all(said == OK for said in parts.values())
        return web.json_response({"ok": well} | parts, status=200 if well else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        try:
            blocked = await self._vitals.blocked()
        except StoreError as error:  # what is counted is wanted the more when something is broken
            logger.warning("blocked users cannot be counted: %s", error)
            blocked = 0
        levels = Levels(self._vitals.inbox(), self._vitals.outbox(), blocked)
        body, content_type = metrics.render(self._meter, levels, request.headers.get(ACCEPT, ""))
        return web.Response(body=body, headers={CONTENT_TYPE: content_type})

    def _updates(self) -> str:
        silent_s = self._meter.silent_s
        if silent_s == float("inf"):
            return "Telegram was not reached yet"
        return OK if silent_s < SILENT_S else f"Telegram was last reached {silent_s:.0f} s ago"

    async def _store(self) -> str:
        try:
            async with asyncio.timeout(WRITE_S):
                await self._vitals.write()
        except StoreError as error:
            logger.warning("the store cannot be written: %s", error)
            return "cannot be written"
        except TimeoutError:
            return f"was not written within {WRITE_S:.0f} s"
        return OK
