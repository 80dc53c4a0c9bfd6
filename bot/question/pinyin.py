"""Readings of words and characters in toneless pinyin, and which of them sound alike.

Made when the index is built; pypinyin's tables are large and take a quarter of a second to load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.analysis.chars import CJK

HAN_RUN = re.compile(f"[{CJK}]+")
FUZZY = ((re.compile("(?<=[zcs])h"), ""), (re.compile("ng"), "n"), (re.compile("^l"), "n"))
ROWS, CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
"""The rows of GB 2312 that hold its 6,763 characters."""


def readings(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the toneless syllables of words of Chinese characters, and of every character of GB 2312."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  (not needed where the readings are at hand)

    wanted = {*words, *_characters()}
    return {word: lazy_pinyin(word) for word in sorted(wanted) if HAN_RUN.fullmatch(word)}


def spell(text: str, known: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the syllables of a text: those of the word that it is, else of its characters one by one."""
    whole = known.get(text)
    if whole is not None:
        return whole
    return [syllable for char in text for syllable in known.get(char, (char,))]


def sound(syllables: Iterable[str]) -> str:
    """Return how a word sounds to people who mix up z and zh, n and ng: the key of homophones."""
    return " ".join(_fuzzy(syllable) for syllable in syllables)


def _fuzzy(syllable: str) -> str:
    for pattern, simple in FUZZY:
        syllable = pattern.sub(simple, syllable)
    return syllable


def _characters() -> Iterator[str]:
    for row in ROWS:
        for cell in CELLS:
            yield bytes((row, cell)).decode("gb2312", "ignore")
