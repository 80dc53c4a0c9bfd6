from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.sentences import sentences
from bot.answer.candidate import Candidate, clause_of
from bot.answer.features import NOTHING
from bot.answer.lead import ROOM, beside, cut
from bot.article import Article, Paragraph
from bot.question.question import Question
from bot.question.writing import Writing

TEXT = "11月14日，蓝桥区介绍，无理由退货单位120家，放心消费单位45家。截至目前，办结率100%。"


def question(*kinds: str, content: tuple[str, ...] = ()) -> Question:
    return Question("", "", Writing.HANS, kinds=kinds, content=content)


def lead(asked: Question) -> str:
    (start, end), _ = sentences(TEXT)
    return cut(TEXT, start, end, asked)


LONG = (
    "11月14日，记者从蓝桥区市场监督管理局了解到，该局近年来着力推进放心消费创建工作，全区无理由退货单位已有120家，"
    "其中大型商场8家，比上一年增加了近三成，预计明年覆盖所有街道。"
)


@pytest.mark.parametrize(
    ("asked", "holds", "lacks"),
    [
        (question("count", content=("无理由", "退货")), "无理由退货单位已有120家", "记者"),
        (question("count", content=("商场",)), "大型商场8家", "记者"),
        (question("date"), "11月14日", "明年"),
        (question(content=("街道",)), "预计明年覆盖所有街道", "记者"),
    ],
)
def test_of_a_long_sentence_the_clause_that_has_what_was_asked_and_its_neighbours(
    asked: Question, holds: str, lacks: str
) -> None:
    got = cut(LONG, 0, len(LONG), asked)
    assert holds in got
    assert lacks not in got
    assert len(got) <= ROOM


def test_a_short_sentence_is_told_whole() -> None:
    assert lead(question("count")) == TEXT[: TEXT.index("。")]


@given(st.text(st.sampled_from("甲乙12家月日，。；、“” "), min_size=1, max_size=40), st.data())
def test_a_lead_is_a_slice_of_its_sentence(text: str, data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(["count", "date", "who"]), max_size=2))
    for start, end in sentences(text):
        got = cut(text, start, end, question(*kinds, content=("甲",)))
        assert got
        assert got in text[start:end]


def candidates(*says: str) -> list[Candidate]:
    paragraph = Paragraph("a", 0, TEXT)
    article = Article("a", None, None, (paragraph,))
    found = (clause_of(article, paragraph, one, one) for one in says)
    return [candidate for candidate in found if candidate]


def test_a_second_clause_that_answers_nearly_as_well_stands_beside_the_first() -> None:
    best, other = candidates("放心消费单位45家", "无理由退货单位120家")
    assert beside([(3.0, best, NOTHING), (2.9, other, NOTHING)]) == (
        "无理由退货单位120家",
        "放心消费单位45家",
    )
    assert beside([(3.0, best, NOTHING), (1.0, other, NOTHING)]) == ("放心消费单位45家",)


def test_clauses_of_another_sentence_stay_apart() -> None:
    best, other = candidates("放心消费单位45家", "办结率100%")
    assert beside([(3.0, best, NOTHING), (3.0, other, NOTHING)]) == ("放心消费单位45家",)


def test_clauses_that_overlap_become_one() -> None:
    best, other = candidates("无理由退货单位120家，放心消费", "放心消费单位45家")
    assert beside([(3.0, best, NOTHING), (3.0, other, NOTHING)]) == (
        "无理由退货单位120家，放心消费单位45家",
    )
