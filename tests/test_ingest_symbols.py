import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.ingest import symbols

TEXT = "近日，吴兴区设立服务站12个，为居民提供咨询。接到投诉后当天登记，三天内给出意见。"


def cleared(text):
    found, doubts = symbols.find(text)
    return edits.apply(text, found), [text[start:end] for _, start, end in doubts]


@given(st.sampled_from("⑳①❷❸▓★◆※＃#☆②⑪"), st.integers(1, 4), st.sampled_from("，。、"))
def test_a_symbol_planted_before_marks_goes(symbol, count, mark):
    planted = TEXT.replace(mark, symbol + mark, count)
    assert cleared(planted) == (TEXT, [])


def test_several_kinds_of_them_go():
    planted = TEXT.replace("，", "⑳④，", 1).replace("。", "▓。").replace("，为", "❷，为")
    assert cleared(planted) == (TEXT, [])


@pytest.mark.parametrize(
    "text",
    [
        "四类：①商品质量；②预付卡退费；③网购退货，都能投诉。",
        "冷库25℃，面积60㎡，杂质20‰。",
        "价格后面画了一颗★，旁边注着：“★为拿手菜”。",
        "病历末尾画了一张笑脸😊。",
        "见说明①。\n①说明在这里。",
        "《办法》、“无忧购”！",
        "3*4=12，A~B，",
    ],
)
def test_what_a_text_has_itself_stays(text):
    assert cleared(text) == (text, [])


def test_smiles_before_every_mark_were_planted():
    assert cleared(TEXT.replace("，", "😊，"))[0] == TEXT


def test_a_shape_among_the_words_is_asked_about():
    assert cleared("投诉消★费者，") == ("投诉消★费者，", ["★"])


def test_shapes_that_were_strewn_among_the_words_go():
    strewn = "近日，吴▓兴区设立服◆务站12个，为居■◆民提供咨询。接到投诉后当天登记，三天内给★出意见。"
    assert cleared(strewn) == (TEXT, [])


def test_a_string_of_symbols_goes_wherever_it_stands():
    assert cleared(f"{TEXT}◆※◆▓囗▓＃＠◆") == (TEXT, [])
    assert cleared("笑😊😊😊😊了") == ("笑😊😊😊😊了", [])


@pytest.mark.parametrize("noise", ["8 W# k. p2 T% e0 S", '" o3 ~  K7 v: M( z'])
def test_what_forums_put_behind_sentences_against_copying_goes(noise):
    assert cleared(f"{TEXT}{noise}\n{TEXT}")[0] == f"{TEXT}\n{TEXT}"


def test_noise_and_strings_go_also_where_shapes_were_strewn():
    strewn = "消★费★者★都★满意。"
    assert cleared(f"{strewn}8 W# k. p2 T% e0 S\n＠囗＠囗{TEXT}")[0] == f"消费者都满意。\n{TEXT}"


@pytest.mark.parametrize("text", ["见附件。http://a.gov.cn/b.htm", "他说：“好。”ODR in China"])
def test_latin_words_behind_a_sentence_stay(text):
    assert cleared(text)[0] == text


def test_a_symbol_that_begins_a_line_is_its_number():
    assert cleared("⑳，二十\n说明见后") == ("⑳，二十\n说明见后", [])


@pytest.mark.parametrize("text", ["消℃费", "消①费", "消😊费", "消○费"])
def test_units_numbers_and_smiles_among_words_raise_no_question(text):
    assert cleared(text) == (text, [])
