"""Reply → Telegram messages: text with message entities, never a parse mode, so that no text needs escaping.

An answer reads:

    **lead**
    > quote                      a block quote for each excerpt
    _source_
    本段全文
    > the paragraph              expandable; of the first excerpt, where it says more than the quote
    what the bot adds
    可以问：
    [suggestion]                 a button each

All pure. Three rules hold for every message: at most 4096 UTF-16 units and 100 entities; no white space at either
end, since Telegram cuts it off and the entities would point beside their text; nothing between a quote's offsets
but the quote. Source: https://core.telegram.org/bots/api#messageentity and #sendmessage.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from bot.answer.answer import Excerpt
from bot.article import MARK_OPEN
from bot.channel.telegram import utf16
from bot.dialogue.reply import Reply, Shown
from bot.dialogue.suggestion import key

LIMIT_UTF16 = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
BETWEEN_BLOCKS, BETWEEN_SPANS = "\n\n", "\n"

UNSENDABLE = re.compile("[\ud800-\udfff]")
"""A lone surrogate has no UTF-8; the whole call would fail."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
"""Telegram drops or blanks these itself; blanked here, all offsets stay where they are."""

BLANK = frozenset("\u115f\u1160\u2800\u3164\ufffc")
"""Letters and symbols that show nothing: a message of these alone is refused as empty."""

ASK = "ask:"
"""Data of a button that asks a question begin with it, the question's key follows: 20 bytes of the 64 allowed."""

SENTENCE_END = re.compile(r"[。！？!?；;…][”’」』）)]*|\s")


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message, ready to be sent."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None


class Span(NamedTuple):
    """A piece of text in one style; the spans of a block stand below each other."""

    text: str
    style: MessageEntityType | None = None


def reply_messages(reply: Reply, pressed: str = "") -> list[OutgoingMessage]:
    """Return the messages that show a reply, in order; none only if the reply shows nothing.

    Args:
        reply: What to show; its suggestions are buttons under the last message.
        pressed: The question, where it was asked by a button and stands nowhere in the chat.
    """
    asked = [[Span(reply.wording.say("asked", question=pressed), MessageEntityType.ITALIC)]]
    messages = paginate([*(asked if pressed else []), *_blocks(reply)])
    labels = [text for text in reply.suggestions if not _blank(text)]
    if messages and labels:
        messages[-1] = dataclasses.replace(messages[-1], keyboard=_keyboard(labels))
    return messages


def text_messages(text: str) -> list[OutgoingMessage]:
    """Return the messages that show a text of the bot's own; a blank line parts its blocks."""
    return paginate([Span(block)] for block in text.split(BETWEEN_BLOCKS))


def _blocks(reply: Reply) -> Iterator[list[Span]]:
    yield [Span(reply.lead, MessageEntityType.BOLD)]
    yield from map(_quoted, reply.excerpts)
    if reply.excerpts and _says_more(reply.excerpts[0].excerpt):
        yield [
            Span(reply.wording.say("whole_paragraph")),
            Span(reply.excerpts[0].excerpt.paragraph.text, MessageEntityType.EXPANDABLE_BLOCKQUOTE),
        ]
    yield [Span(reply.message)]
    if reply.suggestions:
        yield [Span(reply.wording.say("try_asking"))]


def _keyboard(suggestions: Sequence[str]) -> InlineKeyboardMarkup:
    """One button a row, so that a whole question can be read on it."""
    return InlineKeyboardMarkup.from_column(
        [
            InlineKeyboardButton(_sendable(text), callback_data=ASK + key(text))
            for text in suggestions
        ]
    )


def _quoted(shown: Shown) -> list[Span]:
    return [
        Span(shown.excerpt.quote, MessageEntityType.BLOCKQUOTE),
        Span(shown.source, MessageEntityType.ITALIC),
    ]


def _says_more(excerpt: Excerpt) -> bool:
    """Whether the whole paragraph is worth showing, and may be.

    A sentence around an uncertain character is never quoted, so a paragraph that holds one is not shown whole.
    """
    text = excerpt.paragraph.text
    return len(text) > len(excerpt.quote) and MARK_OPEN not in text


