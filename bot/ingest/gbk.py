"""The bytes of GBK: a character's pair, a pair's character, and the pairs that a reader drops."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.ingest import fluency

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
PRIVATE = ((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), range(0xA1, 0xFF))
PRIVATE_LOW = (range(0xA1, 0xA8), range(0x81, 0xA1))
"""First and second bytes of the private areas, which a reader drops; of the low one as far as a second byte can be
the first of a character."""


def first_byte(printed: str) -> int | None:
    """Return the first byte of a printed character's pair; half-width print was full-width before."""
    if printed == "\ufffd":
        return None
    if printed.isascii():
        return 0xA3 if "!" <= printed <= "~" else None
    pair = encode(printed)
    return pair[0] if pair else None


def second_byte(printed: str) -> int | None:
    """Return the second byte of a printed character's pair."""
    if printed.isascii():
        return ord(printed) | 0x80 if "!" <= printed <= "~" else None
    pair = encode(printed)
    return pair[1] if pair else None


@cache
def encode(character: str) -> bytes | None:
    """Return a character's pair, or None when it has none."""
    try:
        pair = character.encode("gbk")
    except UnicodeEncodeError:
        return None
    return pair if len(pair) == 2 else None


@cache
def decode(first: int, second: int) -> str | None:
    """Return the character of a pair, or None when there is none."""
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None


@cache
def likely(firsts: Sequence[int], seconds: Sequence[int]) -> tuple[str, ...]:
    """Return those characters of a row that are in everyday use: a rare one with lost bytes could never be proven."""
    return tuple(character for character in row(firsts, seconds) if fluency.is_common(character))


@cache
def row(firsts: Sequence[int], seconds: Sequence[int]) -> tuple[str, ...]:
    """Return the characters of all pairs of the bytes given."""
    pairs = (decode(first, second) for first in firsts for second in seconds)
    return tuple(character for character in pairs if character)
