"""Numbers as texts write them, in Arabic or Chinese digits."""

from __future__ import annotations

DIGITS = {char: digit for digit, char in enumerate("零一二三四五六七八九")}
DIGITS |= {"两": 2, "〇": 0, "○": 0}
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


def in_chinese(value: int) -> str:
    """Return a number from 1 to 9,999 in Chinese digits, as statutes count their articles.

    >>> in_chinese(10), in_chinese(25), in_chinese(110), in_chinese(1005)
    ('十', '二十五', '一百一十', '一千零五')
    """
    names = "零一二三四五六七八九"
    told = ""
    for unit, char in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            told += names[digit] + char
        elif told and value and not told.endswith("零"):
            told += "零"
    return told.removeprefix("一") if told.startswith("一十") else told
