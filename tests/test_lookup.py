from __future__ import annotations

import pytest

from bot.answer import lookup
from bot.answer.candidate import Candidate, clause_of
from bot.answer.features import NOTHING
from bot.article import Article, Paragraph
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.question.question import Reader


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("313家是什么单位", "无理由退货单位313家"),
        ("38464件是什么", "受理投诉举报38464件"),
        ("630家是什么", "放心消费承诺单位已达630家"),
        ("27家是什么企业", "27家加入在线纠纷解决ODR企业"),
        ("青溪老街是干什么的地方", "青溪老街"),
        ("东方美谷归哪个区", "东方美谷"),
        ("上海野生动物园里能不能找到维权联络点", "上海野生动物园"),
        ("徐汇有联络点吗", "徐汇绿地缤纷城"),
        ("带娃去野生动物园，那边有维权联络点吗", "上海野生动物园"),
        ("Is there a consumer rights contact point in Xuhui?", "徐汇绿地缤纷城"),
        ("675件的含义", "675件"),
        ("112家是干嘛的", "112家"),
        ("什么是“一企一档”", "针对国际品牌企业"),
        ("何谓“1+X”消费维权平台？", "多元主体"),
        ("什么是联络点", "作为消费维权触角延伸"),  # on everybody's lips: the sentence that explains
        ("绿地缤纷城的联络点属于第几批", "第二批"),
        ("徐汇那边有联络点入选名单吗", "徐汇绿地缤纷城"),
        ("徐汇绿地缤纷城设没设维权点", "徐汇绿地缤纷城"),
        ("12315技能大比武是哪里搞的", "技能大比武"),  # a name behind a number
        ("青溪老街是什么来头", "青溪老街"),
        ("630家指的是啥商家", "承诺单位已达630家"),
        ("99家是几星的", "四星级"),
        ("“名师带教工作室”我们想去学习，确有其事吗", "名师带教工作室"),
        ("徐匯那個綠地繽紛城有沒有維權聯絡點", "绿地缤纷城"),
        ("675件是哪来的数", "675件"),
        ("会商14次是怎么回事", "14次"),
        ("青溪老街有什么名头", "一条街"),
        ("徐汇的绿地缤纷城算不算维权联络点", "徐汇绿地缤纷城"),
        ("8862這個數講緊咩", "8862个"),
        ("報表裡有個99.4%，這是哪一項指標", "99.4%"),
        ("1470余万元这笔钱怎么来的，是罚款吗", "1470余万元"),
    ],
)
async def test_what_stands_in_the_articles_to_the_letter_is_found(
    real_dialogue: Dialogue, text: str, holds: str
) -> None:
    reply = await real_dialogue.ask(Utterance(text, ""))
    assert reply.status is Status.ANSWERED
    assert holds in reply.lead


@pytest.mark.parametrize(
    "text",
    [
        "静安寺有多少家无理由退货单位",  # asks for a figure
        "海曙十大体验式消费体验基地分别叫什么",  # asks for names
        "天一商圈今年6月办了活动吗",  # of a day
        "没有青溪老街吗",  # denies it
        "630家里有多少家是什么企业",  # asks for another figure
        "东方美谷在哪，叫什么名字",
        "鸭鸭属于哪个区",  # so short a name stands anywhere
        "Are there any lawyers?",  # a glossary has several words for one thing
    ],
)
def test_other_questions_look_nothing_up(real_reader: Reader, text: str) -> None:
    assert lookup.asked_about(real_reader.read(text), real_reader.said) == ()


async def test_what_the_sentence_does_not_say_of_a_name_is_not_answered(
    real_dialogue: Dialogue,
) -> None:
    reply = await real_dialogue.ask(Utterance("青溪老街有停车场吗", ""))
    assert reply.status is Status.REFUSED
    assert "没有提到停车场" in reply.message


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("一共313家是什么单位，有多少家", ("313家",)),
        ("313家和630家是什么", ("313家", "630家")),
        ("鸭鸭有没有", ("鸭鸭",)),
        ("柘林镇能退吗", ("柘林镇",)),  # a place is looked up, too
        ("报道里有青溪老街吗", ("青溪老街",)),  # 报道 is what all of them are
        ("Is there a consumer rights contact point in Xuhui?", ("徐汇",)),
    ],
)
def test_figures_and_rare_names_are_looked_up(
    real_reader: Reader, text: str, anchors: tuple[str, ...]
) -> None:
    assert lookup.asked_about(real_reader.read(text), real_reader.said) == anchors


