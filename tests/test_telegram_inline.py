"""Inline mode: what is offered in any chat, a page at a time, and what is not."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.telegram import inline
from bot.channel.telegram.inline import PAGE
from bot.dialogue.cards import Card, Deck
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.errors import SearchError
from tests.fakes import (
    QUOTE,
    SOURCE,
    USER,
    WORDS,
    FixedDialogue,
    TelegramChat,
    answer,
    excerpt,
    refusal,
)

ZH = WORDS[Language.HANS]
QUERY = "静安寺商圈有多少家？"


class Cards(FixedDialogue):
    """Offers as many cards as it is told to."""

    def __init__(self, count: int, *, answered: bool = True) -> None:
        super().__init__()
        cards = [
            Card(answer(lead=f"第{n}家"), "" if answered and not n else f"问{n}")
            for n in range(count)
        ]
        self._deck = Deck(tuple(cards), answered)

    async def cards(self, utterance: Utterance) -> Deck:
        self.heard.append(utterance)
        return self._deck


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(FixedDialogue())
    async with one.app:
        yield one


async def test_a_card_is_a_finished_cited_answer(chat: TelegramChat) -> None:
    told = await chat.types(QUERY)
    (card,) = told["results"]
    content = card["input_message_content"]
    text = content["message_text"]
    assert text == f"无理由退货单位313家\n\n{QUOTE}\n{SOURCE}"
    parts = {e["type"]: text[e["offset"] : e["offset"] + e["length"]] for e in content["entities"]}
    assert parts == {
        "bold": "无理由退货单位313家",
        "expandable_blockquote": QUOTE,
        "italic": SOURCE,
    }
    assert "parse_mode" not in content
    assert content["link_preview_options"] == {"is_disabled": True}
    assert (card["title"], card["description"]) == ("无理由退货单位313家", QUOTE)
    assert "button" not in told
    assert told["is_personal"] is True
    assert told["cache_time"] > 0
    assert [utterance.language for utterance in chat.dialogue.heard] == [None]


@pytest.mark.parametrize("text", ["", " ", "静", " 静\u200b", "\ud83d", "a"])
async def test_less_than_two_characters_get_the_way_to_the_private_chat(
    chat: TelegramChat, text: str
) -> None:
    told = await chat.types(text)
    assert told["results"] == []
    assert told["button"] == {"text": ZH.say("inline_private"), "start_parameter": "inline"}
    assert told["is_personal"] is True
    assert chat.dialogue.heard == []


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", Language.HANS), ("zh-tw", Language.HANT), ("de", Language.EN)],
)
async def test_the_button_speaks_the_language_of_the_app(
    chat: TelegramChat, code: str, language: Language
) -> None:
    told = await chat.types("", language_code=code)
    assert told["button"]["text"] == WORDS[language].say("inline_private")


async def test_a_title_is_traditional_for_who_asks_in_traditional() -> None:
    chat = TelegramChat(FixedDialogue(answer(language=Language.HANT)))
    async with chat.app:
        ((card,),) = [(await chat.types("靜安寺商圈有多少家？"))["results"]]
    assert card["title"] == "無理由退貨單位313家"
    assert card["input_message_content"]["message_text"].startswith(card["title"])


async def test_the_button_leads_to_a_greeting(chat: TelegramChat) -> None:
    (text,) = await chat.reads(f"/start {inline.START}")
    assert text.startswith(ZH.say("welcome"))


async def test_a_refusal_claims_nothing() -> None:
    chat = TelegramChat(FixedDialogue(refusal()))
    async with chat.app:
        told = await chat.types("北京有多少家？")
    assert told["results"] == []
    assert told["button"]["text"] == ZH.say("inline_nothing")


async def test_what_is_only_near_says_so_and_names_its_question() -> None:
    chat = TelegramChat(Cards(1, answered=False))
    async with chat.app:
        told = await chat.types("附近哪里有？")
    (card,) = told["results"]
    assert told["button"]["text"] == ZH.say("inline_near")
    assert card["description"] == f"问0\n{QUOTE}"
    assert card["input_message_content"]["message_text"].startswith(ZH.say("asked", question="问0"))


@pytest.mark.parametrize("count", [1, PAGE, PAGE + 1, 50])
async def test_pages_give_every_card_once(count: int) -> None:
    chat = TelegramChat(Cards(count))
    titles, ids, offset, more = [], [], "", True
    async with chat.app:
        while more:
            told = await chat.types(QUERY, offset)
            assert 1 <= len(told["results"]) <= PAGE
            titles += [card["title"] for card in told["results"]]
            ids += [card["id"] for card in told["results"]]
            offset = told.get("next_offset", "")
            more = bool(offset)
            assert len(offset.encode()) <= 64
    assert titles == [f"第{n}家" for n in range(count)]
    assert len(set(ids)) == len(ids)
    assert all(1 <= len(one.encode()) <= 64 for one in ids)


FORGED = [
    "-10",
    "0",
    "5",
    "11",
    "９0",
    "²0",
    "10 ",
    "60",
    "9990",
    "1" * 64,
    "x",
    "\ud83d",
    "ask:1",
    "1e1",
]


@pytest.mark.parametrize("offset", FORGED)
async def test_a_forged_offset_gives_an_empty_page(offset: str) -> None:
    chat = TelegramChat(Cards(25))
    async with chat.app:
        told = await chat.types(QUERY, offset)
    assert told["results"] == []
    assert not told.get("next_offset")
    assert "button" not in told


async def test_an_answer_too_long_for_a_message_keeps_its_first_citation_whole() -> None:
    long = "甲" * 2000 + "。"
    chat = TelegramChat(
        FixedDialogue(answer(excerpt(long), excerpt(long, after="乙"), excerpt(long)))
    )
    async with chat.app:
        ((card,),) = [(await chat.types(QUERY))["results"]]
    assert card["input_message_content"]["message_text"].count(long) == 1
    assert len(card["description"]) < 200


async def test_no_half_citation_is_offered() -> None:
    chat = TelegramChat(FixedDialogue(answer(excerpt("甲" * 5000 + "。"))))
    async with chat.app:
        assert (await chat.types(QUERY))["results"] == []


async def test_a_search_that_fails_is_not_kept_by_telegram(
    caplog: pytest.LogCaptureFixture,
) -> None:
    chat = TelegramChat(FixedDialogue(SearchError("no index"), answer()))
    async with chat.app:
        told = await chat.types(QUERY)
        assert told["results"] == []
        assert told["cache_time"] == 0
        assert told["button"]["text"] == ZH.say("inline_failed")
        assert len((await chat.types(QUERY))["results"]) == 1
    assert QUERY not in caplog.text


async def test_a_query_that_is_too_old_is_no_error(
    chat: TelegramChat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    chat.telegram.fail["answerInlineQuery"].append((400, {"description": late}))
    query = {"id": "1", "from": USER, "query": QUERY, "offset": ""}
    assert await chat.receives(inline_query=query) == []
    assert {record.levelname for record in caplog.records} == {"INFO"}
    assert "Traceback" not in caplog.text
    assert QUERY not in caplog.text
    assert str(USER["first_name"]) not in caplog.text


async def test_a_press_under_a_card_harms_nobody(chat: TelegramChat) -> None:
    for data in ("ask:1", "add:1", "leave:1", "x"):
        press = {"id": "77", "from": USER, "chat_instance": "1", "data": data}
        assert await chat.receives(callback_query=press | {"inline_message_id": "A"}) == []
        assert chat.telegram.calls[-1][0] == "answerCallbackQuery"


@given(
    text=st.text(max_size=12)
    | st.sampled_from(["蓝桥", "联络点有多少", "白塔和蓝桥哪个多", "how many"]),
    offset=st.text(max_size=4) | st.sampled_from(["", "10", "20"]),
)
async def test_any_query_is_answered_within_telegrams_limits(
    dialogue: Dialogue, text: str, offset: str
) -> None:
    chat = TelegramChat(dialogue)  # type: ignore[arg-type]
    async with chat.app:
        told = await chat.types(text, offset)
    assert len(told["results"]) <= PAGE
    for card in told["results"]:
        content = card["input_message_content"]
        assert card["title"].strip()
        assert 1 <= len(content["message_text"]) <= 4096
        units = content["message_text"].encode("utf-16-le")
        quotes = [e for e in content["entities"] if e["type"] == "expandable_blockquote"]
        assert quotes
        assert all(2 * (e["offset"] + e["length"]) <= len(units) for e in quotes)
