"""Fetching a file that somebody sent. Its address holds the token, so no error's own text is passed on."""

from __future__ import annotations

from telegram import Document
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.channel.telegram.pacing import Pause
from bot.channel.telegram.sending import seconds_of

BACK_OFF_S = (0.5, 1.0, 2.0, 4.0)
"""Waits between the attempts; together well below what a person waits before sending a file again."""

LIMIT_MB = 20
"""What Telegram lets a bot download. Source: https://core.telegram.org/bots/api#getfile."""
LIMIT_BYTES = LIMIT_MB * 1024 * 1024
TOO_BIG = "file is too big"
"""How Telegram says so where the size was not stated."""


class TooLargeError(Exception):
    """The file is larger than `LIMIT_MB`."""


async def fetch(document: Document, pause: Pause) -> bytes:
    """Return a document's content; a failing network is tried again.

    Args:
        document: The document as it was sent.
        pause: Waits for some seconds.

    Raises:
        TooLargeError: It is too large; what is stated to be is not downloaded.
        TelegramError: It cannot be fetched.
    """
    _check(document.file_size)
    failures = 0
    while True:
        try:
            return await _once(document)
        except RetryAfter as error:
            await pause(seconds_of(error))
        except (
            BadRequest
        ) as error:  # a NetworkError to the library, but asking again changes nothing
            if TOO_BIG in error.message.lower():
                raise TooLargeError from None
            raise
        except NetworkError:
            if failures == len(BACK_OFF_S):
                raise
            await pause(BACK_OFF_S[failures])
            failures += 1


async def _once(document: Document) -> bytes:
    file = await document.get_file()
    _check(file.file_size)
    if not file.file_path:
        raise TelegramError("the file has no path")
    try:
        content = bytes(await file.download_as_bytearray())
    except OSError as error:  # a Bot API server of one's own may name a file on this machine
        raise TelegramError("the file cannot be read") from error
    _check(len(content))
    return content


def _check(size: int | None) -> None:
    if size is not None and size > LIMIT_BYTES:
        raise TooLargeError
