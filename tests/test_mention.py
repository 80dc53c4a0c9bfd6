"""Questions about the articles themselves: whether they speak of something, and who signed them."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.analysis.chars import fold
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.question import mention
from bot.question.mention import Mention
from bot.question.question import Reader
from tests.strategies import TYPED

LONG = "奢侈品买完跟店里扯皮的情况"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("大润发有写进去吗", "大润发"),
        ("里面说没说大润发", "大润发"),
        ("有没有哪段讲到大润发", "大润发"),
        ("大润发在稿子里露过脸没", "大润发"),
        ("你们登过跟大润发有关的内容没有?", "大润发"),
        ("有没有关于大润发的内容", "大润发"),
        ("大润发的内容有没有", "大润发"),
        ("大润发有没有在报道里出现?", "大润发"),
        ("大润发在哪篇文章里出现过?", "大润发"),
        ("你们那些资料有没有讲过大润发?", "大润发"),
        ("王小二有没有被点到名", "王小二"),
        ("文章里出现过大润发吗?", "大润发"),
        ("报道里写没写大润发?", "大润发"),
        ("请问报道中有没有提及大润发?", "大润发"),
        ("有没有提到大润发", "大润发"),
        ("大润发这几篇有写吗 我店就在那儿", "大润发"),
        ("我在大润发上班,这里头有讲到它吗", "我在大润发上班"),
        ("大润发资料里有吗", "大润发"),
        ("资料里有没有“大润发”这个店", "大润发这个店"),
        ("大润发被提到过没有", "大润发"),
        ("退货,你这儿有吗", "退货"),
        ("文章里提到徐汇没有", "徐汇"),
        ("我在大润发上班。这家店文章里写过没有", "我在大润发上班"),
        (f"我记得有篇报道说{LONG},你这儿有吗", LONG),
        (f"有篇文章里讲到{LONG}", LONG),
        (f"{LONG},哪篇报道说到过?", LONG),
        (f"{LONG},你这儿有吗", LONG),
        (f"{LONG},这种事文章里写过没有?", LONG),
        (f"报道里有没有讲{LONG}", LONG),
        (f"{LONG},那些文章提过一嘴没有?", LONG),
    ],
)
def test_whether_the_articles_speak_of_it(plain: str, name: str) -> None:
    assert mention.asked(plain) == Mention(name)


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("哪篇是记者王小二写的", "王小二"),
        ("有没有哪一篇署名是记者王小二", "王小二"),
        ("王小二编辑过这里的哪些文章", "王小二"),
        ("王小二写了几篇", "王小二"),
        ("那篇的编辑是谁", ""),
        ("这篇文章谁写的", ""),
        ("责编是谁", ""),
        ("静安寺那篇是哪天发的", ""),
        ("这篇报道是什么时候刊登的", ""),
        ("那奉贤那篇呢", ""),
        ("who wrote the article about songjiang?", ""),
        ("谁写的这篇报道", ""),
    ],
)
def test_who_signed_them(plain: str, name: str) -> None:
    assert mention.asked(plain) == Mention(name, signed=True)


@pytest.mark.parametrize(
    "plain",
    [
        "海曙提到的五个及时是哪五个",
        "报道里提到的首问机制是什么",
        "文中提到的联络站有几家",
        "资料里说的联络点能退货吗",
        "松江区说没说怎么投诉",
        "商家说过期不退合法吗",
        "老板说到时候退结果不退能投诉吗",
        "写字楼里有没有联络点",
        "这里有没有联络点",
        "有没有说明书",
        "怎么写投诉书",
        "有没有人写投诉信",
        "总编辑是谁",
        "编辑部在哪",
        "12315能不能说方言",
        "哪篇报道说到过?",
    ],
)
def test_what_they_say_is_another_matter(plain: str) -> None:
    assert mention.asked(plain) is None


@given(TYPED)
def test_reading_never_fails(text: str) -> None:
    found = mention.asked(fold(text))
    assert found is None or found.signed or found.name


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("徐汇绿地缤纷城", ("徐汇绿地缤纷城",)),
        ("我常去徐汇绿地缤纷城买鞋", ("徐汇绿地缤纷城",)),
        ("大润发", ("大润发",)),  # nothing of it is said
        ("预付卡跑路", ()),  # 预付卡 is: what is said of it has to be understood
        ("联络点", ()),  # everybody speaks of it
    ],
)
def test_names_are_looked_up(real_reader: Reader, name: str, names: tuple[str, ...]) -> None:
    words = real_reader.analyzer.tokenizer.words(name)
    said = f"徐汇绿地缤纷城消费维权联络点,预付卡,{'联络点,' * 9}"
    assert mention.names(name, words, said, {"预付卡", "联络点"}.__contains__) == names


async def test_what_is_mentioned_is_quoted_and_what_is_not_is_named(dialogue: Dialogue) -> None:
    there = await dialogue.ask(Utterance("服务车稿子里写没写？", ""))
    assert there.status is not Status.SMALLTALK
    for text in ("大润发有写进去吗", "报道里有没有出现过大润发"):
        gone = await dialogue.ask(Utterance(text, ""))
        assert gone.status is Status.REFUSED
        assert "没有提到大润发" in gone.message


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Is the Kunlun Hotel mentioned in the articles?", Status.ANSWERED),
        ("Do your articles mention Carrefour?", Status.REFUSED),
        ("你哋啲資料有冇講過G60？", Status.ANSWERED),
    ],
)
async def test_it_is_asked_in_other_languages_too(
    real_dialogue: Dialogue, text: str, status: Status
) -> None:
    assert (await real_dialogue.ask(Utterance(text, ""))).status is status


async def test_a_short_form_is_looked_up_in_full(real_dialogue: Dialogue) -> None:
    reply = await real_dialogue.ask(Utterance("杉井奥莱有没有被写到", ""))
    assert "杉井奥特莱斯" in reply.lead
