from __future__ import annotations

import pytest

from bot.answer import lookup
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.question.question import Reader


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("313家是什么单位", "无理由退货单位313家"),
        ("38464件是什么", "受理投诉举报38464件"),
        ("630家是什么", "放心消费承诺单位已达630家"),
        ("27家是什么企业", "27家加入在线纠纷解决ODR企业"),
        ("青溪老街是干什么的地方", "青溪老街"),
        ("东方美谷归哪个区", "东方美谷"),
        ("上海野生动物园里能不能找到维权联络点", "上海野生动物园"),
        ("徐汇有联络点吗", "徐汇绿地缤纷城"),
        ("带娃去野生动物园，那边有维权联络点吗", "上海野生动物园"),
        ("Is there a consumer rights contact point in Xuhui?", "徐汇绿地缤纷城"),
        ("徐匯那個綠地繽紛城有沒有維權聯絡點", "绿地缤纷城"),
    ],
)
async def test_what_stands_in_the_articles_to_the_letter_is_found(
    real_dialogue: Dialogue, text: str, holds: str
) -> None:
    reply = await real_dialogue.ask(Utterance(text, ""))
    assert reply.status is Status.ANSWERED
    assert holds in reply.lead


@pytest.mark.parametrize(
    "text",
    [
        "静安寺有多少家无理由退货单位",  # asks for a figure
        "海曙十大体验式消费体验基地分别叫什么",  # asks for names
        "联络点是什么",  # on everybody's lips
        "天一商圈今年6月办了活动吗",  # of a day
    ],
)
def test_other_questions_look_nothing_up(real_reader: Reader, text: str) -> None:
    assert lookup.asked_about(real_reader.read(text), real_reader.said) == ()


async def test_what_the_sentence_does_not_say_of_a_name_is_not_answered(
    real_dialogue: Dialogue,
) -> None:
    reply = await real_dialogue.ask(Utterance("青溪老街有停车场吗", ""))
    assert reply.status is Status.REFUSED
    assert "没有提到停车场" in reply.message
