from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.analysis.analyzer import Analyzer
from bot.answer.answer import Answer
from bot.dialogue import reference, wording
from bot.dialogue.records import Votes
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language
from bot.search.index import Index
from bot.store.database import Database
from bot.store.sqlite import SqliteStateStore
from tests.fakes import GROUP, NUMBERS, PRIVATE, USER, TelegramChat, excerpt

WORDS = wording.load()
ZH, EN = WORDS[Language.HANS], WORDS[Language.EN]
QUESTION = "蓝桥区有多少家无理由退货单位？"
REFERENCE = reference.of(Answer((), (excerpt(),)), Language.HANS)


class Bot:
    """The bot over the tiny corpus with its SQLite file, and somebody who uses it."""

    def __init__(self, folder: Path, corpus: Path, analyzer: Analyzer, index: Index) -> None:
        self.folder = folder
        self._parts = corpus, analyzer, index

    async def start(self) -> None:
        """Start anew, as after a restart: nothing but the file is left."""
        corpus, analyzer, index = self._parts
        database = Database(self.folder / "a.sqlite3")
        self.records = wiring.lasting_records(database, 30)
        self.dialogue: Dialogue = wiring.assembled(
            corpus, analyzer, index, SqliteStateStore(database), self.records
        )
        self.chat = TelegramChat(self.dialogue)  # type: ignore[arg-type]
        await self.chat.app.initialize()

    async def stop(self) -> None:
        await self.chat.parts.outbox.close()
        await self.chat.app.shutdown()
        await self.dialogue.close()

    async def reads(self, text: str, chat: dict[str, Any] = PRIVATE, **more: Any) -> list[str]:
        return await self.chat.reads(text, chat, **more)

    async def press(self, data: str, user: dict[str, Any] = USER, **under: Any) -> list[str]:
        """Press a button under a message of the bot's; return the texts sent on it."""
        message = {
            "message_id": next(NUMBERS),
            "date": 1,
            "chat": PRIVATE,
            "from": {"id": 123456789, "is_bot": True, "first_name": "小保"},
            "text": "…",
        }
        press = {
            "id": str(next(NUMBERS)),
            "from": user,
            "chat_instance": "1",
            "data": data,
            "message": message | under,
        }
        return await self.chat.receives(callback_query=press)

    def buttons(self) -> dict[str, str]:
        """The data of the buttons under the message that was sent or edited last, by label."""
        shown = [
            parameters
            for method, parameters in self.chat.telegram.calls
            if method in ("sendMessage", "editMessageText")
        ][-1]
        rows = shown["reply_markup"]["inline_keyboard"]
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    def called(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.chat.telegram.calls if name == method]


@pytest.fixture
async def bot(tmp_path: Path, tiny_corpus: Path, analyzer: Analyzer, index: Index) -> Any:
    made = Bot(tmp_path, tiny_corpus, analyzer, index)
    await made.start()
    yield made
    await made.stop()


async def test_a_command_shows_its_panel_with_buttons(bot: Bot) -> None:
    (text,) = await bot.reads("/topics")
    assert "无理由退货：" in text
    data = bot.buttons()["消费课堂"]
    (answer,) = await bot.press(data)
    assert answer.startswith("问：")
    assert "36次" in answer


async def test_a_button_of_a_menu_changes_the_message_that_it_is_under(bot: Bot) -> None:
    await bot.reads("/services")
    assert await bot.press(bot.buttons()["无理由退货"], message_id=77) == []
    (edit,) = bot.called("editMessageText")
    assert edit["message_id"] == 77
    assert "> " not in edit["text"]
    assert "蓝桥区无理由退货单位已有120家" in edit["text"]
    quotes = [e for e in edit["entities"] if "blockquote" in e["type"]]
    assert len(quotes) == 2
    assert len(bot.called("answerCallbackQuery")) == 1
    await bot.press(bot.buttons()[ZH.say("back_to_services")])
    assert bot.called("editMessageText")[-1]["text"].startswith(ZH.say("services_head")[:9])


async def test_a_comparison_is_asked_for(bot: Bot) -> None:
    (answer,) = await bot.reads("/compare 蓝桥 白塔 无理由退货")
    assert answer.startswith("问：蓝桥和白塔的无理由退货哪个多？")
    assert "120家" in answer
    assert "90家" in answer
    await bot.reads("/compare")
    (answer,) = await bot.press(next(iter(bot.buttons().values())))
    assert "120家" in answer


async def test_a_button_is_answered_whatever_was_said_before(bot: Bot) -> None:
    await bot.reads("/topics")
    data = bot.buttons()["无理由退货"]
    for _ in range(3):
        (answer,) = await bot.press(data)
        assert "家" in answer.splitlines()[2]


async def test_what_the_bot_says_outside_of_answers_follows_the_language(bot: Bot) -> None:
    await bot.reads("/lang")
    await bot.press(bot.buttons()["English"])
    assert bot.called("editMessageText")[-1]["text"] == EN.say("language_set")
    assert await bot.reads("/nonsense") == [EN.say("unknown_command")]
    (answer,) = await bot.reads(QUESTION)
    assert "paragraph 2" in answer
    assert "蓝桥区无理由退货单位已有120家" in answer
    (welcome,) = await bot.reads("/start")
    assert welcome.startswith(EN.say("welcome"))
    await bot.stop()
    await bot.start()
    assert await bot.reads("/nonsense") == [EN.say("unknown_command")]
    assert await bot.reads(None, sticker={  # type: ignore[arg-type]
        "file_id": "a", "file_unique_id": "b", "width": 1, "height": 1,
        "is_animated": False, "is_video": False, "type": "regular",
    }) == [EN.say("kind_sticker")]  # fmt: skip


