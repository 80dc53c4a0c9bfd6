"""Cards: what a question may be answered with, each complete in itself, for somebody to choose from. Pure.

The answer as a whole comes first, then each further citation alone, then what the known questions nearest to the one
asked ask for, then what is asked most of the places it names. No two cards say the same.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.answer.answer import Answer, Excerpt
from bot.answer.cite import excerpt_of
from bot.answer.focus import Focus
from bot.answer.select import Selector
from bot.dialogue import compose
from bot.dialogue.compose import LEAD_JOINT, Composer, to_traditional
from bot.dialogue.reply import Reply, Status
from bot.dialogue.suggestion import FIRST, LEAST, Example, reads_well
from bot.dialogue.wording import Language, Wording
from bot.question.question import Question
from bot.search.voice import Recalled

MOST = 50
"""Cards at most; nobody looks through more."""
NEAR = 120
"""Known questions that are looked at for facts near the one asked for."""


@dataclass(frozen=True, slots=True)
class Card:
    """One answer to choose.

    Args:
        reply: What it says, with at least one excerpt.
        question: The known question that it answers, as it is shown; "" where it answers the one that was asked.
    """

    reply: Reply
    question: str = ""


class Deck(NamedTuple):
    """All that a question may be answered with.

    Args:
        cards: Best first, at most `MOST`.
        answered: Whether the first one answers what was asked; else they are only near it.
    """

    cards: tuple[Card, ...]
    answered: bool


class Fact(NamedTuple):
    """What a known question asks for.

    Args:
        question: The known question.
        says: The clause that answers it.
        excerpt: The sentences around it.
    """

    question: str
    says: str
    excerpt: Excerpt


class Dealer:
    """Makes cards.

    Args:
        selector: Knows what may be quoted.
        analyzer: Finds places.
        composer: Puts answers into words.
        examples: What is asked most of each place.
    """

    def __init__(
        self,
        selector: Selector,
        analyzer: Analyzer,
        composer: Composer,
        examples: Sequence[Example],
    ) -> None:
        self._selector = selector
        self._analyzer = analyzer
        self._composer = composer
        self._examples = examples

    def deal(self, question: Question, reply: Reply, recalled: Sequence[Recalled]) -> Deck:
        """Return the cards for a question.

        Args:
            question: The question.
            reply: What it is answered with.
            recalled: The known questions like it, the nearest first.
        """
        answered = reply.status is Status.ANSWERED
        facts = [] if reply.status is Status.SMALLTALK else list(self._facts(question, recalled))
        said: defaultdict[Excerpt, list[str]] = defaultdict(list)
        cards = [Card(dataclasses.replace(reply, suggestions=()))] if answered else []
        for number, one in enumerate(reply.excerpts):
            leads = _leads(one.excerpt, reply.lead, facts)
            said[one.excerpt] += [*leads, reply.lead]
            if number:
                alone = self._composer.answer(Answer(leads, (one.excerpt,)), reply.wording)
                cards.append(Card(dataclasses.replace(alone, excerpts=(one,))))
        for question_shown, says, excerpt in facts:
            if not any(says in lead or lead in says for lead in said[excerpt]):
                said[excerpt].append(says)
                answer = self._composer.answer(Answer((says,), (excerpt,)), reply.wording)
                cards.append(Card(answer, _in_script(question_shown, reply.wording)))
        return Deck(tuple(cards[:MOST]), answered)

    def _facts(self, question: Question, recalled: Sequence[Recalled]) -> Iterator[Fact]:
        """What the known questions near a question ask for, each fact with the nearest one that reads well."""
        if question.elsewhere:  # nothing that is said of another place is near
            return
        known: set[tuple[str, int]] = set()
        for ask in self._near(question, recalled):
            if ask.article_id is None or ask.paragraph is None or ask.says is None:
                continue
            clause = self._selector.recall(
                Focus(ask.article_id, ask.paragraph, ask.says, ask.plain)
            )
            excerpt = excerpt_of(clause) if clause else None
            if clause is None or excerpt is None or (clause.paragraph.id, clause.start) in known:
                continue
            known.add((clause.paragraph.id, clause.start))
            yield Fact(ask.text, ask.says, excerpt)

    def _near(self, question: Question, recalled: Sequence[Recalled]) -> Iterator[Ask]:
        named = set(question.places)
        for ask, similarity, *_ in recalled if question.content else ():
            if ask.answered and reads_well(ask):
                places = {place.value for place in self._analyzer.places(fold(ask.plain))}
                # One without a place would not say of where it speaks to who reads it in another chat.
                if places & named or (places and not named and similarity >= LEAST):
                    yield ask
        there = [example.ask for example in self._examples if example.places & named]
        yield from sorted(
            there, key=lambda ask: (ask.kind not in question.kinds, ask.kind != FIRST)
        )


def in_traditional(deck: Deck) -> Deck:
    """Return a deck with all that is shown in Traditional characters; quotes stay as published."""
    replies = [dataclasses.replace(c, reply=compose.in_traditional(c.reply)) for c in deck.cards]
    return deck._replace(cards=tuple(replies))


def _leads(excerpt: Excerpt, lead: str, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The short answer that a citation gives: what the answer took from it, else the nearest fact in it."""
    taken = [part for part in lead.split(LEAD_JOINT) if part and part in excerpt.quote]
    near = [fact.says for fact in facts if fact.excerpt == excerpt]
    return tuple((taken or near)[:1])


def _in_script(text: str, wording: Wording) -> str:
    return to_traditional(text) if wording.language is Language.HANT else text
