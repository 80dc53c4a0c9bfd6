from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from bot.analysis.chars import fold, visible
from tests.strategies import ANYTHING, TYPED


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＯＤＲ平臺，二〇二一年", "odr平台,2021年"),
        ("無理由退貨", "无理由退货"),
        ("二○二一年和二零二一年", "2021年和2021年"),
        ("二〇二一", "二〇二一"),
        ("第一百二十年", "第一百二十年"),
        ("乾淨，著名，妳們", "干净,着名,你们"),
        ("ÉCLAIR", "éclair"),
        ("甲\u3000乙", "甲 乙"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("char", ["İ", "ß", "ﷺ", "㍿", "ﬁ", "ǆ", "Ⅷ", "𠮷", "\ud83d"])
def test_a_character_that_would_grow_stays_one(char: str) -> None:
    assert len(fold(char)) == 1


@given(TYPED)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TYPED)
def test_folding_twice_is_folding_once(text: str) -> None:
    """A question is folded when it is read and again when its terms are cut; an article only once."""
    assert fold(fold(text)) == fold(text)


def test_no_character_is_folded_in_two_steps() -> None:
    """OpenCC takes 薴 to 苧, and 苧 to 苎."""
    every = "".join(map(chr, range(0x30000)))
    assert fold(fold(every)) == fold(every)
    assert len(fold(every)) == len(every)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("  静安寺\n\n有\t多少家\u3000？ ", "静安寺 有 多少家 ？"),
        ("静\u200b安\ufeff寺\u202e\x00", "静安寺"),
        ("\u200b\u200d\ufeff", ""),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\ud83d", ""),
        ("🙂", "🙂"),
    ],
)
def test_what_is_visible(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(ANYTHING)
def test_the_visible_is_one_line_without_hidden_characters(text: str) -> None:
    seen = visible(text)
    assert not {unicodedata.category(char) for char in seen} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert "  " not in seen
    assert seen == seen.strip()


@given(TYPED)
def test_looking_twice_shows_the_same(text: str) -> None:
    assert visible(visible(text)) == visible(text)
