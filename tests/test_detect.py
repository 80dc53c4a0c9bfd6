from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.chars import fold
from bot.answer import detect
from tests.strategies import ANYTHING

YES = {
    "phone": [
        "请拨打12315",
        "电话021-6289 1234".replace(" ", ""),
        "13800138000",
        "400-820-8888",
        "96315",
    ],
    "url": ["https://example.org", "www.example.cn", "写信到a@b"],
    "address": ["南京西路1699号", "延安中路 300弄"],
    "clock": ["9:30", "下午3点", "9点到17点"],
    "money": ["1470余万元", "3.5亿元", "五百元"],
    "date": ["11月14日", "5月", "2021年"],
    "year": ["2021年", "自2019"],
    "count": ["313家", "2000余家", "10万余个", "三次", "38464件"],
    "percent": ["99.4%", "百分之五", "三成"],
    "duration": ["30分钟", "8年", "三个工作日", "3个月"],
    "actor": ["区市场监管局", "调解员王女士", "一家公司", "消费者"],
}
NO = {
    "phone": ["313家", "2021年12月21日", "订单号123456789012345", "12345678901234567"],
    "url": ["消费者", "ODR"],
    "address": ["南京西路", "1699号"],
    "clock": ["三次", "2021年"],
    "money": ["313家", "一元复始".replace("一元", "元")],
    "date": ["2021", "99.4%"],
    "year": ["1470余万元", "12315"],
    "count": ["有几家", "100%", "第二十五条", "第25条", "第3批"],
    "percent": ["313家"],
    "duration": ["313家", "每日"],
    "actor": ["已有313家", "办结率100%"],
}


@pytest.mark.parametrize(("detector", "text"), [(d, t) for d, texts in YES.items() for t in texts])
def test_what_states_it(detector: str, text: str) -> None:
    assert detect.states(detector, fold(text))


@pytest.mark.parametrize(("detector", "text"), [(d, t) for d, texts in NO.items() for t in texts])
def test_what_does_not(detector: str, text: str) -> None:
    assert not detect.states(detector, fold(text))


def test_every_detector_is_tried_here() -> None:
    assert set(YES) == set(NO) == set(detect.PATTERNS)


@given(st.sampled_from(["none", "person", "", "nonsense"]), ANYTHING)
def test_a_detector_without_a_form_finds_nothing(detector: str, text: str) -> None:
    assert not detect.states(detector, text)


@pytest.mark.parametrize("detector", sorted(detect.UNDETECTABLE))
def test_what_no_form_gives_away_is_never_certainly_missing(detector: str) -> None:
    assert not detect.lacks(detector, "一句话")
    assert detect.lacks("phone", "一句话")
    assert not detect.lacks("phone", "请拨打12315")


@pytest.mark.parametrize(
    ("question", "sentence", "text", "conflict"),
    [
        ("去年受理多少件", "今年受理63件", "今年受理63件", 1.0),
        ("去年受理多少件", "去年受理63件", "去年受理63件", 0.0),
        ("全年受理多少件", "前三季度受理63件", "", 1.0),
        ("8月受理多少件", "5月至7月受理63件", "", 1.0),
        ("6月受理多少件", "6月受理63件，7月70件", "", 0.0),
        ("6月和7月受理多少件", "6月受理63件", "", 0.0),
        ("去年受理多少件", "受理63件", "去年开通，受理63件", 0.0),
        ("去年受理多少件", "受理63件", "受理63件", 0.5),
        ("受理多少件", "今年受理63件", "", 0.0),
    ],
)
def test_a_time_that_is_not_the_asked_one(
    question: str, sentence: str, text: str, conflict: float
) -> None:
    assert detect.conflict(question, sentence, text) == conflict
