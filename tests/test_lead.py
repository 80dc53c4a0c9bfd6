from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.sentences import sentences
from bot.answer.candidate import Candidate
from bot.answer.lead import beside, cut
from bot.article import Article, Paragraph
from bot.question.question import Question
from bot.question.writing import Writing

TEXT = "11月14日，蓝桥区介绍，无理由退货单位120家，放心消费单位45家。截至目前，办结率100%。"


def question(*kinds: str, content: tuple[str, ...] = ()) -> Question:
    return Question("", "", Writing.HANS, kinds=kinds, content=content)


def lead(asked: Question) -> str:
    (start, end), _ = sentences(TEXT)
    return cut(TEXT, start, end, asked)


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        (question("count", content=("无理由", "退货")), "无理由退货单位120家"),
        (question("count", content=("放心", "单位")), "放心消费单位45家"),
        (question("date"), "11月14日"),
        (question(content=("介绍",)), "蓝桥区介绍，无理由退货单位120家"),
    ],
)
def test_the_clause_that_has_what_was_asked(asked: Question, clause: str) -> None:
    assert lead(asked) == clause


def test_a_clause_that_says_too_little_takes_the_next_one_along() -> None:
    assert cut("共计，四十五家店。", 0, 9, question(content=("共计",))) == "共计，四十五家店"


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
    starts = [TEXT.index(one) for one in says]
    return [
        Candidate(article, paragraph, start, start + len(one), "", one)
        for start, one in zip(starts, says, strict=True)
    ]


def test_a_second_clause_that_answers_nearly_as_well_stands_beside_the_first() -> None:
    best, other = candidates("放心消费单位45家", "无理由退货单位120家")
    assert beside([(9.0, best, {}), (8.9, other, {})]) == (
        "无理由退货单位120家",
        "放心消费单位45家",
    )
    assert beside([(9.0, best, {}), (1.0, other, {})]) == ("放心消费单位45家",)


def test_clauses_of_another_sentence_stay_apart() -> None:
    best, other = candidates("放心消费单位45家", "办结率100%")
    assert beside([(9.0, best, {}), (9.0, other, {})]) == ("放心消费单位45家",)


def test_clauses_that_overlap_become_one() -> None:
    best, other = candidates("无理由退货单位120家，放心消费", "放心消费单位45家")
    assert beside([(9.0, best, {}), (9.0, other, {})]) == ("无理由退货单位120家，放心消费单位45家",)
