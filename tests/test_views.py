"""What the buttons under an answer show, over the tiny corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analyzer import Analyzer
from bot.answer.answer import Answer
from bot.article import Article
from bot.dialogue import present, press, reference, wording
from bot.dialogue.caller import Caller
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.compose import Composer
from bot.dialogue.menu import Offers
from bot.dialogue.panel import Button, Look, Panel
from bot.dialogue.press import LINK, Press, View
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Dialogue
from bot.dialogue.views import Views
from bot.dialogue.wording import Language
from bot.originals import Originals
from bot.question.trouble import Trouble
from tests.test_scripts import CONVERSATIONS
from tests.tiny import Chat

WORDS = wording.load()
HANS = WORDS[Language.HANS]
ASKED = "蓝桥区有多少家无理由退货单位？"
COMPARED = "蓝桥区和白塔区哪个无理由退货单位多"


def words(panel: Panel) -> str:
    return "\n".join(span.text for block in panel.blocks for span in block)


def buttons(panel: Panel) -> dict[str, Button]:
    return {button.label: button for row in panel.buttons for button in row}


class Reader:
    """Somebody who asks once and then presses buttons by what stands on them."""

    def __init__(self, dialogue: Dialogue, reply: Reply) -> None:
        self.dialogue = dialogue
        self.views = dialogue.views
        self.panel = present.reply_panel(reply)
        self.notice = ""

    async def presses(self, *labels: str) -> str:
        for label in labels:
            response = await self.views.press(buttons(self.panel)[label].data)
            self.panel, self.notice = response.panel or self.panel, response.notice
        return words(self.panel)


@pytest.fixture
async def reader(dialogue: Dialogue, chat: Chat) -> Reader:
    return Reader(dialogue, await chat.says(ASKED))


async def test_an_answer_has_its_buttons_and_a_refusal_only_questions(chat: Chat) -> None:
    answered = present.reply_panel(await chat.says(ASKED))
    assert [[button.label for button in row] for row in answered.buttons] == [
        ["阅读全文", "上一段", "下一段"],
        ["核对原文", "相关问题", "分享"],
        ["👍", "👎"],
    ]
    refused = present.reply_panel(await chat.says("虹口有多少家无理由退货单位"))
    assert refused.buttons
    assert all(button.ask for row in refused.buttons for button in row)


async def test_the_way_back_shows_the_same_answer(reader: Reader) -> None:
    before = reader.panel
    for label in ("阅读全文", "上一段", "下一段", "核对原文", "相关问题"):
        await reader.presses(label)
        assert reader.panel != before
        await reader.presses("返回")
        assert reader.panel == before


async def test_the_article_is_shown_with_what_was_cited_marked(reader: Reader) -> None:
    shown = await reader.presses("阅读全文")
    for text in (
        "青岚日报讯（记者甲乙）3月14日，蓝桥区消保委公布了一年来的工作。",
        "车上备有快检设备。",
    ):
        assert text in shown
    (marked,) = [
        span.text[start:end]
        for block in reader.panel.blocks
        for span in block
        for start, end in span.marks
    ]
    assert marked == "截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。"
    assert HANS.say("view_cited", number=2) in shown


async def test_a_sentence_with_an_uncertain_character_is_never_shown(reader: Reader) -> None:
    shown = await reader.presses("阅读全文")
    assert "⟦" not in shown
    assert "巡回服务车" not in shown
    assert HANS.say("view_unquoted") in shown
    shown = await reader.presses("返回", "下一段")
    assert HANS.say("view_unquoted") in shown
    assert "车上备有快检设备。" in shown


async def test_a_sentence_that_is_left_out_can_be_read_by_a_button_with_its_mark(
    reader: Reader,
) -> None:
    label = HANS.say("view_uncertain")
    assert label not in buttons(reader.panel)
    shown = await reader.presses("阅读全文", label)
    assert HANS.say("view_uncertain_head") in shown
    assert "⟦" in shown
    assert "巡回服务车" in shown
    assert "车上备有快检设备。" not in shown  # only what is left out
    shown = await reader.presses("返回", "下一段", label)
    assert "巡回服务车" in shown
    shown = await reader.presses("返回", "上一段")  # a paragraph where nothing is left out
    assert label not in buttons(reader.panel)


async def test_paragraphs_are_moved_through_one_at_a_time(reader: Reader) -> None:
    assert HANS.say("view_paragraph", number=1, count=4) in await reader.presses("上一段")
    assert "上一段" not in buttons(reader.panel)
    shown = await reader.presses("下一段")
    assert HANS.say("view_paragraph_cited", number=2, count=4) in shown
    await reader.presses("下一段", "下一段")
    assert "下一段" not in buttons(reader.panel)


async def test_related_questions_are_others_and_are_answered(
    reader: Reader, dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    await reader.presses("相关问题")
    asked = [button.label for button in buttons(reader.panel).values() if button.ask]
    assert asked
    for question in asked:
        reply = await new_chat(dialogue).says(question)
        assert reply.excerpts
        assert not reply.lead.endswith("120家")


async def test_of_a_comparison_each_side_can_be_looked_at(dialogue: Dialogue, chat: Chat) -> None:
    reader = Reader(dialogue, await chat.says(COMPARED))
    assert "蓝桥区打开退货的门" in await reader.presses("阅读全文")
    assert "白塔区办起消费课堂" in await reader.presses("看引文2")
    assert "90家" in await reader.presses("返回")


async def test_the_card_for_who_needs_help_comes_back_with_the_answer(
    dialogue: Dialogue, chat: Chat
) -> None:
    reply = await chat.says("蓝桥区有多少家无理由退货单位？")
    needs = (Trouble.REFUND, Trouble.COMPLAIN)
    answer = Answer((reply.lead,), tuple(shown.excerpt for shown in reply.excerpts))
    asked = Composer(WORDS).answer(answer, HANS, needs=needs)
    reader = Reader(dialogue, asked)
    assert HANS.say("card_refund") not in await reader.presses("阅读全文")
    back = await reader.presses("返回")
    assert HANS.say("card_head") in back
    assert HANS.say("card_refund") in back


@pytest.mark.parametrize(
    ("figure", "again"),
    [("120", "是的，原文写的是120家。"), ("310", "原文写的是120家。")],
)
async def test_what_is_said_of_a_figure_comes_back_with_the_answer(
    dialogue: Dialogue, chat: Chat, figure: str, again: str
) -> None:
    reply = await chat.says(f"蓝桥区的无理由退货单位是{figure}家吗")
    assert reply.message
    reader = Reader(dialogue, reply)
    assert again not in await reader.presses("阅读全文")
    assert again in await reader.presses("返回")


async def test_a_reference_that_names_no_figure_of_its_lead_is_forged(
    dialogue: Dialogue, chat: Chat
) -> None:
    reply = await chat.says("蓝桥区的无理由退货单位是120家吗")
    of = reference.read(reply.reference)
    assert of is not None and of.told is not None
    forged = replace(of, told=of.told._replace(end=of.told.end - 1)).written()
    response = await dialogue.views.press(Press(View.ANSWER, forged).data)
    assert response.panel is None
    assert response.notice == HANS.say("button_gone")


async def test_a_sentence_that_may_not_be_quoted_can_be_read_from_its_refusal(
    dialogue: Dialogue, chat: Chat
) -> None:
    reader = Reader(dialogue, await chat.says("蓝桥区巡回服务车多久来一次社区"))
    data = buttons(reader.panel)[HANS.say("view_uncertain")].data
    response = await dialogue.commands.press(data, Caller("u", "c"))
    assert response.panel is not None
    assert not response.replaces
    shown = "".join(span.text for block in response.panel.blocks for span in block)
    assert "⟦" in shown
    assert "巡回服务车" in shown


async def test_where_nothing_is_kept_the_check_says_so(reader: Reader) -> None:
    assert HANS.say("check_no_raw") in await reader.presses("核对原文")


@pytest.mark.parametrize("language", Language)
async def test_all_is_said_in_the_answers_language(
    dialogue: Dialogue, chat: Chat, language: Language
) -> None:
    reader = Reader(dialogue, await chat.says(ASKED, language))
    own = WORDS[language]
    for key in ("view_read", "view_after", "view_check", "view_related"):
        await reader.presses(own.say(key))
        bots = "".join(
            span.text
            for block in reader.panel.blocks
            for span in block
            if span.look not in {Look.QUOTE, Look.BODY}
        )
        if language is Language.HANT:
            assert not set("阅读权对报区现据记说这页问") & set(bots)
        await reader.presses(own.say("view_back"))


async def test_a_link_shows_the_same_answer(dialogue: Dialogue, reader: Reader) -> None:
    data = buttons(reader.panel)["分享"].data
    panel = dialogue.views.link(data, "https://t.me/bot?start=" + LINK)
    assert panel is not None
    (link,) = [line for line in words(panel).splitlines() if line.startswith("https://")]
    parameter = link.partition("start=")[2]
    assert len(parameter) <= 64
    opened = dialogue.views.opened(parameter.removeprefix(LINK))
    assert words(opened) == words(reader.panel)
    assert list(buttons(opened)) == list(buttons(reader.panel))


# What has changed since.


def changed(
    dialogue: Dialogue, articles: Mapping[str, Article], analyzer: Analyzer, old: str, new: str
) -> Views:
    """The views over the tiny corpus with one text in the place of another; without its article where that is empty."""
    one = articles["lanqiao"]
    texts = [replace(p, text=p.text.replace(old, new)) for p in one.paragraphs]
    others = {name: article for name, article in articles.items() if article is not one}
    kept = {"lanqiao": replace(one, paragraphs=tuple(texts))} if new else {}
    catalogue = Catalogue(others | kept, [], analyzer)
    return Views(catalogue, Offers(dialogue.ask), Composer(WORDS), Originals(Path()))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("放心消费单位45家", "放心消费单位46家", "view_changed"), ("", "", "view_gone")],
)
async def test_a_view_of_an_article_that_changed_or_went_says_so(
    reader: Reader,
    articles: dict[str, Article],
    analyzer: Analyzer,
    old: str,
    new: str,
    said: str,
) -> None:
    before = reader.panel
    reader.views = changed(reader.dialogue, articles, analyzer, old, new)
    for label in ("阅读全文", "上一段", "核对原文", "相关问题"):
        await reader.presses(label)
        assert reader.notice == HANS.say(said)
        assert reader.panel == before
    written = buttons(before)["分享"].data.partition(":")[2]
    assert words(reader.views.opened(written)) == HANS.say(said)


async def test_of_a_comparison_the_side_that_still_holds_is_shown(
    dialogue: Dialogue, chat: Chat, articles: dict[str, Article], analyzer: Analyzer
) -> None:
    reader = Reader(dialogue, await chat.says(COMPARED))
    await reader.presses("阅读全文", "看引文2")
    reader.views = changed(dialogue, articles, analyzer, "放心消费单位45家", "放心消费单位46家")
    shown = await reader.presses("返回")
    assert shown.startswith("白塔区无理由退货承诺单位达到90家\n")
    assert HANS.say("view_lost", count=1) in shown
    assert "120家" not in shown


# Data that anybody may have made up.


@given(
    st.text(max_size=64)
    | st.from_regex(r"[atpoqs][0-2]\d{0,5}:[A-Za-z0-9_-]{1,56}", fullmatch=True)
)
async def test_forged_data_get_a_notice(dialogue: Dialogue, data: str) -> None:
    response = await dialogue.views.press(data, Language.EN)
    assert response.panel is None
    assert response.notice
    assert dialogue.views.link(data.replace("s", "t"), "") is None
    assert dialogue.views.opened(data).buttons == ()


@pytest.mark.parametrize(
    ("start", "end", "lead"),
    [(1, 36, (0, 3)), (0, 35, (0, 3)), (0, 36, (1, 3)), (0, 36, (9, 20))],
)
async def test_a_slice_that_no_answer_cites_is_not_shown(
    dialogue: Dialogue, chat: Chat, start: int, end: int, lead: tuple[int, int]
) -> None:
    of = reference.read((await chat.says(ASKED)).reference)
    assert of is not None
    (cited,) = of.citations[:1]
    assert dialogue.views.opened(of.written()).buttons
    forged = replace(
        of,
        citations=(cited._replace(start=start, end=end),),
        leads=(reference.Lead(0, *lead),),
    )
    assert words(dialogue.views.opened(forged.written())) == HANS.say("link_broken")


@given(
    st.sampled_from(View),
    st.integers(0, 2),
    st.none() | st.integers(0, 99_999),
    st.text("aZ0_-", min_size=1, max_size=reference.LONGEST),
)
def test_a_press_is_read_as_it_was_written(
    view: View, citation: int, number: int | None, written: str
) -> None:
    one = Press(view, written, citation, number)
    assert len(one.data.encode()) <= 64
    assert press.read(one.data) == one


async def test_pages_and_paragraphs_beyond_the_last_one_are_the_last_one(
    dialogue: Dialogue, chat: Chat
) -> None:
    written = (await chat.says(ASKED)).reference
    for view, last in ((View.TEXT, 0), (View.PARAGRAPH, 4)):
        beyond = await dialogue.views.press(Press(view, written, number=99_999).data)
        there = await dialogue.views.press(Press(view, written, number=last).data)
        assert beyond.panel is not None
        assert there.panel is not None
        assert words(beyond.panel) == words(there.panel)


async def test_every_answer_over_the_shipped_corpus_can_be_shown_again(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    shown = 0
    for conversation in CONVERSATIONS[::5]:
        chat = new_chat(real_dialogue)
        for turn in conversation:
            reply = await chat.says(turn.says)
            if reply.excerpts:
                again = real_dialogue.views.opened(reply.reference)
                assert words(again) == words(present.reply_panel(reply)), turn.where
                shown += 1
    assert shown > 5
