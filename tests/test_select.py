from __future__ import annotations

import dataclasses

import pytest

from bot.analysis.asks import Ask
from bot.answer import judgement
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.candidate import Candidate
from bot.answer.cite import cite
from bot.answer.focus import Focus
from bot.answer.select import Found, Reading, Selector
from bot.article import Article
from bot.question.question import Reader
from bot.search.backend import Recalled
from bot.search.embedded import EmbeddedBackend
from bot.search.index import Index

Articles = dict[str, Article]
NOTHING = Found([], [])


@pytest.fixture(scope="module")
def backend(index: Index) -> EmbeddedBackend:
    return EmbeddedBackend(index)


async def found(backend: EmbeddedBackend, reader: Reader, text: str) -> Found:
    terms, asked = reader.terms(reader.read(text))
    return Found(await backend.search(terms, 20), await backend.recall(asked, 60))


def clause(articles: Articles, article: str, says: str) -> Candidate:
    for paragraph in articles[article].paragraphs:
        start = paragraph.text.find(says)
        if start >= 0:
            end = start + len(says)
            return Candidate(articles[article], paragraph, start, end, "count", "几家", known=1)
    raise AssertionError(says)


def reading(
    reader: Reader, text: str, *scored: tuple[float, Candidate], probability: float = 1.0
) -> Reading:
    near = {"similarity": 1.0, "likelihood": 1.0}
    ranked = [(score, candidate, near) for score, candidate in scored]
    return Reading(reader.read(text), NOTHING, [], ranked, probability)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("蓝桥区有多少家无理由退货单位", "蓝桥区无理由退货单位已有120家"),
        ("白塔区有多少家无理由退货单位", "白塔区无理由退货承诺单位达到90家"),
        ("白塔的消费课堂一年几次课", "白塔区消费课堂一年开课36次"),
        ("青岚市有多少个消费维权联络点", "青岚市共有消费维权联络点350个"),
    ],
)
async def test_the_clause_that_answers_comes_first(
    selector: Selector, backend: EmbeddedBackend, reader: Reader, text: str, says: str
) -> None:
    got = selector.read(reader.read(text), await found(backend, reader, text), None)
    assert got.ranked[0][1].says == says
    assert got.probability >= selector.threshold


