"""Work on the corpus beside the event loop, one thing at a time, and the dialogue over what it is then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from bot.channel.telegram import beside, offer_text
from bot.channel.telegram.handlers import Handlers
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Wording
from bot.errors import BotError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Renewal:
    """Reads, writes, and lets the dialogue follow.

    Args:
        renew: Returns a dialogue over the corpus as it stands; it blocks.
        chat: Answers everybody, from the new dialogue on once there is one.
    """

    def __init__(self, renew: Callable[[], Dialogue], chat: Handlers) -> None:
        self._renew = renew
        self._chat = chat
        self._one_at_a_time = asyncio.Lock()
        self._changes = self._indexed = 0

    async def read(self, call: Callable[[], Result]) -> Result:
        """Return what a call returns that may break off anywhere."""
        async with self._one_at_a_time:
            return await beside.run(call)

    async def write(self, call: Callable[[], Result]) -> Result:
        """Return what a call returns that writes; the end of the program waits for it."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(call)

    def changed(self) -> None:
        """Note that the corpus has changed, or may have."""
        self._changes += 1

    async def follow(self) -> None:
        """Answer from the corpus as it is now; one rebuilding does for all changes before it began.

        Raises:
            BotError: That is not possible; the dialogue of before goes on answering.
        """
        mine = self._changes
        async with self._one_at_a_time:
            if self._indexed < mine:
                newest = self._changes
                self._chat.use(await beside.run(self._renew))
                self._indexed = newest


def reason(error: Exception, words: Wording) -> str:
    """Return what went wrong: an error of ours is fit to be shown, of any other only the log has the details."""
    if isinstance(error, BotError):
        return offer_text.reason(str(error), words)
    logger.error("a submission failed", exc_info=error)
    return words.say("file_unexpected")
