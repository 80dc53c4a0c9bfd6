"""What the buttons under an answer show: the article, a paragraph, the original, related questions, a link.

Of the corpus's files it reads only what its port does.

Each view is made from the data of its button alone, so it works after a restart. Where an article has changed since, or
is gone, a notice says so and what is shown stays.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.analysis.chars import fold
from bot.answer import detect
from bot.answer.answer import Excerpt
from bot.answer.focus import Focus
from bot.dialogue import article_view, asking, check_view, present, press, reference, related
from bot.dialogue.about import about, figure_place
from bot.dialogue.caller import Response
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.compose import Composer
from bot.dialogue.menu import Offers, shown
from bot.dialogue.panel import Button, Panel, Span, text_panel
from bot.dialogue.ports import Originals
from bot.dialogue.press import Press, View
from bot.dialogue.reference import Reference
from bot.dialogue.reply import Reply
from bot.dialogue.shelf import Lost, Shelf
from bot.dialogue.wording import Language, Wording

RELATED = 4
"""Questions that are offered at once."""
TRIED = 12
"""Facts that are gone through for them."""


class Cited(NamedTuple):
    """A citation of an answer that still holds.

    Args:
        excerpt: What it cites.
        others: Numbers of the answer's other citations.
    """

    excerpt: Excerpt
    others: Sequence[int]


class Views:
    """Shows what there is beside an answer.

    Args:
        catalogue: The articles and what they tell.
        offers: Knows which questions may be offered.
        composer: Puts answers into words.
        originals: Reads the files that articles were made from.
    """

    def __init__(
        self, catalogue: Catalogue, offers: Offers, composer: Composer, originals: Originals
    ) -> None:
        self._catalogue = catalogue
        self._shelf = Shelf(catalogue)
        self._offers = offers
        self._composer = composer
        self._originals = originals

    async def press(self, data: str, guess: Language | None = None) -> Response:
        """Return what a button shows; what is forged or does not hold any more gets a notice.

        Args:
            data: The button's.
            guess: The language of whoever pressed it, for what the answer's language is not known of.
        """
        pressed = press.read(data)
        of = reference.read(pressed.reference) if pressed else None
        if pressed is None or of is None:
            return Response(notice=self._words(guess).say(Lost.FORGED))
        words = self._words(of.language)
        if pressed.view is View.ANSWER:
            reply = self._answer(of)
            if isinstance(reply, Lost):
                return Response(notice=words.say(reply))
            return Response(present.reply_panel(reply), replaces=True)
        cited = self._cited(of, pressed.citation)
        if isinstance(cited, Lost):
            return Response(notice=words.say(cited))
        panel = await self._view(pressed, of, cited, words)
        return Response(panel, replaces=True)

    def opened(self, written: str, guess: Language | None = None) -> Panel:
        """Return the panel of the answer that a reference names, or of why there is none."""
        of = reference.read(written)
        if of is None:
            return text_panel(self._words(guess).say("link_broken"))
        reply = self._answer(of)
        if isinstance(reply, Lost):
            lost = "link_broken" if reply is Lost.FORGED else reply
            return text_panel(self._words(of.language).say(lost))
        return present.reply_panel(reply)

    def focus(self, written: str) -> Focus | None:
        """Return what an answer that a reference names is about; None where it does not hold any more."""
        of = reference.read(written)
        kept = self._shelf.answer(of) if of else None
        if kept is None or isinstance(kept, Lost) or not kept.answer.leads:
            return None
        first, told = kept.answer.excerpts[0], kept.answer.leads[0]
        facts = self._catalogue.facts(first.article)
        here = [f for f in facts if f.excerpt.paragraph is first.paragraph and f.says in told]
        # What was asked for stands at the end; what stands before it says whose it is.
        last = max(here, key=lambda fact: told.rfind(fact.says) + len(fact.says), default=None)
        says = last.says if last else told
        topic = last.asks[0] if last and last.asks else says
        kinds = ("count",) if detect.states("count", fold(says)) else ()
        return Focus(first.article.id, first.paragraph.number, says, topic, kinds)

    def link(self, data: str, address: str) -> Panel | None:
        """Return the panel that gives the link to an answer; None for data of no button.

        Args:
            data: The button's.
            address: Where links begin; the reference follows.
        """
        pressed = press.read(data)
        of = reference.read(pressed.reference) if pressed else None
        if pressed is None or of is None or pressed.view is not View.SHARE:
            return None
        words = self._words(of.language)
        head = (
            Span(words.say("link_head")),
            Span(address + replace(of, marks=(), needs=(), told=None).written()),
        )
        return Panel((head, (Span(words.say("link_hint")),)), (_back(pressed, words),))

    def _words(self, language: Language | None) -> Wording:
        return self._composer.wordings[language or Language.HANS]

    def _answer(self, of: Reference) -> Reply | Lost:
        """Return the answer that a reference names, from the citations that still hold."""
        kept = self._shelf.answer(of)
        if isinstance(kept, Lost):
            return kept
        words = self._words(of.language)
        told = about(kept.answer, self._catalogue.analyzer, words)
        place = figure_place(kept.answer, self._catalogue.analyzer, words)
        reply = self._composer.answer(kept.answer, words, about=told, place=place, needs=of.needs)
        excerpts = tuple(
            replace(one, marks=marks) for one, marks in zip(reply.excerpts, kept.marks, strict=True)
        )
        lost = words.say("view_lost", count=kept.lost) if kept.lost else ""
        message = "\n\n".join(filter(None, (reply.message, lost)))
        return replace(reply, excerpts=excerpts, message=message)

    def _cited(self, of: Reference, number: int) -> Cited | Lost:
        if number >= len(of.citations):
            return Lost.FORGED
        excerpt = self._shelf.excerpt(of.citations[number])
        if isinstance(excerpt, Lost):
            return excerpt
        return Cited(excerpt, [n for n in range(len(of.citations)) if n != number])

    async def _view(self, pressed: Press, of: Reference, cited: Cited, words: Wording) -> Panel:
        match pressed.view:
            case View.TEXT:
                same = [e for c in of.citations if isinstance(e := self._shelf.excerpt(c), Excerpt)]
                panel = article_view.page(cited.excerpt, same, pressed, words)
            case View.PARAGRAPH:
                panel = article_view.paragraph(cited.excerpt, pressed, words)
            case View.UNCERTAIN:
                panel = article_view.uncertain(cited.excerpt.article, words)
            case View.ORIGINAL:
                original = await self._originals.load(cited.excerpt.article.id)
                panel = check_view.panel(cited.excerpt, original, words)
            case _:
                return await self._related(pressed, of, cited, words)
        rows = (*panel.buttons, tuple(_others(pressed, cited, words)), _back(pressed, words))
        return Panel(panel.blocks, tuple(row for row in rows if row))

    async def _related(self, pressed: Press, of: Reference, cited: Cited, words: Wording) -> Panel:
        leads = [cited.excerpt.quote[lead.start : lead.end] for lead in of.leads]
        facts = related.facts(
            cited.excerpt, leads, self._catalogue, english=words.language is Language.EN
        )
        questions: dict[str, None] = {}
        for fact in itertools.islice(facts, TRIED):
            question = await self._offers.first((fact,), words)
            if question:
                questions[shown(question, words)] = None
            if len(questions) == RELATED:
                break
        said = words.say("related_head" if questions else "related_none")
        asked = tuple((asking.button(question),) for question in questions)
        return Panel(((Span(said),),), (*asked, _back(pressed, words)))


def _others(pressed: Press, cited: Cited, words: Wording) -> Iterator[Button]:
    for number in cited.others:
        to = Press(pressed.view, pressed.reference, number)
        yield Button(words.say("view_citation", number=number + 1), to.data)


def _back(pressed: Press, words: Wording) -> tuple[Button, ...]:
    return (Button(words.say("view_back"), pressed.at(View.ANSWER).data),)
