"""Numbers as texts write them, in Arabic or Chinese digits."""

from __future__ import annotations

DIGITS = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}


def number(text: str) -> float:
    """Return a number below ten thousand in Chinese digits, or any in Arabic ones; 0 for an empty text.

    >>> number("三百一十三"), number("1,470"), number("十"), number("")
    (313.0, 1470.0, 10.0, 0.0)
    """
    if text[:1].isdecimal():
        return float(text.replace(",", "").rstrip("."))
    total = digit = 0
    for char in text:
        if char in TENS:
            total += (digit or 1) * TENS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return float(total + digit)
