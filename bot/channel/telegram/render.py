"""Panel → Telegram messages: text with message entities, never a parse mode, so that no text needs escaping.

An answer reads:

    **lead**
    > quote                      an expandable block quote for each excerpt, the question's own words in it bold
    _source_
    what the bot adds
    [button] [button]            rows of buttons

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

from bot.channel.telegram import utf16
from bot.dialogue import panel, present
from bot.dialogue.panel import Button, Look, Panel
from bot.dialogue.reply import Reply

LIMIT_UTF16 = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
BETWEEN_BLOCKS, BETWEEN_SPANS = "\n\n", "\n"

UNSENDABLE = re.compile("[\ud800-\udfff]")
"""A lone surrogate has no UTF-8; the whole call would fail."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
"""Telegram drops or blanks these itself; blanked here, all offsets stay where they are."""

BLANK = frozenset("\u115f\u1160\u2800\u3164\ufffc")
"""Letters and symbols that show nothing: a message of these alone is refused as empty."""

STYLES = {
    Look.LEAD: MessageEntityType.BOLD,
    Look.QUOTE: MessageEntityType.EXPANDABLE_BLOCKQUOTE,
    Look.BODY: MessageEntityType.BLOCKQUOTE,
    Look.SOURCE: MessageEntityType.ITALIC,
    Look.CODE: MessageEntityType.CODE,
}
"""How each look is styled; the others are plain."""

MAX_MARKS = 40
"""Marks of one span that are shown, so that a span never has more entities than a message may."""

SENTENCE_END = re.compile(r"[。！？!?；;…][”’」』）)]*|\s")


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message, ready to be sent."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None


class Span(NamedTuple):
    """A piece of text in one style; the spans of a block stand below each other.

    Args:
        text: The text.
        style: Its style.
        marks: What is bold in it, as (start, end) in characters, in order and apart.
    """

    text: str
    style: MessageEntityType | None = None
    marks: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`."""
        marks = (
            (max(first, start) - start, min(last, end) - start)
            for first, last in self.marks
            if first < end and start < last
        )
        return Span(self.text[start:end], self.style, tuple(marks))


def reply_messages(reply: Reply, pressed: str = "") -> list[OutgoingMessage]:
    """Return the messages that show a reply, in order; none only if the reply shows nothing.

    Args:
        reply: What to show.
        pressed: The question, where it was asked by a button and stands nowhere in the chat.
    """
    return panel_messages(present.reply_panel(reply, pressed))


def panel_messages(shown: Panel) -> list[OutgoingMessage]:
    """Return the messages that show a panel, in order, its buttons under the last; none if it shows nothing."""
    messages = paginate([_styled(span) for span in block] for block in shown.blocks)
    rows = [[b for b in row if not _blank(b.label)] for row in shown.buttons]
    if messages and any(rows):
        messages[-1] = dataclasses.replace(messages[-1], keyboard=_keyboard(rows))
    return messages


def text_messages(text: str) -> list[OutgoingMessage]:
    """Return the messages that show a text of the bot's own; a blank line parts its blocks."""
    return paginate([Span(block)] for block in text.split(BETWEEN_BLOCKS))


def _styled(span: panel.Span) -> Span:
    return Span(span.text, STYLES.get(span.look), span.marks[:MAX_MARKS])


def _keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(_sendable(b.label), callback_data=b.data) for b in row]
            for row in rows
            if row
        ]
    )


def paginate(blocks: Iterable[list[Span]]) -> list[OutgoingMessage]:
    """Lay blocks out on messages; a block goes whole to the next message before it is taken apart."""
    page = _Page()
    for block in blocks:
        spans = [span._replace(text=_sendable(span.text)) for span in block]
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
            page.add([span.part(0, cut)], gap)
            span = span.part(cut, len(span.text))
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
        styled = sum((span.style is not None) + len(span.marks) for span in spans)
        return size <= self.room(gap) and len(self._styled) + styled <= MAX_ENTITIES

    def add(self, spans: list[Span], gap: str) -> None:
        for span in spans:
            if self._text:
                self._text += gap
            start = len(self._text)
            self._text += span.text
            if span.style is not None:
                self._styled.append((start, len(self._text), span.style))
            for first, last in span.marks:
                self._styled.append((start + first, start + last, MessageEntityType.BOLD))
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
