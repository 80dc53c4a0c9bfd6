"""Cards: what a question may be answered with, complete and without repeating itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.caller import Caller
from bot.dialogue.cards import MOST, Deck
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language


async def deal(dialogue: Dialogue, text: str) -> Deck:
    return await dialogue.cards(Utterance(text, "nobody"))


async def test_the_answer_comes_first_and_then_what_is_near_it(dialogue: Dialogue) -> None:
    deck = await deal(dialogue, "白塔区有多少家无理由退货单位")
    alone = await dialogue.ask(Utterance("白塔区有多少家无理由退货单位", ""))
    assert deck.answered
    assert deck.cards[0].reply == alone
    assert deck.cards[0].question == ""
    assert "白塔区消费课堂一年开课36次" in [card.reply.lead for card in deck.cards[1:]]


async def test_each_card_is_a_cited_answer_cut_from_its_quotes(dialogue: Dialogue) -> None:
    for card in (await deal(dialogue, "无理由退货单位有几家")).cards:
        assert card.reply.status is Status.ANSWERED
        assert card.reply.excerpts
        assert card.reply.suggestions == ()
        quotes = "".join(one.excerpt.quote for one in card.reply.excerpts)
        assert all(part in quotes for part in card.reply.lead.split("；"))


async def test_each_side_of_a_comparison_can_be_chosen_alone(dialogue: Dialogue) -> None:
    deck = await deal(dialogue, "蓝桥区和白塔区哪个无理由退货单位多")
    both, second = deck.cards[0].reply, deck.cards[1].reply
    assert "；" in both.lead
    assert second.excerpts == both.excerpts[1:2]
    assert second.lead in both.lead
    assert second.lead in second.excerpts[0].excerpt.quote
    assert second.message == ""


async def test_a_refused_question_gets_what_is_near_with_the_questions(dialogue: Dialogue) -> None:
    deck = await deal(dialogue, "白塔区消费课堂怎么报名")
    assert not deck.answered
    assert deck.cards
    assert all(card.question for card in deck.cards)
    assert all("白塔" in card.question for card in deck.cards)


async def test_a_place_alone_gets_what_is_asked_of_it(dialogue: Dialogue) -> None:
    deck = await deal(dialogue, "蓝桥区")
    assert [card.question for card in deck.cards] == ["蓝桥区有多少家无理由退货单位"]


@pytest.mark.parametrize(
    "text", ["虹口有多少家无理由退货单位", "你好", "。。", "", "天王星的氦气", "退货运费谁出呀虹口"]
)
async def test_nothing_is_offered_where_nothing_is_near(dialogue: Dialogue, text: str) -> None:
    assert await deal(dialogue, text) == Deck((), answered=False)


async def test_a_sentence_with_an_uncertain_character_is_on_no_card(dialogue: Dialogue) -> None:
    deck = await deal(dialogue, "蓝桥区巡回服务车几天来一次")
    assert not deck.answered
    assert all("⟦" not in card.reply.excerpts[0].excerpt.quote for card in deck.cards)


async def test_questions_are_traditional_for_who_asks_in_traditional(dialogue: Dialogue) -> None:
    deck = await deal(dialogue, "白塔區有多少家無理由退貨單位")
    assert "白塔區消費課堂開了多少次" in [card.question for card in deck.cards]
    assert {card.reply.wording.language for card in deck.cards} == {Language.HANT}


async def test_cards_are_in_the_language_that_a_user_chose(dialogue: Dialogue) -> None:
    chooses = Caller("test:cards", "test:cards")
    await dialogue.commands.press(f"u:lang:{Language.HANT}", chooses)
    said = Utterance("白塔区有多少家无理由退货单位", "", user="test:cards")
    deck = await dialogue.cards(said)
    assert {card.reply.wording.language for card in deck.cards} == {Language.HANT}
    assert "無理由退貨" in deck.cards[0].reply.lead
    assert "无理由退货" in deck.cards[0].reply.excerpts[0].excerpt.quote
    await dialogue.commands.press("u:lang:auto", chooses)
    assert (await dialogue.cards(said)).cards[0].reply.wording.language is Language.HANS


async def test_nothing_is_remembered(dialogue: Dialogue) -> None:
    await deal(dialogue, "蓝桥区有多少家无理由退货单位")
    reply = await dialogue.turn(Utterance("哪个多", "nobody"))
    assert reply.status is Status.REFUSED


WORDS = [
    "蓝桥",
    "白塔区",
    "青岚",
    "虹口",
    "无理由退货",
    "消费课堂",
    "联络点",
    "多少",
    "哪个多",
    "和",
]


@given(st.lists(st.sampled_from([*WORDS, "how many", "？", "😀"]), max_size=6).map("".join))
async def test_no_two_cards_say_the_same(dialogue: Dialogue, text: str) -> None:
    deck = await deal(dialogue, text)
    said = [(card.reply.lead, card.reply.excerpts) for card in deck.cards]
    assert len(set(said)) == len(said) <= MOST
    assert deck.answered == any(card.question == "" for card in deck.cards)
