from __future__ import annotations

import pytest
from hypothesis import given

from bot.question.writing import Writing, detect, is_pinyin
from tests.strategies import TYPED


@pytest.mark.parametrize(
    ("text", "writing"),
    [
        ("静安寺有多少家？", Writing.HANS),
        ("静安寺商圈ODR平台", Writing.HANS),
        ("靜安寺商圈有多少家？", Writing.HANT),
        ("ODR平臺", Writing.HANT),
        ("How many shops are there?", Writing.ENGLISH),
        ("What does the article say of 放心消费?", Writing.ENGLISH),
        ("jing an si duo shao jia", Writing.PINYIN),
        ("JINGANSI", Writing.PINYIN),
        ("Ｈｏｗ ｍａｎｙ ｓｈｏｐｓ", Writing.ENGLISH),
        ("12315", Writing.HANS),
        ("？", Writing.HANS),
        ("", Writing.HANS),
    ],
)
def test_writings(text: str, writing: Writing) -> None:
    assert detect(text) == writing


@pytest.mark.parametrize("text", ["干净的店", "发票", "后来", "里面有几家", "台湾", "著名", "乾净"])
def test_characters_of_both_scripts_are_no_sign_of_traditional(text: str) -> None:
    assert detect(text) == Writing.HANS


@pytest.mark.parametrize("word", ["jing", "xian", "zhuang", "lve", "jinganshi", "er", ""])
def test_syllables(word: str) -> None:
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["shop", "return", "many", "zxc", "ing2"])
def test_what_no_syllable_spells(word: str) -> None:
    assert not is_pinyin(word)


@given(TYPED)
def test_any_text_has_a_writing(text: str) -> None:
    assert detect(text) in Writing
