from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import wording
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from tests import promises
from tests.strategies import ANYTHING, TYPED
from tests.tiny import Chat

HANS = wording.load()[Language.HANS]
HANT = wording.load()[Language.HANT]
EN = wording.load()[Language.EN]
RETURNS = "蓝桥区无理由退货单位已有120家"
COURSE = "白塔区消费课堂一年开课36次"


async def test_a_question_is_answered_with_its_clause_and_sentence(chat: Chat) -> None:
    reply = await chat.says("蓝桥区有多少家无理由退货单位？")
    assert reply.status is Status.ANSWERED
    assert RETURNS in reply.lead
    assert reply.excerpts[0].excerpt.quote == f"截至2022年2月，{RETURNS}，放心消费单位45家。"
    assert reply.excerpts[0].source == (
        "青岚日报 · 《蓝桥区打开退货的门》 · 2022-03 · 青岚市蓝桥区 · 第2段"
    )


@pytest.mark.parametrize(
    "text",
    [
        "藍橋區有多少家無理由退貨單位？",
        "藍橋有幾多間無理由退貨單位",
        "How many no-reason return shops are there in Lanqiao?",
        "lan qiao you duo shao wu li you tui huo dan wei",
        "蓝桥区有多少家无里由退货单位",
        "蓝桥\u200b区有多少家无理由退货单位🙂",
    ],
)
async def test_a_question_is_understood_however_it_is_written(chat: Chat, text: str) -> None:
    reply = await chat.says(text)
    assert RETURNS in reply.lead


async def test_a_follow_up_leans_on_the_question_before(chat: Chat) -> None:
    await chat.says("蓝桥区有多少家无理由退货单位？")
    reply = await chat.says("那白塔呢？")
    assert "白塔区无理由退货承诺单位达到90家" in reply.lead


async def test_which_has_more_compares_the_two_answers_before(chat: Chat) -> None:
    await chat.says("蓝桥区有多少家无理由退货单位？")
    await chat.says("那白塔呢？")
    reply = await chat.says("哪个多？")
    assert "120家" in reply.lead
    assert "90家" in reply.lead
    assert [shown.excerpt.article.id for shown in reply.excerpts] == ["lanqiao", "baita"]
    assert reply.message == HANS.say("different_things")


async def test_two_places_in_one_question_are_compared(chat: Chat) -> None:
    reply = await chat.says("蓝桥和白塔的无理由退货单位哪个多")
    assert reply.status is Status.ANSWERED
    assert {shown.excerpt.article.id for shown in reply.excerpts} == {"lanqiao", "baita"}
    assert reply.message


async def test_a_place_that_no_article_speaks_of_is_refused_by_name(chat: Chat) -> None:
    alone = await chat.says("虹口有多少家无理由退货单位？")
    assert (alone.status, alone.excerpts) == (Status.REFUSED, ())
    assert "没有提到虹口" in alone.message
    await chat.says("蓝桥区有多少家无理由退货单位？")
    assert "没有提到虹口" in (await chat.says("虹口呢？")).message


async def test_what_is_not_said_is_refused_by_name(chat: Chat) -> None:
    reply = await chat.says("白塔区消费课堂怎么报名")
    assert reply.status is Status.REFUSED
    assert "白塔区" in reply.message


async def test_what_stands_in_no_article_is_named(chat: Chat) -> None:
    reply = await chat.says("沃尔玛有无理由退货吗")
    assert (reply.status, reply.lead) == (Status.REFUSED, "")
    assert "没有提到沃尔玛" in reply.message


async def test_a_sentence_with_an_uncertain_character_is_not_quoted(chat: Chat) -> None:
    reply = await chat.says("蓝桥区巡回服务车多久来一次社区")
    assert (reply.status, reply.excerpts) == (Status.REFUSED, ())
    assert reply.message.startswith(HANS.say("unquotable", found="").split("。")[0])
    assert "《蓝桥区打开退货的门》 · 第" in reply.message


async def test_an_article_without_asks_answers_too(chat: Chat) -> None:
    reply = await chat.says("松河县的平台2021年调解了多少件纠纷")
    assert reply.status is Status.ANSWERED
    assert "2021年，平台调解纠纷77件。" in [shown.excerpt.quote for shown in reply.excerpts]


@pytest.mark.parametrize("text", ["那白塔呢？", "多少家？", "哪个多？", "哪些"])
async def test_a_follow_up_to_nothing_asks_for_the_rest(chat: Chat, text: str) -> None:
    reply = await chat.says(text)
    assert (reply.status, reply.message) == (Status.REFUSED, HANS.say("no_context"))


@pytest.mark.parametrize(
    "text", ["", " ", "？？？", "\u200b\u200d", "🙂👍🏽", "\ud83d", "\x00", "----"]
)
async def test_without_a_word_nothing_is_asked(chat: Chat, text: str) -> None:
    reply = await chat.says(text)
    assert (reply.status, reply.message) == (Status.REFUSED, HANS.say("nothing_asked"))
    assert reply.suggestions


@pytest.mark.parametrize("text", ["呢", "qwerty zxcvb asdfg"])
async def test_what_cannot_be_read_is_not_understood(chat: Chat, text: str) -> None:
    reply = await chat.says(text)
    assert reply.status is Status.REFUSED
    assert reply.message.startswith(reply.wording.say("not_understood"))


