"""What is measured of a clause before it is weighed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from bot.analysis.asks import Ask
from bot.answer.candidate import Candidate
from bot.answer.features import BOTH, NOTHING, UNASKED, Answering, FeatureExtractor
from bot.answer.focus import Focus
from bot.article import Article, Paragraph
from bot.dialogue.turn import Dialogue
from bot.question.question import Reader
from bot.search.voice import Evidence, Found, Hit, Recalled
from tests import tiny

ARTICLE = "004_9a2d93a00702709c"
FIVE, FOUR = (f"{star}级消费维权联络点（站）{n}家" for star, n in (("五星", 56), ("四星", 99)))


@pytest.fixture(scope="module")
def extractor(real_dialogue: Dialogue) -> FeatureExtractor:
    return real_dialogue.answering.selector.extractor


@pytest.fixture(scope="module")
def shipped(real_dialogue: Dialogue) -> dict[str, Article]:
    return dict(real_dialogue.answering.selector.articles)


def clause(articles: dict[str, Article], says: str, kind: str = "count") -> Candidate:
    return tiny.clause(articles, ARTICLE, says, kind)


@pytest.mark.parametrize(
    ("text", "says", "contradicts"),
    [
        ("五星级的有几家", FIVE, 0.0),
        ("五星级的有几家", FOUR, 1.0),
        ("五星级的有几家", "9月28日", 0.0),  # of neither
        ("五星级的有几家", "上海市第二批五星级、四星级消费维权联络点（站）共155家", BOTH),
        ("五星级和四星级一共几家", "上海市第二批五星级、四星级消费维权联络点（站）共155家", 0.0),
        ("一共有几家", FOUR, 0.0),
        ("首批有几家", "上海市第二批五星级、四星级消费维权联络点（站）共155家", 1.0),
    ],
)
def test_a_clause_contradicts_as_far_as_it_is_about_the_other_one(
    extractor: FeatureExtractor,
    shipped: dict[str, Article],
    real_reader: Reader,
    text: str,
    says: str,
    contradicts: float,
) -> None:
    got = extractor.ranking(real_reader.read(text), Found(), clause(shipped, says), None, {})
    assert got.contradicts == contradicts


def silent(text: str) -> Recalled:
    return Recalled(Ask(text, None, None, None, "", "名单"), 0.8, 0.9, 1.0)


def test_a_known_question_of_another_kind_or_attribute_is_less_alike(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    question = real_reader.read("有多少家")
    same, other, more = (
        silent(text) for text in ("一共有多少家", "有哪些店", "多少家店的联系电话")
    )
    got = extractor.alike(question, [other, more, same])
    assert [known.ask for known in got] == [same.ask, more.ask, other.ask]
    assert got[0] == same
    assert all(known.likelihood < 1.0 and known.shared < 0.9 for known in got[1:])


def test_an_english_known_question_is_read_in_both_of_its_wordings(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    ask = Ask("shops of Lanqiao", None, None, None, "", "名单", "蓝桥的店", english=True)
    lists = dataclasses.replace(ask, mandarin="哪些店")
    counts = dataclasses.replace(ask, mandarin="多少家店")
    counts_too = dataclasses.replace(ask, text="how many shops")
    question = real_reader.read("有哪些店")
    same, plain, *others = (
        extractor.alike(question, [silent("名单")._replace(ask=one)])[0].similarity
        for one in (lists, ask, counts, counts_too)
    )
    assert same == plain > max(others)


def test_what_known_questions_say_is_believed_the_more_the_more_they_are(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    question = real_reader.read("五星级的有几家")
    one = clause(shipped, FIVE)
    one.likelihood, one.shared = 3.0, 0.8
    believed = []
    for one.known in (0, 1, 5, 100):
        features = extractor.ranking(question, Found(), one, None, {})
        believed.append(features.shared)
    assert believed == sorted(believed)
    assert (believed[0], believed[-1]) == (0.0, pytest.approx(0.8, abs=0.05))


def test_what_nothing_answers_is_held_against_a_clause_less_where_people_ask_for_the_clause(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    best, question = clause(shipped, FIVE), real_reader.read("几家")

    def held(known: int) -> float:
        best.known = known
        ranked = [(1.0, best, NOTHING._replace(likelihood=0.5))]
        return extractor.answering(question, ranked, [silent("名单")], None).silent_likelihood

    assert held(0) > held(5) > held(100)


@pytest.mark.parametrize(("kind", "fits"), [("count", 1.0), ("who", -1.0), ("yesno", 0.0)])
def test_a_clause_that_gives_another_kind_of_answer_is_a_worse_one(
    extractor: FeatureExtractor,
    shipped: dict[str, Article],
    real_reader: Reader,
    kind: str,
    fits: float,
) -> None:
    asked = real_reader.read("五星级的有几家")
    got = extractor.ranking(asked, Found(), clause(shipped, FIVE, kind), None, {})
    assert got.kind == fits


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("静安寺有几家", 0.0),
        ("how many shops in Jing'an", 1.0),
        ("jing an si you duo shao jia", 1.0),
    ],
)
def test_what_was_translated_or_spelt_is_foreign(
    extractor: FeatureExtractor,
    shipped: dict[str, Article],
    real_reader: Reader,
    text: str,
    foreign: float,
) -> None:
    assert answering(extractor, text, clause(shipped, FIVE), real_reader).foreign == foreign


def test_a_clause_speaks_of_what_people_ask_of_it(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    question, one = real_reader.read("无理由退货的有几家"), clause(shipped, FIVE)
    alone = extractor.ranking(question, Found(), one, None, {}).concepts
    one.topic = "无理由退货的联络点有几家"
    assert extractor.ranking(question, Found(), one, None, {}).concepts > alone


def test_a_sentence_without_the_attribute_that_is_asked_for_certainly_lacks_it(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    best = clause(shipped, FIVE)
    assert answering(extractor, "联络点的联系电话", best, real_reader).attribute == 1.0
    assert answering(extractor, "联络点有几家", best, real_reader).attribute == 0.0


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("鹦鹉怎么退", True),  # half of it is known
        ("鹦鹉退货单位", False),
        ("外星人退货", False),  # speaks of what the articles do, too
    ],
)
def test_a_question_of_which_half_is_unheard_of_is_strange(
    extractor: FeatureExtractor, real_reader: Reader, text: str, strange: bool
) -> None:
    assert extractor.is_strange(real_reader.read(text)) is strange


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [("退货要收费吗？", 1.0), ("他问：“退货要收费吗？”", 1.0), ("退货不收费。", 0.0)],
)
def test_a_sentence_that_asks_is_told_by_its_end(
    extractor: FeatureExtractor, real_reader: Reader, sentence: str, asks: float
) -> None:
    paragraph = Paragraph("made", 0, sentence)
    article = Article("made", "一篇报道", None, (paragraph,))
    hit = Hit(0, paragraph, 0, len(sentence), Evidence())
    one = Candidate(article, paragraph, 0, len(sentence), sentence, hit)
    got = extractor.ranking(real_reader.read("退货收费吗"), Found(), one, None, {})
    assert got.asks == asks


def test_a_word_that_neither_sentence_nor_title_meets_is_a_gap(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    question = real_reader.read("押金退还")

    def gap(met: tuple[float, float], named: tuple[float, float]) -> float:
        one = clause(shipped, FIVE)
        one.hit = one.hit._replace(met=met, named=named)
        found = Found((one.hit,), (), (2.0, 1.0), ([("押金", 1.0)], [("退还", 1.0)]))
        return extractor.ranking(question, found, one, None, {}).gap

    assert gap((0.0, 1.0), (0.0, 0.0)) == 1.0
    assert gap((1.0, 0.0), (0.0, 0.0)) == 0.5  # the more common word
    assert gap((0.0, 1.0), (1.0, 0.0)) == 0.0


def test_of_the_words_near_the_asked_one_the_nearest_in_the_clause_counts(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    sentence = "全市设网点46个。"
    paragraph = Paragraph("made", 0, sentence)
    article = Article("made", "一篇报道", None, (paragraph,))
    hit = Hit(0, paragraph, 0, len(sentence), Evidence(), (1.0,), (0.0,))
    one = Candidate(article, paragraph, 0, len(sentence), sentence, hit)
    found = Found((hit,), (), (1.0,), ([("全市", 0.5), ("网点", 1.0)],))
    got = extractor.ranking(real_reader.read("网点有多少个"), found, one, None, {})
    assert got.slot == 1.0


def test_without_known_questions_nothing_is_held_against_a_clause(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    bare = clause(shipped, FIVE, kind="")
    features = extractor.ranking(real_reader.read("几家"), Found(), bare, None, {})
    assert (features.similarity, features.likelihood, features.shared, features.kind) == (0,) * 4
    got = extractor.answering(real_reader.read("几家"), [(0.0, bare, features)], [], None)
    assert (got.silent_here, got.silent_likelihood, got.trust) == (0,) * 3


def test_what_a_follow_up_is_alone_is_measured_apart(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    best, other = clause(shipped, FIVE), clause(shipped, FOUR)
    other.hit = other.hit._replace(sentence=99)
    answered = Recalled(Ask("几家", "a", 0, "90家", "count"), 0.3, 0.5, 0.0)
    alike = [silent("明天下雨吗"), answered]
    apart = [
        (1.0, other, NOTHING._replace(shared=0.9)),
        (0.5, best, NOTHING._replace(context=0.4)),
    ]
    question, ranked = real_reader.read("几家"), [(1.0, best, NOTHING)]
    got = extractor.answering(question, ranked, [], (alike, apart))
    assert (got.follows, got.stray, got.alone, got.leans) == (1.0, 0.8, 0.3, 0.4)
    assert extractor.answering(question, ranked, [], (alike, apart[:1])).leans == 0.0
    shared = [(0.5, best, NOTHING._replace(shared=0.9, context=0.4))]
    assert extractor.answering(question, ranked, [], (alike, shared)).leans == 0.9
    assert extractor.answering(question, ranked, [], None).follows == 0.0


def test_what_another_place_s_article_does_not_state_is_not_held_against_this_one(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    best = clause(shipped, FIVE)
    elsewhere = dataclasses.replace(silent("名单").ask, article_id="another", paragraph=0)
    here = dataclasses.replace(
        elsewhere, article_id=best.article.id, paragraph=best.paragraph.number
    )
    question, ranked = real_reader.read("几家"), [(1.0, best, NOTHING)]
    got = extractor.answering(question, ranked, [silent("名单")._replace(ask=elsewhere)], None)
    assert got.silent_here == 0.0
    got = extractor.answering(question, ranked, [silent("名单")._replace(ask=here)], None)
    assert got.silent_here == 0.8
    got = extractor.answering(question, ranked, [silent("名单")], None)
    assert got.silent_here == 0.8


def test_a_follow_up_leans_on_its_article_unless_it_names_a_place(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    best = clause(shipped, FIVE)
    focus = Focus(best.article.id, best.paragraph.number, FOUR, "几家")
    got = extractor.ranking(real_reader.read("五星级的呢"), Found(), best, focus, {})
    assert (got.same_article, got.near, got.repeated) == (1.0, 1.0, 0.0)
    further = dataclasses.replace(focus, paragraph=focus.paragraph + 2)
    got = extractor.ranking(real_reader.read("五星级的呢"), Found(), best, further, {})
    assert (got.same_article, got.near) == (1.0, pytest.approx(1 / 3))
    named = extractor.ranking(real_reader.read("上海五星级的呢"), Found(), best, focus, {})
    assert (named.same_article, named.near) == (0.0, 0.0)
    other = dataclasses.replace(focus, article_id="another", says=FIVE)
    assert extractor.ranking(real_reader.read("呢"), Found(), best, other, {}).same_article == 0.0


def measured(
    extractor: FeatureExtractor, reader: Reader, text: str, sentence: str
) -> tuple[float, float, float]:
    """Return slot, formless and nameless of a sentence of its own."""
    paragraph = Paragraph("made", 0, sentence)
    article = Article("made", "一篇报道", None, (paragraph,))
    question = reader.read(text)
    words = question.topical
    met, named = (1.0,) * len(words), (0.0,) * len(words)
    hit = Hit(0, paragraph, 0, len(sentence), Evidence(), met, named)
    one = Candidate(article, paragraph, 0, len(sentence), sentence, hit)
    found = Found((hit,), (), (1.0,) * len(words), tuple([(word, 1.0)] for word in words))
    ranking = extractor.ranking(question, found, one, None, {})
    answering = extractor.answering(question, [(1.0, one, ranking)], [], None)
    return ranking.slot, ranking.formless, answering.nameless


def test_a_number_of_the_asked_unit_near_the_asked_thing_fills_the_slot(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    text = "网点有多少个"
    near, formless, _ = measured(extractor, real_reader, text, "全市设网点46个，培训两次。")
    far, _, _ = measured(extractor, real_reader, text, "全市设了网点，参加培训的有46个人。")
    none, lacking, _ = measured(extractor, real_reader, text, "全市设了网点，方便居民。")
    assert near > far > none == 0.0
    assert (formless, lacking) == (0.0, 1.0)


def test_a_number_that_the_question_brings_along_fills_no_slot(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    sentence = "执法人员检查了218家美发店。"
    assert measured(extractor, real_reader, "美发店检查了多少家", sentence)[0] > 0.5
    slot, *_ = measured(extractor, real_reader, "检查218家美发店，查出来多少家违法", sentence)
    assert slot == 0.0


def test_a_sentence_without_a_name_is_nameless_where_one_is_asked_for(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    text = "那家酒店叫什么名字"
    assert measured(extractor, real_reader, text, "有一家酒店仍在销售礼盒。")[2] == 1.0
    assert measured(extractor, real_reader, text, "有一家名叫“听涛阁”的酒店仍在销售。")[2] == 0.0
    assert measured(extractor, real_reader, "几家酒店", "有一家酒店仍在销售礼盒。")[2] == 0.0


def answering(extractor: FeatureExtractor, text: str, best: Candidate, reader: Reader) -> Answering:
    return extractor.answering(reader.read(text), [(0.0, best, NOTHING)], [], None)


@pytest.mark.parametrize(
    ("text", "sentence", "nameless"),
    [
        ("那家医院叫什么名字", "本市一家三甲医院开通夜间门诊。", 1.0),
        ("那家医院叫什么名字", "延边大学附属医院开通夜间门诊，另一家医院也将开通。", 0.0),
        ("那家酒店叫什么名字", "一家南京酒店开业。", 1.0),
        ("是哪家百货", "宁波第二百货推行的做法得到点赞。", 0.0),
        ("另外三家单位叫什么", "昆仑大酒店等4家单位被评为优秀。", 1.0),
        ("这家公司叫什么", "食堂由一家名为味鲜达的餐饮公司承包。", 0.0),
        ("调解员是谁", "在调解员姚志红主持下，双方和解。", 0.0),
        ("调解员是谁", "调解员先听双方说完，再拿出样卡。", 1.0),
        ("换下来的是哪个牌子，几天换好", "当场登记后第9天，全部换了回来。", 1.0),
        ("写的是一个牌子，装的是另一个，换好要几天", "当场登记后第9天全部换好。", 0.0),
        ("哪家医院开通了夜间门诊", "一家医院开通夜间门诊，市民姚志红第一个来。", 1.0),
        ("哪家卖的手机出了问题", "姚志红的店里卖的手机出了问题。", 0.0),  # not the phone's name
        ("这家公司的牌子叫什么", "一家公司承包食堂，调解员姚志红到场。", 1.0),
        ("食堂那家公司叫什么", "食堂由一家名为味鲜达的餐饮公司承包。", 0.0),
        ("先到的是谁", "先到的很多人里有姚志红。", 0.0),
        ("姚志红找的调解员是谁", "调解员姚志红主持。", 1.0),  # brought along
        ("那家酒店叫什么名字", "“好又来”酒店开业。", 0.0),
        ("那家酒店叫什么名字", "酒店“好又来”开业。", 0.0),
        ("那家酒店叫什么名字", "有一家名为好又来的酒店。", 0.0),
        ("那家医院叫什么名字", "姚志红的母亲住的医院开通夜间门诊。", 1.0),
        ("那家医院叫什么名字", "本市一家医院，姚志红住过。", 1.0),
        ("那家医院叫什么名字", "医院请来的老专家姚志红坐诊。", 1.0),
        ("那家医院叫什么名字", "协和医院开通夜间门诊。", 0.0),
    ],
)
def test_a_noun_is_named_by_a_name_beside_it(
    extractor: FeatureExtractor, real_reader: Reader, text: str, sentence: str, nameless: float
) -> None:
    assert measured(extractor, real_reader, text, sentence)[2] == nameless


@pytest.mark.parametrize(
    ("text", "sentence", "nameless"),
    [
        ("那家酒店叫什么名字", "“好又来”开业。", 0.0),
        ("那家酒店叫什么名字", "姚志红开业。", 0.0),
        ("“好又来”是谁开的", "“好又来”开业。", 1.0),
        ("姚志红是谁", "姚志红开业。", 1.0),
        ("是谁开的", "味鲜达开业。", 0.0),  # a name that no list has
    ],
)
def test_without_the_noun_any_name_will_do_but_those_of_the_question(
    extractor: FeatureExtractor, real_reader: Reader, text: str, sentence: str, nameless: float
) -> None:
    assert measured(extractor, real_reader, text, sentence)[2] == nameless


def test_what_is_asked_for_stands_beside_the_question_word(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    def asked(text: str, met: Mapping[str, float]) -> float:
        question = real_reader.read(text)
        row = tuple(met.get(word, 0.0) for word in question.topical)
        paragraph = Paragraph("made", 0, "健身房转让。")
        article = Article("made", "一篇报道", None, (paragraph,))
        hit = Hit(0, paragraph, 0, 6, Evidence(), row, (0.0,) * len(row))
        one = Candidate(article, paragraph, 0, 6, "健身房转让。", hit)
        return extractor.answering(question, [(0.0, one, NOTHING)], [], None).asked

    assert asked("健身房的押金是多少", {"健身房": 1.0}) == 0.0
    assert asked("健身房的押金是多少", {"押金": 0.5}) == 0.5
    assert asked("健身房转让了多少设备", {"转让": 1.0}) == 0.5
    assert asked("哪家健身房的押金是多少", {"押金": 0.5}) == 0.5  # the last of two question words
    assert asked("健身房", {}) == UNASKED


def test_a_sentence_about_another_month_conflicts(
    extractor: FeatureExtractor, shipped: dict[str, Article], real_reader: Reader
) -> None:
    best = clause(shipped, "9月28日")
    assert answering(extractor, "9月公布了几家", best, real_reader).time == 0.0
    assert answering(extractor, "3月公布了几家", best, real_reader).time == 1.0


def test_a_paragraph_s_opening_and_how_it_sounds_are_measured(
    extractor: FeatureExtractor, real_reader: Reader
) -> None:
    text = "青岚市开了一间评茶室。因为常有争执，市里派来评茶员。"
    paragraph = Paragraph("a", 0, text, False)
    article = Article("a", "评茶室", None, (paragraph,))
    first, second = (
        Candidate(article, paragraph, start, end, "", Hit(n, paragraph, start, end, Evidence()))
        for n, (start, end) in enumerate([(0, 11), (11, len(text))])
    )
    question = real_reader.read("为什么要派评茶员")
    opening, reason = (
        extractor.ranking(question, Found(), one, None, {}) for one in (first, second)
    )
    assert (opening.opening, reason.opening) == (1.0, 0.0)
    assert reason.form > opening.form == 0.0
