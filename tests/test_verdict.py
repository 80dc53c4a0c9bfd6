from __future__ import annotations

import pytest

from bot.answer import verdict
from bot.answer.verdict import Verdict
from bot.question.question import Reader

LEAD = "从2020年至今，静安寺商圈放心消费承诺单位已达630家，无理由退货单位313家"


@pytest.mark.parametrize(
    ("text", "lead", "told"),
    [
        ("静安寺无理由退货单位是313家吗", LEAD, Verdict(True, "313家", "313家")),
        ("静安寺无理由退货单位是三百一十三家吗", LEAD, Verdict(True, "313家", "三百一十三家")),
        ("静安寺无理由退货单位是630家吗", LEAD, Verdict(False, "313家", "630家")),
        ("挽回了1470元吗", "挽回经济损失1470余万元", Verdict(False, "1470余万元", "1470元")),
        ("奉贤有两万家吗", "承诺单位2000余家", Verdict(False, "2000余家", "两万家")),
        ("满意率是99.4%吧", "满意率达99.4%", Verdict(True, "99.4%", "99.4%")),
        ("静安寺有多少家，313家？", LEAD, None),  # asks how many
        ("是313家吗", "承诺单位630家、退货单位313家", None),  # which of the two is open
        ("承诺单位是313家吗", "承诺单位630家、退货单位313家", Verdict(False, "630家", "313家")),
        (
            "蓝桥退货单位是120家吗",
            "退货单位已有120家，放心单位45家",
            Verdict(True, "120家", "120家"),
        ),
        ("四星级是39家吗", "其中39家四星级、56家五星级", Verdict(True, "39家", "39家")),
        (
            "日均处置200多件吗",
            "回应诉求30余万件，日均处置200余件",
            Verdict(True, "200余件", "200多件"),
        ),
        ("联络点总数是289家吗", "联络点总数达到239家", Verdict(False, "239家", "289家")),
        ("这239家是第几批吗", "总数达到239家", None),
        ("是2家还是3家吗", "共有3家", None),
        ("从哪一年开始算的？", "从2020年至今", None),
    ],
)
def test_a_figure_that_is_tried_is_told_right_or_wrong(
    real_reader: Reader, text: str, lead: str, told: Verdict | None
) -> None:
    assert verdict.of(real_reader.read(text), lead) == told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("静安寺无理由退货单位是313家吗", "静安寺无理由退货单位是多少家吗"),
        ("首批星级联络点是2017年挂牌的吗", "首批星级联络点是哪年挂牌的吗"),
        ("满意率是100%吗", "满意率是多少吗"),
        ("诉调对接是2020年5月10日推行的吗", "诉调对接是什么时候推行的吗"),
        ("截至2020年5月有313家吗", "截至2020年5月有多少家吗"),
        ("是313家、630家吗", "是多少家、多少家吗"),
        ("用了8年吗", "用了多少年吗"),
        ("上海的联络点过一万了没", "上海的联络点有多少了没"),
        ("那次才卖了一个亿？", "那次才卖了多少?"),
        ("一共多少家，过一千了吗", ""),  # asks how many
        ("微公园是建在青溪老街的吗", "微公园是建在哪里吗"),
        ("155家星级联络点是首批的吗", ""),
        ("静安寺有多少家无理由退货单位", ""),
        ("截至2022年12月21日呢?", ""),
    ],
)
def test_it_is_asked_for_what_the_figure_is(real_reader: Reader, text: str, asked: str) -> None:
    assert verdict.asked(real_reader.read(text)) == asked
