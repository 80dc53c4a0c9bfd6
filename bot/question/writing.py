"""Which writing a question is in (Simplified, Traditional, English or pinyin), and Traditional ones in Simplified."""

from __future__ import annotations

import re
from enum import StrEnum

import opencc

from bot.analysis.chars import HAN, VARIANTS, fold
from bot.analysis.tokenizer import Tokenizer

SYLLABLE = re.compile(
    "(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ueng|ai|an|ao|ei|en"
    "|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
)
WORD = re.compile("[a-z]+")
IS = re.compile("(?<!關)(?<!关)係(?!數)")
"""The Cantonese word for 是, which in Simplified characters is one with that of 系统 and 联系."""


class Writing(StrEnum):
    """How a question is written."""

    HANS = "hans"
    HANT = "hant"
    ENGLISH = "english"
    PINYIN = "pinyin"


def detect(text: str) -> Writing:
    """Return the writing of a visible, unfolded text.

    Chinese characters outweigh Latin ones, since names (ODR, G60) stand in Chinese questions too.
    """
    han = HAN.findall(text)
    letters = sum(map(len, WORD.findall(fold(text))))
    if len(han) * 3 >= letters:
        changed = any(fold(c) != c and c not in VARIANTS for c in han)
        return Writing.HANT if changed else Writing.HANS
    words = WORD.findall(fold(text))
    spelt = sum(len(word) for word in words if is_pinyin(word))
    return Writing.PINYIN if spelt >= 0.9 * letters else Writing.ENGLISH


def is_pinyin(word: str) -> bool:
    """Whether a word of small letters can be cut into syllables of toneless pinyin."""
    ends = {0}
    for start in range(len(word)):
        if start in ends:
            ends |= {
                end
                for end in range(start + 1, min(start + 6, len(word)) + 1)
                if SYLLABLE.fullmatch(word, start, end)
            }
    return len(word) in ends


class Simplified:
    """Puts Traditional questions into Simplified characters and the mainland's words: 軟體 is 软件.

    A word that the articles use stays: 聯絡點 is 联络点 where they say so, not 联系点.

    Args:
        tokenizer: Cuts words.
        said: All that the articles say, folded.
    """

    def __init__(self, tokenizer: Tokenizer, said: str) -> None:
        self._tokenizer = tokenizer
        self._said = said
        self._words = opencc.OpenCC("tw2sp")
        self._characters = opencc.OpenCC("t2s")

    def of(self, shown: str) -> str:
        """Return a text, visible and unfolded, in Simplified."""
        shown = IS.sub("是", shown)
        simple = self._characters.convert(shown)
        if len(simple) != len(shown):  # then its words cannot be told apart by where they stand
            return str(self._words.convert(shown))
        converted, at = [], 0
        for word in self._tokenizer.words(simple):
            if len(word.term) > 1 and word.term in self._said:
                converted.append(self._words.convert(shown[at : word.start]))
                converted.append(simple[word.start : word.end])
                at = word.end
        return "".join([*converted, self._words.convert(shown[at:])])
