import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from bot import edits
from bot.ingest import ruby

HAN = "中国消费者报区场监权护进营环扩务经发创设单业重量女绿行长乐还"


def clean(text):
    return edits.apply(text, ruby.find(text)[0])


def reading(character, style):
    return pinyin(character, style=style)[0][0]


@given(
    st.lists(st.tuples(st.sampled_from(HAN), st.integers(0, 3)), min_size=4, max_size=30),
    st.sampled_from([Style.TONE, Style.NORMAL]),
    st.sampled_from(["()", "（）"]),
)
def test_readings_put_behind_any_characters_are_taken_out(text, style, brackets):
    damaged = "".join(
        character + f"{brackets[0]}{reading(character, style)}{brackets[1]}" * times
        for character, times in text
    )
    plain = "".join(character for character, _ in text)
    assert edits.apply(damaged, ruby.readings_in(damaged)) == plain


@pytest.mark.parametrize(
    "word", ["（记者刘浩）", "（时尚消费品）", "（站）", "(ODR)", "(CCTV)", "(app)"]
)
def test_brackets_that_hold_no_reading_stay(word):
    text = f"中国(guó)消费(fèi)者(zhě)平台{word}开通"
    assert clean(text) == f"中国消费者平台{word}开通"


def test_any_reading_of_a_character_counts_with_any_tone():
    assert clean("国(guó)消(xiāo)费(fèi)长(cháng)长(zhǎng)行(hang2)女(nv)") == "国消费长长行女"


def test_one_gloss_of_a_rare_character_is_the_writers_own():
    assert clean("在柘（zhè）林镇建成公园") == "在柘（zhè）林镇建成公园"


def test_glosses_of_characters_with_several_readings_are_the_writers_own():
    text = "安徽六（lù）安、亳（bó）州和歙（shè）县开展检查"
    assert clean(text) == text


@pytest.mark.parametrize("bracket", ["({}😊)", "(😊{})", "({})👍", "({} {})", "（{}）（{}）"])
def test_readings_with_pictures_or_doubled_are_taken_out(bracket):
    damaged = "".join(
        ch + bracket.format(reading(ch, Style.TONE), reading(ch, Style.TONE))
        for ch in "中国消费者报"
    )
    assert clean(damaged) == "中国消费者报"


def test_a_picture_of_the_writers_beside_a_reading_stays():
    assert clean("国(guó)消(xiāo)费(fèi)者笑脸(liǎn)😊。") == "国消费者笑脸😊。"


def test_letters_that_may_be_a_reading_of_a_whole_word_are_asked_about():
    _, doubts = ruby.find("国(guó)消(xiāo)费(fèi)者协会(xiéhuì)")
    assert [what for what, _, _ in doubts]


SPELLED = "消費(fèi)者協(xié)會(huì)約(yuē)談(tán)了廠(chǎng)長(zhǎng),要求長(zhǎng)期開(kāi)門(mén)納(nà)諫(jiàn)。"


def test_readings_behind_characters_that_need_no_converting_are_the_writers():
    edits, doubts = ruby.find(SPELLED + "地點(diǎn)在柘(zhè)林鎮(zhèn)。")
    assert "(zhè)" not in [edit.raw for edit in edits]
    assert "(zhèn)" in [edit.raw for edit in edits]
    assert doubts == []


def test_a_reading_that_the_text_speaks_of_is_asked_about():
    _, doubts = ruby.find(SPELLED + "姓單(dān)的人少,讀音與鄲相同。")
    assert len(doubts) == 1
