"""The settings; the one place that reads the environment and `.env`.

`.env.example` names each variable with its default.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_data_path

from bot.errors import SettingsError

TELEGRAM_API = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"
TOKEN = re.compile(r"\d+:[\w-]{10,}")
URL = re.compile(r"https?://[^\s/]+")
USER_ID = re.compile("[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set.

    Args:
        corpus: Folder of the corpus.
        state: Folder for the index.
        token: Telegram's bot token, or None; never shown.
        api_base: Base address of the Bot API, the token is appended to it.
        api_file_base: The same for files.
        admins: Telegram's ids of the users who may add articles.
        log_level: Level of Python's logging.
    """

    corpus: Path
    state: Path
    token: str | None = field(default=None, repr=False)
    api_base: str = TELEGRAM_API
    api_file_base: str = TELEGRAM_FILES
    admins: frozenset[int] = frozenset()
    log_level: int = logging.WARNING

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Return the settings in a mapping of environment variables; empty ones count as unset.

        Raises:
            SettingsError: A variable is unusable; the message names it and not its value.
        """
        values = {key: value.strip() for key, value in environ.items() if value and value.strip()}
        level = values.get("BOT_LOG", "WARNING").upper()
        if level not in logging.getLevelNamesMapping():
            raise SettingsError("BOT_LOG", "must be DEBUG, INFO, WARNING or ERROR")
        token = values.get("TELEGRAM_BOT_TOKEN")
        if token is not None and not TOKEN.fullmatch(token):
            raise SettingsError("TELEGRAM_BOT_TOKEN", "is not a token as @BotFather gives it")
        for name in ("TELEGRAM_API_BASE", "TELEGRAM_API_FILE_BASE"):
            if name in values and not URL.match(values[name]):
                raise SettingsError(name, "must be an http or https address")
        admins = re.split(r"[,，\s]+", values.get("BOT_ADMINS", "").strip(",，"))
        if not all(map(USER_ID.fullmatch, filter(None, admins))):
            problem = "must be Telegram user ids, numbers with commas or spaces between them"
            raise SettingsError("BOT_ADMINS", problem)
        return cls(
            corpus=Path(values["BOT_CORPUS"]) if "BOT_CORPUS" in values else shipped_corpus(),
            state=Path(values["BOT_STATE"]) if "BOT_STATE" in values else default_state(),
            token=token,
            api_base=values.get("TELEGRAM_API_BASE", TELEGRAM_API),
            api_file_base=values.get("TELEGRAM_API_FILE_BASE", TELEGRAM_FILES),
            admins=frozenset(map(int, filter(None, admins))),
            log_level=logging.getLevelNamesMapping()[level],
        )

    def require_token(self) -> str:
        """Return the token.

        Raises:
            SettingsError: It is not set.
        """
        if self.token is None:
            raise SettingsError("TELEGRAM_BOT_TOKEN", "is not set; @BotFather gives you one")
        return self.token


def read_environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment with what `.env` in `folder` adds; the environment wins.

    Raises:
        SettingsError: There is a `.env` that cannot be read.
    """
    path = folder / ".env"
    try:
        added = dotenv_values(path, interpolate=False) if path.is_file() else {}
    except (OSError, UnicodeDecodeError):
        raise SettingsError(".env", "cannot be read as UTF-8 text") from None
    return {key: value for key, value in added.items() if value is not None} | dict(environ)


def shipped_corpus() -> Path:
    """Return the corpus beside the code in a checkout, else the one inside the installed package."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / "corpus"
    return checkout if (checkout / "articles").is_dir() else package / "corpus"


def default_state() -> Path:
    """Return the platform's user data folder for this program; it need not exist yet."""
    return user_data_path("xiaobao", appauthor=False)
