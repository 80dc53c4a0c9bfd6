"""What is said beside an answer, and instead of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channel import json_lines
from bot.dialogue import present, wording
from bot.dialogue.reply import Reply, Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from tests.tiny import Chat

WORDS = wording.load()
HANS, EN = WORDS[Language.HANS], WORDS[Language.EN]


async def ask(dialogue: Dialogue, text: str, language: Language | None = None) -> Reply:
    return await dialogue.ask(Utterance(text, "", language))


async def test_several_questions_are_answered_part_by_part(real_dialogue: Dialogue) -> None:
    text = "静安寺有多少家无理由退货单位？另外奉贤有多少？商圈停车怎么收费？"
    reply = await ask(real_dialogue, text)
    assert [str(part.reply.status) for part in reply.parts] == ["answered", "answered", "refused"]
    first, second, third = (part.reply for part in reply.parts)
    assert (reply.status, reply.lead, reply.excerpts) == (first.status, first.lead, first.excerpts)
    assert "313家" in first.lead
    assert "2000余家" in second.lead
    assert "没有提到停车" in third.message
    assert all(part.question in reply.message for part in reply.parts)
    assert "统计口径" not in reply.message
    printed = json_lines.as_json(reply)
    assert [part["status"] for part in printed["parts"]] == ["answered", "answered", "refused"]
    assert printed["citations"][0] == printed["parts"][0]["citations"][0]
    shown = "\n".join(span.text for block in present.reply_panel(reply).blocks for span in block)
    assert all(part.question in shown for part in reply.parts)
    assert first.excerpts[0].excerpt.quote in shown


async def test_what_stands_nearest_is_shown_as_that(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "静安寺商圈有多少家店不支持无理由退货？")
    assert (reply.status, reply.lead, reply.excerpts) == (Status.REFUSED, "", ())
    assert "无理由退货单位313家" in reply.near[0].excerpt.quote
    blocks = present.reply_panel(reply).blocks
    assert any(span.text == HANS.say("near") for block in blocks for span in block)
    (near,) = json_lines.as_json(reply)["near"]
    assert near["quote"] == reply.near[0].excerpt.quote


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("哪里可以投诉商家", "card_complain"),
        ("接到假的退款电话，汇了三千过去，怎么办", "card_fraud"),
        ("网购退货被拒了怎么办", "card_refund"),
        ("理发店刚办完卡就联系不上老板了，钱怎么办", "card_prepaid"),
        ("在超市买到过期牛奶，店员不认账，我该怎么办", "card_fake"),
    ],
)
async def test_who_needs_help_gets_the_card(real_dialogue: Dialogue, text: str, line: str) -> None:
    reply = await ask(real_dialogue, text)
    assert HANS.say("card_head") in reply.message
    assert HANS.say(line) in reply.message
    assert (reply.excerpts, reply.near, reply.suggestions) == ((), (), ())


async def test_the_card_stands_under_an_answer_too(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "静安寺的联络点设在哪里，我要投诉")
    assert HANS.say("card_complain") in reply.message


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("钱都被骗走了，想死的心都有", "despair"),
        ("我妈被骗以后闹着要跳楼", "despair"),
        ("They took all my money, I want to kill myself", "despair"),
        ("吃完外卖我爸昏过去了叫不醒，咋办", "emergency"),
        ("店家拿刀追着我，我躲在厕所里", "emergency"),
    ],
)
async def test_who_is_in_danger_is_told_whom_to_call_and_nothing_else(
    real_dialogue: Dialogue, text: str, key: str
) -> None:
    reply = await ask(real_dialogue, text)
    words = EN if text.isascii() else HANS
    assert (reply.status, reply.message) == (Status.SMALLTALK, words.say(key))
    assert "110" in reply.message
    assert "120" in reply.message


@pytest.mark.parametrize("text", ["想死你了小保", "商场跳楼价甩卖能退货吗", "买到假的安眠药怎么办"])
async def test_who_only_talks_so_is_in_no_danger(real_dialogue: Dialogue, text: str) -> None:
    assert (await ask(real_dialogue, text)).message != HANS.say("despair")


@pytest.mark.parametrize(("text", "key"), [("明天会下雨吗", "weather"), ("你这个废物", "insult")])
async def test_weather_and_insults_get_a_sentence(
    real_dialogue: Dialogue, text: str, key: str
) -> None:
    reply = await ask(real_dialogue, text)
    assert (reply.status, reply.message) == (Status.SMALLTALK, HANS.say(key))
    assert "12315" not in reply.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("静安寺无理由退货单位是313家吗", "figure_right"),
        ("静安寺无理由退货单位是630家吗", "figure_wrong"),
    ],
)
async def test_a_figure_that_is_tried_is_told_right_or_wrong(
    real_dialogue: Dialogue, text: str, told: str
) -> None:
    reply = await ask(real_dialogue, text)
    assert reply.lead.endswith("无理由退货单位313家")
    assert reply.message == HANS.say(told, says="313家", tried="630家")


async def test_a_word_for_a_time_is_the_articles(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "上海的联络点今年用线上调解解决了多少件投诉？")
    told = HANS.say("as_written", word="今年", date="文中日期：9月28日（未写年份）")
    assert reply.message.split("\n") == [HANS.say("figure_place", place="上海市"), told]


async def test_whose_figure_it_is_is_told_where_the_quote_does_not_say_so(
    real_dialogue: Dialogue,
) -> None:
    silent = await ask(real_dialogue, "ODR开通单位有多少家")
    assert silent.message == HANS.say("figure_place", place="海曙区")
    names = await ask(real_dialogue, "静安寺有多少家无理由退货单位")
    assert names.message == ""


async def test_an_english_reply_has_english_around_its_quote(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "How many no-reason return shops are there in Fengxian?")
    assert "2000余家" in reply.lead
    assert reply.message == EN.say("excerpt_about", about="No-reason returns; Fengxian District")
    refused = await ask(real_dialogue, "How many contact points does Suzhou have?")
    assert refused.message.startswith("The collected articles do not mention Suzhou.")
    assert all(one.isascii() for one in refused.suggestions)


async def test_of_a_place_that_the_articles_know_the_refusal_speaks(
    real_dialogue: Dialogue,
) -> None:
    reply = await ask(real_dialogue, "松江又有几家联络站")
    assert reply.status is Status.REFUSED
    assert reply.message.startswith(HANS.say("missing_there", place="松江"))


async def test_what_is_replied_to_is_what_is_talked_of(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    chat = new_chat(real_dialogue)
    first = await chat.says("静安寺那边多少家店可以无理由退货？")
    await chat.says("宁波海曙有多少家ODR单位？")
    replied = Utterance("那奉贤呢？", "replied", about=first.reference)
    assert "2000余家" in (await real_dialogue.turn(replied)).lead
    asked = Utterance("那奉贤呢？", "asked", after="海曙有多少个消费维权联络站")
    assert "580家" in (await real_dialogue.turn(asked)).lead
    nonsense = Utterance("奉贤有多少家消费维权联络站？", "forged", about="AAAA", after="你好")
    assert "580家" in (await real_dialogue.turn(nonsense)).lead


async def test_what_one_sentence_answers_is_told_once(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "海曙诉调对接调处了几起群体事件，涉及多少人")
    assert reply.parts == ()
    assert "5起" in reply.lead
    assert "400余人" in reply.lead
    assert reply.lead in reply.excerpts[0].excerpt.quote


async def test_questions_on_lines_of_their_own_are_answered_each(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "海曙满意率多少\n静安寺无理由退货几家\n浦东呢")
    assert [bool(part.reply.lead) for part in reply.parts] == [True, True, False]
    assert "浦东" in reply.message


async def test_of_somebody_in_trouble_no_word_is_called_absent(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "孩子的学费被骗了怎么办")
    assert "没有提到" not in reply.message
    assert "110" in reply.message


async def test_a_part_leans_on_the_one_before_though_that_had_no_answer(
    real_dialogue: Dialogue,
) -> None:
    reply = await ask(real_dialogue, "嘉定有多少家放心消费承诺单位？静安寺商圈呢？")
    assert "嘉定" in reply.parts[0].reply.message
    assert "630家" in reply.parts[1].reply.lead


async def test_a_list_is_told_from_what_it_is_a_part_of(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "长三角异地异店退换货单位有几家")
    assert reply.lead.startswith("第二批155家")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("巡回服务车是做什么用的", "食品快检"),  # what it does stands behind its name
        ("10月29日松江办了什么", "10月29日"),  # the day is told with what happened then
        ("鸭鸭羽绒服直播是怎么一回事", "鸭鸭羽绒服天猫店"),  # and what it was about
    ],
)
async def test_a_short_answer_holds_what_it_is_about(
    real_dialogue: Dialogue, text: str, lead: str
) -> None:
    assert lead in (await ask(real_dialogue, text)).lead


async def test_who_signed_what_is_told_among_several_answers(real_dialogue: Dialogue) -> None:
    reply = await ask(real_dialogue, "宁波那篇的编辑是谁？满意率多少？")
    assert "游婕" in reply.message
    assert "99.4%" in reply.message
