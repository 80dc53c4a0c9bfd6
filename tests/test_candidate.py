from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.asks import Ask
from bot.analysis.sentences import sentences
from bot.answer.candidate import Candidate, collect, enclosing
from bot.article import Article
from bot.search.backend import Hit, Recalled

SAYS = "蓝桥区无理由退货单位已有120家"
MARKED = "蓝桥区的巡回服务车⟦每⟧周开到社区两次"
Articles = dict[str, Article]


def ask(says: str | None, article: str | None = "lanqiao", paragraph: int | None = 2) -> Ask:
    return Ask("有几家", article, paragraph, says, "count" if says else "")


def hit(articles: Articles, article: str, paragraph: int) -> Hit:
    return Hit(articles[article].paragraphs[paragraph], 1.0, 0.5)


def found(candidates: list[Candidate]) -> dict[str, Candidate]:
    return {candidate.says: candidate for candidate in candidates}


def test_a_known_question_brings_the_clause_that_answers_it(articles: Articles) -> None:
    (got,) = collect([], [Recalled(ask(SAYS), 0.9, 0.8)], articles, frozenset())
    assert (got.says, got.kind, got.topic) == (SAYS, "count", "有几家")
    assert (got.similarities, got.shared, got.rank, got.coverage) == ([0.9], 0.8, None, 0.0)
    start, end = got.sentence or (0, 0)
    assert got.paragraph.text[start:end] == f"截至2022年2月，{SAYS}，放心消费单位45家。"


def test_questions_with_one_answer_are_one_candidate(articles: Articles) -> None:
    recalled = [Recalled(ask(SAYS), similarity, 0.8) for similarity in (0.9, 0.7, 0.2)]
    (got,) = collect([hit(articles, "lanqiao", 2)], recalled, articles, frozenset({"lanqiao#2"}))
    assert got.similarities == [0.9, 0.7, 0.2]
    assert (got.rank, got.coverage) == (0, 0.5)


def test_sentences_of_paragraphs_without_known_questions_stand_for_themselves(
    articles: Articles,
) -> None:
    hits = [hit(articles, "lanqiao", 2), hit(articles, "songhe", 0)]
    got = found(collect(hits, [], articles, frozenset({"lanqiao#2"})))
    assert list(got) == ["松河县开通了线上调解平台。", "2021年，平台调解纠纷77件。"]
    assert {candidate.rank for candidate in got.values()} == {1}


@pytest.mark.parametrize(
    "unanswering",
    [
        ask(None),
        ask(None, None, None),
        ask("没有这一句"),
        ask(SAYS, "gone"),
        ask(SAYS, "lanqiao", 99),
    ],
)
def test_what_answers_nothing_or_is_gone_brings_nothing(
    articles: Articles, unanswering: Ask
) -> None:
    assert collect([], [Recalled(unanswering, 0.9, 0.8)], articles, frozenset()) == []


def test_a_sentence_with_a_mark_cannot_be_quoted(articles: Articles) -> None:
    (got,) = collect([], [Recalled(ask(MARKED, paragraph=3), 0.9, 0.8)], articles, frozenset())
    assert got.sentence is None


TEXT = "甲有一家，乙有两家。丙⟦有⟧三家！丁有四家？"


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("乙有两家", "甲有一家，乙有两家。"),
        ("丁", "丁有四家？"),
        ("三家", None),
        ("两家。丙", None),
        ("甲有一家，乙有两家。", "甲有一家，乙有两家。"),
    ],
)
def test_the_sentences_around_a_clause(clause: str, sentence: str | None) -> None:
    start = TEXT.index(clause)
    span = enclosing(TEXT, start, start + len(clause))
    assert (span and TEXT[slice(*span)]) == sentence


def test_around_nothing_there_is_no_sentence() -> None:
    assert enclosing("", 0, 0) is None
    assert enclosing("  ", 0, 2) is None


@given(st.text(st.sampled_from("甲乙丙。！，“”⟦⟧ "), min_size=1, max_size=30), st.data())
def test_what_encloses_a_clause_is_whole_and_without_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = enclosing(text, start, end)
    if span is not None:
        borders = sentences(text)
        assert span[0] in {a for a, _ in borders}
        assert span[1] in {b for _, b in borders}
        assert not set("⟦⟧") & set(text[slice(*span)])
        assert text[start:end].strip() in text[slice(*span)]
