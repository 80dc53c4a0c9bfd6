"""What is not text: each kind gets a word of its own, in private or when the bot is addressed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channel.telegram.other_kinds import KINDS
from bot.dialogue.reply import Reply, Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from tests.fakes import (
    BOT_USER,
    GROUP,
    USER,
    WORDS,
    FixedDialogue,
    TelegramChat,
    answer,
    message,
)

ZH = WORDS[Language.HANS]
FILE = {"file_id": "f", "file_unique_id": "u"}
FRAME = FILE | {"width": 1, "height": 1}
FILM = FRAME | {"duration": 1}
PLACE = {"latitude": 31.2, "longitude": 121.4}
STICKER = FRAME | {"type": "regular", "is_animated": False, "is_video": False}
PHOTO = {"photo": [FRAME]}

SENT: dict[str, dict[str, Any]] = {
    "photo": PHOTO,
    "voice": {"voice": FILE | {"duration": 1}},
    "audio": {"audio": FILE | {"duration": 1}},
    "video": {"video": FILM},
    "video_note": {"video_note": FILE | {"length": 1, "duration": 1}},
    "animation": {"animation": FILM, "document": FILE},
    "document": {"document": FILE},
    "sticker": {"sticker": STICKER},
    "location": {"location": PLACE},
    "venue": {"venue": {"location": PLACE, "title": "某店", "address": "某路"}, "location": PLACE},
    "contact": {"contact": {"phone_number": "1", "first_name": "王"}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "去吗",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "game": {"game": {"title": "x", "description": "x", "photo": [FRAME]}},
    "story": {"story": {"chat": GROUP, "id": 1}},
    "checklist": {"checklist": {"title": "x", "tasks": [{"id": 1, "text": "x"}]}},
}


@pytest.fixture
async def chat() -> AsyncIterator[TelegramChat]:
    one = TelegramChat(FixedDialogue())
    async with one.app:
        yield one


@pytest.mark.parametrize("kind", SENT)
async def test_each_kind_gets_its_word_in_private_and_none_in_a_group(
    chat: TelegramChat, kind: str
) -> None:
    (text,) = await chat.reads(None, **SENT[kind])
    assert text.split("\n\n")[0] == ZH.say(KINDS[kind])
    assert await chat.reads(None, GROUP, **SENT[kind]) == []


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "location"])
async def test_a_group_gets_it_as_a_reply_when_the_bot_is_replied_to(
    chat: TelegramChat, kind: str
) -> None:
    mine = message("答", GROUP, **{"from": BOT_USER})
    (text,) = await chat.reads(None, GROUP, reply_to_message=mine, message_id=55, **SENT[kind])
    assert text.startswith(ZH.say(KINDS[kind]))
    assert chat.last["reply_parameters"]["message_id"] == 55


@pytest.mark.parametrize(
    ("code", "language"), [("zh-hk", Language.HANT), ("en", Language.EN), (None, Language.HANS)]
)
async def test_the_word_is_in_the_language_of_the_app(
    chat: TelegramChat, code: str | None, language: Language
) -> None:
    texts = await chat.reads(None, **PHOTO, **{"from": USER | {"language_code": code}})
    assert texts == [WORDS[language].say("kind_photo")]


@pytest.mark.parametrize("kind", ["location", "venue"])
async def test_a_place_gets_a_question_about_contact_points(chat: TelegramChat, kind: str) -> None:
    await chat.reads(None, **SENT[kind])
    ((button,),) = chat.last["reply_markup"]["inline_keyboard"]
    assert button["text"] == chat.dialogue.example("联络点")


async def test_that_question_is_one_that_the_corpus_answers(dialogue: Dialogue) -> None:
    chat = TelegramChat(dialogue)  # type: ignore[arg-type]
    async with chat.app:
        await chat.reads(None, **SENT["location"])
        ((button,),) = chat.last["reply_markup"]["inline_keyboard"]
    assert "联络点" in button["text"]
    reply = await dialogue.ask(Utterance(button["text"], ""))
    assert reply.status is Status.ANSWERED
    assert dialogue.suggested(button["callback_data"].removeprefix("ask:")) == button["text"]


async def test_a_sticker_that_says_something_gets_a_friendly_word() -> None:
    nice = Reply(Status.SMALLTALK, "", "不客气。", (), (), ZH)
    chat = TelegramChat(FixedDialogue(nice, answer()))
    async with chat.app:
        assert await chat.reads(None, sticker=STICKER | {"emoji": "🙏"}) == ["不客气。"]
        assert chat.dialogue.heard[0].text == "🙏"
        assert chat.dialogue.heard[0].language is Language.HANS
        # What is no small talk is no question either.
        assert await chat.reads(None, sticker=STICKER | {"emoji": "🏪"}) == [ZH.say("kind_sticker")]


async def test_a_caption_is_a_question(chat: TelegramChat) -> None:
    await chat.reads(None, caption="哪里投诉？", **PHOTO)
    assert chat.dialogue.heard[0].text == "哪里投诉？"


async def test_an_album_gets_one_word(chat: TelegramChat) -> None:
    answers = [await chat.reads(None, media_group_id="9", **PHOTO) for _ in range(3)]
    assert answers == [[ZH.say("kind_photo")], [], []]


async def test_a_captioned_album_gets_its_answer_only(chat: TelegramChat) -> None:
    assert len(await chat.reads(None, caption="哪里投诉？", media_group_id="9", **PHOTO)) == 1
    assert await chat.reads(None, media_group_id="9", **PHOTO) == []
