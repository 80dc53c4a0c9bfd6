"""Stand-ins for what lies outside: a Telegram that records, a dialogue that says what it is told to."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict, deque
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot import wiring
from bot.analysis import lexicon
from bot.analysis.analyzer import Analyzer
from bot.answer.answer import Excerpt
from bot.article import Article, Paragraph
from bot.channel.telegram import application
from bot.channel.telegram.polling import App
from bot.dialogue import wording
from bot.dialogue.cards import Card, Deck
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.commands import Commands
from bot.dialogue.compose import Composer
from bot.dialogue.menu import Offers
from bot.dialogue.reply import Reply, Shown, Status
from bot.dialogue.suggestion import key
from bot.dialogue.utterance import Utterance
from bot.dialogue.views import Views
from bot.dialogue.wording import Language, Wording
from bot.originals import Originals
from bot.settings import Settings
from bot.store.memory import MemoryDeliveryStore, MemoryStateStore

TOKEN = "123456789:AAtest_token-0123456789abcdefghij"
BOT_USER = {
    "id": 123456789,
    "is_bot": True,
    "first_name": "小保",
    "username": "xiaobao_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}

USER = {"id": 7, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "王"}
GROUP = {"id": -1001, "type": "supergroup", "title": "维权群"}
NUMBERS = itertools.count(1)

PARAGRAPH = (
    "据介绍，静安寺商圈是上海核心特色商业功能区之一。从2020年至今，静安寺商圈共有无理由退货单位313家。"
    "商圈内另设消费维权联络点12个。"
)
QUOTE = "从2020年至今，静安寺商圈共有无理由退货单位313家。"
SOURCE = "中国消费者报，原题不详：静安寺商圈，文中日期11-14，年份不详，上海市静安区，第1段"

WORDS = wording.load()


def excerpt(quote: str = QUOTE, *, before: str = "", after: str = "") -> Excerpt:
    """An excerpt of a paragraph that holds the quote between two other texts."""
    paragraph = Paragraph("article", 1, before + quote + after)
    heading = Paragraph("article", 0, "标题", heading=True)
    article = Article("article", None, "中国消费者报", (heading, paragraph), label="静安寺商圈")
    return Excerpt(article, paragraph, len(before), len(before) + len(quote))


def answer(
    *excerpts: Excerpt,
    lead: str = "无理由退货单位313家",
    message: str = "",
    suggestions: tuple[str, ...] = (),
    language: Language = Language.HANS,
) -> Reply:
    """An answer; unless told otherwise, of one quote out of a longer paragraph."""
    start = PARAGRAPH.index(QUOTE)
    shown = excerpts or (excerpt(before=PARAGRAPH[:start], after=PARAGRAPH[start + len(QUOTE) :]),)
    return Reply(
        Status.ANSWERED,
        lead,
        message,
        tuple(Shown(one, SOURCE) for one in shown),
        suggestions,
        WORDS[language],
    )


def refusal(
    message: str = "收录的资料里没有提到北京。",
    *suggestions: str,
    language: Language = Language.HANS,
) -> Reply:
    return Reply(Status.REFUSED, "", message, (), suggestions, WORDS[language])


class FixedDialogue:
    """Gives prepared replies in order, the last one for ever; an exception among them is raised."""

    def __init__(self, *replies: Reply | Exception) -> None:
        self._replies = deque(replies or (answer(),))
        self.heard: list[Utterance] = []
        self.forgotten: list[str] = []
        self.closed = False
        catalogue = Catalogue({}, [], Analyzer(lexicon.parse({})))
        self.records = wiring.passing_records(MemoryStateStore(), days=30)
        self.commands = Commands.over(catalogue, self.ask, self.records, WORDS)
        self.views = Views(catalogue, Offers(self.ask), Composer(WORDS), Originals(Path()))

    async def turn(self, utterance: Utterance) -> Reply:
        self.heard.append(utterance)
        reply = self._replies.popleft() if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply

    async def ask(self, utterance: Utterance) -> Reply:
        return await self.turn(utterance)

    async def cards(self, utterance: Utterance) -> Deck:
        reply = await self.turn(utterance)
        answered = reply.status is Status.ANSWERED
        return Deck((Card(reply),) if answered else (), answered)

    async def forget(self, chat: str) -> None:
        self.forgotten.append(chat)

    def suggested(self, wanted: str) -> str | None:
        known = ("那奉贤呢？", "哪个多？", self.example())
        return {key(question): question for question in known}.get(wanted)

    async def close(self) -> None:
        self.closed = True

    def wording(self, language: Language | None) -> Wording:
        return WORDS[language or Language.HANS]

    def example(self, about: str = "") -> str:
        return f"静安寺商圈有多少家{about or '无理由退货单位'}？"


class RecordingRequest(BaseRequest):
    """Answers as Telegram does, and keeps what it was asked.

    `fail[method]` holds what goes wrong with the next calls of a method: an exception to raise, or a status code
    with the body of an answer.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.fail: defaultdict[str, deque[Exception | tuple[int, dict[str, Any] | bytes]]] = (
            defaultdict(deque)
        )
        self.updates: deque[list[dict[str, Any]]] = deque()

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The parameters of each message that arrived."""
        return [parameters for method, parameters in self.calls if method == "sendMessage"]

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: object,
        **kwargs: object,
    ) -> tuple[int, bytes]:
        name, _, query = url.rpartition("/")[2].partition("?")
        parameters = request_data.parameters if request_data else dict(parse_qsl(query))
        for value in (request_data.json_parameters if request_data else {}).values():
            value.encode()  # as the network would: a lone surrogate has no UTF-8
        if self.fail[name]:
            failure = self.fail[name].popleft()
            if isinstance(failure, Exception):
                raise failure
            status, body = failure
            return status, body if isinstance(body, bytes) else json.dumps(body).encode()
        self.calls.append((name, parameters))
        result: object = True
        if name == "getMe":
            result = BOT_USER
        elif name == "getUpdates":
            result = self.updates.popleft() if self.updates else []
        elif name == "sendMessage":
            chat = {"id": parameters["chat_id"], "type": "private"}
            result = {"message_id": 1000 + len(self.calls), "date": 0, "chat": chat}
        return 200, json.dumps({"ok": True, "result": result}).encode()


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class TelegramChat:
    """An application with its network recorded, and someone who writes to it."""

    def __init__(self, dialogue: FixedDialogue) -> None:
        self.dialogue = dialogue
        self.telegram = RecordingRequest()
        self.clock = Clock()
        self.parts = application.build(
            Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}),
            MemoryDeliveryStore(),
            request=self.telegram,
            pause=self._pause,
            clock=self.clock,
        )
        self.app: App = self.parts.app
        application.equip(self.parts, dialogue)

    async def _pause(self, seconds: float) -> None:
        self.clock.now += seconds

    async def receives(self, **update: Any) -> list[str]:
        """Hand an update in; return the texts sent on it."""
        before = len(self.telegram.sent)
        data = {"update_id": next(NUMBERS), **update}
        await self.app.process_update(Update.de_json(data, self.app.bot))
        assert await self.parts.outbox.flushed()
        return [message["text"] for message in self.telegram.sent[before:]]

    async def reads(
        self, text: str | None, chat: dict[str, Any] = PRIVATE, **more: Any
    ) -> list[str]:
        return await self.receives(message=message(text, chat, **more))

    async def types(self, text: str, offset: str = "", **user: Any) -> dict[str, Any]:
        """Type an inline query; return how it was answered."""
        number = str(next(NUMBERS))
        query = {"id": number, "from": USER | user, "query": text, "offset": offset}
        await self.receives(inline_query=query)
        return self.told(number)

    def told(self, number: str) -> dict[str, Any]:
        """How an inline query was answered, {} as long as it is not."""
        answers = [p for method, p in self.telegram.calls if method == "answerInlineQuery"]
        return next((one for one in answers if one["inline_query_id"] == number), {})

    @property
    def last(self) -> dict[str, Any]:
        return self.telegram.sent[-1]


def message(text: str | None, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    """A message as Telegram writes it, with entities for commands and mentions."""
    data: dict[str, Any] = {"message_id": next(NUMBERS), "date": 1, "chat": chat, "from": USER}
    if text is not None:
        data["text"] = text
        entities = [entity for word in text.split() if (entity := marked(text, word))]
        if entities:
            data["entities"] = entities
    return {key: value for key, value in (data | more).items() if value is not None}


def marked(text: str, word: str) -> dict[str, Any] | None:
    kind = {"/": "bot_command", "@": "mention"}.get(word[0])
    offset = len(text[: text.index(word)].encode("utf-16-le", "surrogatepass")) // 2
    return {"type": kind, "offset": offset, "length": len(word)} if kind else None
