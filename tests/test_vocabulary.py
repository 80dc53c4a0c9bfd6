from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.vocabulary import COMMON, Vocabulary, sound
from tests.strategies import ANYTHING

COUNTS = Counter(
    {
        "静安寺": 9,
        "无理由退货": 8,
        "联络点": 5,
        "消费者": 7,
        "的": COMMON + 1,
        "店": 3,
        "投诉": 4,
        "ODR": 2,
    }
)
GENERAL = {"联络", "静安", "理由", "消费", "投宿", "退货"}
WORDS = Vocabulary(COUNTS, GENERAL.__contains__)
SEGMENTS = st.sampled_from([*COUNTS, *GENERAL, "无里由", "静", "按", "四", "、", "？", "a", "1"])


@pytest.mark.parametrize(
    ("words", "mended"),
    [
        (["静", "按", "寺"], "静安寺"),
        (["竞", "安", "四"], "静安寺"),
        (["无里由", "退货"], "无理由退货"),
        (["联", "罗", "点"], "联络点"),
        (["在", "静", "按", "寺", "吗"], "在静安寺吗"),
        ([], ""),
    ],
)
def test_homophones_are_mended(words: list[str], mended: str) -> None:
    assert WORDS.correct(words) == mended


def test_words_that_sound_alike_are_left_alone_when_the_dictionary_knows_them() -> None:
    assert WORDS.correct(["投宿"]) == "投宿"


def test_a_word_of_which_nothing_is_left_is_no_typo() -> None:
    assert WORDS.correct(["井", "按", "四"]) == "井按四"


@given(st.lists(st.sampled_from([w for w in COUNTS if w != "ODR"]), max_size=6), st.data())
def test_words_of_the_corpus_are_left_alone(words: list[str], data: st.DataObject) -> None:
    marks = data.draw(
        st.lists(st.sampled_from("，。？ "), min_size=len(words), max_size=len(words))
    )
    apart = [part for pair in zip(words, marks, strict=True) for part in pair]
    assert WORDS.correct(apart) == "".join(apart)


@given(st.lists(SEGMENTS, max_size=8))
def test_mending_keeps_the_length(words: list[str]) -> None:
    assert len(WORDS.correct(words)) == len("".join(words))


@given(st.lists(ANYTHING.filter(bool), max_size=5))
def test_what_is_no_chinese_is_left_alone(words: list[str]) -> None:
    assert len(WORDS.correct(words)) == len("".join(words))


@pytest.mark.parametrize(
    ("text", "words", "share"),
    [
        ("jing an si", "静安寺", 1.0),
        ("jinganside lianluodian", "静安寺 的 联络点", 1.0),
        ("wuliyoutuihuo 2021", "无理由退货 2021", 1.0),
        ("zzz", "", 0.0),
        ("dian zz", "店", 4 / 6),
        ("", "", 0.0),
        ("2021?", "2021?", 0.0),
        ("tou'su", "投诉", 1.0),
    ],
)
def test_pinyin_is_read(text: str, words: str, share: float) -> None:
    got = WORDS.read_pinyin(text)
    assert (got[0], pytest.approx(got[1])) == (words, share)


@given(ANYTHING | st.text("abcdefghijlnostuxz '1？"))
def test_any_letters_can_be_read(text: str) -> None:
    _, share = WORDS.read_pinyin(text)
    assert 0 <= share <= 1


def test_of_words_that_sound_alike_the_frequent_one_is_meant() -> None:
    words = Vocabulary(Counter({"是": 9, "市": 2, "使": 9}), lambda _: False)
    assert words.read_pinyin("shi")[0] in {"是", "使"}


def test_a_word_that_the_corpus_lacks_is_understood_in_pinyin_but_nothing_is_mended_into_it() -> (
    None
):
    words = Vocabulary(Counter({"杭州": 0, "静安寺": 1}), lambda _: False)
    assert words.read_pinyin("hang zhou")[0] == "杭州"
    assert (words.spelt("hangzhou"), words.spelt("hongkong")) == ("杭州", None)
    assert words.correct(["航", "州"]) == "航州"


def test_an_empty_corpus_has_no_words() -> None:
    nothing = Vocabulary(Counter(), lambda _: False)
    assert nothing.read_pinyin("jing an si") == ("", 0.0)
    assert nothing.correct(["静", "安"]) == "静安"
    assert "静安" not in nothing


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhang", "zan"), ("chi", "ci"), ("shi", "si"), ("ling", "nin"), ("lan", "nan")],
)
def test_what_many_mix_up_sounds_the_same(one: str, other: str) -> None:
    assert sound([one]) == sound([other])


def test_what_nobody_mixes_up_does_not() -> None:
    assert len({sound([s]) for s in ("ban", "pan", "dan", "tan", "gan", "zan", "can", "san")}) == 8
