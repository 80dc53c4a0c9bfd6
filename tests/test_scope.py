from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answer.answer import Reason
from bot.answer.scope import Fit, Scope
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.question.question import Reader
from tests.tiny import Chat

RETURNS = "无理由退货单位313家"


@pytest.fixture(scope="module")
def scope(real_reader: Reader) -> Scope:
    return Scope(real_reader.analyzer)


@pytest.mark.parametrize(
    ("text", "says", "article", "fit"),
    [
        ("静安寺有多少家", f"静安寺商圈{RETURNS}", "000", Fit.SAME),
        ("上海有多少家", f"静安寺商圈{RETURNS}", "000", Fit.PART),
        ("宁波市的放心商圈有几个", "累计创建放心商圈8个", "003", Fit.PART),
        ("海曙的放心商圈有几个", "累计创建放心商圈8个", "003", Fit.SAME),
        ("柘林镇有几个联络站", "奉贤区580家消费维权联络站", "001", Fit.WIDER),
        ("上海市一共有多少个联络点", "目前上海市共有联络点8862个", "004", Fit.SAME),
        ("全国有多少个联络点", "目前上海市共有联络点8862个", "004", Fit.PART),
        ("上海怎么做线上调解", f"静安寺商圈{RETURNS}", "000", Fit.SAME),  # no figure is asked for
        ("上海市有多少家", f"上海市静安寺商圈{RETURNS}", "000", Fit.SAME),  # says whose it is
        ("全国有多少个联络点", "全国共有联络点9万个", "004", Fit.SAME),
        ("奉贤有几条放心消费一条街", "上海市第一条“放心消费创建一条街”", "001", Fit.SAME),
        ("东方美谷有几家联络站", "奉贤区580家消费维权联络站", "001", Fit.SAME),  # a thing, no place
    ],
)
def test_a_figure_is_of_the_place_asked_about_or_not(
    real_dialogue: Dialogue,
    real_reader: Reader,
    scope: Scope,
    text: str,
    says: str,
    article: str,
    fit: Fit,
) -> None:
    articles = real_dialogue.answering.selector.articles
    (cited,) = [one for name, one in articles.items() if name.startswith(article)]
    assert scope.fit(real_reader.read(text), says, cited) is fit


def test_of_two_places_in_a_clause_the_narrower_one_has_the_figure(
    real_dialogue: Dialogue, scope: Scope
) -> None:
    cited = next(iter(real_dialogue.answering.selector.articles.values()))
    for says in (f"上海市静安区{RETURNS}", f"静安区（上海市）{RETURNS}"):
        place = scope.place(says, cited)
        assert place is not None
        assert place.name == "静安区"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("宁波市有多少家", True),
        ("上海总共几家", True),
        ("全上海有几家", True),
        ("全国有几家", True),
        ("宁波有多少家", True),
        ("宁波开通ODR的一共几家", True),
        ("宁波多少家", False),
        ("南京老陶一共充了多少钱", False),
        ("浙江省办了多少场活动", True),
        ("宁波整个市（不止海曙）有多少家", True),
        ("吉林省消协办公室几个人", False),
        ("青岛市北有多少家", False),  # the district of 市北
        ("How many contact points are there in all of Ningbo?", True),
    ],
)
def test_who_asks_for_a_total_is_told_from_who_does_not(
    real_reader: Reader, scope: Scope, text: str, whole: bool
) -> None:
    assert scope.asks_whole(real_reader.read(text)) is whole


async def test_of_a_total_that_nobody_states_the_parts_are_listed(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    chat = new_chat(real_dialogue)
    assert "313家" in (await chat.says("静安寺那边多少家店可以无理由退货？")).lead
    assert "2000余家" in (await chat.says("那奉贤呢？")).lead
    assert len((await chat.says("哪个多？")).excerpts) == 2
    total = await chat.says("上海一共多少？")
    assert total.status is Status.REFUSED
    assert total.refusal is not None
    assert total.refusal.reason is Reason.ONLY_PARTS
    places = dict(total.refusal.parts)
    assert "2000余家" in places["奉贤区"]
    assert "313家" in places["静安寺商圈"]
    assert all(f"{place}：{says}" in total.message for place, says in places.items())
    assert {shown.excerpt.article.region.district for shown in total.near} == {"奉贤区", "静安区"}


async def test_a_part_that_is_answered_all_the_same_is_called_one(real_dialogue: Dialogue) -> None:
    from bot.dialogue.utterance import Utterance  # noqa: PLC0415

    reply = await real_dialogue.ask(Utterance("宁波无理由退货承诺单位多少家", ""))
    assert "1980家" in reply.lead
    assert "海曙区" in reply.message


async def test_a_sum_that_nobody_states_is_refused_with_what_would_be_added(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    chat = new_chat(real_dialogue)
    assert (await chat.says("加起来几家")).status is Status.REFUSED
    await chat.says("静安寺无理由退货几家")
    await chat.says("奉贤呢")
    total = await chat.says("加起来多少")
    assert total.status is Status.REFUSED
    assert [s.excerpt.article.region.district for s in total.near] == ["静安区", "奉贤区"]
