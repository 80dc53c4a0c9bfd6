"""What is measured of a clause before it is weighed."""

from __future__ import annotations

import pytest

from bot.analysis.asks import Ask
from bot.answer.candidate import UNASKED, Candidate
from bot.answer.measure import Measurer
from bot.article import Article
from bot.dialogue.turn import Dialogue
from bot.question.question import Reader
from bot.search.backend import Recalled


@pytest.fixture(scope="module")
def measurer(real_dialogue: Dialogue) -> Measurer:
    return real_dialogue._selector._measurer


def clause(articles: dict[str, Article], says: str) -> Candidate:
    for article in articles.values():
        for paragraph in article.paragraphs:
            start = paragraph.text.find(says)
            if start >= 0:
                return Candidate(article, paragraph, start, start + len(says), "count", says)
    raise AssertionError(says)


@pytest.mark.parametrize(
    ("text", "says", "contradicts"),
    [
        ("五星级的有几家", "五星级消费维权联络点（站）56家", 0.0),
        ("五星级的有几家", "四星级消费维权联络点（站）99家", 1.0),
        ("五星级的有几家", "上海市第二批五星级、四星级消费维权联络点（站）共155家", 0.5),
        ("五星级和四星级一共几家", "上海市第二批五星级、四星级消费维权联络点（站）共155家", 0.0),
        ("一共有几家", "四星级消费维权联络点（站）99家", 0.0),
        ("首批有几家", "上海市第二批五星级、四星级消费维权联络点（站）共155家", 1.0),
    ],
)
def test_a_clause_contradicts_as_far_as_it_is_about_the_other_one(
    measurer: Measurer,
    real_dialogue: Dialogue,
    real_reader: Reader,
    text: str,
    says: str,
    contradicts: float,
) -> None:
    candidate = clause(dict(real_dialogue._selector.articles), says)
    got = measurer.ranking(real_reader.read(text), candidate, None)
    assert got["contradicts"] == contradicts


def silent(text: str) -> Recalled:
    return Recalled(Ask(text, None, None, None, "", "名单"), 0.8, 0.9, 1.0)


def test_a_known_question_of_another_kind_or_attribute_is_less_alike(
    measurer: Measurer, real_reader: Reader
) -> None:
    question = real_reader.read("有多少家")
    same, other, more = (
        silent(text) for text in ("一共有多少家", "有哪些店", "多少家店的联系电话")
    )
    got = measurer.alike(question, [other, more, same])
    assert [known.ask for known in got] == [same.ask, more.ask, other.ask]
    assert got[0] == same
    assert all(known.likelihood < 1.0 and known.shared < 0.9 for known in got[1:])


def test_what_a_follow_up_is_alone_is_measured_apart(
    measurer: Measurer, real_dialogue: Dialogue
) -> None:
    articles = dict(real_dialogue._selector.articles)
    best, other = (
        clause(articles, f"{name}级消费维权联络点（站）{figure}家")
        for name, figure in (("五星", 56), ("四星", 99))
    )
    answered = Recalled(Ask("几家", "a", 0, "90家", "count"), 0.3, 0.5, 0.0)
    alike = [silent("明天下雨吗"), answered]
    found = [
        (other, {"shared": 0.9, "likelihood": 2.0}),
        (best, {"shared": 0.4, "likelihood": 1.0}),
    ]
    assert measurer.standing_alone(best, alike, found) == {
        "alone_answered": 0.3,
        "alone_silent": 0.8,
        "alone_everywhere": 0.8,
        "alone_shared": 0.4,
        "alone_likelihood": 1.0,
    }
    assert measurer.standing_alone(best, alike, found[:1])["alone_likelihood"] == UNASKED
    assert set(measurer.standing_alone(best, [], []).values()) == {0.0}


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("联络点有多少家", False),
        ("火星上的苹果", True),
        ("无理由退货的火星", False),
        ("有多少家", False),
    ],
)
def test_a_question_whose_words_nobody_knows_is_strange(
    measurer: Measurer, real_reader: Reader, text: str, strange: bool
) -> None:
    assert measurer.is_strange(real_reader.read(text)) == strange
