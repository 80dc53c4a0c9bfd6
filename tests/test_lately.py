from __future__ import annotations

from bot.dialogue.lately import Lately
from bot.dialogue.state import FRESH, State
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from tests.fakes import answer, refusal
from tests.test_stores import ONE

QUESTION = "蓝桥区有多少家无理由退货单位？"


def test_an_answer_is_found_for_the_same_question_language_and_conversation_only() -> None:
    lately, reply = Lately(), answer()
    key = Lately.key(QUESTION, None, FRESH)
    lately.keep(key, reply, ONE)
    assert lately.find(Lately.key(QUESTION, None, State())) == (reply, ONE)
    assert lately.find(Lately.key(QUESTION + "？", None, FRESH)) is None
    assert lately.find(Lately.key(QUESTION, Language.EN, FRESH)) is None
    assert lately.find(Lately.key(QUESTION, None, ONE)) is None


def test_the_answer_not_asked_for_longest_goes_first() -> None:
    lately = Lately(capacity=2)
    keys = [Lately.key(text, None, FRESH) for text in "甲乙丙"]
    lately.keep(keys[0], answer(), FRESH)
    lately.keep(keys[1], answer(), FRESH)
    lately.find(keys[0])
    lately.keep(keys[2], refusal(), FRESH)
    assert [lately.find(key) is not None for key in keys] == [True, False, True]


def test_no_text_of_a_user_stays_in_it() -> None:
    lately = Lately()
    lately.keep(Lately.key("悄悄话", None, FRESH), refusal(), FRESH)
    assert "悄悄话" not in repr(lately._answers)


async def test_a_question_asked_again_has_the_same_answer(dialogue: Dialogue) -> None:
    first, second = [await dialogue.ask(Utterance(QUESTION, "x")) for _ in range(2)]
    assert second is first