@pytest.mark.parametrize(
    ("text", "key"), [("你好！", "greeting"), ("谢谢啦", "thanks"), ("聪明", "praise")]
)
async def test_small_talk_is_returned(chat: Chat, text: str, key: str) -> None:
    reply = await chat.says(text)
    assert reply.status is Status.SMALLTALK
    assert reply.message == HANS.say(key, example=chat.dialogue.example())


async def test_small_talk_and_refusals_do_not_change_the_subject(chat: Chat) -> None:
    await chat.says("蓝桥区有多少家无理由退货单位？")
    for aside in ("谢谢", "？？？", "虹口呢", "白塔区消费课堂怎么报名"):
        await chat.says(aside)
    assert "90家" in (await chat.says("那白塔呢？")).lead


async def test_conversations_are_kept_apart(
    dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    one, other = new_chat(dialogue), new_chat(dialogue)
    await one.says("蓝桥区有多少家无理由退货单位？")
    await other.says("白塔有多少家无理由退货单位？")
    assert "90家" in (await one.says("那白塔呢？")).lead
    assert "120家" in (await other.says("那蓝桥呢？")).lead


async def test_what_is_forgotten_is_gone(chat: Chat) -> None:
    await chat.says("蓝桥区有多少家无理由退货单位？")
    await chat.dialogue.forget(chat.name)
    assert (await chat.says("那白塔呢？")).message == HANS.say("no_context")


async def test_a_question_that_stands_alone_is_not_remembered(chat: Chat) -> None:
    await chat.says("蓝桥区有多少家无理由退货单位？")
    alone = await chat.dialogue.ask(Utterance("那白塔呢？", chat.name))
    assert alone.message == HANS.say("no_context")
    await chat.dialogue.ask(Utterance("白塔的消费课堂一年几次课", chat.name))
    assert "90家" in (await chat.says("那白塔呢？")).lead


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("虹口有几家？", None, HANS),
        ("虹口有幾家單位？", None, HANT),
        ("how many shops in Hongkou zone?", None, EN),
        ("hong kou you ji jia", None, HANS),
        ("虹口有几家？", Language.HANT, HANT),
        ("虹口有幾家單位？", Language.EN, EN),
    ],
)
async def test_the_bot_speaks_the_users_language_or_that_of_the_text(
    chat: Chat, text: str, language: Language | None, words: wording.Wording
) -> None:
    reply = await chat.says(text, language)
    assert reply.wording == words


async def test_every_suggestion_is_answered_when_it_is_asked(chat: Chat) -> None:
    for text in (
        "",
        "虹口呢",
        "蓝桥区巡回服务车多久来一次社区",
        "白塔区消费课堂怎么报名",
        "哪个多",
    ):
        for suggestion in (await chat.says(text)).suggestions:
            assert suggestion != text
            reply = await chat.dialogue.ask(Utterance(suggestion, "alone"))
            assert (suggestion, reply.status) == (suggestion, Status.ANSWERED)


async def test_the_example_is_answered(dialogue: Dialogue) -> None:
    reply = await dialogue.ask(Utterance(dialogue.example(), "alone"))
    assert reply.status is Status.ANSWERED


@given(text=TYPED)
async def test_any_text_gets_a_reply_that_keeps_its_promises(
    real_dialogue: Dialogue, text: str
) -> None:
    promises.keep(await real_dialogue.ask(Utterance(text, "alone")))


@given(texts=st.lists(TYPED, max_size=6), language=st.none() | st.sampled_from(Language))
async def test_any_conversation_keeps_its_promises(
    dialogue: Dialogue,
    new_chat: Callable[[Dialogue], Chat],
    texts: list[str],
    language: Language | None,
) -> None:
    chat = new_chat(dialogue)
    for text in texts:
        promises.keep(await chat.says(text, language))


@given(chat=ANYTHING, text=st.sampled_from(["那白塔呢？", "蓝桥区有几家", "你好"]))
async def test_any_chat_may_have_any_name(dialogue: Dialogue, chat: str, text: str) -> None:
    promises.keep(await dialogue.turn(Utterance(text, chat)))
    await dialogue.forget(chat)


@pytest.mark.parametrize(
    "unit",
    [
        "你好",
        "谢谢啊",
        "哪个多",
        "静安寺",
        "a",
        "ni hao ",
        "how many ",
        "啊",
        "“",
        "1",
        "？",
        "退货 ",
        "🙂",
    ],
)
async def test_4096_characters_are_answered_soon(real_dialogue: Dialogue, unit: str) -> None:
    text = (unit * 4096)[:4096]
    promises.keep(await real_dialogue.ask(Utterance(text, "alone")))


async def test_the_question_at_the_end_of_a_long_story_is_answered(
    real_dialogue: Dialogue,
) -> None:
    story = "上个月我在外地出差，买了一件衣服，回来以后家里人都说不好看。" * 40
    text = f"{story}静安寺商圈有多少家无理由退货单位？"
    reply = await real_dialogue.ask(Utterance(text, "alone"))
    promises.keep(reply)
    assert "313家" in reply.lead
