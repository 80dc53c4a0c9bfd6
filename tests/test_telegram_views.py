"""The buttons under an answer: real presses through the application, and the same conversation in the console."""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import MessageEntity

from bot import collection, edits, wiring
from bot.channel import console
from bot.channel.telegram.views import ADDRESS
from bot.dialogue import wording
from bot.dialogue.press import NOT_TYPED
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language
from bot.edits import Edit
from bot.settings import Settings
from tests.fakes import BOT_USER, PRIVATE, USER, TelegramChat

WORDS = wording.load()
HANS = WORDS[Language.HANS]
ASKED = "蓝桥区有多少家无理由退货单位？"
QUOTED = "截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。"
TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.fixture(scope="module")
def kept(tiny_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Dialogue:
    """A dialogue over the tiny corpus, with the original of one article."""
    folder = Path(shutil.copytree(tiny_corpus, tmp_path_factory.mktemp("kept") / "corpus"))
    article = collection.read_article(folder / "articles" / "lanqiao.md")
    raw = article.body.replace("，", ",")
    changes = [Edit(n, n + 1, ",", "，", "punctuation") for n, c in enumerate(raw) if c == ","]
    for name, text in (("raw/lanqiao.txt", raw), ("edits/lanqiao.jsonl", edits.render(changes))):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return wiring.dialogue(Settings(folder, tmp_path_factory.mktemp("kept-state")))


class Phone:
    """Somebody who sees the last message of the bot's and presses what stands under it."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.chat = TelegramChat(dialogue)  # type: ignore[arg-type]

    async def types(self, text: str) -> None:
        """Send a text, or press the button on which it stands."""
        if text in self.buttons:
            await self.presses(self.buttons[text])
        else:
            await self.chat.reads(text)

    async def presses(self, data: str, **under: Any) -> dict[str, Any]:
        """Press a button; return how the press was answered."""
        before = len(self.chat.telegram.calls)
        message = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": BOT_USER, "text": "…"}
        query = {"id": "77", "from": USER, "chat_instance": "1", "data": data} | (
            under or {"message": message}
        )
        await self.chat.receives(callback_query=query)
        calls = self.chat.telegram.calls[before:]
        (answered,) = [parameters for name, parameters in calls if name == "answerCallbackQuery"]
        return answered

    @property
    def seen(self) -> dict[str, Any]:
        """The last message, as it was edited since."""
        calls = [c for c in self.chat.telegram.calls if c[0] in ("sendMessage", "editMessageText")]
        return calls[-1][1] if calls else {"text": ""}

    @property
    def buttons(self) -> dict[str, str]:
        """What stands under it, and the data of each button."""
        rows = self.seen.get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    def words(self) -> list[str]:
        """What is seen, a line each; below, what stands on the buttons."""
        lines = [line for line in self.seen["text"].splitlines() if line.strip()]
        typed = (label for label, data in self.buttons.items() if not data.startswith(NOT_TYPED))
        return [*lines, *typed]


def styled(message: dict[str, Any], style: str) -> list[str]:
    units = message["text"].encode("utf-16-le")
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.get("entities", ())
        if e["type"] == style
    ]


async def test_an_answer_is_laid_out_with_its_quote_folded_and_its_words_bold(
    kept: Dialogue,
) -> None:
    phone = Phone(kept)
    async with phone.chat.app:
        await phone.types(ASKED)
        assert styled(phone.seen, MessageEntity.EXPANDABLE_BLOCKQUOTE) == [QUOTED]
        lead, *marks = styled(phone.seen, MessageEntity.BOLD)
        assert phone.seen["text"].startswith(lead)
        assert marks == ["蓝桥区无理由退货单位", "单位"]
        assert HANS.say("view_read") in phone.buttons


async def test_a_view_takes_the_place_of_the_answer_and_back(kept: Dialogue) -> None:
    phone = Phone(kept)
    async with phone.chat.app:
        await phone.types(ASKED)
        answer = phone.seen
        for label in ("阅读全文", "上一段", "核对原文", "相关问题", "分享"):
            await phone.types(label)
            assert len(phone.chat.telegram.sent) == 1, label
            assert phone.seen["message_id"] == 5
            assert phone.seen["text"] != answer["text"]
            await phone.types("返回")
            assert phone.seen["text"] == answer["text"]
            assert phone.seen["entities"] == answer["entities"]
            assert phone.seen["reply_markup"] == answer["reply_markup"]


async def test_a_link_opens_the_answer_in_another_chat_after_a_restart(kept: Dialogue) -> None:
    first, second = Phone(kept), Phone(kept)
    async with first.chat.app, second.chat.app:
        await first.types(ASKED)
        answer = first.seen
        await first.types("分享")
        begin = ADDRESS.format(bot=BOT_USER["username"])
        (link,) = [line for line in first.seen["text"].splitlines() if line.startswith(begin)]
        await second.types(f"/start {link.partition('start=')[2]}")
        assert second.seen["text"] == answer["text"]
        await second.types(HANS.say("view_check"))
        assert QUOTED.replace("，", ",") in second.seen["text"]


@pytest.mark.parametrize("parameter", ["a_", "a_AAAA", "a_中", "a_" + "A" * 62])
async def test_a_broken_link_says_so(kept: Dialogue, parameter: str) -> None:
    phone = Phone(kept)
    async with phone.chat.app:
        assert await phone.chat.reads(f"/start {parameter}") == [HANS.say("link_broken")]


@pytest.mark.parametrize("data", ["t0:AAAA", "p0:", "o0:" + "_" * 56, "s0:AAAA", "q2:AQ"])
async def test_forged_data_get_a_notice_and_change_nothing(kept: Dialogue, data: str) -> None:
    phone = Phone(kept)
    async with phone.chat.app:
        await phone.types(ASKED)
        before = phone.seen
        assert (await phone.presses(data))["text"] == HANS.say("button_gone")
        assert phone.seen == before


async def test_a_press_under_a_message_that_telegram_no_longer_knows_says_so(
    kept: Dialogue,
) -> None:
    phone = Phone(kept)
    async with phone.chat.app:
        await phone.types(ASKED)
        data = phone.buttons["阅读全文"]
        assert (await phone.presses(data, message=None))["text"] == HANS.say("button_gone")
        elsewhere = await phone.presses(data, inline_message_id="9")
        assert elsewhere["url"].startswith(ADDRESS.format(bot=BOT_USER["username"]))


def typed(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(">>> ") for line in lines if line.startswith(">>> ")]


def written(turns: list[tuple[str, list[str]]]) -> str:
    return "\n".join("\n".join((f">>> {said}", *seen, "")) for said, seen in turns)


async def on_telegram(dialogue: Dialogue, said: list[str]) -> list[list[str]]:
    phone = Phone(dialogue)
    await dialogue.forget("telegram:7:0")
    seen = []
    async with phone.chat.app:
        for text in said:
            await phone.types(text)
            seen.append(phone.words())
    return seen


def in_console(dialogue: Dialogue, said: list[str]) -> list[list[str]]:
    stdout = io.StringIO()
    stdin = io.StringIO("".join(f"{text}\n" for text in said))
    assert console.chat(lambda: dialogue, stdin, stdout, io.StringIO()) == 0
    return [list(told(block)) for block in stdout.getvalue().split("\n\n")[:-1]]


def told(block: str) -> Iterator[str]:
    """The words of what the console shows, without what it puts before and around them."""
    for line in block.splitlines():
        if line.startswith("[") and line.endswith("]"):
            yield from line[1:-1].split("] [")
        else:
            yield re.sub("^(?:> |—— |- )", "", line)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_has_the_same_words_in_telegram_and_in_the_console(
    kept: Dialogue, path: Path
) -> None:
    """And they are those of the transcript: what is typed or pressed behind >>>, then what is seen.

    To write a changed one anew: `TRANSCRIBE=1 pytest tests/test_telegram_views.py`, and read the difference.
    """
    said = typed(path)
    telegram = asyncio.run(on_telegram(kept, said))
    assert in_console(kept, said) == telegram
    got = written(list(zip(said, telegram, strict=True)))
    if os.environ.get("TRANSCRIBE"):
        path.write_text(got, encoding="utf-8", newline="\n")
    assert got == path.read_text(encoding="utf-8")
