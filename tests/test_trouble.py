from __future__ import annotations

import pytest

from bot.question import trouble
from bot.question.question import Reader
from bot.question.trouble import Trouble


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("接到假的退款电话，汇了三千过去，怎么办", Trouble.FRAUD),
        ("刷单被骗了一万二，该找谁", Trouble.FRAUD),
        ("老板扣住我不让走，怎么办", Trouble.THREAT),
        ("网购退货被拒了怎么办", Trouble.REFUND),
        ("健身房说关就关，卡里还剩两千多，找谁要", Trouble.PREPAID),
        ("钢琴班说停就停，还有十节课的学费不退怎么弄", Trouble.PREPAID),
        ("孩子给主播刷了两万，能退吗", Trouble.REFUND),
        ("在超市买到过期牛奶，店员不认账，我该怎么办", Trouble.FAKE),
        ("哪里可以投诉商家", Trouble.COMPLAIN),
        ("上海一家美容院倒闭了，充的钱怎么拿回来", Trouble.PREPAID),
        ("喺間美容院充咗值，而家間舖執咗笠，啲錢點攞返", Trouble.PREPAID),
        ("我喺上海買咗對鞋，返到酒店先發現爛咗，間舖唔肯換，點算？", Trouble.REFUND),
        ("网店收了钱半个月不发货，客服装死，怎么讨回来", Trouble.REFUND),
        ("饭店结账多收我八十，想举报它", Trouble.COMPLAIN),
        ("My gym shut down and won't refund my membership, what can I do?", Trouble.PREPAID),
        ("Which number do I call to complain about a seller?", Trouble.COMPLAIN),
    ],
)
def test_who_needs_help_is_heard(real_reader: Reader, text: str, kind: Trouble) -> None:
    need = trouble.need(real_reader.read(text))
    assert kind in need.kinds
    assert need.personal


@pytest.mark.parametrize(
    "text",
    [
        "海曙区怎么处理直播带货的投诉",
        "静安寺市场监管所怎么化解退货纠纷",
        "海曙受理了多少件投诉举报",
        "写汇报要三个数：海曙受理投诉举报多少件、挽回损失多少、办结率多少",
        "奉贤有多少家无理由退货单位",
        "天沐度假村的电话多少",
        "Are complaints in Songjiang going up or down?",
    ],
)
def test_who_asks_what_others_do_needs_no_help(real_reader: Reader, text: str) -> None:
    assert trouble.need(real_reader.read(text)) == trouble.Need()


@pytest.mark.parametrize("text", ["被坑的买家后来赔了多少钱", "直播出了啥岔子，咋那么多人投诉"])
def test_who_asks_a_fact_about_a_case_has_none_of_their_own(real_reader: Reader, text: str) -> None:
    assert not trouble.need(real_reader.read(text)).personal
