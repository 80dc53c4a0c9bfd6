"""An admin sends a file: real updates through the application, with only the network replaced."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from telegram.error import NetworkError, TimedOut

from bot.channel.telegram import application, submissions
from bot.channel.telegram.download import LIMIT_BYTES
from bot.channel.telegram.pending import LIFETIME_S, MOST_OFFERS
from bot.dialogue.submission import Desk
from bot.dialogue.wording import Language
from bot.errors import CorpusError
from bot.ingest import disk, intake, journal
from bot.settings import Settings
from tests.fakes import (
    BOT_USER,
    GROUP,
    PRIVATE,
    TOKEN,
    USER,
    WORDS,
    FixedDialogue,
    RecordingRequest,
    TelegramChat,
    refusal,
)
from tests.reviewer import CLEAN, PLANTED, SPELLED, UNCERTAIN, check, files, raw, undo

ZH = WORDS[Language.HANS]
OTHER = USER | {"id": 8, "first_name": "李"}
SECRET = TOKEN.partition(":")[2]


class FileServer(RecordingRequest):
    """Also serves the files in `files`, by file id."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.fetched: list[str] = []

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> Any:
        if method == "GET":
            self.fetched.append(url)
            if self.fail["file"]:
                failure = self.fail["file"].popleft()
                if isinstance(failure, Exception):
                    raise failure
                return failure[0], json.dumps(failure[1]).encode()
            return 200, self.files[url.rpartition("/")[2]]
        name = url.rpartition("/")[2]
        if name == "getFile" and not self.fail[name]:
            file_id = kwargs["request_data"].parameters["file_id"]
            file = {"file_id": file_id, "file_unique_id": "u", "file_path": f"documents/{file_id}"}
            self.calls.append((name, {"file_id": file_id}))
            return 200, json.dumps({"ok": True, "result": file}).encode()
        return await super().do_request(url, method, *args, **kwargs)


class AdminChat(TelegramChat):
    """A chat with user 7, who is an admin as 9 is; the dialogue of after an add is another one."""

    def __init__(self, corpus: Path, admins: str = "7 9") -> None:
        self.dialogue, self.after = FixedDialogue(), FixedDialogue(refusal("新的资料里也没有。"))
        self.corpus, self.telegram = corpus, FileServer()
        self.renewed: list[Exception | None] = []
        self.app = application.build(
            Settings.from_env(
                {
                    "TELEGRAM_BOT_TOKEN": TOKEN,
                    "TELEGRAM_API_FILE_BASE": "https://files.example/bot",
                    "BOT_ADMINS": admins,
                }
            ),
            self.dialogue,  # type: ignore[arg-type]
            Desk(self._clean, self._renew),  # type: ignore[arg-type]
            request=self.telegram,
            pause=self._pause,
        )

    def _clean(self, name: str, content: bytes) -> Any:
        return intake.clean(self.corpus, name, content)

    def _renew(self) -> FixedDialogue:
        failure = self.renewed.pop() if self.renewed else None
        if failure:
            raise failure
        return self.after

    async def sends(
        self, content: bytes, name: str | None = "a.txt", chat: Any = PRIVATE, **more: Any
    ) -> list[str]:
        """Send a document; return what the bot says to it."""
        file_id = f"f{len(self.telegram.files)}"
        self.telegram.files[file_id] = content
        document = {"file_id": file_id, "file_unique_id": "u", "file_size": len(content)}
        document |= {"file_name": name} if name is not None else {}
        document |= more.pop("document", {})
        return await self.reads(None, chat, document=document, **more)

    def buttons(self) -> list[str]:
        """What the buttons under the last message carry; none where there are none."""
        keyboard = self.last.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["callback_data"] for row in keyboard for button in row]

    async def presses(self, data: str, user: dict[str, Any] = USER) -> list[str]:
        under = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": BOT_USER, "text": "…"}
        press = {"id": "77", "from": user, "chat_instance": "1", "data": data, "message": under}
        return await self.receives(callback_query=press)

    @property
    def notice(self) -> str | None:
        """What the last press was answered with."""
        answers = [p for name, p in self.telegram.calls if name == "answerCallbackQuery"]
        return answers[-1].get("text")


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[AdminChat]:
    one = AdminChat(tmp_path / "corpus")
    async with one.app:
        yield one


CONTENT = raw(CLEAN).read_bytes()


