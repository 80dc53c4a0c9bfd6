"""An article to be read: page by page, or a paragraph at a time. Pure.

《题目》
青岚日报 · 2022-03 · 青岚市蓝桥区
第1页，共2页

> a paragraph                  each in a block of its own, untouched

第3段，回答引自这里
> the paragraph cited          what was cited is marked
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answer.answer import Excerpt
from bot.article import Article, Kind, Paragraph
from bot.dialogue import citation, menu, pages
from bot.dialogue.pages import Piece
from bot.dialogue.panel import Block, Button, Look, Panel, Span
from bot.dialogue.press import Press, View
from bot.dialogue.wording import Wording

LONGEST_NAME = 160
"""Characters of a title or a source that are shown above a page."""


def page(excerpt: Excerpt, cited: Sequence[Excerpt], pressed: Press, words: Wording) -> Panel:
    """Return a page of an article.

    Args:
        excerpt: What the answer cites there.
        cited: All that the answer cites, of any article.
        pressed: Which page; the one with the citation where it names none.
        words: The bot's own words.
    """
    article = excerpt.article
    found = pages.pages(article)
    number = pressed.number
    if number is None:
        number = pages.page_of(found, excerpt.paragraph.number, excerpt.start)
    number = min(number, len(found) - 1)
    here = [one for one in cited if one.article is article]
    blocks = [
        _head(article, words.say("view_page", page=number + 1, pages=len(found)), words),
        *_paragraphs(found[number], article, here, words),
    ]
    row = _uncertain(found[number], pressed, words)
    if number > 0:
        row.append(Button(words.say("view_page_before"), pressed.at(View.TEXT, number - 1).data))
    if number + 1 < len(found):
        row.append(Button(words.say("view_page_after"), pressed.at(View.TEXT, number + 1).data))
    return Panel(tuple(blocks), (tuple(row),))


def paragraph(excerpt: Excerpt, pressed: Press, words: Wording) -> Panel:
    """Return one paragraph, with its number, and the way to its neighbours."""
    article = excerpt.article
    last = len(article.paragraphs) - 1
    number = min(excerpt.paragraph.number if pressed.number is None else pressed.number, last)
    one = article.paragraphs[number]
    before, behind = article.neighbours(number)
    if one.heading:  # an older button may lead to one
        number = behind if behind is not None else (before or 0)
        one = article.paragraphs[number]
        before, behind = article.neighbours(number)
    all_of_it = list(pages.pieces(one.text, number, pages.ALONE))
    fits = pages.size_utf16(one.text) <= pages.ALONE
    shown = all_of_it[: pages.MOST] if fits else all_of_it[:1]
    cited = number == excerpt.paragraph.number
    key = "view_paragraph_cited" if cited else "view_paragraph"
    blocks: list[Block] = [
        _head(article, words.say(key, number=article.position(one), count=article.bodies), words),
        *((_span(piece, one, [excerpt] if cited else [], words),) for piece in shown),
    ]
    if len(shown) < len(all_of_it):
        blocks.append((Span(words.say("view_clipped")),))
    row = _uncertain(shown, pressed, words)
    if before is not None:
        row.append(Button(words.say("view_before"), pressed.at(View.PARAGRAPH, before).data))
    if behind is not None:
        row.append(Button(words.say("view_after"), pressed.at(View.PARAGRAPH, behind).data))
    more = (
        Button(words.say("view_read"), pressed.at(View.TEXT).data),
        Button(words.say("view_check"), pressed.at(View.ORIGINAL).data),
    )
    return Panel(tuple(blocks), (tuple(row), more))


def uncertain(article: Article, words: Wording) -> Panel:
    """Return an article's sentences with an uncertain character, marked, as many as fit a message."""
    blocks: list[Block] = [_head(article, words.say("view_uncertain_head"), words)]
    room = pages.ALONE
    for one in article.paragraphs:
        for piece in pages.pieces(one.text, one.number):
            text = one.text[piece.start : piece.end]
            if piece.quotable or pages.size_utf16(text) > room:
                continue
            room -= pages.size_utf16(text)
            place = words.say("view_paragraph", number=article.position(one), count=article.bodies)
            blocks.append((Span(place), Span(text)))
    return Panel(tuple(blocks[: pages.MOST]))


def _uncertain(some: Sequence[Piece], pressed: Press, words: Wording) -> list[Button]:
    """The button that shows what is left out of some pieces; none where nothing is."""
    if all(piece.quotable for piece in some):
        return []
    return [Button(words.say("view_uncertain"), pressed.at(View.UNCERTAIN).data)]


def _head(article: Article, place: str, words: Wording) -> Block:
    return (
        Span(_clipped(menu.headline(article, words)), Look.LEAD),
        Span(_clipped(_origin(article, words)), Look.SOURCE),
        Span(place),
    )


def _origin(article: Article, words: Wording) -> str:
    """Return who published an article, when and of where, in the words of its source line."""
    parts = (
        article.publisher or (words.say("no_publisher") if article.kind is Kind.NEWS else ""),
        citation.date(article, words),
        str(article.region),
    )
    return menu.shown(" · ".join(filter(None, parts)), words)


def _paragraphs(
    some: Sequence[Piece], article: Article, cited: Sequence[Excerpt], words: Wording
) -> Iterator[Block]:
    before = -1
    for piece in some:
        one = article.paragraphs[piece.paragraph]
        here = [excerpt for excerpt in cited if excerpt.paragraph.number == piece.paragraph]
        spans = [_span(piece, one, here, words)]
        if here and piece.paragraph != before:
            spans.insert(0, Span(words.say("view_cited", number=article.position(one))))
        before = piece.paragraph
        yield tuple(spans)


def _span(piece: Piece, one: Paragraph, cited: Sequence[Excerpt], words: Wording) -> Span:
    if not piece.quotable:
        return Span(words.say("view_unquoted"))
    text = one.text[piece.start : piece.end]
    if one.heading:
        return Span(text, Look.LEAD)
    found = sorted(
        (max(excerpt.start, piece.start) - piece.start, min(excerpt.end, piece.end) - piece.start)
        for excerpt in cited
        if excerpt.start < piece.end and piece.start < excerpt.end
    )
    marks: list[tuple[int, int]] = []
    for start, end in found:  # two citations may share a sentence
        begin = max(start, marks[-1][1]) if marks else start
        if begin < end:
            marks.append((begin, end))
    return Span(text, Look.BODY, tuple(marks))


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
