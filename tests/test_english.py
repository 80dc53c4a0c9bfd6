"""English questions: the glossary's Mandarin, the stems of their own words, and asks in English."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.analysis import english
from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.dialogue import wording
from bot.dialogue.reply import Status
from bot.dialogue.wording import Language
from tests.strategies import TYPED
from tests.tiny import Chat

EN = wording.load()[Language.EN]


def test_the_glossarys_terms_come_in_the_texts_order_with_the_numbers(analyzer: Analyzer) -> None:
    text = "in 2022, how many shops of lanqiao have a no-reason return"
    got = english.translate(text, analyzer.lexicon, english.keep_numbers)
    assert got.mandarin == "2022 单位 蓝桥区 无理由退货"
    assert 0 < got.unread < 1


def test_what_the_caller_keeps_stands_where_it_stood(analyzer: Analyzer) -> None:
    got = english.translate("odr shops", analyzer.lexicon, lambda word: word.upper())
    assert (got.mandarin, got.untranslated, got.unread) == ("ODR 单位", 0.0, 0.0)


def test_stems_are_the_words_own_without_the_places(analyzer: Analyzer) -> None:
    assert english.stems("complaining shops in lanqiao, 12 complaints", analyzer.lexicon) == [
        "complain",
        "shop",
        "in",
        "12",
        "complaint",
    ]


@given(TYPED)
def test_any_text_has_a_translation_and_stems(analyzer: Analyzer, text: str) -> None:
    got = english.translate(fold(text), analyzer.lexicon, english.keep_numbers)
    assert 0 <= got.unread <= got.untranslated <= 1
    assert all(english.stems(fold(text), analyzer.lexicon))


@pytest.mark.parametrize(
    "text",
    [
        "How many places in Lanqiao take back what nobody wants?",
        "lanqiao how many take back things nobody wanted any more",
    ],
)
async def test_an_english_ask_answers_what_the_glossary_does_not_know(
    chat: Chat, text: str
) -> None:
    reply = await chat.says(text)
    assert "120家" in reply.lead
    assert reply.message == EN.say("excerpt_about", about="No-reason returns; Lanqiao")


async def test_after_an_english_answer_the_conversation_goes_on(chat: Chat) -> None:
    await chat.says("How many places in Lanqiao take back what nobody wants?")
    assert "90家" in (await chat.says("那白塔呢？")).lead


async def test_an_english_ask_that_nothing_answers_is_refused(chat: Chat) -> None:
    reply = await chat.says("Who pays the postage when I send shoes back?")
    assert reply.status is Status.REFUSED
    assert "退货运费由谁承担的规定" not in reply.message  # in whose words nobody asked
