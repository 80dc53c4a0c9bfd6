"""What Telegram shows of the bot before anybody writes to it."""

from __future__ import annotations

import pytest

from bot.channel.telegram import application
from bot.settings import Settings
from tests.fakes import TOKEN, FixedDialogue, RecordingRequest


@pytest.mark.parametrize(
    ("method", "field", "most"),
    [
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_it_is_told_in_each_language_within_telegrams_limits(
    method: str, field: str, most: int
) -> None:
    telegram = RecordingRequest()
    settings = Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN})
    app = application.build(settings, FixedDialogue(), request=telegram)
    assert app.post_init
    async with app:
        await app.post_init(app)
    told = [parameters for name, parameters in telegram.calls if name == method]
    assert [one.get("language_code") for one in told] == [None, "zh", "en"]
    assert all(0 < len(one[field]) <= most for one in told)
    assert told[0][field] != told[2][field]