async def test_feedback_is_taken_after_a_restart_and_after_a_kill(bot: Bot) -> None:
    assert await bot.reads("/feedback") == [ZH.say("feedback_what")]
    await bot.stop()
    await bot.start()
    for _ in range(2):  # the update comes again where the process was killed over it
        assert await bot.reads("不好用", message_id=5000) == [ZH.say("feedback_kept")]
    (opinion,) = await bot.records.feedback.opinions(0, 9)
    assert opinion.text == "不好用"
    (answer,) = await bot.reads(QUESTION)
    assert "120家" in answer


async def test_a_question_in_a_group_is_no_feedback(bot: Bot) -> None:
    await bot.reads("/feedback")
    (answer,) = await bot.reads(f"@xiaobao_bot {QUESTION}", GROUP)
    assert "120家" in answer
    assert await bot.reads("/feedback@xiaobao_bot", GROUP) == [ZH.say("feedback_here")]
    assert await bot.reads("/feedback@xiaobao_bot 好", GROUP) == [ZH.say("feedback_kept")]


async def test_a_vote_is_acknowledged_and_its_reason_asked_for(bot: Bot) -> None:
    assert await bot.press(f"+:{REFERENCE}") == []
    assert bot.called("answerCallbackQuery")[-1]["text"] == ZH.say("thanks_for_vote")
    assert await bot.press(f"-:{REFERENCE}") == [ZH.say("why_bad")]
    await bot.press(bot.buttons()[ZH.say("reason_place")])
    assert ZH.say("reason_place") in bot.called("editMessageText")[-1]["text"]
    assert await bot.records.feedback.votes(0) == Votes(0, 1, {"place": 1}, ((REFERENCE, 1),))
    assert len(bot.called("answerCallbackQuery")) == 3


@pytest.mark.parametrize(
    "data", ["m:nothing", "u:lang:klingon", "-:", "+p:abc", "m:pair:a:b:c", "m:"]
)
async def test_forged_data_get_a_calm_notice(bot: Bot, data: str) -> None:
    assert await bot.press(data) == []
    (notice,) = bot.called("answerCallbackQuery")
    assert notice["text"] == ZH.say("button_gone")


async def test_a_message_that_telegram_shows_no_more_can_still_be_voted_on(bot: Bot) -> None:
    gone = {"date": 0, "from": None, "text": None}
    await bot.press(f"+:{REFERENCE}", **gone)
    assert (await bot.records.feedback.votes(0)).up == 1
    assert await bot.press("m:services", **gone)  # anew, for that one cannot be changed


async def test_who_is_forgotten_leaves_nothing_in_the_file(bot: Bot) -> None:
    secret = "绝无仅有的问法"
    await bot.reads(QUESTION)
    await bot.reads(f"{secret}是什么")
    await bot.reads(f"/feedback {secret}")
    await bot.reads("/corrections on")
    await bot.reads(QUESTION)
    await bot.records.users.close()
    held = b"".join(path.read_bytes() for path in bot.folder.iterdir())
    assert secret.encode() in held
    await bot.reads("/forget")
    await bot.press(bot.buttons()[ZH.say("forget_yes")])
    told = bot.called("editMessageText")[-1]["text"]
    assert told.startswith(ZH.say("forgotten_all"))
    assert told.endswith(ZH.say("forgotten_checked"))
    held = b"".join(path.read_bytes() for path in bot.folder.iterdir())
    assert secret.encode() not in held
    assert b"telegram:7" not in held
    (answer,) = await bot.reads("那白塔呢？")
    assert ZH.say("no_context") in answer


async def test_another_cannot_press_in_a_group_what_forgets(bot: Bot) -> None:
    await bot.reads(f"@xiaobao_bot {QUESTION}", GROUP)
    await bot.reads("/forget@xiaobao_bot", GROUP)
    data = bot.buttons()[ZH.say("forget_yes")]
    await bot.press(data, USER | {"id": 8}, chat=GROUP)
    assert bot.called("answerCallbackQuery")[-1]["text"] == ZH.say("not_yours")
    await bot.press(data, chat=GROUP)
    assert ZH.say("record_conversation") in bot.called("editMessageText")[-1]["text"]


async def test_questions_are_recorded_with_where_they_were_asked(bot: Bot) -> None:
    await bot.reads(QUESTION)
    await bot.reads("虹口区有多少家？")
    await bot.reads("/topics")
    await bot.press(bot.buttons()["消费课堂"])
    tally = await bot.records.questions.tally(0)
    assert tally.outcomes == {"answered": 2, "refused": 1}
    assert tally.channels == {"telegram": 3}
    assert tally.users == 1
    assert b"4503599627370495" not in (bot.folder / "a.sqlite3").read_bytes()
