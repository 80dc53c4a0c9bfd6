from __future__ import annotations

import pytest
from hypothesis import given

from bot.question.clutter import cleared
from tests.strategies import TYPED

ASKED = "海曙有几个放心商圈？"


@pytest.mark.parametrize(
    "typed",
    [
        f"[图片]{ASKED}",
        f"{ASKED}[图片]",
        f"[语音转文字] {ASKED}",
        f"<p>{ASKED}</p>",
        f"{ASKED}<br>",
        f"{ASKED}&nbsp;",
        f"【求助】{ASKED}",
        f"{ASKED}（急）",
        f"求解：{ASKED}",
        f"10:32 张三：{ASKED}",
        f"2024/3/5 14:22 店长阿芳：{ASKED}",
        f"[2024年3月5日 上午10:22] 阿芳: {ASKED}",
        f"老王 2024/3/5 09:12:33\n{ASKED}\n(已编辑)",
        f"12/03/2024, 10:22 - Amy Wong: {ASKED}",
        f"{ASKED}https://t.cn/abc",
        f"@小助手 {ASKED}",
        f"{ASKED}@小王",
        f"**{ASKED}**",
        f"> 转发：{ASKED}",
        f"／ask {ASKED}",
        f"{ASKED}\n发自我的iPhone",
        " ".join(ASKED),
    ],
)
def test_what_clients_add_is_taken_off(typed: str) -> None:
    assert cleared(typed) == ASKED


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("【静安寺】有多少家", "静安寺 有多少家"),  # a label that says something
        ("静安寺 奉贤 海曙 松江 上海 宁波", "静安寺 奉贤 海曙 松江 上海 宁波"),  # keywords
        ("a@b.com怎么投诉", "a@b.com怎么投诉"),
        ("静安寺10:30开门吗", "静安寺10:30开门吗"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
        ("[图片]", ""),
        ("退 货 吗", "退 货 吗"),  # too few to tell
    ],
)
def test_words_that_may_mean_something_stay(typed: str, left: str) -> None:
    assert cleared(typed) == left


@given(TYPED)
def test_what_is_cleared_is_clear(text: str) -> None:
    once = cleared(text)
    assert len(once) <= max(len(text), 1) * 2  # an entity may unfold
    assert once == once.strip()
