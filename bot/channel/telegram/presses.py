"""What is done about a button that was pressed, whatever it is for. A failure harms nobody and is a line in the log."""

from __future__ import annotations

import asyncio
import logging

from telegram import CallbackQuery
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channel.telegram.sending import seconds_of

logger = logging.getLogger(__name__)

ATTEMPTS = 4
WAIT_S = 0.4
"""Before the second attempt; each further wait is twice as long."""
LONGEST_WAIT_S = 3.0
"""The chat's next messages wait meanwhile, and the app has shown the clock for long by then."""


async def acknowledge(press: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's clock; with a notice, show it until it is closed."""
    await respond(press, notice, alert=notice is not None)


async def respond(
    press: CallbackQuery, notice: str | None = None, *, alert: bool = False, url: str | None = None
) -> None:
    """Stop the button's clock, and try again where that fails: the notice may be all that the press is answered with.

    One pressed too long ago cannot be acknowledged, which harms nobody.

    Args:
        press: The press.
        notice: What is shown.
        alert: Whether it is shown until it is closed.
        url: What is opened.
    """
    wait_s = WAIT_S
    for left in reversed(range(ATTEMPTS)):
        try:
            await press.answer(notice, show_alert=alert or None, url=url)
        except TelegramError as error:
            pause_s = max(wait_s, seconds_of(error)) if isinstance(error, RetryAfter) else wait_s
            if not left or not _passes(error) or pause_s > LONGEST_WAIT_S:
                logger.info("a press is not acknowledged: %s", error.message)
                return
        else:
            return
        await asyncio.sleep(pause_s)
        wait_s *= 2


async def take_buttons_away(press: CallbackQuery) -> None:
    """Remove the buttons of the message with the one that was pressed."""
    try:
        await press.edit_message_reply_markup(None)
    except TelegramError as error:
        logger.info("buttons are not taken away: %s", error.message)


def _passes(error: TelegramError) -> bool:
    """Whether a failure is one that passes; BadRequest is a NetworkError to the library."""
    return isinstance(error, RetryAfter | NetworkError) and not isinstance(
        error, BadRequest | Forbidden
    )
