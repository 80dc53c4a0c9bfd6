"""An admin who sends files and presses buttons, and a Telegram that serves the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.channel.telegram import application
from bot.dialogue.submission import Desk
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language
from bot.ingest import intake, withdrawal
from bot.settings import Settings
from bot.store.memory import MemoryDeliveryStore
from tests.fakes import (
    BOT_USER,
    PRIVATE,
    TOKEN,
    USER,
    WORDS,
    Clock,
    FixedDialogue,
    RecordingRequest,
    TelegramChat,
    refusal,
)
from tests.reviewer import CLEAN, raw

ZH = WORDS[Language.HANS]
OTHER = USER | {"id": 8, "first_name": "李"}
CONTENT = raw(CLEAN).read_bytes()


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

    def __init__(
        self,
        corpus: Path,
        admins: str = "7 9",
        *,
        dialogue: Dialogue | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.dialogue, self.after = FixedDialogue(), FixedDialogue(refusal("新的资料里也没有。"))
        self.corpus, self.telegram = corpus, FileServer()
        self.renewed: list[Exception | None] = []
        self.clock = Clock()
        settings = Settings.from_env(
            {
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TELEGRAM_API_FILE_BASE": "https://files.example/bot",
                "BOT_ADMINS": admins,
            }
        )
        self.parts = application.build(
            settings,
            MemoryDeliveryStore(),
            request=self.telegram,
            pause=self._pause,
            clock=self.clock,
        )
        self.app = self.parts.app
        application.equip(
            self.parts,
            dialogue or self.dialogue,
            desk or Desk(self._clean, self._renew, self._last, self._undo),
            settings.admins,
        )

    def _clean(self, name: str, content: bytes) -> Any:
        return intake.clean(self.corpus, name, content)

    def _last(self) -> Any:
        return withdrawal.last(self.corpus)

    def _undo(self, key: str) -> None:
        withdrawal.undo(self.corpus, key)

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
        return [button["callback_data"] for button in _keyboard(self.last)]

    def labels(self) -> list[str]:
        """What stands on them."""
        return [button["text"] for button in _keyboard(self.last)]

    @property
    def edited(self) -> dict[str, Any]:
        """How the message with the buttons stands since it was edited last."""
        edits = [p for name, p in self.telegram.calls if name == "editMessageText"]
        return edits[-1]

    def button(self, label: str) -> str:
        """What the button carries that has this label since the last edit."""
        found = {button["text"]: button["callback_data"] for button in _keyboard(self.edited)}
        return str(found[label])

    async def opens(self, content: bytes, name: str = "a.txt") -> None:
        """Send a file and open its review."""
        await self.sends(content, name)
        assert await self.presses(self.buttons()[-1]) == []

    async def does(self, key: str) -> list[str]:
        """Press the button with one of the bot's texts on it since the last edit."""
        return await self.presses(self.button(ZH.say(key)))

    async def replies(self, text: str, message_id: int = 5, **more: Any) -> list[str]:
        """Reply to the message with the buttons; return what the bot says to it."""
        under = {"message_id": message_id, "date": 1, "chat": PRIVATE, "from": BOT_USER}
        return await self.reads(text, reply_to_message=under | {"text": "…"}, **more)

    async def presses(
        self, data: str, user: dict[str, Any] = USER, message_id: int = 5
    ) -> list[str]:
        under = {
            "message_id": message_id, "date": 1, "chat": PRIVATE, "from": BOT_USER, "text": "…"
        }  # fmt: skip
        press = {"id": "77", "from": user, "chat_instance": "1", "data": data, "message": under}
        return await self.receives(callback_query=press)

    @property
    def notice(self) -> str | None:
        """What the last press was answered with."""
        answers = [p for name, p in self.telegram.calls if name == "answerCallbackQuery"]
        return answers[-1].get("text")


def _keyboard(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
