"""What is done about a button that was pressed, whatever it is for. A failure harms nobody and is a line in the log."""

from __future__ import annotations

import logging

from telegram import CallbackQuery
from telegram.error import TelegramError

logger = logging.getLogger(__name__)


async def acknowledge(press: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's clock; with a notice, show it until it is closed."""
    try:
        await press.answer(notice, show_alert=notice is not None)
    except TelegramError as error:
        logger.info("a press is not acknowledged: %s", error.message)


async def take_buttons_away(press: CallbackQuery) -> None:
    """Remove the buttons of the message with the one that was pressed."""
    try:
        await press.edit_message_reply_markup(None)
    except TelegramError as error:
        logger.info("buttons are not taken away: %s", error.message)
