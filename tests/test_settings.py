from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collection import read_articles
from bot.errors import SettingsError
from bot.settings import (
    Endpoint,
    Settings,
    Webhook,
    default_state,
    read_environment,
    shipped_corpus,
)

TOKEN = "123456789:AAtest_token-0123456789abcdefghij"


def test_everything_has_a_default() -> None:
    got = Settings.from_env({})
    own = default_state() / "corpus"
    assert got == Settings(
        shipped_corpus(), default_state(), semantic=True, own_corpus=own, guide=True
    )
    assert got.token is None
    assert got.log_level == logging.WARNING


def test_the_shipped_corpus_can_be_read() -> None:
    assert len(read_articles(shipped_corpus())) == 5


def test_what_is_set_is_used() -> None:
    got = Settings.from_env(
        {
            "BOT_CORPUS": "/somewhere/corpus",
            "BOT_STATE": " /somewhere/state ",
            "BOT_LOG": "debug",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE": "http://localhost:8081/bot",
            "TELEGRAM_API_FILE_BASE": "http://localhost:8081/file/bot",
            "BOT_ADMINS": "7, 4503599627370495\t7，8 ,",
            "WEBHOOK_URL": "https://bot.example.org/hook",
            "WEBHOOK_LISTEN": "0.0.0.0",
            "WEBHOOK_PORT": "8080",
            "WEBHOOK_SECRET": "a-secret_1",
            "BOT_METRICS_LISTEN": "[::1]",
            "BOT_METRICS_PORT": "9100",
            "BOT_RETENTION_DAYS": "0",
            "BOT_SEMANTIC": "off",
            "BOT_GUIDE": "off",
        }
    )
    assert got == Settings(
        Path("/somewhere/corpus"),
        Path("/somewhere/state"),
        TOKEN,
        "http://localhost:8081/bot",
        "http://localhost:8081/file/bot",
        frozenset({7, 8, 4503599627370495}),
        logging.DEBUG,
        Webhook("https://bot.example.org/hook", Endpoint("0.0.0.0", 8080), "a-secret_1"),
        Endpoint("::1", 9100),
        0,
    )


@pytest.mark.parametrize("days", ["-1", "1.5", "three", "99999", "٣"])
def test_days_are_counted_in_whole_numbers(days: str) -> None:
    with pytest.raises(SettingsError, match=r"^BOT_RETENTION_DAYS: must be"):
        Settings.from_env({"BOT_RETENTION_DAYS": days})


def test_a_webhook_listens_on_loopback_and_has_no_secret_of_its_own_unless_told() -> None:
    got = Settings.from_env({"WEBHOOK_URL": "https://bot.example.org/"})
    assert got.webhook == Webhook("https://bot.example.org/", Endpoint("127.0.0.1", 8443))
    assert Settings.from_env({"WEBHOOK_PORT": "80", "WEBHOOK_SECRET": "x"}).webhook is None
    assert Settings.from_env({"BOT_METRICS_LISTEN": "::"}).metrics is None
    assert Settings.from_env({"BOT_METRICS_PORT": "1"}).metrics == Endpoint("127.0.0.1", 1)


def test_only_a_server_of_ones_own_may_call_without_tls() -> None:
    url = {"WEBHOOK_URL": "HTTP://bot_1:8080/secret"}
    with pytest.raises(SettingsError, match=r"^WEBHOOK_URL: must be an https address; only"):
        Settings.from_env(url)
    own = Settings.from_env(url | {"TELEGRAM_API_BASE": "http://localhost:8081/bot"})
    assert own.webhook is not None


def test_the_webhooks_secret_is_not_shown() -> None:
    got = Settings.from_env({"WEBHOOK_URL": "https://a.org", "WEBHOOK_SECRET": "not-to-be-seen"})
    assert "not-to-be-seen" not in repr(got)