async def test_what_is_true_of_one_place_is_never_said_of_another(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "松河县有多少家无理由退货单位"
    got = selector.read(reader.read(text), await found(backend, reader, text), None)
    assert {candidate.article.id for _, candidate, _ in got.ranked} <= {"songhe"}


async def test_without_anything_found_nothing_is_probable(
    selector: Selector, reader: Reader
) -> None:
    got = selector.read(reader.read("蓝桥区有几家"), NOTHING, None)
    assert (got.ranked, got.probability) == ([], 0.0)
    assert selector.select(got) == Refusal(Reason.MISSING_PART)


async def test_keywords_ask_for_whatever_is_said(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    brought = await found(backend, reader, "消费课堂")
    assert not all(recalled.ask.answered for recalled in brought.recalled)
    bare = selector.read(reader.read("消费课堂"), brought, None)
    assert all(recalled.ask.answered for recalled in bare.found.recalled)
    asking = selector.read(reader.read("消费课堂怎么报名"), brought, None)
    assert asking.found == brought


def test_an_answer_is_the_clause_and_its_sentence(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    outcome = selector.select(reading(reader, "消费课堂几次", (1.0, best)))
    assert isinstance(outcome, tuple)
    answer, focus = outcome
    assert answer.leads == (best.says,)
    assert [e.quote for e in answer.excerpts] == [
        "白塔区消费课堂一年开课36次，听课的居民有1500人。"
    ]
    assert focus == Focus("baita", 1, best.says, "几家", ("count",))


def test_below_the_threshold_there_is_no_answer(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    unlikely = reading(reader, "几次", (1.0, best), probability=selector.threshold - 0.01)
    assert isinstance(selector.select(unlikely), Refusal)
    likely = dataclasses.replace(unlikely, probability=selector.threshold)
    assert isinstance(selector.select(likely), tuple)


def test_an_uncertain_sentence_is_not_quoted(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    marked = clause(articles, "lanqiao", "蓝桥区的巡回服务车⟦每⟧周开到社区两次")
    sound = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    both = reading(reader, "几次", (1.0, marked), (1.0, sound))
    assert selector.select(both) == Refusal(Reason.UNQUOTABLE)
    assert [e.article.id for e in cite([(2.0, sound, {}), (1.0, marked, {})])] == ["baita"]


def test_a_refusal_names_what_is_missing(selector: Selector, reader: Reader) -> None:
    question = reader.read("蓝桥区的电话")
    silent = Ask("电话", None, None, None, "", "热线的号码")

    def refuse(similarity: float) -> Refusal:
        recalled = [Recalled(silent, similarity, 1.0)]
        return selector.refuse(Reading(question, Found([], recalled), recalled, [], 0.0))

    assert refuse(0.9) == Refusal(Reason.MISSING_PART, "热线的号码")
    assert refuse(0.1) == Refusal(Reason.MISSING_PART, "联系电话")
    bare = Reading(reader.read("蓝桥区"), NOTHING, [], [], 0.0)
    assert selector.refuse(bare) == Refusal(Reason.MISSING_PART)


def test_what_is_cited_is_near_the_best_each_once_and_at_most_three(articles: Articles) -> None:
    says = [
        ("lanqiao", "蓝桥区无理由退货单位已有120家"),
        ("lanqiao", "放心消费单位45家"),
        ("lanqiao", "消费维权联络点8个"),
        ("baita", "白塔区无理由退货承诺单位达到90家"),
        ("qinglan", "青岚市共有消费维权联络点350个"),
    ]
    close = [(1.0 - place / 10, clause(articles, *one), {}) for place, one in enumerate(says)]
    assert [e.quote for e in cite(close)] == [
        "截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。",
        "商场里还设了消费维权联络点8个。",
        "青岚晚报讯（记者丙丁）5月6日，白塔区无理由退货承诺单位达到90家。",
    ]
    far = [(-100.0 * place, candidate, {}) for place, (_, candidate, _) in enumerate(close)]
    assert len(cite(far)) == 1


def test_an_earlier_answer_is_found_again(selector: Selector) -> None:
    focus = Focus("lanqiao", 2, "放心消费单位45家", "几家")
    again = selector.recall(focus)
    assert again is not None
    assert (again.says, again.topic, selector.holds(focus)) == (focus.says, "几家", True)


@pytest.mark.parametrize(
    "gone",
    [
        Focus("gone", 0, "甲", "几家"),
        Focus("baita", 99, "甲", "几家"),
        Focus("baita", 1, "不再有的一句", "几家"),
    ],
)
def test_an_answer_that_the_corpus_no_longer_holds_is_forgotten(
    selector: Selector, gone: Focus
) -> None:
    assert selector.recall(gone) is None
    assert not selector.holds(gone)


async def test_every_weight_is_of_a_feature_that_is_measured(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "蓝桥区有多少家无理由退货单位"
    got = selector.read(reader.read(text), await found(backend, reader, text), None)
    measured = set(got.ranked[0][2])
    shipped = judgement.load()
    for weights in (shipped.asked, shipped.unasked):
        assert set(weights.ranking) <= measured
    assert 0 < shipped.threshold < 1


def test_an_answer_may_not_be_made_of_nothing() -> None:
    with pytest.raises(ValueError, match="excerpts"):
        Answer(("甲",), ())


def test_a_question_far_from_all_that_is_known_is_refused_however_likely(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次")
    far = {"similarity": 0.1, "likelihood": 0.2}

    def outcome(text: str) -> object:
        found = [(1.0, best, far)]
        return selector.select(Reading(reader.read(text), NOTHING, [], found, 1.0))

    assert isinstance(outcome("火星上的苹果"), Refusal)
    assert isinstance(outcome("消费课堂"), tuple)  # its word is known
    assert isinstance(outcome("火星上的苹果" * 12), tuple)  # a story: left to the fit
