"""Numbers in Arabic and Chinese digits."""

from __future__ import annotations

import pytest

from bot.analysis.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百一十三", 313),
        ("十", 10),
        ("两千", 2000),
        ("1,470", 1470),
        ("二十一", 21),
        ("7", 7),
        ("", 0),
    ],
)
def test_numbers_are_read(text: str, value: float) -> None:
    assert number(text) == value
