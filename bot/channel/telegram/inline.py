"""Inline mode: `@bot 问题` in any chat offers finished answers, each with its citation, to be put there.

A card that was chosen reads:

    问：question                 where it answers another question than the one typed
    **lead**
    > quote
    _source_

Telegram asks anew with each key (the inbox drops what is outdated), and after a page of cards for the next one by the offset that the page gave it. Nothing
is remembered: the offset is the number of the next card.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.error import TelegramError

from bot.analysis.chars import visible
from bot.channel.telegram import addressing
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.render import OutgoingMessage, reply_messages
from bot.dialogue import present
from bot.dialogue.cards import Card, Deck
from bot.dialogue.shortening import begun
from bot.dialogue.suggestion import key
from bot.dialogue.utterance import Utterance
from bot.errors import SearchError

logger = logging.getLogger(__name__)

SHORTEST = 2
"""Characters from which on a question is looked up."""
PAGE = 10
"""Cards that Telegram gets at once."""
OFFSET = re.compile(r"[1-9][0-9]{0,3}")
LONGEST_DESCRIPTION = 120
CACHED_S = 300
"""How long Telegram may answer the same question itself; the articles change seldom."""
START = "inline"
"""What /start is given by the button that opens the private chat."""


class Page(NamedTuple):
    """What one query is answered with.

    Args:
        cards: All cards that there are.
        first: The number of the page's first one.
        said: Name of the text on the button above them; None where the cards say it all.
        cached_s: How long Telegram may give the same answer itself.
    """

    cards: Sequence[Card] = ()
    first: int = 0
    said: str | None = None
    cached_s: int = CACHED_S


class Inline:
    """The callback for inline queries.

    Args:
        chat: Has the dialogue, and the words for each user.
    """

    def __init__(self, chat: Handlers) -> None:
        self._chat = chat

    async def asked(self, update: Update, context: Context) -> None:
        """Offer cards for what was typed."""
        query = update.inline_query
        assert query is not None  # what the handler is for
        await self._answer(query, await self._page(query))

    async def _page(self, query: InlineQuery) -> Page:
        if len(visible(query.query)) < SHORTEST:
            return Page(said="inline_private")
        first = _first(query.offset)
        if first is None:
            return Page()
        try:
            user = addressing.person(query.from_user)
            deck = await self._chat.dialogue.cards(Utterance(query.query, "", user=user))
        except SearchError:
            logger.exception("the search failed")
            return Page(said="inline_failed", cached_s=0)
        if not first:
            return Page(deck.cards, said=_said(deck))
        return Page(deck.cards, first) if first < len(deck.cards) else Page()

    async def _answer(self, query: InlineQuery, page: Page) -> None:
        button = None
        if page.said:
            text = self._chat.words(query.from_user).say(page.said)
            button = InlineQueryResultsButton(text, start_parameter=START)
        end = page.first + PAGE
        try:
            await query.answer(
                list(results(page.cards, page.first, end)),
                cache_time=page.cached_s,
                is_personal=True,  # in the language that the user chose, the button in their app's
                next_offset=str(end) if end < len(page.cards) else "",
                button=button,
            )
        except TelegramError as error:  # mostly: too old, since the user typed on
            logger.info("an inline query is not answered: %s", error.message)


def results(cards: Sequence[Card], first: int, end: int) -> Iterator[InlineQueryResultArticle]:
    """Return the cards from `first` to before `end` as Telegram takes them."""
    for number, card in itertools.islice(enumerate(cards), first, end):
        quote = card.reply.excerpts[0].excerpt.quote
        message = _message(card)
        if message is None:
            continue
        yield InlineQueryResultArticle(
            id=f"{number}-{key(message.text)}",
            title=present.lead(card.reply) or begun(quote, LONGEST_DESCRIPTION),
            description=f"{card.question}\n{begun(quote, LONGEST_DESCRIPTION)}".strip(),
            input_message_content=InputTextMessageContent(
                message.text,
                entities=message.entities,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
        )


def _message(card: Card) -> OutgoingMessage | None:
    """Return what a card says as one message: of an answer too long for that only the first citation, never half of one."""
    excerpts = card.reply.excerpts
    for some in (excerpts, excerpts[:1]):
        reply = dataclasses.replace(card.reply, excerpts=some)
        messages = reply_messages(reply, card.question)
        if len(messages) == 1:
            return messages[0]
    return None


def _said(deck: Deck) -> str | None:
    """Return which text stands above a deck; None where the cards say it all."""
    if deck.answered:
        return None
    return "inline_near" if deck.cards else "inline_nothing"


def _first(offset: str) -> int | None:
    """Return the number of the first card of a page; None for an offset that no page of ours ends with."""
    if not offset:
        return 0
    return int(offset) if OFFSET.fullmatch(offset) and int(offset) % PAGE == 0 else None
