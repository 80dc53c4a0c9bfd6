from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import matching
from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold

TEXTS = st.text(st.sampled_from("静安寺商圈退货無理由酒店家１2O０ODrａ，。 😀𠮷\n"), max_size=40)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("蓝桥区无理由退货单位", ["无理由", "单位"], ["无理由", "单位"]),
        ("藍橋區無理由退貨單位", ["无理由退货"], ["無理由退貨"]),
        ("推行ＯＤＲ平台", ["odr"], ["ＯＤＲ"]),
        ("放心消费单位", ["放心", "消费"], ["放心消费"]),  # those that touch are one
        ("这家酒店很大", ["店"], []),
        ("2020年有20家", ["20"], ["20"]),
        ("静安寺商圈无理由退货单位313家", ["静安寺", "家"], ["静安寺", "家"]),
        ("什么也没有", [], []),
        ("什么也没有", [""], []),
    ],
)
def test_the_words_are_found_where_they_stand(
    analyzer: Analyzer, text: str, words: list[str], found: list[str]
) -> None:
    got = matching.spans(text, words, analyzer.tokenizer.words)
    assert [text[start:end] for start, end in got] == found


@given(TEXTS, st.lists(TEXTS.map(fold), max_size=5))
def test_spans_are_in_order_and_apart_and_hold_a_word(
    analyzer: Analyzer, text: str, words: list[str]
) -> None:
    got = matching.spans(text, words, analyzer.tokenizer.words)
    borders = [border for span in got for border in span]
    assert borders == sorted(set(borders))
    assert all(0 <= start < end <= len(text) for start, end in got)
    assert all(any(word in fold(text[a:b]) for word in words if word) for a, b in got)
