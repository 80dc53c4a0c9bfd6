"""What is said to be missing."""

from __future__ import annotations

import pytest

from bot.answer import refuse
from bot.answer.absence import Absence
from bot.answer.answer import Reason, Refusal
from bot.question.question import Reader
from tests.tiny import saying


def test_a_place_that_no_article_names_is_missing(reader: Reader) -> None:
    asked = reader.read("虹口有多少家无理由退货单位")
    assert refuse.at_once(asked, reader) == Refusal(Reason.UNKNOWN_PLACE)
    assert Absence(reader).of(asked) == ("虹口",)
    named = saying(reader, reader.said + "虹口路")
    there = named.read("虹口有多少家无理由退货单位")
    assert refuse.at_once(there, named) is None  # a word of the articles, of which they may tell
    assert Absence(named).of(there) == ()


def test_a_word_is_there_that_an_article_has_without_where(reader: Reader) -> None:
    absence = Absence(reader)
    assert absence.is_there("课堂里")  # 消费课堂
    assert not absence.is_there("操场里")


@pytest.mark.parametrize(
    "text", ["报道里有没有讲监管那边怎么处理大牌", "这类消费文章里提过一嘴没有"]
)
def test_what_is_cut_out_of_a_sentence_is_called_no_name(real_reader: Reader, text: str) -> None:
    missing = Absence(real_reader).of(real_reader.read(text))
    assert not any("没有" in name or "怎" in name or "一嘴" in name for name in missing)


STORY = "鹦鹉和火箭在沙漠里的合影送货上门时包装损坏了，保险公司和卖家互相推脱，怎么办"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("报道里提到哪些店吗", ()),  # a question word is no name
        ("有没有多少家", ()),
        ("有没有文章讲这个", ()),
        ("“鹦鹉券”怎么用", ("鹦鹉券",)),  # quoted
        ("冰箱块儿", ("冰箱",)),  # 块儿 names nothing
        ("茅台酒多少钱", ("茅台酒",)),
        ("茅台酒多少钱，送货上门的包装损坏能不能换", ("茅台酒",)),  # what the price is asked of
        (STORY, ()),  # none of so many is the reason
    ],
)
def test_what_is_missing_is_said_in_words_that_say_something(
    real_reader: Reader, text: str, missing: tuple[str, ...]
) -> None:
    assert Absence(real_reader).of(real_reader.read(text)) == missing


def test_a_glossarys_words_all_say_something(real_reader: Reader) -> None:
    silent = saying(real_reader, "")
    for text, missing in (("What about Tianyi?", ("天一",)), ("天一怎么样", ())):
        assert Absence(silent).of(real_reader.read(text)) == missing


def test_a_place_is_there_by_any_of_its_names(real_reader: Reader) -> None:
    assert "魔都" not in real_reader.said
    assert Absence(real_reader).is_there("魔都")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("请问鲁迅是谁", "鲁迅"),
        ("中关村怎么走", "中关村"),
        ("联络点在中关村吗", None),  # an article may say where they are
        ("特朗普和联络点有什么关系", None),  # asks for more
        ("退卡难怎么办", None),  # no name
    ],
)
def test_who_asks_for_a_name_alone_that_no_article_has_is_told_so(
    real_reader: Reader, text: str, missing: str | None
) -> None:
    question = real_reader.read(text)
    got = refuse.at_once(question, real_reader)
    assert (got and "、".join(Absence(real_reader).of(question))) == missing