async def test_an_accepted_file_is_shown_and_added_when_the_button_says_so(chat: AdminChat) -> None:
    (text,) = await chat.sends(CONTENT, "report.txt")
    head, facts, outcome = text.split("\n")
    assert (head, outcome) == ("report.txt", ZH.say("file_accepted"))
    assert "中国消费者报" in facts
    assert chat.last["entities"] == [{"type": "code", "offset": 0, "length": 10}]
    assert files(chat.corpus) == {}
    add, leave = chat.buttons()
    assert (add[:4], leave[:6]) == ("add:", "leave:")
    assert len(add.encode()) <= 64
    added, indexed = await chat.presses(add)
    assert added.startswith(ZH.say("file_added", name="report.txt", article="report"))
    assert added.endswith(ZH.say("file_indexing"))
    assert indexed == ZH.say("file_indexed")
    assert set(files(chat.corpus)) >= {"articles/report.md", "raw/report.txt"}
    assert check(chat.corpus).status == 0
    assert any(name == "editMessageReplyMarkup" for name, _ in chat.telegram.calls)
    assert await chat.reads("哪里投诉？") == ["新的资料里也没有。"]
    assert chat.dialogue.heard == []


async def test_the_file_comes_from_the_file_address(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    (address,) = chat.telegram.fetched
    assert unquote(address) == f"https://files.example/bot{TOKEN}/documents/f0"


async def test_leaving_writes_nothing(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, leave = chat.buttons()
    assert await chat.presses(leave) == [ZH.say("file_left")]
    assert await chat.presses(add) == []
    assert chat.notice == ZH.say("file_was_left")
    assert files(chat.corpus) == {}


async def test_pressing_twice_adds_once(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, leave = chat.buttons()
    await chat.presses(add)
    before = files(chat.corpus)
    for data in (add, leave):
        assert await chat.presses(data) == []
        assert chat.notice == ZH.say("file_was_added")
    assert files(chat.corpus) == before


async def test_two_presses_at_once_add_once(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    both = await asyncio.gather(chat.presses(add), chat.presses(add))
    assert files(chat.corpus)
    said = "\n".join(text for texts in both for text in set(texts))
    assert ZH.say("file_add_failed", reason="").rstrip() not in said
    assert undo(chat.corpus).status == 0
    assert undo(chat.corpus).status != 0


async def test_another_admin_s_press_does_nothing(chat: AdminChat) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    for user in (OTHER, OTHER | {"id": 9}):
        assert await chat.presses(add, user) == []
        assert chat.notice == ZH.say("file_not_yours")
    assert files(chat.corpus) == {}
    assert len(await chat.presses(add)) == 2


@pytest.mark.parametrize("data", ["add:aaaaaaaaaaaa", "add:", "leave:x", "add:中"])
async def test_a_button_of_before_the_restart_says_that_it_has_expired(
    chat: AdminChat, data: str
) -> None:
    assert await chat.presses(data) == []
    assert chat.notice == ZH.say("file_expired")
    assert len(chat.notice) <= 200


async def test_a_button_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    original = submissions.Submissions.__init__

    def with_clock(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs, clock=lambda: now[0])

    monkeypatch.setattr(submissions.Submissions, "__init__", with_clock)
    chat = AdminChat(tmp_path / "corpus")
    async with chat.app:
        await chat.sends(CONTENT)
        add, _ = chat.buttons()
        now[0] = LIFETIME_S
        assert await chat.presses(add) == []
        assert chat.notice == ZH.say("file_expired")


async def test_the_offers_held_are_bounded(chat: AdminChat) -> None:
    keys = []
    for number in range(MOST_OFFERS + 1):
        await chat.sends(CONTENT, f"{number}.txt")
        keys.append(chat.buttons()[0])
    await chat.presses(keys[0])
    assert chat.notice == ZH.say("file_expired")
    assert len(await chat.presses(keys[-1])) == 2


async def test_of_two_files_with_one_id_the_second_is_told(chat: AdminChat) -> None:
    await chat.sends(CONTENT, "a.txt")
    first, _ = chat.buttons()
    await chat.sends(raw(SPELLED).read_bytes(), "a.txt")
    second, _ = chat.buttons()
    await chat.presses(first)
    before = files(chat.corpus)
    (text,) = await chat.presses(second)
    assert text == ZH.say("file_not_added", name="a.txt", reason="资料库里已有编号 a")
    assert files(chat.corpus) == before
    undo(chat.corpus)
    assert len(await chat.presses(second)) == 2  # nothing is lost: the id is free again


async def test_a_file_that_the_corpus_has_is_refused(chat: AdminChat) -> None:
    await chat.sends(CONTENT, "a.txt")
    await chat.presses(chat.buttons()[0])
    (text,) = await chat.sends(CONTENT, "b.txt")
    assert text == f"b.txt\n{ZH.say('file_refused', reason='与库里的 a 是同一篇')}"
    assert chat.buttons() == []


async def test_a_locked_corpus_and_a_full_disk_are_one_message_and_the_button_stays(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    with journal.locked(chat.corpus):
        (text,) = await chat.presses(add)
    locked = "另一个命令正在写入资料库，等它结束再试"
    assert text == ZH.say("file_add_failed", reason=locked)

    def full(path: Path, content: bytes) -> None:
        raise CorpusError(path, None, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", full)
        (text,) = await chat.presses(add)
    assert "磁盘满了" in text
    assert files(chat.corpus) == {}
    assert len(await chat.presses(add)) == 2


async def test_what_needs_a_review_shows_its_places_and_no_button(chat: AdminChat) -> None:
    (text,) = await chat.sends(raw(UNCERTAIN).read_bytes())
    assert ZH.say("file_review", doubts=1) in text
    assert "没有把握复原的字" in text
    assert "»保科先行先试，⟦在⟧上海市率先推行“诉«" in text
    assert text.endswith(ZH.say("file_review_where"))
    assert "python -m bot corpus add" in text
    assert chat.buttons() == []


async def test_several_articles_are_a_line_each_and_one_button(chat: AdminChat) -> None:
    rows = [
        {"id": f"n{number}", "text": raw(name).read_text("utf-8")}
        for number, name in enumerate((CLEAN, PLANTED, SPELLED))
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (text,) = await chat.sends("\n".join([*lines, "{]"]).encode(), "many.jsonl")
    first, second = text.split("\n\n")[:2]
    assert first.startswith("many.jsonl\n")
    assert [line[:2] for line in second.split("\n")] == ["1.", "2.", "3.", "4."]
    assert ZH.say("file_articles", total=4, accepted=2, review=1, refused=1) in first
    assert second.endswith(f"4. {ZH.say('file_refused', reason='不是 JSON')}")
    keyboard = chat.last["reply_markup"]["inline_keyboard"]
    assert keyboard[0][0]["text"] == ZH.say("file_add_all", count=2)
    added, _ = await chat.presses(chat.buttons()[0])
    assert added.split("\n\n")[0].split("\n") == [
        ZH.say("file_added", name="many.jsonl:1", article="n0"),
        ZH.say("file_added", name="many.jsonl:3", article="n2"),
    ]


async def test_an_enormous_list_stays_within_telegram_s_limits(chat: AdminChat) -> None:
    texts = await chat.sends(b"{]\n" * 3000, "many.jsonl")
    assert len(texts) < 3
    assert ZH.say("file_more_articles", count=2950) in texts[-1]


@pytest.mark.parametrize(
    ("code", "language"), [("zh-hant", Language.HANT), ("en", Language.EN), (None, Language.HANS)]
)
async def test_the_admin_s_language_is_spoken(
    chat: AdminChat, code: str | None, language: Language
) -> None:
    words, user = WORDS[language], USER | {"language_code": code}
    (text,) = await chat.sends(b"", "a.txt", **{"from": user})
    assert text == f"a.txt\n{words.say('file_refused', reason=words.reword('is empty'))}"
    await chat.sends(CONTENT, **{"from": user})
    texts = await chat.presses(chat.buttons()[0], user)
    assert texts[-1] == words.say("file_indexed")


async def test_a_file_stated_to_be_too_large_is_not_downloaded(chat: AdminChat) -> None:
    large = {"file_size": LIMIT_BYTES + 1}
    assert await chat.sends(b"", document=large) == [ZH.say("file_too_large", size=20)]
    assert chat.telegram.fetched == []
    assert not any(name == "getFile" for name, _ in chat.telegram.calls)


async def test_a_file_that_telegram_finds_too_large_is_told_so(chat: AdminChat) -> None:
    big = (400, {"ok": False, "description": "Bad Request: file is too big"})
    chat.telegram.fail["getFile"].append(big)
    assert await chat.sends(CONTENT, document={"file_size": None}) == [
        ZH.say("file_too_large", size=20)
    ]


async def test_a_file_larger_than_it_said_is_refused(chat: AdminChat) -> None:
    more = bytes(LIMIT_BYTES + 1)
    assert await chat.sends(more, document={"file_size": 5}) == [ZH.say("file_too_large", size=20)]


@pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")  # see test_telegram_outbox.py
async def test_a_failing_network_is_tried_again(chat: AdminChat) -> None:
    chat.telegram.fail["getFile"].append(TimedOut())
    chat.telegram.fail["file"].append(NetworkError("gone"))
    chat.telegram.fail["file"].append((429, {"ok": False, "parameters": {"retry_after": 3}}))
    (text,) = await chat.sends(CONTENT)
    assert ZH.say("file_accepted") in text


@pytest.mark.parametrize("status", [400, 403, 404, 502])
async def test_a_file_that_cannot_be_fetched_is_one_message_without_the_token(
    chat: AdminChat, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    failure = (status, {"ok": False, "description": f"no {TOKEN}"})
    chat.telegram.fail["file"].extend([failure] * 9)
    assert await chat.sends(CONTENT) == [ZH.say("file_not_fetched")]
    assert SECRET not in caplog.text


NAMES = [
    ("\u202egpj.txt\u2066", "gpj.txt"),
    ("a\x00\x1b[31m\nb.txt", "a[31m b.txt"),
    ("<b>*_`{0}@name.txt", "<b>*_`{0}@name.txt"),
    ("../../etc/passwd.txt", "../../etc/passwd.txt"),
    ("长" * 5000 + ".txt", "长" * 40 + "…" + "长" * 16 + ".txt"),
    ("\u200b\u200e", ZH.say("file_unnamed")),
    (None, ZH.say("file_unnamed")),
]


@pytest.mark.parametrize(("name", "shown"), NAMES, ids=lambda name: ascii(name)[:20])
async def test_a_name_is_shown_clean_and_names_no_path(
    chat: AdminChat, name: str | None, shown: str
) -> None:
    (text,) = await chat.sends(CONTENT, name)
    assert text.split("\n")[0] == shown
    await chat.presses(chat.buttons()[0])
    (article,) = (chat.corpus / "articles").glob("*.md")
    assert article.stem in {"passwd", article.stem[:16]}
    assert {path.name for path in chat.corpus.parent.iterdir()} == {"corpus"}


async def test_who_is_no_admin_is_told_what_the_bot_reads(chat: AdminChat) -> None:
    elsewhere = {**PRIVATE, "id": 8}
    assert await chat.sends(CONTENT, chat=elsewhere, **{"from": OTHER}) == [ZH.say("only_text")]
    assert chat.telegram.fetched == []
    assert not any(name == "getFile" for name, _ in chat.telegram.calls)


async def test_without_admins_a_file_is_no_text_and_a_button_is_gone(tmp_path: Path) -> None:
    chat = AdminChat(tmp_path / "corpus", admins="")
    async with chat.app:
        assert await chat.sends(CONTENT) == [ZH.say("only_text")]
        assert await chat.presses("add:aaaaaaaaaaaa") == []
        assert chat.notice == ZH.say("button_gone")


async def test_a_group_is_no_place_for_files(chat: AdminChat) -> None:
    assert await chat.sends(CONTENT, chat=GROUP) == []
    assert chat.telegram.fetched == []


async def test_a_caption_changes_nothing_for_an_admin(chat: AdminChat) -> None:
    (text,) = await chat.sends(CONTENT, caption="哪里投诉？")
    assert ZH.say("file_accepted") in text
    assert chat.dialogue.heard == []


async def test_an_animation_is_no_file(chat: AdminChat) -> None:
    animation = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    assert await chat.sends(b"", "a.mp4", animation=animation) == [ZH.say("only_text")]


async def test_a_broken_corpus_is_named(chat: AdminChat) -> None:
    shutil.copytree(raw(CLEAN).parent.parent, chat.corpus)
    (chat.corpus / "articles" / f"{CLEAN}.md").write_text("broken")
    (text,) = await chat.sends(CONTENT)
    assert text.startswith(ZH.say("file_not_cleaned", reason="").rstrip())
    assert f"{CLEAN}.md" in text


async def test_an_unforeseen_failure_tells_no_details(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(intake, "clean", fail)
    assert await chat.sends(CONTENT) == [
        ZH.say("file_not_cleaned", reason=ZH.say("file_unexpected"))
    ]
    assert "secret detail" in caplog.text


async def test_an_index_that_cannot_be_rebuilt_leaves_the_article_and_the_answers(
    chat: AdminChat,
) -> None:
    chat.renewed.append(CorpusError("asks/a.toml", 3, "is broken"))
    await chat.sends(CONTENT)
    _, text = await chat.presses(chat.buttons()[0])
    assert text == ZH.say("file_index_failed", reason="asks/a.toml:3: is broken")
    assert files(chat.corpus)
    await chat.reads("哪里投诉？")
    assert len(chat.dialogue.heard) == 1


async def test_questions_are_answered_while_a_file_is_cleaned(
    chat: AdminChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, began = asyncio.get_running_loop(), asyncio.Event()
    gate, clean = threading.Event(), intake.clean

    def slow(*arguments: Any) -> Any:
        loop.call_soon_threadsafe(began.set)
        assert gate.wait(5)
        return clean(*arguments)

    monkeypatch.setattr(intake, "clean", slow)
    sending = asyncio.create_task(chat.sends(CONTENT))
    await began.wait()
    assert len(await chat.reads("哪里投诉？", {**PRIVATE, "id": 8}, **{"from": OTHER})) == 1
    gate.set()
    assert ZH.say("file_accepted") in "".join(await sending)


async def test_a_press_under_a_message_that_telegram_no_longer_knows_says_so(
    chat: AdminChat,
) -> None:
    await chat.sends(CONTENT)
    add, _ = chat.buttons()
    press = {"id": "77", "from": USER, "chat_instance": "1", "data": add}
    assert await chat.receives(callback_query=press) == []
    assert chat.notice == ZH.say("file_expired")