def sentence(text: str, title: str | None = None) -> Candidate:
    paragraph = Paragraph("a", 0, text)
    found = clause_of(Article("a", title, None, (paragraph,)), paragraph, text, text)
    assert found is not None
    return found


def held(reader: Reader, text: str, *candidates: Candidate) -> list[int]:
    """Which candidates hold what a question asks about, where the one rare name is 青溪老街."""
    ranked = [(0.0, candidate, NOTHING) for candidate in candidates]
    return lookup.found(reader.read(text), ranked, "青溪老街")


async def test_a_name_with_little_else_is_answered_by_what_is_said_of_it(
    real_dialogue: Dialogue,
) -> None:
    reply = await real_dialogue.ask(Utterance("那杉井奥特莱斯广场呢", ""))
    assert "放心消费示范样板" in reply.lead
    assert reply.message == reply.wording.say("mentioned")


async def test_what_is_asked_of_a_name_and_not_told_is_refused_with_what_is(
    real_dialogue: Dialogue,
) -> None:
    reply = await real_dialogue.ask(Utterance("杉井奥特莱斯几点关门", ""))
    assert reply.status is Status.REFUSED
    assert any("杉井奥特莱斯" in shown.excerpt.quote for shown in reply.near)


def test_a_figure_is_no_part_of_a_longer_one(real_reader: Reader) -> None:
    longer, itself = sentence("退货单位313家。"), sentence("退货单位13家。")
    assert held(real_reader, "13家是什么", longer, itself) == [1]


def test_every_figure_asked_about_has_to_be_there(real_reader: Reader) -> None:
    one, both = sentence("退货单位313家。"), sentence("退货单位313家，承诺单位630家。")
    assert held(real_reader, "313家和630家是什么", one, both) == [1]


def test_what_is_asked_of_a_name_stands_beside_it_or_in_the_title_or_near(
    real_reader: Reader,
) -> None:
    asked = "青溪老街有停车场吗"
    bare, titled = sentence("青溪老街开街。"), sentence("青溪老街开街。", "停车场改造")
    assert held(real_reader, asked, bare, sentence("青溪老街设停车场。"), titled) == [1, 2]
    topical = real_reader.read(asked).topical
    for met, holds in ((lookup.MET, [0]), (lookup.MET - 0.1, [])):
        row = tuple(met if word == "停车场" else 0.0 for word in topical)
        bare.hit = bare.hit._replace(met=row)
        assert held(real_reader, asked, bare) == holds


def test_what_everybody_speaks_of_is_explained_by_who_says_what_it_means(
    real_reader: Reader,
) -> None:
    said = "街区小站," * (lookup.RAREST + 1)
    uses, explains = sentence("街区小站有12家。"), sentence("街区小站，作为居民说理的地方。")
    ranked = [(0.0, candidate, NOTHING) for candidate in (uses, explains)]
    asked = real_reader.read("街区小站是什么")
    assert lookup.found(asked, ranked, said) == [1]
    assert lookup.found(asked, ranked, "街区小站") == [0, 1]


def test_of_two_things_asked_of_a_name_the_last_one_counts(real_reader: Reader) -> None:
    asked = "青溪老街有停车场吗，能不能找到维权联络点"
    assert held(real_reader, asked, sentence("青溪老街设维权联络点。")) == [0]


def test_a_figure_is_told_up_to_itself_and_a_name_with_its_clause() -> None:
    one = sentence("共有25家优秀单位、46家达标单位，青溪老街也在内。")
    told = [one.paragraph.text[slice(*lookup.span_of(a, one))] for a in ("25家", "青溪老街")]
    assert told == ["共有25家", "青溪老街也在内"]
