"""What Telegram shows of the bot before anybody writes to it."""

from __future__ import annotations

import pytest

from bot.channel.telegram import application
from bot.settings import Settings
from bot.store.memory import MemoryDeliveryStore
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
    app = application.build(settings, MemoryDeliveryStore(), request=telegram).app
    async with app:
        await application.introduce(app.bot, FixedDialogue())
    told = [parameters for name, parameters in telegram.calls if name == method]
    assert [one.get("language_code") for one in told] == [None, "zh", "en"]
    assert all(0 < len(one[field]) <= most for one in told)
    assert told[0][field] != told[2][field]
