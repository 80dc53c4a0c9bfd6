"""Character filters: every one keeps the length, so that an offset into the result is an offset into the text.

`fold` is what both sides of a search go through: full-width Latin becomes half-width, capitals become small,
Traditional characters become Simplified, and a year written in Chinese digits (二〇二一年) becomes one in
Arabic digits. The text that a user sees is never the folded one.
"""

from __future__ import annotations

import functools
import re
import unicodedata

import opencc

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
HAN = re.compile(f"[{CJK}]")
CHINESE_YEAR = re.compile("[〇零○一二三四五六七八九]{4}(?=年)")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# OpenCC's t2s leaves these alone or takes the rarer reading, since it cannot know the word; for a search both
# sides only have to agree, so each pair is folded into its more frequent member.
VARIANTS = {
    "著": "着",
    "乾": "干",
    "於": "于",
    "徵": "征",
    "夥": "伙",
    "妳": "你",
    "牠": "它",
    "祂": "它",
}


@functools.cache
def table() -> dict[int, str]:
    """Return the translation table of single characters, built once from OpenCC's own tables."""
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    folded = {ord(a): b for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1}
    folded |= {ord(a): b for a, b in VARIANTS.items()}
    folded |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
    for code, char in list(folded.items()):
        # In two steps where OpenCC takes two (薴, 苧, 苎): folding a folded text must change nothing.
        folded[code] = _lower(folded.get(ord(char), char))
    # Small letters beyond ASCII matter too (É in a brand's name), but only where the length stays 1.
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530)):
        char = chr(code)
        if _lower(char) != char:
            folded[code] = _lower(char)
    return folded


def fold(text: str) -> str:
    """Return `text` folded for searching; the result has the same length.

    >>> fold("ＯＤＲ平臺，二〇二一年")
    'odr平台,2021年'
    """
    folded = text.translate(table())
    return CHINESE_YEAR.sub(lambda match: match[0].translate(CHINESE_DIGITS), folded)


def visible(text: str) -> str:
    """Return what a person sees of an input: no control, zero-width or unassigned characters, NFC, one-line spaces.

    This is for what users type, which is never quoted; it may change the length.
    """
    kept = (" " if c.isspace() else c for c in text if c.isspace() or not _unseen(c))
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _lower(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else char