def paginate(blocks: Iterable[list[Span]]) -> list[OutgoingMessage]:
    """Lay blocks out on messages; a block goes whole to the next message before it is taken apart."""
    page = _Page()
    for block in blocks:
        spans = [Span(_sendable(span.text), span.style) for span in block]
        spans = [span for span in spans if not _blank(span.text)]
        if not spans:
            continue
        if page.holds(spans, BETWEEN_BLOCKS):
            page.add(spans, BETWEEN_BLOCKS)
            continue
        if _Page().holds(spans, ""):
            page.turn()
        gap = BETWEEN_BLOCKS
        for span in spans:
            _add_taken_apart(page, span, gap)
            gap = BETWEEN_SPANS
    page.turn()
    return page.done


def _add_taken_apart(page: _Page, span: Span, gap: str) -> None:
    """Add a span of any length; one that would fit a message of its own is not cut."""
    if not page.holds([span], gap) and _Page().holds([span], ""):
        page.turn()
    while not page.holds([span], gap):
        cut = _cut(span.text, page.room(gap))
        if cut:
            page.add([Span(span.text[:cut], span.style)], gap)
            span = Span(span.text[cut:], span.style)
        page.turn()
    page.add([span], gap)


def _cut(text: str, room_utf16: int) -> int:
    """Return where to cut a text that is too long: behind a line, a sentence, a word, else anywhere.

    0 when so little room is left that a new message is the better place.
    """
    if room_utf16 < LIMIT_UTF16 // 8:
        return 0
    end = utf16.index(text, room_utf16)
    if utf16.length(text[:end]) > room_utf16:  # the last character would stick out by half
        end -= 1
    line = text.rfind("\n", end // 2, end)
    if line >= 0:
        return line + 1
    ends = [match.end() for match in SENTENCE_END.finditer(text, end // 2, end)]
    return ends[-1] if ends else end


class _Page:
    """The message being filled, and those already full."""

    def __init__(self) -> None:
        self.done: list[OutgoingMessage] = []
        self._start_empty()

    def _start_empty(self) -> None:
        self._text = ""
        self._size_utf16 = 0
        self._styled: list[tuple[int, int, MessageEntityType]] = []  # offsets in characters

    def room(self, gap: str) -> int:
        """UTF-16 units left behind a gap."""
        return LIMIT_UTF16 - self._size_utf16 - (len(gap) if self._text else 0)

    def holds(self, spans: list[Span], gap: str) -> bool:
        size = sum(utf16.length(span.text) for span in spans)
        size += len(BETWEEN_SPANS) * (len(spans) - 1)
        styled = sum(span.style is not None for span in spans)
        return size <= self.room(gap) and len(self._styled) + styled <= MAX_ENTITIES

    def add(self, spans: list[Span], gap: str) -> None:
        for span in spans:
            if self._text:
                self._text += gap
            start = len(self._text)
            self._text += span.text
            if span.style is not None:
                self._styled.append((start, len(self._text), span.style))
            gap = BETWEEN_SPANS
        self._size_utf16 = utf16.length(self._text)

    def turn(self) -> None:
        """Finish this message and begin an empty one."""
        text = self._text.strip()
        if not _blank(text):
            left = len(self._text) - len(self._text.lstrip())
            self.done.append(OutgoingMessage(text, tuple(self._entities(text, left))))
        self._start_empty()

    def _entities(self, text: str, left: int) -> Iterator[MessageEntity]:
        """The entities of the stripped text, `left` characters shorter in front."""
        for start, end, style in self._styled:
            first, last = max(start - left, 0), min(end - left, len(text))
            if first < last:
                offset = utf16.length(text[:first])
                yield MessageEntity(style, offset, utf16.length(text[first:last]))


def _sendable(text: str) -> str:
    """The text, of the same length, without what Telegram cannot take."""
    return CONTROL.sub(" ", UNSENDABLE.sub("\ufffd", text))


def _blank(text: str) -> bool:
    """Whether nothing of the text would be seen."""
    return all(
        character in BLANK or unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf"}
        for character in text
    )
