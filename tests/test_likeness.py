"""Questions that are alike are one group, whatever their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import lexicon
from bot.analysis.analyzer import Analyzer
from bot.dialogue import likeness
from bot.dialogue.records import Gap

ANALYZER = Analyzer(lexicon.parse({}))


def gap(text: str, times: int = 1, missing: str = "") -> Gap:
    return Gap(text, "missing_part", missing, times, 1, 0.0)


def test_wordings_of_one_question_come_together_and_the_biggest_group_first() -> None:
    gaps = [
        gap("明天上海会下雨吗"),
        gap("松江区志愿者队伍有多少人"),
        gap("松江的志愿者队伍有多少名志愿者", 3),
        gap("明天上海会不会下雨"),
        gap("讲个笑话"),
    ]
    groups = likeness.groups(gaps, ANALYZER)
    assert [(group.times, len(group.gaps)) for group in groups] == [(4, 2), (2, 2), (1, 1)]
    assert groups[0].gaps[0].text == "松江的志愿者队伍有多少名志愿者"


def test_what_is_missing_counts_more_than_the_wording() -> None:
    gaps = [
        gap("电话多少", missing="虹口"),
        gap("几家", missing="虹口"),
        gap("几家", missing="北京"),
    ]
    groups = likeness.groups(gaps, ANALYZER)
    assert [{one.missing for one in group.gaps} for group in groups] == [{"虹口"}, {"北京"}]


def test_there_may_be_nothing() -> None:
    assert likeness.groups([], ANALYZER) == []
    assert len(likeness.groups([gap("")], ANALYZER)) == 1


@given(st.lists(st.builds(gap, st.text("消费维权电话几家ab ", max_size=8), st.integers(1, 9))))
def test_no_question_is_lost_or_counted_twice(gaps: list[Gap]) -> None:
    groups = likeness.groups(gaps, ANALYZER)
    assert sum(group.times for group in groups) == sum(one.times for one in gaps)
    assert [group.times for group in groups] == sorted((g.times for g in groups), reverse=True)
