"""An article in pages that each fit a message. Pure.

A paragraph stays whole where it fits a page; a longer one is parted between two sentences. A sentence with an uncertain
character is a piece of its own, so that it can be left out: it is never quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.analysis.sentences import sentences
from bot.article import MARK_CLOSE, MARK_OPEN, Article

LARGEST = 1200
"""UTF-16 units of a page: two or three screens of a phone."""
ALONE = 2800
"""UTF-16 units of a paragraph shown alone, so that with its heading it fits the 4096 of a message of Telegram's."""
MOST = 40
"""Pieces of a page; a message may have 100 entities."""


class Piece(NamedTuple):
    """A part of a page: `text[start:end]` of a paragraph.

    Args:
        paragraph: The paragraph's number.
        start: Offset of its first character.
        end: Offset behind its last one.
        quotable: Whether it may be shown among the others.
    """

    paragraph: int
    start: int
    end: int
    quotable: bool = True


Page = tuple[Piece, ...]


def pages(article: Article) -> list[Page]:
    """Return an article's pages, in order, at least one."""
    found: list[Page] = []
    page: list[Piece] = []
    room = LARGEST
    for paragraph in article.paragraphs:
        for piece in pieces(paragraph.text, paragraph.number):
            size = size_utf16(paragraph.text[piece.start : piece.end])
            if page and (size > room or len(page) == MOST):
                found.append(tuple(page))
                page, room = [], LARGEST
            page.append(piece)
            room -= size
    return [*found, tuple(page)]


def page_of(found: Sequence[Page], paragraph: int, offset: int) -> int:
    """Return the number of the page that shows a place of a paragraph."""
    return next(
        (
            number
            for number, page in enumerate(found)
            if any(piece.paragraph == paragraph and offset < piece.end for piece in page)
        ),
        0,
    )


def pieces(text: str, paragraph: int, largest: int = LARGEST) -> Iterator[Piece]:
    """Return a paragraph in pieces of at most so many UTF-16 units; what is not quotable stands alone."""
    start = end = 0
    for begin, stop in sentences(text):
        quotable = not any(mark in text[begin:stop] for mark in (MARK_OPEN, MARK_CLOSE))
        if start < end and (not quotable or size_utf16(text[start:stop]) > largest):
            yield Piece(paragraph, start, end)
            start = end
        if not quotable:
            yield Piece(paragraph, begin, stop, quotable=False)
            start = end = stop
            continue
        start = begin if start == end else start
        end = stop
        while size_utf16(text[start:end]) > largest:  # one sentence
            cut = start + largest // 2  # so many characters are never more units
            yield Piece(paragraph, start, cut)
            start = cut
    if start < end:
        yield Piece(paragraph, start, end)


def size_utf16(text: str) -> int:
    """Return how many UTF-16 units a text takes."""
    return len(text) + sum(character > "\uffff" for character in text)
