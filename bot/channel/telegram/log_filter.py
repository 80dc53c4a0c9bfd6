"""Keeps the token out of the logs, what people write, and the library's tracebacks, which tell an operator nothing.

The token is part of every address that the bot calls, so it can turn up in a line of httpx, in the text of any
exception, and in the repr of the library's Bot.
"""

from __future__ import annotations

import logging

LIBRARIES = ("telegram", "httpx", "httpcore")
MASK = "***"

TALKATIVE = {
    "httpx": logging.WARNING,  # at INFO each address that it calls, and the token in it
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,  # at DEBUG each update and each call, the webhook's secret among them
    "aiosqlite": logging.INFO,  # at DEBUG each row
}
"""Libraries and the level below which they log what nobody is to read, however much is logged."""


class LogFilter(logging.Filter):
    """Masks a token in messages, tracebacks and stacks; shortens the libraries' tracebacks to a line.

    Args:
        token: The bot's token, "<bot id>:<secret>"; the id is no secret.
    """

    def __init__(self, token: str) -> None:
        super().__init__()
        # Without the id it is also found where the colon between is escaped.
        self._secret = token.rpartition(":")[2]

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, mended in place."""
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] and self._is_short(record):
            error = record.exc_info[1]
            message = f"{message} ({type(error).__name__}: {error})"
            record.exc_info = record.exc_text = None
        record.msg, record.args = self._masked(message), None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self._masked(record.exc_text)
        if record.stack_info:
            record.stack_info = self._masked(record.stack_info)
        return True

    def _is_short(self, record: logging.LogRecord) -> bool:
        library = record.name.partition(".")[0] in LIBRARIES
        return library and not logging.getLogger().isEnabledFor(logging.DEBUG)

    def _masked(self, text: str) -> str:
        return text.replace(self._secret, MASK)


def guard(token: str) -> None:
    """Put the filter on all that writes logs; call it when logging is configured.

    On handlers, not loggers: a logger's filter does not see what its children log.
    """
    for name, level in TALKATIVE.items():
        logging.getLogger(name).setLevel(max(level, logging.getLogger().level))
    log_filter = LogFilter(token)
    for handler in {*logging.getLogger().handlers, logging.lastResort}:
        if handler:
            handler.addFilter(log_filter)
