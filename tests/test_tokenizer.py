from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import tokenizer
from bot.analysis.chars import fold
from bot.analysis.tokenizer import RUN, Token, Tokenizer
from tests.strategies import TYPED

WORDS = Tokenizer(["无理由退货", "消费課堂"])
CUTS = {
    "words": WORDS.words,
    "unguessed": lambda text: WORDS.words(text, guess=False),
    "bigrams": tokenizer.bigrams,
    "chars": tokenizer.chars,
}
cuts = pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
Cut = Callable[[str], list[Token]]


def terms(tokens: list[Token]) -> list[str]:
    return [token.term for token in tokens]


def test_the_three_kinds_of_term() -> None:
    assert terms(WORDS.words("ODR平台")) == ["odr", "平台"]
    assert terms(tokenizer.bigrams("ODR平台上")) == ["odr", "平台", "台上"]
    assert terms(tokenizer.chars("ODR平台")) == ["odr", "平", "台"]


def test_numbers_stay_whole() -> None:
    assert terms(tokenizer.bigrams("满意率99.4%，共1980家")) == [
        "满意",
        "意率",
        "99.4%",
        "共",
        "1980",
        "家",
    ]
    assert terms(tokenizer.chars("二〇二一年")) == ["2021", "年"]


def test_marks_are_no_terms() -> None:
    for cut in CUTS.values():
        assert cut("，。！？“” …\n🙂⟦⟧") == []


def test_a_domain_word_is_kept_whole_in_either_script() -> None:
    assert "无理由退货" in terms(WORDS.words("線下無理由退貨單位"))
    assert "消费课堂" in terms(WORDS.words("消费课堂报名"))
    assert WORDS.knows("无理由退货")
    assert not WORDS.knows("无里由退货")


def test_tokenizers_do_not_share_their_words() -> None:
    Tokenizer(["蓝桥乙"]).words("蓝桥乙")
    assert not Tokenizer().knows("蓝桥乙")


def test_offsets_index_the_original() -> None:
    text = "ＯＤＲ平臺，二〇二一年"
    assert [text[t.start : t.end] for t in tokenizer.bigrams(text)] == [
        "ＯＤＲ",
        "平臺",
        "二〇二一",
        "年",
    ]


@cuts
@given(text=TYPED)
def test_a_term_is_the_folded_text_between_its_offsets(cut: Cut, text: str) -> None:
    folded = fold(text)
    for token in cut(text):
        assert folded[token.start : token.end] == token.term
        assert len(text[token.start : token.end]) == len(token.term)


@cuts
@given(text=TYPED.map(lambda text: text.replace("年", "月")))
def test_a_slice_of_the_original_folds_to_its_term(cut: Cut, text: str) -> None:
    """Without 年, since only 年 tells that the digits before it are a year."""
    for token in cut(text):
        assert fold(text[token.start : token.end]) == token.term


@cuts
@given(text=TYPED)
def test_tokens_come_in_order(cut: Cut, text: str) -> None:
    starts = [token.start for token in cut(text)]
    assert starts == sorted(set(starts))


@cuts
@given(text=TYPED)
def test_no_letter_or_digit_is_lost(cut: Cut, text: str) -> None:
    covered = {at for token in cut(text) for at in range(token.start, token.end)}
    assert {at for at, char in enumerate(fold(text)) if RUN.match(char)} <= covered


@given(st.text(st.sampled_from("退货单位家消费a1"), min_size=1))
def test_bigrams_of_a_longer_run_overlap_by_one(text: str) -> None:
    for before, after in zip(tokenizer.bigrams(text), tokenizer.bigrams(text)[1:], strict=False):
        assert after.start in (before.start + 1, before.end)
