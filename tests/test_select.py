from __future__ import annotations

import copy
import dataclasses

import pytest

from bot.answer import refuse
from bot.answer.answer import Answer, Reason, Refusal, Remark
from bot.answer.candidate import Candidate
from bot.answer.cite import cite
from bot.answer.features import BOTH, NOTHING
from bot.answer.focus import Focus
from bot.answer.select import JUDGED, Reading, Selector
from bot.article import Article, Paragraph, Region
from bot.dialogue.turn import Dialogue
from bot.question.question import Reader
from bot.search.engine import EmbeddedBackend
from bot.search.voice import Found
from tests.tiny import clause

Articles = dict[str, Article]


async def found(backend: EmbeddedBackend, reader: Reader, text: str) -> Found:
    return await backend.search(reader.query(reader.read(text)))


def reading(
    reader: Reader, text: str, *scored: tuple[float, Candidate], probability: float = 1.0
) -> Reading:
    ranked = [(score, candidate, NOTHING) for score, candidate in scored]
    return Reading(reader.read(text), Found(), [], ranked, probability)


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
    got = selector.read(reader.read("蓝桥区有几家"), Found(), None)
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
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    outcome = selector.select(reading(reader, "消费课堂几次", (1.0, best)))
    assert isinstance(outcome, tuple)
    answer, focus = outcome
    assert answer.leads == (best.says,)
    assert [e.quote for e in answer.excerpts] == [
        "白塔区消费课堂一年开课36次，听课的居民有1500人。"
    ]
    assert focus == Focus("baita", 1, best.says, best.says, ("count",))


