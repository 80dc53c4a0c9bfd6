"""What can be looked through: the matters that articles speak of, and the articles. A `Panel` each."""

from __future__ import annotations

from bot.article import Article
from bot.dialogue import article_view, menu, suggestion
from bot.dialogue.catalogue import COUNT, Catalogue
from bot.dialogue.menu import MENU, Offers, Picked
from bot.dialogue.panel import Block, Button, Look, Panel, Span, text_panel
from bot.dialogue.services import Services
from bot.dialogue.shortening import begun
from bot.dialogue.wording import Wording

ARTICLES_A_PAGE, QUESTIONS_A_PAGE = 8, 8


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
        if not buttons:
            return text_panel(words.say("topics_none"))
        return Panel(((Span(words.say("topics_head")),), tuple(items)), menu.rows(buttons, 2))

    def articles(self, words: Wording, page: int = 0) -> Panel:
        """Return the articles, a page of them."""
        every = self._catalogue.articles
        page = menu.page_of(page, len(every), ARTICLES_A_PAGE)
        first = page * ARTICLES_A_PAGE
        blocks: list[Block] = [(Span(words.say("articles_head", count=len(every))),)]
        buttons = []
        for number, article in enumerate(every[first : first + ARTICLES_A_PAGE], first + 1):
            title = f"{number}. {menu.headline(article, words)}"
            blocks.append((Span(title, Look.LEAD), Span(menu.origin(article, words), Look.SOURCE)))
            label = begun(f"{number}. {menu.shown(article.name, words)}", menu.LABEL)
            buttons.append((Button(label, f"{MENU}article:{suggestion.key(article.id)}"),))
        more = menu.pager(f"{MENU}articles::", page, len(every), ARTICLES_A_PAGE, words)
        return Panel(tuple(blocks), (*buttons, *more))

    async def article(self, article: Article, words: Wording, page: int = 0) -> Panel:
        """Return what an article can answer, what is asked for most first."""
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
