from __future__ import annotations

import pytest
from hypothesis import given

from bot.question import parts, sides
from bot.question.question import Reader
from tests.strategies import TYPED


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("静安寺有多少家无理由退货单位？另外奉贤有多少？松江办了几次论坛？", 3),
        ("请问1. 静安寺无理由退货多少家 2. 海曙联络站多少个", 2),
        ("①第二批星级联络点多少家 ②海曙伴手礼申报了几个 ③鸭鸭直播卖了多少", 3),
        ("奉贤联络站多少家，松江办了几次论坛，海曙ODR多少家", 3),
        ("海曙有几个放心商圈？商圈停车怎么收费？", 2),
        ("静安寺和奉贤哪个多？", 1),
        ("静安寺有多少家无理由退货，海曙办了几场论坛", 2),  # two matters
        ("奉贤设了多少联络站，松江呢", 2),
        ("奉贤有多少家联络站？海曙又有多少家？", 2),
        ("静安寺承诺单位几家？无理由退货的又是几家？", 2),
        ("静安寺有多少家退货单位，奉贤有多少家退货单位", 1),  # one matter of two places
        ("静安寺一个月投诉几件，比奉贤多吗", 1),
        ("你好。静安寺有多少家无理由退货单位？谢谢", 1),
        ("我在静安寺买的包。店里不给换。静安寺怎么解决国际品牌退换货的问题？", 1),
        ("一会儿问你点事", 1),
        ("静安寺和奉贤有什么区别？各有多少家？", 1),  # set against each other
        ("奉贤多少家，静安寺分别多少家", 1),
        ("静安寺多少家退货单位，静安寺办了几场论坛", 2),  # one place
        ("静安寺多少家退货单位，办了几场论坛", 2),
        ("五星几家 四星几家 总共几家", 3),
        ("松江那堂培訓課是哪一天、跟誰合辦、學費要多少？", 3),
        ("1、微公园建在哪个镇 2、占地多大", 2),
        ("海曙伴手礼几个，体验活动几场，浦东呢", 3),
        ("海曙满意率多少啊还有追回来多少钱", 2),
        ("上海第一条放心消费街是哪条，首个维权公园又在哪个镇", 2),
        ("静安寺有多少家，具体是哪些", 2),  # the second leans on the first
        ("海曙怎么处理投诉，多久有结果", 1),  # how is asked of all that is said
        ("健身房跑路了，找谁，打什么电话", 1),  # one person's trouble
        ("静安寺有多少家退货单位，奉贤几场论坛谁多", 1),
        ("静安寺有多少家退货单位，海曙有几个联络站，奉贤几场论坛谁多", 1),
        ("静安寺能退吗，奉贤呢", 1),
        ("静安寺有多少家退货单位，还有静安寺办了几场论坛", 2),  # 还有 joins
        ("①海曙办了几场活动②海曙会商了几次③奉贤有多少联络站", 3),
        ("静安寺有很多店，还有商场，几家能退", 1),
        ("静安寺几家，多少，几个", 1),  # of nothing
        (
            "How many shops are there in Fengxian, and how many forums in Haishu?",
            1,
        ),  # of two places
        ("How many contact points does Shanghai have and what is ODR?", 2),
        (f"{'我在静安寺买了个包，' * 10}静安寺有几家？奉贤有几家？", 1),  # a story
    ],
)
def test_a_message_has_so_many_questions(real_reader: Reader, text: str, count: int) -> None:
    assert len(parts.split(text, real_reader)) == count


def test_what_is_told_before_a_question_belongs_to_it(real_reader: Reader) -> None:
    got = parts.split("想问三件事：海曙挽回损失多少、满意率多少、会商了几次", real_reader)
    assert got == ("海曙挽回损失多少", "满意率多少", "会商了几次")


def test_the_place_told_beside_questions_goes_with_each(real_reader: Reader) -> None:
    got = parts.split("满意率多少；挽回损失多少；（都要海曙的）", real_reader)
    assert got == ("海曙满意率多少", "海曙挽回损失多少")


def test_what_opens_a_list_of_questions_belongs_to_each(real_reader: Reader) -> None:
    got = parts.split("首批那84家，五星级几家、四星级几家？", real_reader)
    assert got == ("首批那84家五星级几家", "首批那84家四星级几家")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("你好。静安寺有几家？奉贤有几家？", ("静安寺有几家", "奉贤有几家")),
        (
            "在静安寺买了包。静安寺有几家？奉贤有几家？",
            ("在静安寺买了包，静安寺有几家", "奉贤有几家"),
        ),
        ("静安寺有几家？在静安寺买了包。奉贤有几家？", ("静安寺有几家", "奉贤有几家")),
        ("静安寺，退货单位几家，联络点几个", ("静安寺退货单位几家", "静安寺联络点几个")),
    ],
)
def test_what_opens_a_message_belongs_to_its_first_question_and_a_greeting_to_none(
    real_reader: Reader, text: str, asked: tuple[str, ...]
) -> None:
    assert parts.split(text, real_reader) == asked


def test_more_questions_than_are_answered_are_left_out(real_reader: Reader) -> None:
    text = "？".join(["海曙有几家", "奉贤有几家", "松江几次", "上海几个", "宁波几个", "静安几个"])
    assert len(parts.split(text, real_reader)) == parts.MOST


@given(text=TYPED)
def test_nothing_typed_has_no_question_at_all(real_reader: Reader, text: str) -> None:
    assert parts.split(text, real_reader)


def test_the_place_that_opens_a_numbered_list_goes_with_each(real_reader: Reader) -> None:
    text = "汇报用，海曙这三个数给我：1、ODR单位几家；2、放心商圈几个；3、奉贤联络站几家"
    assert [part.rstrip("；") for part in parts.split(text, real_reader)] == [
        "海曙ODR单位几家",
        "海曙放心商圈几个",
        "奉贤联络站几家",
    ]


def test_three_places_are_asked_for_one_by_one(real_reader: Reader) -> None:
    question = real_reader.read("静安寺、奉贤、海曙的无理由退货单位分别是多少家？")
    each = sides.each_place(question, real_reader)
    assert [one[:2] for one in each] == ["静安", "奉贤", "海曙"]
    assert all(one.endswith("的无理由退货单位分别是多少家?") for one in each)
    assert sides.each_place(real_reader.read("静安寺和奉贤哪个多"), real_reader) == ()