def test_below_the_threshold_there_is_no_answer(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    unlikely = reading(reader, "几次", (1.0, best), probability=selector.threshold - 0.01)
    assert isinstance(selector.select(unlikely), Refusal)
    likely = dataclasses.replace(unlikely, probability=selector.threshold)
    assert isinstance(selector.select(likely), tuple)


@pytest.mark.parametrize(
    ("text", "probability", "answered"),
    [
        ("白塔区消费课堂一年开课多少次", 0.45, True),
        ("白塔区消费课堂一年开课多少次", 0.35, False),
        ("白塔区消费课堂一年请讲师多少次", 0.45, False),  # a word that the sentence lacks
        ("白塔区消费课堂为什么一年开课", 0.45, False),  # no figure is asked for
    ],
)
def test_a_sentence_with_every_word_answers_a_little_below_the_threshold(
    selector: Selector,
    reader: Reader,
    articles: Articles,
    text: str,
    probability: float,
    answered: bool,
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    outcome = selector.select(reading(reader, text, (1.0, best), probability=probability))
    assert isinstance(outcome, tuple) is answered


def test_an_uncertain_sentence_is_not_quoted(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    marked = clause(articles, "lanqiao", "蓝桥区的巡回服务车⟦每⟧周开到社区两次", "count")
    sound = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    both = reading(reader, "几次", (1.0, marked), (1.0, sound))
    assert selector.select(both) == Refusal(
        Reason.UNQUOTABLE, where=(marked.article, marked.paragraph)
    )
    assert [e.article.id for e in cite([(2.0, sound, NOTHING), (1.9, marked, NOTHING)])] == [
        "baita"
    ]


def test_what_is_cited_is_near_the_best_each_once_and_at_most_three(articles: Articles) -> None:
    says = [
        ("lanqiao", "蓝桥区无理由退货单位已有120家"),
        ("lanqiao", "放心消费单位45家"),
        ("lanqiao", "消费维权联络点8个"),
        ("baita", "白塔区无理由退货承诺单位达到90家"),
        ("qinglan", "青岚市共有消费维权联络点350个"),
    ]
    close = [(1.0 - place / 10, clause(articles, *one), NOTHING) for place, one in enumerate(says)]
    assert [e.quote for e in cite(close)] == [
        "截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。",
        "商场里还设了消费维权联络点8个。",
        "青岚晚报讯（记者丙丁）5月6日，白塔区无理由退货承诺单位达到90家。",
    ]
    far = [(-100.0 * place, candidate, NOTHING) for place, (_, candidate, _) in enumerate(close)]
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


def test_an_answer_may_not_be_made_of_nothing() -> None:
    with pytest.raises(ValueError, match="excerpts"):
        Answer(("甲",), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2019年消费课堂几次", Reason.UNKNOWN_YEAR),  # the article names no such year
        ("消费课堂的电话", Reason.MISSING_PART),
    ],
)
def test_what_bars_an_answer_does_so_however_probable_it_is(
    selector: Selector, reader: Reader, articles: Articles, text: str, reason: Reason
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    outcome = selector.select(reading(reader, text, (1.0, best)))
    assert isinstance(outcome, Refusal)
    assert outcome.reason is reason


def test_the_figure_of_one_year_is_not_told_of_another_that_its_article_names_too(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    article = articles["songhe"]
    first = article.paragraphs[0]
    more = dataclasses.replace(first, number=1, text="2020年，平台还没有开通。")
    both = {"songhe": dataclasses.replace(article, paragraphs=(first, more))}
    best = clause(both, "songhe", "平台调解纠纷77件", "count")
    outcome = selector.select(reading(reader, "松河2020年调解纠纷多少件", (1.0, best)))
    assert outcome == Refusal(Reason.UNKNOWN_YEAR, "2020")


async def test_a_sentence_that_nobody_asks_for_answers_beside_clauses_that_people_do(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "蓝桥区商场里的消费维权联络点有几个"
    got = selector.read(reader.read(text), await found(backend, reader, text), None)
    best = got.ranked[0][1]
    assert best.paragraph.id == "lanqiao#2"
    assert "联络点8个" in best.says
    assert not best.asked


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3", Reason.NO_CONTEXT),  # picks from a list that is not there
        ("虹口和静安寺有几家", None),  # one of the two is known
        ("上海虹口有几家", Reason.UNKNOWN_PLACE),  # the strange one lies in the known one
        ("虹口有几家", Reason.UNKNOWN_PLACE),
    ],
)
def test_a_question_is_refused_at_once_or_looked_for(
    real_reader: Reader, text: str, reason: Reason | None
) -> None:
    got = refuse.at_once(real_reader.read(text), real_reader)
    assert (got and got.reason) == reason


def test_an_english_question_is_left_to_what_reads_english(reader: Reader) -> None:
    question = reader.read("what do volunteers wear at work")
    assert refuse.at_once(question, reader) == Refusal(Reason.NOT_UNDERSTOOD)
    assert refuse.at_once(question, reader, reads_english=True) is None


def test_a_sentence_that_meets_no_word_of_the_question_is_no_answer(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")

    def outcome(text: str, met: float, similarity: float = 0.1) -> object:
        best.hit = best.hit._replace(met=(met,), named=(0.0,))
        found = [(1.0, best, NOTHING._replace(similarity=similarity))]
        return selector.select(Reading(reader.read(text), Found(), [], found, 0.7))

    assert isinstance(outcome("火星上的苹果", 0.0), Refusal)
    assert isinstance(outcome("火星上的苹果", 0.6), tuple)
    assert isinstance(outcome("火星上的苹果", 0.0, similarity=0.9), tuple)
    assert isinstance(outcome("apples on mars", 0.0), tuple)  # sentence vectors may have read it


def test_what_is_only_about_the_other_one_of_two_things_is_no_answer(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "qinglan", "其中五星级联络点12个", "count")

    def outcome(contradicts: float) -> object:
        found = [(1.0, best, NOTHING._replace(contradicts=contradicts))]
        return selector.select(Reading(reader.read("四星级几个"), Found(), [], found, 1.0))

    assert isinstance(outcome(1.0), Refusal)
    assert isinstance(outcome(BOTH), tuple)


def test_only_what_a_form_never_misses_bars_an_answer(
    real_dialogue: Dialogue, real_reader: Reader
) -> None:
    whole = real_dialogue.answering.selector
    says = "上海市第二批五星级、四星级消费维权联络点（站）共155家"
    best = clause(whole.articles, "004_9a2d93a00702709c", says, "count")
    fee, phone = (
        whole.select(reading(real_reader, text, (1.0, best)))
        for text in ("联络点要收费吗", "联络点的电话号码")
    )
    assert not isinstance(fee, Refusal)  # 免费 may be told in words that are no sum
    assert isinstance(phone, Refusal)


Listed = tuple[tuple[str, str], ...]


@pytest.mark.parametrize(
    ("text", "reason", "parts"),
    [
        (
            "青岚市一共有多少家无理由退货单位",
            Reason.ONLY_PARTS,
            (("蓝桥区", "截至2022年2月，蓝桥区无理由退货单位已有120家"),),
        ),
        ("青岚无理由退货单位多少家", Reason.MISSING_PART, ()),  # asks for no total
        ("蓝桥区一共有多少家无理由退货单位", Reason.MISSING_PART, ()),  # it is no part of it
    ],
)
def test_of_a_total_that_is_not_likely_the_parts_are_listed(
    selector: Selector,
    reader: Reader,
    articles: Articles,
    text: str,
    reason: Reason,
    parts: Listed,
) -> None:
    best = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家", "count")
    course = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")  # counts no shops
    far_below = clause(articles, "baita", "白塔区无理由退货承诺单位达到90家", "count")
    stated = NOTHING._replace(slot=1.0)
    found = [(1.0, best, stated), (0.9, course, stated), (-9.0, far_below, stated)]
    outcome = selector.select(Reading(reader.read(text), Found(), [], found, 0.0))
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.parts) == (reason, parts)


def test_where_nothing_is_a_part_none_is_listed(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    whole = clause(articles, "qinglan", "青岚市共有消费维权联络点350个", "count")
    part = clause(articles, "lanqiao", "消费维权联络点8个", "count")
    marked = clause(articles, "lanqiao", "蓝桥区的巡回服务车⟦每⟧周开到社区两次", "count")
    stated = NOTHING._replace(slot=1.0)
    text = "青岚市一共有多少个消费维权联络点"
    for found in (
        [],
        [(1.0, whole, stated), (0.9, part, stated)],  # the best is of the whole
        [(1.0, marked, stated), (0.9, part, stated)],
        [(1.0, part, NOTHING)],  # states nothing of the form
    ):
        outcome = selector.select(Reading(reader.read(text), Found(), [], found, 0.0))
        assert outcome == Refusal(Reason.MISSING_PART)


def test_of_many_parts_three_are_listed_and_two_shown_with_their_sentences(
    real_dialogue: Dialogue, real_reader: Reader
) -> None:
    districts = ("静安区", "奉贤区", "松江区", "徐汇区")
    found = []
    for number, district in enumerate(districts):
        name, says = f"made{number}", f"已设网点{number + 5}个"
        paragraph, region = Paragraph(name, 0, f"{says}。"), Region("上海市", "上海市", district)
        made = {name: Article(name, None, None, (paragraph,), region=region)}
        one = clause(made, name, says, "count")
        found.append((1.0, one, NOTHING._replace(slot=1.0)))
    question = real_reader.read("上海市一共有多少个网点")
    outcome = real_dialogue.answering.selector.select(Reading(question, Found(), [], found, 0.0))
    assert isinstance(outcome, Refusal)
    assert [place for place, _ in outcome.parts] == list(districts[:3])
    assert [excerpt.article.id for excerpt in outcome.near] == ["made0", "made1"]


def test_a_figure_of_the_whole_is_no_part_of_it(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    whole = clause(articles, "qinglan", "青岚市共有消费维权联络点350个", "count")
    part = clause(articles, "lanqiao", "消费维权联络点8个", "count")
    stated = NOTHING._replace(slot=1.0)
    question = reader.read("青岚市一共有多少个消费维权联络点")
    found = [(1.0, part, stated), (0.9, whole, stated)]
    outcome = selector.select(Reading(question, Found(), [], found, 0.0))
    assert isinstance(outcome, Refusal)
    assert [place for place, _ in outcome.parts] == ["蓝桥区"]


def test_a_figure_of_a_wider_place_is_none_of_the_place_asked_about(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "qinglan", "青岚市共有消费维权联络点350个", "count")
    outcome = selector.select(reading(reader, "蓝桥区有多少个消费维权联络点", (1.0, best)))
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.missing) == (Reason.ONLY_WHOLE, "蓝桥区")


def test_a_figure_of_a_part_is_told_as_one_where_no_total_is_asked_for(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "lanqiao", "消费维权联络点8个", "count")
    outcome = selector.select(reading(reader, "青岚消费维权联络点多少个", (1.0, best)))
    assert isinstance(outcome, tuple)
    assert (outcome[0].remark, outcome[0].place) == (Remark.PART, "蓝桥区")
    total = selector.select(reading(reader, "青岚市一共有多少个消费维权联络点", (1.0, best)))
    assert isinstance(total, Refusal)


def test_what_is_looked_up_answers_whatever_is_likelier(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    other = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    holds = clause(articles, "lanqiao", "车上备有快检设备")
    asked = "车上有快检设备吗"
    for scored in (((1.0, other), (0.0, holds)), ((1.0, holds), (0.0, other))):
        for probability in (0.0, 1.0):
            outcome = selector.select(reading(reader, asked, *scored, probability=probability))
            assert isinstance(outcome, tuple)
            assert outcome[0].leads == ("车上备有快检设备",)


def test_a_figure_that_is_looked_up_is_in_the_short_answer(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "lanqiao", "蓝桥区无理由退货单位已有120家", "count")
    outcome = selector.select(reading(reader, "45家是什么", (1.0, best)))
    assert isinstance(outcome, tuple)
    assert "45家" in outcome[0].leads[0]


def test_what_is_looked_up_has_to_meet_the_conditions(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    holds = clause(articles, "lanqiao", "放心消费单位45家")
    outcome = selector.select(reading(reader, "45家是什么单位", (1.0, holds), probability=0.0))
    assert isinstance(outcome, tuple)
    other = reading(reader, "第二批45家是什么单位", (1.0, holds), probability=0.0)
    assert isinstance(selector.select(other), Refusal)


def test_a_short_answer_of_both_of_two_things_is_none_of_the_one(
    real_dialogue: Dialogue, real_reader: Reader
) -> None:
    selector = real_dialogue.answering.selector
    text = "某区五星级、四星级联络点共155家，数量占全市近三成，其余的将在明年重新评定，五星级逐年增加。"
    paragraph = Paragraph("a", 0, text)
    made = {"a": Article("a", None, None, (paragraph,))}
    both = clause(made, "a", "某区五星级、四星级联络点共155家", "count")
    outcome = selector.select(reading(real_reader, "五星级联络点有几家", (1.0, both)))
    assert outcome == Refusal(Reason.MISSING_PART)


def test_a_sentence_without_a_word_of_the_question_answers_where_it_is_very_likely(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    best.hit = best.hit._replace(met=(0.0,), named=(0.0,))
    for probability, kind in ((0.7, Refusal), (0.9, tuple)):
        sure = reading(reader, "火星上的苹果", (1.0, best), probability=probability)
        assert isinstance(selector.select(sure), kind)


def test_what_is_near_meets_half_of_the_question_and_contradicts_nothing(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    other = clause(articles, "lanqiao", "放心消费单位45家", "count")

    def near(met: float, contradicts: float = 0.0) -> int:
        best.hit = best.hit._replace(met=(met, 0.0))
        found = Found(rarity=(1.0, 1.0))
        ranked = [(1.0, best, NOTHING._replace(contradicts=contradicts)), (0.9, other, NOTHING)]
        return len(selector.near(Reading(reader.read("课堂地址"), found, [], ranked, 0.0)))

    assert (near(1.0), near(0.9), near(0.0)) == (1, 0, 0)
    assert (near(1.0, BOTH), near(1.0, 1.0)) == (1, 0)


async def test_of_a_clause_and_its_sentence_that_weigh_the_same_the_clause_comes_first(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "蓝桥区有多少家放心消费单位"
    fair = copy.copy(selector)
    fair.model = dataclasses.replace(selector.model, ranking=NOTHING)
    got = fair.read(reader.read(text), await found(backend, reader, text), None)
    says = [c.says for _, c, _ in got.ranked if c.paragraph.id == "lanqiao#2"]
    (sentence,) = [one for one in says if one.startswith("截至") and "120家" in one]
    assert says.index("放心消费单位45家") < says.index(sentence)


async def test_sentences_that_meet_the_conditions_are_the_only_candidates_where_there_are_some(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "2022年有多少家无理由退货单位"
    brought = await found(backend, reader, text)
    assert len({hit.paragraph.article_id for hit in brought.hits}) > 1
    got = selector.read(reader.read(text), brought, None)
    assert {candidate.article.id for _, candidate, _ in got.ranked} == {"lanqiao"}


def test_a_word_for_a_time_is_remarked_on_only_where_the_short_answer_has_it(
    selector: Selector, reader: Reader, articles: Articles
) -> None:
    best = clause(articles, "baita", "白塔区消费课堂一年开课36次", "count")
    outcome = selector.select(reading(reader, "今年消费课堂几次", (1.0, best)))
    assert isinstance(outcome, tuple)
    assert outcome[0].relative == ""


async def test_where_no_sentence_meets_the_conditions_the_best_one_says_which(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "2019年白塔消费课堂一年几次课"
    got = selector.read(reader.read(text), await found(backend, reader, text), None)
    assert got.ranked[0][1].says == "白塔区消费课堂一年开课36次"


async def test_no_more_known_questions_are_judged_than_say_something(
    selector: Selector, backend: EmbeddedBackend, reader: Reader
) -> None:
    text = "白塔的消费课堂一年几次课"
    brought = await found(backend, reader, text)
    many = brought._replace(recalled=list(brought.recalled[:1]) * (JUDGED + 1))
    got = selector.read(reader.read(text), many, None)
    assert len(got.found.recalled) == JUDGED
