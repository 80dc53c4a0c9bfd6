from __future__ import annotations

import pytest

from bot.question import followup
from bot.question.question import Question, Reader

TOPIC = "白塔区消费课堂开了多少次"


@pytest.mark.parametrize(
    ("text", "elliptic"),
    [
        ("那白塔呢？", True),
        ("虹口呢", True),
        ("有多少家", True),
        ("蓝桥有几家", True),
        ("消费课堂呢", False),
        ("蓝桥区的消费课堂有几次", False),
        ("呢？", False),
        ("", False),
    ],
)
def test_a_question_that_names_no_matter_is_elliptic(
    reader: Reader, text: str, elliptic: bool
) -> None:
    assert followup.is_elliptic(reader.read(text)) == elliptic


def test_a_long_question_stands_alone(reader: Reader) -> None:
    assert followup.may_follow(reader.read("那白塔呢"))
    assert followup.may_follow(reader.read("消费课堂的居民呢"))
    long = reader.read("居民听了消费课堂以后投诉的商户和快递公司分别赔偿金额")
    assert not followup.may_follow(long)


def completed(reader: Reader, text: str) -> Question:
    return followup.complete(reader.read(text), TOPIC, reader)


def test_the_matter_comes_from_the_topic_and_the_place_from_the_question(reader: Reader) -> None:
    got = completed(reader, "那蓝桥呢？")
    assert [place.name for place in got.places] == ["蓝桥区"]
    assert "消费课堂" in got.plain
    assert "白塔" not in got.plain
    assert got.kinds == ("count",)
    assert got.content == reader.read(TOPIC).content


def test_a_kind_of_its_own_replaces_that_of_the_topic(reader: Reader) -> None:
    got = completed(reader, "哪些？")
    assert got.kinds == ("list",)
    assert got.plain.endswith("哪些?")


def test_words_of_its_own_are_kept_besides_those_of_the_topic(reader: Reader) -> None:
    got = completed(reader, "听课的居民呢？")
    assert set(got.content) >= {"消费课堂", "居民"}


def test_what_was_typed_and_what_it_asks_besides_is_kept(reader: Reader) -> None:
    got = completed(reader, "2021年虹口呢，电话")
    assert got.text == "2021年虹口呢，电话"
    assert (got.years, got.elsewhere) == (("2021",), ("虹口",))
    assert [attribute.name for attribute in got.attributes] == ["phone"]


def test_the_same_is_asked_of_another_matter_in_the_same_place(reader: Reader) -> None:
    got = followup.exchanged(reader.read("那联络点呢"), TOPIC, "白塔区", reader)
    assert got is not None
    assert got.kinds == ("count",)
    assert [place.name for place in got.places] == ["白塔区"]
    assert "消费课堂" not in got.plain
    elsewhere = followup.exchanged(reader.read("蓝桥的联络点呢"), TOPIC, "白塔区", reader)
    assert elsewhere is not None
    assert [place.name for place in elsewhere.places] == ["蓝桥区"]


@pytest.mark.parametrize("text", ["联络点有多少个呢", "那蓝桥呢", "联络点"])
def test_whatever_asks_for_itself_is_not_exchanged(reader: Reader, text: str) -> None:
    assert followup.exchanged(reader.read(text), TOPIC, "白塔区", reader) is None


def test_a_total_leaves_out_what_was_told_apart(real_reader: Reader) -> None:
    topic = "第二批五星级联络点有多少家"
    total = followup.complete(real_reader.read("总共几家"), topic, real_reader)
    assert "五星" not in total.plain
    again = followup.complete(real_reader.read("多少家"), topic, real_reader)
    assert "五星" in again.plain
