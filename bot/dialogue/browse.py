"""What can be looked through: the matters that articles speak of, and the articles. A `Panel` each."""

from __future__ import annotations

from bot.article import Article, Kind, Paragraph
from bot.dialogue import article_view, citation, menu, suggestion
from bot.dialogue.catalogue import COUNT, Catalogue
from bot.dialogue.menu import MENU, Offers, Picked
from bot.dialogue.panel import Block, Button, Look, Panel, Span, text_panel
from bot.dialogue.services import Services
from bot.dialogue.shortening import begun
from bot.dialogue.wording import Wording

ARTICLES_A_PAGE, QUESTIONS_A_PAGE, CHAPTERS_A_PAGE = 8, 8, 12
LAWS_LISTED = 8
"""Statutes that /topics leads to; /articles has them all."""


class Browser:
    """Shows the corpus.

    Args:
        catalogue: The corpus as a whole.
        services: Shows the services in it.
        offers: Knows which questions may be offered.
    """

    def __init__(self, catalogue: Catalogue, services: Services, offers: Offers) -> None:
        self.services = services
        self._catalogue = catalogue
        self._offers = offers

    async def pick(self, data: str, words: Wording) -> Picked | None:
        """Return what a button's data lead to; None where they are forged, or the corpus has it no more."""
        name, _, rest = data.removeprefix(MENU).partition(":")
        key, _, number = rest.partition(":")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 0
        panel: Panel | None = None
        match name:
            case "pair":
                question = self.services.pair(rest)
                return Picked(question=question) if question else None
            case "topics":
                panel = await self.topics(words)
            case "articles":
                panel = self.articles(words, page)
            case "services":
                panel = self.services.overview(words)
            case "compare":
                panel = await self.services.comparisons(words)
            case "article" if article := self._catalogue.article(key):
                panel = await self.article(article, words, page)
            case "uncertain" if article := self._catalogue.article(key):
                return Picked(article_view.uncertain(article, words), replaces=False)
            case "service" if matter := self._catalogue.matter(key):
                panel = self.services.service(matter, words, page)
        return Picked(panel) if panel else None

    async def topics(self, words: Wording) -> Panel:
        """Return the matters that the articles speak of, each with a question about it."""
        items: list[Span] = []
        buttons: list[Button] = []
        for matter in self._catalogue.matters:
            facts = [fact for cell in self._catalogue.cells(matter) for fact in cell.facts]
            facts.sort(key=lambda fact: (fact.kind == COUNT, fact.weight), reverse=True)
            question = await self._offers.first(facts, words)
            if question:
                name = menu.name_of(matter, words)
                asked = menu.shown(question, words)
                items.append(Span(words.say("topic", matter=name, question=asked), Look.ITEM))
                buttons.append(menu.ask(name, question, words))
        laws = [article for article in self._catalogue.articles if article.kind is Kind.STATUTE]
        by_chapter = [
            (
                Button(
                    begun(citation.named(law, words), menu.LABEL),
                    f"{MENU}article:{suggestion.key(law.id)}",
                ),
            )
            for law in laws[:LAWS_LISTED]
        ]
        if not buttons and not by_chapter:
            return text_panel(words.say("topics_none"))
        blocks: list[Block] = [(Span(words.say("topics_head")),), tuple(items)] if items else []
        if by_chapter:
            blocks.append((Span(words.say("topics_laws")),))
        return Panel(tuple(blocks), (*menu.rows(buttons, 2), *by_chapter))

    def articles(self, words: Wording, page: int = 0) -> Panel:
        """Return the articles, a page of them."""
        every = self._catalogue.articles
        page = menu.page_of(page, len(every), ARTICLES_A_PAGE)
        first = page * ARTICLES_A_PAGE
        blocks: list[Block] = [(Span(words.say("articles_head", count=len(every))),)]
        buttons = []
        shown: Kind | None = None
        for number, article in enumerate(every[first : first + ARTICLES_A_PAGE], first + 1):
            if article.kind is not shown and len({each.kind for each in every}) > 1:
                blocks.append((Span(words.say(f"articles_{article.kind}")),))
            shown = article.kind
            title = f"{number}. {menu.headline(article, words)}"
            blocks.append((Span(title, Look.LEAD), Span(menu.origin(article, words), Look.SOURCE)))
            label = begun(f"{number}. {menu.shown(article.name, words)}", menu.LABEL)
            buttons.append((Button(label, f"{MENU}article:{suggestion.key(article.id)}"),))
        more = menu.pager(f"{MENU}articles::", page, len(every), ARTICLES_A_PAGE, words)
        return Panel(tuple(blocks), (*buttons, *more))

    async def article(self, article: Article, words: Wording, page: int = 0) -> Panel:
        """Return what an article can answer, what is asked for most first; of a statute its chapters."""
        if article.kind is Kind.STATUTE:
            return self._chapters(article, words, page)
        facts = [fact for fact in self._catalogue.facts(article) if fact.asks]
        facts.sort(key=lambda fact: -fact.weight)
        page = menu.page_of(page, len(facts), QUESTIONS_A_PAGE)
        first = page * QUESTIONS_A_PAGE
        offered = [
            await self._offers.first([fact], words)
            for fact in facts[first : first + QUESTIONS_A_PAGE]
        ]
        questions = list(dict.fromkeys(filter(None, offered)))
        shown = [menu.shown(question, words) for question in questions]
        said = words.say("article_answers" if facts else "article_unasked")
        buttons = [(menu.ask(s, q, words),) for s, q in zip(shown, questions, strict=True)]
        data = f"{MENU}article:{suggestion.key(article.id)}:"
        more = menu.pager(data, page, len(facts), QUESTIONS_A_PAGE, words)
        back = Button(words.say("back_to_articles"), f"{MENU}articles")
        head = (
            Span(menu.headline(article, words), Look.LEAD),
            Span(menu.origin(article, words), Look.SOURCE),
        )
        return Panel((head, (Span(said),)), (*buttons, *more, (back,)))

    def _chapters(self, law: Article, words: Wording, page: int) -> Panel:
        """Return a statute's headings, each with a button that looks up the first 条 below it; without headings its 条."""
        starts = [
            (paragraph.text, first)
            for paragraph in law.paragraphs
            if paragraph.heading and (first := _first_below(law, paragraph))
        ]
        if not starts:
            starts = [
                (found.name, found.name)
                for p in law.paragraphs
                if (found := law.provision(p)) and found.clause == 1
            ]
        page = menu.page_of(page, len(starts), CHAPTERS_A_PAGE)
        at = page * CHAPTERS_A_PAGE
        buttons = [
            (menu.ask(begun(menu.shown(label, words), menu.LABEL), f"{law.title}{name}", words),)
            for label, name in starts[at : at + CHAPTERS_A_PAGE]
        ]
        more = menu.pager(
            f"{MENU}article:{suggestion.key(law.id)}:", page, len(starts), CHAPTERS_A_PAGE, words
        )
        back = Button(words.say("back_to_articles"), f"{MENU}articles")
        head = (
            Span(menu.headline(law, words), Look.LEAD),
            Span(menu.origin(law, words), Look.SOURCE),
        )
        return Panel((head, (Span(words.say("statute_chapters")),)), (*buttons, *more, (back,)))


def _first_below(law: Article, heading: Paragraph) -> str:
    """Return the first 条 below a heading; "" where another heading follows first."""
    behind = (
        law.paragraphs[heading.number + 1] if heading.number + 1 < len(law.paragraphs) else None
    )
    found = law.provision(behind) if behind and not behind.heading else None
    return found.name if found else ""
