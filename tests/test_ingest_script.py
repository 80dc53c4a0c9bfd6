import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.ingest import script


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("隨著", "随着"), ("沿著", "沿着"), ("笑著", "笑着"), ("著名", "著名"), ("顯著", "显著"),
        ("著作權", "著作权"), ("乾淨", "干净"), ("餅乾", "饼干"), ("乾隆", "乾隆"), ("劉乾", "刘乾"),
        ("由於", "由于"), ("徵收", "征收"), ("宮商角徵羽", "宫商角徵羽"), ("夥伴", "伙伴"),
        ("以後", "以后"), ("皇后", "皇后"), ("發展", "发展"), ("頭髮", "头发"), ("瞭解", "了解"),
        ("瞭望", "瞭望"), ("答覆", "答复"), ("覆蓋", "覆盖"), ("藉口", "借口"), ("慰藉", "慰藉"),
    ],
)  # fmt: skip
def test_forms_that_depend_on_the_word(traditional, simplified):
    assert script.simplify(traditional) == simplified


def test_a_simplified_page_keeps_its_traditional_words():
    text = "同仁堂的“藥”字招牌擦得乾净，掌柜姓於。" + "放心消费与人们的衣食住行息息相关。" * 10
    assert script.edits(text) == []


@given(st.text("國消費者報上海訊記從賢區場監獲該權護積極進糾紛營滿著乾於徵夥後發,。", min_size=20))
def test_every_edit_is_one_character_to_one(text):
    found = script.edits(text)
    assert all(len(edit.raw) == len(edit.clean) == 1 == edit.end - edit.start for edit in found)
    assert len(edits.apply(text, found)) == len(text)


def test_converting_there_and_back_gives_the_text():
    text = "消费者权益保护委员会通过调动资源加强对重点行业领域的引导和监督，随着经济发展，著名品牌显著增加。"
    traditional = opencc.OpenCC("s2t").convert(text)
    assert edits.apply(traditional, script.edits(traditional)) == text


def test_a_character_that_may_be_a_name_s_or_dried_is_asked_about():
    text = "市場監管局對賣魚乾的攤位進行檢查，乾隆年間的老號也在內。"
    assert [text[start:end] for _, start, end in script.doubts(text)] == ["乾"]
    assert script.doubts("卖鱼乾的") == []
