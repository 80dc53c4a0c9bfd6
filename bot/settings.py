"""The settings; the one place that reads the environment and `.env`.

`.env.example` names each variable with its default.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path

from bot.errors import SettingsError

TELEGRAM_API = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"
TOKEN = re.compile(r"\d+:[\w-]{10,}")
URL = re.compile(r"https?://[^\s/]+")
RETENTION_DAYS = 30
DAYS = re.compile("[0-9]{1,4}")
USER_ID = re.compile("[1-9][0-9]{0,15}")
PORT = re.compile("[1-9][0-9]{0,4}")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
SECRET = re.compile("[A-Za-z0-9_-]{1,256}")
"""What Telegram allows. Source: https://core.telegram.org/bots/api#setwebhook."""
LOOPBACK = "127.0.0.1"
WEBHOOK_PORT = 8443


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where something is served.

    Args:
        listen: Address of this machine, or a name of it.
        port: 1 to 65535; 0 is any free one, for tests.
    """

    listen: str
    port: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram calls the bot.

    Args:
        url: What Telegram calls.
        endpoint: Where those calls arrive in the end, behind a reverse proxy as a rule.
        secret: Comes with each call and proves that it is Telegram's; None is a random one for each start.
    """

    url: str
    endpoint: Endpoint
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set.

    Args:
        corpus: Folder of the corpus: the one named, else the operator's own, else the one that ships.
        state: Folder for the index.
        own_corpus: Where the corpus that ships is copied to before anything is written; None where one is named.
        token: Telegram's bot token, or None; never shown.
        api_base: Base address of the Bot API, the token is appended to it.
        api_file_base: The same for files.
        admins: Telegram's ids of the users who may add articles.
        log_level: Level of Python's logging.
        webhook: How Telegram calls the bot; None is long polling.
        metrics: Where health and metrics are served, or None.
        retention_days: How many days questions and feedback are kept; 0 keeps no question.
        semantic: Whether sentence vectors are used where their package is installed.
        guide: Whether the guide in the corpus answers beside the articles.
    """

    corpus: Path
    state: Path
    token: str | None = field(default=None, repr=False)
    api_base: str = TELEGRAM_API
    api_file_base: str = TELEGRAM_FILES
    admins: frozenset[int] = frozenset()
    log_level: int = logging.WARNING
    webhook: Webhook | None = None
    metrics: Endpoint | None = None
    retention_days: int = RETENTION_DAYS
    semantic: bool = False
    own_corpus: Path | None = None
    guide: bool = False

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
            raise SettingsError("TELEGRAM_BOT_TOKEN", "does not look like a token from @BotFather")
        for name in ("TELEGRAM_API_BASE", "TELEGRAM_API_FILE_BASE"):
            if name in values and not URL.match(values[name]):
                raise SettingsError(name, "must be an http or https address")
        admins = re.split(r"[,，\s]+", values.get("BOT_ADMINS", "").strip(",，"))
        if not all(map(USER_ID.fullmatch, filter(None, admins))):
            problem = "must be Telegram user ids, numbers with commas or spaces between them"
            raise SettingsError("BOT_ADMINS", problem)
        days = values.get("BOT_RETENTION_DAYS", str(RETENTION_DAYS))
        if not DAYS.fullmatch(days):
            raise SettingsError("BOT_RETENTION_DAYS", "must be a number of days, 0 to 9999")
        semantic = values.get("BOT_SEMANTIC", "auto")
        if semantic not in ("auto", "off"):
            raise SettingsError("BOT_SEMANTIC", "must be auto or off")
        guide = values.get("BOT_GUIDE", "on")
        if guide not in ("on", "off"):
            raise SettingsError("BOT_GUIDE", "must be on or off")
        state = Path(values["BOT_STATE"]) if "BOT_STATE" in values else default_state()
        named = Path(values["BOT_CORPUS"]) if "BOT_CORPUS" in values else None
        own = state / "corpus" if named is None else None
        return cls(
            corpus=named or (own if own and own.is_dir() else shipped_corpus()),
            state=state,
            token=token,
            api_base=values.get("TELEGRAM_API_BASE", TELEGRAM_API),
            api_file_base=values.get("TELEGRAM_API_FILE_BASE", TELEGRAM_FILES),
            admins=frozenset(map(int, filter(None, admins))),
            log_level=logging.getLevelNamesMapping()[level],
            webhook=_webhook(values),
            metrics=_endpoint(values, "BOT_METRICS_LISTEN", "BOT_METRICS_PORT"),
            retention_days=int(days),
            semantic=semantic == "auto",
            own_corpus=own,
            guide=guide == "on",
        )

    def require_token(self) -> str:
        """Return the token.

        Raises:
            SettingsError: It is not set.
        """
        if self.token is None:
            raise SettingsError("TELEGRAM_BOT_TOKEN", "is not set; @BotFather gives you one")
        return self.token


def _webhook(values: Mapping[str, str]) -> Webhook | None:
    """Return what is set of the webhook, all of it checked; None where no address is set."""
    endpoint = _endpoint(values, "WEBHOOK_LISTEN", "WEBHOOK_PORT", WEBHOOK_PORT)
    secret, url = values.get("WEBHOOK_SECRET"), values.get("WEBHOOK_URL")
    if secret is not None and not SECRET.fullmatch(secret):
        raise SettingsError("WEBHOOK_SECRET", "must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
    if url is None or endpoint is None:
        return None
    if not _is_address(url):
        raise SettingsError("WEBHOOK_URL", "must be an https address that Telegram can call")
    if urlsplit(url).scheme == "http" and "TELEGRAM_API_BASE" not in values:
        problem = "must be an https address; only a Bot API server of your own calls http"
        raise SettingsError("WEBHOOK_URL", problem)
    return Webhook(url, endpoint, secret)


def _endpoint(
    values: Mapping[str, str], listen: str, port: str, default: int | None = None
) -> Endpoint | None:
    """Return the endpoint that two variables name; None where there is no port.

    Args:
        values: What is set.
        listen: The variable of the address.
        port: The variable of the port.
        default: The port when none is set.
    """
    host = values.get(listen, LOOPBACK).removeprefix("[").removesuffix("]")
    if not _is_host(host):
        raise SettingsError(listen, "must be an address of this machine")
    number = values.get(port)
    if number is not None and (not PORT.fullmatch(number) or int(number) > 65535):
        raise SettingsError(port, "must be a number from 1 to 65535")
    if number is None and default is None:
        return None
    return Endpoint(host, int(number or default or 0))


def _is_address(url: str) -> bool:
    """Return whether an address can be called: one with a host, a port that is a number, and no blanks."""
    try:
        parts = urlsplit(url)
        port = parts.port  # reading it checks it
    except ValueError:
        return False
    host = parts.hostname or ""
    plain = url.isprintable() and " " not in url and not parts.fragment and port != 0
    return plain and parts.scheme in ("http", "https") and _is_host(host) and not parts.username


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(HOST.fullmatch(text))
    return True


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