def test_empty_counts_as_unset() -> None:
    names = ["BOT_CORPUS", "BOT_STATE", "BOT_LOG", "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_BASE"]
    assert Settings.from_env(dict.fromkeys(names, " ")) == Settings.from_env({})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOT_LOG", "noisy-secret"),
        ("BOT_LOG", "10"),
        ("TELEGRAM_BOT_TOKEN", "not-a-secret"),
        ("TELEGRAM_BOT_TOKEN", f"{TOKEN} and more"),
        ("TELEGRAM_BOT_TOKEN", f"bot{TOKEN}"),
        ("TELEGRAM_API_BASE", "localhost:8081/secret"),
        ("TELEGRAM_API_BASE", "https:///secret"),
        ("TELEGRAM_API_FILE_BASE", "file:///secret"),
        ("BOT_ADMINS", "7, @secret"),
        ("BOT_ADMINS", "-1001234"),
        ("BOT_ADMINS", "0"),
        ("BOT_ADMINS", "٧٧٧"),
        ("BOT_ADMINS", "7;888888"),
        ("BOT_ADMINS", "9" * 5000),
        ("WEBHOOK_URL", "bot.example.org/secret"),
        ("WEBHOOK_URL", "https://"),
        ("WEBHOOK_URL", "https://bot.example.org:99999/secret"),
        ("WEBHOOK_URL", "https://bot.example.org:0/secret"),
        ("WEBHOOK_URL", "https://[secret/"),
        ("WEBHOOK_URL", "https://user:secret@bot.example.org/"),
        ("WEBHOOK_URL", "https://bot.example.org/#secret"),
        ("WEBHOOK_URL", "https://bot.example.org/a secret"),
        ("WEBHOOK_URL", "ftp://bot.example.org/secret"),
        ("WEBHOOK_LISTEN", "0.0.0.0:8443"),
        ("WEBHOOK_LISTEN", "http://localhost"),
        ("WEBHOOK_PORT", "65536"),
        ("WEBHOOK_PORT", "-1"),
        ("WEBHOOK_PORT", "https"),
        ("WEBHOOK_PORT", "٨٤٤٣"),
        ("WEBHOOK_SECRET", "a secret"),
        ("WEBHOOK_SECRET", "秘密"),
        ("WEBHOOK_SECRET", "s" * 257),
        ("BOT_METRICS_LISTEN", "a host"),
        ("BOT_METRICS_PORT", "00"),
        ("BOT_METRICS_PORT", "9" * 5000),
    ],
)
def test_an_unusable_value_is_named_and_not_shown(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"WEBHOOK_URL": "https://bot.example.org/"} | {variable: value})
    assert str(caught.value).startswith(f"{variable}: ")
    assert value not in str(caught.value)
    assert caught.value.variable == variable


@given(st.text(max_size=60))
def test_no_token_is_ever_shown(value: str) -> None:
    try:
        shown = repr(Settings.from_env({"TELEGRAM_BOT_TOKEN": f"{value}:0123456789abc"}))
    except SettingsError as error:
        shown = str(error)
    assert "0123456789abc" not in shown


def test_the_token_is_asked_for_by_its_name() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN: is not set"):
        Settings.from_env({}).require_token()
    assert Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}).require_token() == TOKEN


def test_a_dotenv_file_adds_to_the_environment_which_wins(tmp_path: Path) -> None:
    lines = 'BOT_LOG=INFO\nBOT_STATE="/a b/状态"\nBOT_CORPUS=$HOME/x\nALONE\n'
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    assert read_environment({"BOT_LOG": "ERROR"}, tmp_path) == {
        "BOT_LOG": "ERROR",
        "BOT_STATE": "/a b/状态",
        "BOT_CORPUS": "$HOME/x",
    }


def test_without_a_dotenv_file_there_is_the_environment(tmp_path: Path) -> None:
    assert read_environment({"A": "b"}, tmp_path) == {"A": "b"}


def test_a_dotenv_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"BOT_STATE=\xff")
    with pytest.raises(SettingsError, match=r"^\.env: "):
        read_environment({}, tmp_path)
