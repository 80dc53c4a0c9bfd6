import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.ingest import punctuation

HALF = str.maketrans("，；：！？（）", ",;:!?()")


def clean(text):
    return edits.apply(text, punctuation.edits(text))


@given(st.lists(st.sampled_from(["消费", "（站）", "，", "；", "：", "“优”", "。"]), max_size=30))
def test_half_width_marks_between_chinese_become_full_width_again(parts):
    text = "中" + "文".join(parts) + "文"
    assert clean(text.translate(HALF)) == text


@pytest.mark.parametrize(
    "text",
    [
        "1,980",
        "20:53:04",
        "3.5",
        "http://a.cn/?a=1,2;3:4",
        "www.fb87.vip",
        "Hello, world",
        "a@b.cn",
    ],
)
def test_numbers_times_addresses_and_english_stay(text):
    assert clean(text) == text
    assert clean(f"达到{text}。") == f"达到{text}。"


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("满意率达99.4%,从", "满意率达99.4%，从"),
        ("(ODR)企业", "（ODR）企业"),
        ("“1(投诉)+9(所)”", "“1（投诉）+9（所）”"),
        ("拨打12315,12345热线", "拨打12315，12345热线"),
        ("他说:“好!”", "他说：“好！”"),
    ],
)
def test_marks_beside_numbers_and_quotes(half, full):
    assert clean(half) == full


def test_a_page_with_full_width_commas_is_not_damaged():
    assert not punctuation.is_damaged(
        "据了解，该所推行服务，效果很好，群众满意，(ODR)企业,共27家。"
    )
    assert punctuation.is_damaged("据了解,该所推行服务,效果很好。")
