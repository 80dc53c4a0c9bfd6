from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given

from bot.dialogue import wording
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.question.smalltalk import Smalltalk, key
from tests.strategies import TYPED
from tests.tiny import Chat

HANS = wording.load()[Language.HANS]

TALK = Smalltalk(
    {
        "你好": "greeting",
        "拜拜": "farewell",
        "好的": "ack",
        "谢谢": "thanks",
        "thank you": "thanks",
        "你真聪明": "praise",
        "你是不是机器人": "identity",
        "👍": "praise",
        "❤": "thanks",
    }
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("你好", "greeting"),
        ("你好！！", "greeting"),
        ("  你 好 呀～", "greeting"),
        ("谢谢啦", "thanks"),
        ("謝謝", "thanks"),
        ("Thank you!", "thanks"),
        ("谢谢谢谢", "thanks"),
        ("你好，谢谢", "thanks"),
        ("好的拜拜", "farewell"),
        ("你好蓝桥区有几家", None),
        ("谢谢蓝桥", None),
        ("蓝桥区有几家", None),
        ("？", None),
        ("", None),
        ("👍", "praise"),
        ("👍🏽👍🏽 !", "praise"),
        ("❤️", "thanks"),
        ("❤️👍", "thanks"),
        ("👍谢谢", "thanks"),
        ("👍蓝桥区有几家", None),
        ("🦄👍", None),
    ],
)
def test_only_a_whole_utterance_is_small_talk(text: str, name: str | None) -> None:
    assert TALK.classify(text, ["蓝桥"]) == name


def test_without_a_topic_a_phrase_at_either_end_is_enough() -> None:
    assert TALK.classify("好的，那先这样，拜拜", []) == "farewell"
    assert TALK.classify("你好，在吗", []) == "greeting"
    assert TALK.classify("好的，那蓝桥呢", ["蓝桥"]) is None


def test_a_phrase_put_a_little_differently_is_known() -> None:
    assert TALK.resembles("你是机器人吗") == "identity"
    assert TALK.resembles("机器人是你") is None
    assert TALK.resembles("你好吗") is None


def test_topical_words_of_a_phrase_are_small_talk_where_nothing_else_explains_them() -> None:
    assert TALK.made_of("聪明", ["聪明"]) == "praise"
    assert TALK.made_of("聪明的店", ["聪明", "店"]) is None
    assert TALK.made_of("呢", []) is None
    assert TALK.made_of("聪明" * 10, ["聪明"]) is None


def test_without_phrases_nothing_is_small_talk() -> None:
    nothing = Smalltalk({})
    assert nothing.classify("你好", []) is None
    assert nothing.resembles("你是机器人吗") is None
    assert nothing.made_of("聪明", ["聪明"]) is None


@pytest.mark.parametrize("text", ["你好" * 2048, "谢谢啊" * 1365, "，你好" * 1365, "a" * 4096])
def test_a_long_text_does_no_harm(text: str) -> None:
    """Each phrase in a row used to cost a look at all that was left, and a level of recursion."""
    assert TALK.classify(text, []) in (None, "greeting", "thanks")


@given(TYPED)
def test_any_text_is_some_class_or_none(text: str) -> None:
    classes = {None, "greeting", "farewell", "ack", "thanks", "praise", "identity"}
    content = text.split()
    assert TALK.classify(text, content) in classes
    assert TALK.resembles(text) in classes
    assert TALK.made_of(text, content) in classes
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    "text",
    [
        "被骗光了，真的不想活了",
        "钱要不回来我死了算了怎么办",
        "i want to die",
        "I don't want to live anymore",
        "he says he'd be better off dead",
        "我老公說沒活路了",
        "唔想做人啦，啲錢冇晒",
        "退款退不回来，我老公刚刚喝了农药",
        "被騙了三十萬，我覺得活著沒有意義了",
        "学费被骗了，我在割手腕",  # words may stand between
        "我现在站在桥栏杆外边",
    ],
)
async def test_who_despairs_is_heard(real_dialogue: Dialogue, text: str) -> None:
    reply = await real_dialogue.ask(Utterance(text, "chat"))
    assert (reply.status, reply.message) == (Status.SMALLTALK, reply.wording.say("despair"))


async def test_who_asks_for_help_after_despair_is_answered_as_before(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    chat = new_chat(real_dialogue)
    first = await chat.says("钱全没了，我真的不想活了")
    again = await chat.says("那我现在能打什么电话")
    assert first.message == again.message == HANS.say("despair")
    assert (await chat.says("静安寺有多少家无理由退货单位")).excerpts
    assert (await chat.says("投诉打什么电话")).message != HANS.say("despair")


@pytest.mark.parametrize("text", ["我想死你了", "这家店好吃到想死", "笑死我了"])
async def test_who_exaggerates_is_not(real_dialogue: Dialogue, text: str) -> None:
    reply = await real_dialogue.ask(Utterance(text, "chat"))
    assert reply.message != reply.wording.say("despair")


@pytest.mark.parametrize(
    "text",
    [
        "网贷还不上，我刚割破了，血一直止不住",
        "孩子把玩具里的纽扣电池吞下去了",
        "he swallowed a button battery",
    ],
)
async def test_who_is_hurt_is_heard(real_dialogue: Dialogue, text: str) -> None:
    reply = await real_dialogue.ask(Utterance(text, "chat"))
    assert (reply.status, reply.message) == (Status.SMALLTALK, reply.wording.say("emergency"))


@pytest.mark.parametrize("text", ["海曙有没有活动", "商家没反应了怎么办", "松江不想参加活动的多吗"])
async def test_words_that_only_hold_those_of_an_alarm_are_none(
    real_dialogue: Dialogue, text: str
) -> None:
    assert (await real_dialogue.ask(Utterance(text, "chat"))).status is not Status.SMALLTALK
