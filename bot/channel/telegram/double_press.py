"""A button that is pressed twice by an impatient finger: its question is answered once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.channel.telegram.handlers import Context, Handlers

AGAIN_S = 10.0
"""Who presses later than that wants the answer again, having scrolled on."""
REMEMBERED = 4096

Press = tuple[int, int, str]
"""Who pressed, under which message, and the button's data."""


class DoublePress:
    """Stops the second of two presses.

    Args:
        chat: Has the words.
        clock: The time in seconds, from any start.
    """

    def __init__(self, chat: Handlers, clock: Callable[[], float] = time.monotonic) -> None:
        self._chat = chat
        self._clock = clock
        self._presses: OrderedDict[Press, float] = OrderedDict()

    async def guard(self, update: Update, context: Context) -> None:
        """Let the press of a button pass, or say that its answer is on its way.

        Raises:
            ApplicationHandlerStop: No handler is to see it.
        """
        press = update.callback_query
        assert press is not None  # what the handler is for
        if press.message is None:
            return
        what = (press.from_user.id, press.message.message_id, press.data or "")
        now = self._clock()
        again = now - self._presses.get(what, float("-inf")) < AGAIN_S
        if not again:
            self._presses[what] = now
            self._presses.move_to_end(what)
            if len(self._presses) > REMEMBERED:
                self._presses.popitem(last=False)
            return
        await self._chat.acknowledge(press, self._chat.words(press.from_user).say("pressed_twice"))
        raise ApplicationHandlerStop
