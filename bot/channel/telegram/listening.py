"""An HTTP server of the bot's on one address: how it starts, what keeps it from starting, how it ends."""

from __future__ import annotations

import errno
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.errors import SettingsError
from bot.settings import Endpoint

logger = logging.getLogger(__name__)

SILENT = logging.Logger("http", logging.CRITICAL + 1)
"""For the library, which writes a traceback, with all that was sent, about each request that is not HTTP."""

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]

DRAIN_S = 2.0
"""How long an end waits for requests under way."""


class Listening:
    """Serves on an address, from `open` to `close`.

    Args:
        handle: Answers every request, whatever its path and method.
        endpoint: Where it is served.
        variables: The settings that name the address and the port, to be named when one is unusable.
        largest: Bytes of a request's body at most; reading more raises `HTTPRequestEntityTooLarge`.
    """

    def __init__(
        self, handle: Handle, endpoint: Endpoint, variables: tuple[str, str], largest: int = 0
    ) -> None:
        self._handle = handle
        self._endpoint = endpoint
        self._variables = variables
        self._largest = largest
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Serve from now on.

        Raises:
            SettingsError: The address is not this machine's, or the port is taken.
        """
        application = web.Application(client_max_size=self._largest)
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=DRAIN_S, logger=SILENT
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._endpoint.listen, self._endpoint.port).start()
        except OSError as error:
            await self.close()
            listen, port = self._variables
            if error.errno == errno.EADDRINUSE:
                raise SettingsError(port, "is in use by another program") from error
            if error.errno == errno.EACCES:
                problem = "cannot be used by this user; take one above 1023"
                raise SettingsError(port, problem) from error
            raise SettingsError(listen, "is not an address of this machine") from error

    @property
    def port(self) -> int:
        """The port that is served; needed where the endpoint left it open."""
        assert self._runner is not None  # after `open`
        address: tuple[str, int] = self._runner.addresses[0]
        return address[1]

    async def close(self) -> None:
        """Take no more connections, and let requests under way end, but not for ever."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._handle(request)
        except Exception:  # a mistake of ours; what was sent is not told
            logger.exception("a request cannot be answered")
            return web.Response(status=500)
