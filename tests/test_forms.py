from __future__ import annotations

import pytest
from hypothesis import given

from bot.analysis.chars import fold
from bot.answer import forms
from tests.strategies import ANYTHING


@pytest.mark.parametrize(
    ("kinds", "question", "text", "lacks"),
    [
        (["count"], "多少", "已有313家", False),
        (["count"], "多少", "办结率100%", False),
        (["count"], "多少家", "办结率100%", True),
        (["count"], "多少", "创建经验在全省推广", True),
        (["date"], "哪天", "11月14日", False),
        (["date"], "哪天", "已有313家", True),
        (["date"], "几点开门", "11月14日", True),
        (["date"], "几点开门", "早上9点半开门", False),
        (["date"], "礼拜几在", "11月14日", True),
        (["date"], "礼拜几在", "每个星期三在", False),
        (["percent"], "比例是多少", "已有313家", True),
        (["percent"], "西街占了多少", "西街427件", False),
        (["who"], "谁", "由市场监管局推广", False),
        (["who"], "谁", "创建经验在全省推广", True),
        (["count"], "镜子有多重", "口径1.5米", True),
        (["count"], "镜子有多重", "重达1.1吨", False),
        (["duration"], "船有多长", "花了3年", True),
        (["duration"], "船有多长", "残长24.2米", False),
        (["duration"], "修了多长时间", "残长24.2米", True),
        (["count"], "用多少度的水", "20款样品", True),
        (["count"], "用多少度的水", "以40℃至50℃为宜", False),
        (["count"], "得了多少分", "用时3分钟", True),
        (["count"], "得了多少分", "得了78.63分", False),
        ([], "硬卧票价", "15:05开出", True),
        ([], "硬卧票价", "硬卧每张495元", False),
        (["money"], "罚了它多少钱", "退还购车款", True),
        (["money"], "门诊要多少钱", "免收挂号费", False),
        (["count"], "几个月", "用了14个月", False),
        (["count"], "218家里有多少家", "218家店", True),  # the question's own number
        (["where"], "在哪", "创建经验在全省推广", False),
        (["nonsense"], "", "", False),
        (["count"], "咨询电话是多少", "咨询电话：0873-7652315", False),
        (["count"], "咨询电话是多少", "共接到咨询126件", True),
        (["where"], "在哪条路上", "店家拒绝退货", True),
        (["where"], "在哪条路上", "开在中山大街215号", False),
        (["who"], "由哪家公司承建", "由一家公司承建", False),  # only numbers are brought along
        (["count"], "有多少家、得了多少分", "已有313家", True),  # one of the two
        (["date"], "几点开门", "9:30开门", False),
        (["date"], "几月几号几点开门", "9:30开门", True),
        (["percent"], "降了几个点", "下降3.5%", False),
        (["percent"], "占了多少", "占了313家", False),
        (["duration"], "修了几年", "2021年完工", True),
        (["duration"], "修了几天", "1月4日完工", True),
        (["count"], "消费多少次", "消费3次", False),  # 费多少 of 消费多少 asks for no money
        (["list"], "哪几家", "有甲店和乙店", False),
        (
            ["list"],
            "消费怎么退、评价怎么写",
            "",
            False,
        ),  # 费 of 消费 and 价 of 评价 ask for no money
    ],
)
def test_whether_a_text_has_the_form_that_is_asked_for(
    kinds: list[str], question: str, text: str, lacks: bool
) -> None:
    assert forms.lacks(kinds, fold(question), fold(text)) == lacks


@pytest.mark.parametrize(
    ("kinds", "question", "text", "fits"),
    [
        (["count"], "有多少家", "已有313家", [1.0]),
        (["count"], "有多少家", "已有313个", [forms.KIN]),
        (["count"], "有多少家", "办结313件", [forms.ANY]),
        (["count"], "有多少家", "一家商场里的313家店", [forms.ONE, 1.0]),
        (["count"], "多少", "办结313件", [1.0]),
        (["count"], "打了几遍药", "往年14遍，今年6遍", [1.0, 1.0]),
        (["count"], "打了几遍药", "往年打14次", [forms.KIN]),
        (["duration"], "几个月", "用了14个月", [1.0]),
        (["date"], "哪天开放", "明年开放，5月1日试开", [forms.KIN, 1.0]),
        (["date"], "哪天", "11月14日", [1.0]),
        (["count"], "313家里有多少家", "已有313家", []),
        (["count"], "有多少家", "已有不少", []),
        (["list"], "哪些", "已有313家", []),
    ],
)
def test_what_fills_the_place_of_the_answer(
    kinds: list[str], question: str, text: str, fits: list[float]
) -> None:
    assert [fit for _, fit in forms.slots(kinds, question, text)] == fits


def test_a_number_is_worth_less_the_further_its_unit_is_from_the_asked_one() -> None:
    assert 1.0 > forms.KIN > forms.ANY > forms.ONE > 0.0


@given(ANYTHING, ANYTHING)
def test_a_question_that_wants_nothing_countable_lacks_nothing(question: str, text: str) -> None:
    if not forms.wanted((), fold(question)):
        assert not forms.lacks([], fold(question), fold(text))


MANNERS = {
    "reason": (["理由是人手不够", "因为下雨", "，因缺少配件未修"], ["313家", "次日退款"]),
    "list": (["手机、电脑、平板", "分为三类：食品、百货", "符合两个条件：实名；本地"], ["313家"]),
    "procedure": (["持小票到柜台办理", "须先登记", "由厂家负责"], ["313家"]),
    "where": (["设在南门口", "位于人民路", "二楼服务台"], ["三百家"]),
    "who": (["李女士", "王某说：", "由店家承担"], ["313家"]),
    "definition": (["所谓冷静期，是指七天", "是受理投诉的窗口", "负责调解"], ["313家", "次日退款"]),
    "yesno": (["暂无包月", "不得收费", "可以退"], ["共313家"]),
}


def test_every_manner_is_tried_here() -> None:
    assert MANNERS.keys() == forms.MANNERS.keys()


@pytest.mark.parametrize("kind", MANNERS)
def test_a_sentence_sounds_like_what_is_asked_for(kind: str) -> None:
    sounding, not_sounding = MANNERS[kind]
    for text in sounding:
        assert list(forms.manners([kind], fold(text))), text
    for text in not_sounding:
        assert not list(forms.manners([kind], fold(text))), text


def test_a_kind_without_a_manner_sounds_like_nothing() -> None:
    assert list(forms.manners(["count"], "因为、所以、分别")) == []
