"""The picture of the figures: a PNG, with what the fonts at hand can show."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest
from matplotlib import font_manager, image

from bot import chart
from bot.channel.telegram import picture

DAYS = {"title": ["每天", "Questions a day"], "bars": [["11-01", 3], ["11-02", 0]]}
LISTS = [
    {"title": ["结果", "Outcomes"], "bars": [[["答上", "answered"], 3]]},
    {"title": ["地方", "Places"], "bars": [[["1. $\\frac{京}$", "1."], 2]]},
    {"title": ["文章", "Articles"], "bars": []},
]
FIGURES: dict[str, Any] = {"days": DAYS, "lists": LISTS}


def test_it_is_a_png_of_a_process_that_says_nothing_else() -> None:
    command = [sys.executable, "-m", "bot.chart"]
    done = subprocess.run(
        command, input=json.dumps(FIGURES).encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    height, width = image.imread(io.BytesIO(done.stdout)).shape[:2]
    assert (width, height) == tuple(round(inches * chart.DPI) for inches in chart.SIZE_IN)


@pytest.mark.filterwarnings("error")  # matplotlib warns of a glyph that no font has
def test_what_no_font_has_is_drawn_in_ascii() -> None:
    assert chart.draw(FIGURES, None).startswith(b"\x89PNG")


def test_a_font_has_every_character_or_none() -> None:
    assert chart.font_for(set("abc 123"))
    assert chart.font_for(set("问题\U0010fffd")) is None


def test_a_font_with_one_picture_for_all_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = font_manager.fontManager.ttflist
    last = [entry for entry in entries if "Last Resort" in entry.name]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", last)
    assert last
    assert chart.font_for(set("问题答案")) is None


async def test_the_bot_gets_the_picture_of_another_process() -> None:
    drawn = await picture.draw(FIGURES)
    assert drawn
    assert drawn.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "command", [("/nonexistent",), (sys.executable, "-c", "raise SystemExit(1)")]
)
async def test_no_picture_is_no_failure(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(picture, "COMMAND", command)
    assert await picture.draw(FIGURES) is None
    assert "no picture can be drawn" in caplog.text


async def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(picture, "TIMEOUT_S", 0.2)
    assert await picture.draw(FIGURES) is None
