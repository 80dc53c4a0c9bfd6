from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.asks import Ask
from bot.analysis.sentences import sentences
from bot.answer.candidate import Candidate, clause_of, collect, continued, enclosing
from bot.article import Article, Paragraph
from bot.search.voice import Evidence, Hit, Recalled

SAYS = "蓝桥区无理由退货单位已有120家"
MARKED = "蓝桥区的巡回服务车⟦每⟧周开到社区两次"
Articles = dict[str, Article]


def hit(articles: Articles, article: str, number: int, sentence: int = 0) -> Hit:
    paragraph = articles[article].paragraphs[number]
    start, end = sentences(paragraph.text)[sentence]
    return Hit(10 * number + sentence, paragraph, start, end, Evidence(words=0.5))


def recalled(
    says: str | None,
    similarity: float,
    *,
    sentence: int = 20,
    start: int = len("截至2022年2月，"),
    english: bool = False,
) -> Recalled:
    text = "how many" if english else "有几家"
    ask = Ask(text, "lanqiao", 2, says, "count" if says else "", english=english)
    return Recalled(ask, similarity, 0.8, 1.0, sentence if says else -1, start, known=3)


def found(candidates: list[Candidate]) -> dict[str, Candidate]:
    return {candidate.says: candidate for candidate in candidates}


def test_every_sentence_that_is_found_may_answer_whether_or_not_anybody_asks_for_it(
    articles: Articles,
) -> None:
    hits = [hit(articles, "lanqiao", 2), hit(articles, "lanqiao", 2, 1)]
    got = found(collect(hits, [recalled(SAYS, 0.9)], articles))
    assert list(got) == [
        f"截至2022年2月，{SAYS}，放心消费单位45家。",
        "商场里还设了消费维权联络点8个。",
        SAYS,
    ]
    assert [candidate.asked for candidate in got.values()] == [False, False, True]


def test_a_known_question_points_to_a_clause_of_its_sentence(articles: Articles) -> None:
    one = hit(articles, "lanqiao", 2)
    got = found(collect([one], [recalled(SAYS, 0.9), recalled(SAYS, 0.4)], articles))[SAYS]
    assert (got.kind, got.topic, got.hit) == ("count", "有几家", one)
    assert (got.similarities, got.shared, got.likelihood, got.known) == ([0.9, 0.4], 0.8, 1.0, 3)
    start, end = got.sentence or (0, 0)
    assert (start, end) == (one.start, one.end)


def test_a_known_question_that_is_the_whole_sentence_adds_to_it(articles: Articles) -> None:
    one = hit(articles, "lanqiao", 2, 1)
    says = one.paragraph.text[one.start : one.end]
    (got,) = collect([one], [recalled(says, 0.9, sentence=21, start=one.start)], articles)
    assert (got.says, got.kind, got.similarities) == (says, "count", [0.9])


def test_what_a_follow_up_leans_on_is_mandarin(articles: Articles) -> None:
    known = [recalled(SAYS, 0.9, english=True), recalled(SAYS, 0.5)]
    got = found(collect([hit(articles, "lanqiao", 2)], known, articles))[SAYS]
    assert got.topic == "有几家"


def test_a_question_that_nothing_answers_brings_no_clause(articles: Articles) -> None:
    one = hit(articles, "lanqiao", 2)
    (got,) = collect([one], [recalled(None, 0.9), recalled(SAYS, 0.9, sentence=99)], articles)
    assert not got.asked


def test_a_sentence_with_a_mark_cannot_be_quoted(articles: Articles) -> None:
    got = clause_of(articles["lanqiao"], articles["lanqiao"].paragraphs[3], MARKED, "几次")
    assert got is not None
    assert got.sentence is None


def test_what_a_paragraph_does_not_say_is_no_clause_of_it(articles: Articles) -> None:
    assert clause_of(articles["lanqiao"], articles["lanqiao"].paragraphs[3], "没有", "几次") is None


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


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("完善闭环机制。据悉，该机制自2020年11月运行。", True),
        ("完善闭环机制。这一机制自2020年11月运行。", True),
        ("完善闭环机制。11月，论坛开幕。", False),  # another matter
        ("完善闭环机制。", False),
        ("完善闭环机制。该机制自⟦2020⟧年运行。", False),  # may not be quoted
    ],
)
def test_a_sentence_that_goes_on_about_the_same_is_told_with_it(text: str, goes_on: bool) -> None:
    paragraph = Paragraph("a", 0, text)
    first = clause_of(Article("a", None, None, (paragraph,)), paragraph, "完善闭环机制", "x")
    assert first is not None
    further = continued(first)
    assert (further is not None) is goes_on
    if further is not None:
        assert further.sentence == (0, len(text))
