"""What the menus share: how a button leads to a panel, how names are written, which questions may be offered.

A button's data begin with `MENU`; what follows names a panel and, by a key, what it is about, so that it works after a
restart. A question stands on a button only if the corpus was seen to answer it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bot.analysis.lexicon import Matter
from bot.article import Article, Kind, Region
from bot.dialogue import citation, compose, suggestion
from bot.dialogue.catalogue import Fact
from bot.dialogue.panel import ASK, Button, Panel
from bot.dialogue.reply import Reply
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language, Wording

MENU = "m:"
UNCERTAIN = f"{MENU}uncertain:"
"""What the data of a button begin with that shows the sentences left out of an article; the article's key follows."""
LABEL = 24
"""Characters of a name that fit on a button."""
TRIED = 4
"""Questions that are tried before none is offered."""

Answers = Callable[[Utterance], Awaitable[Reply]]


class Picked(NamedTuple):
    """What a button of a menu leads to: a panel, or a question to be asked.

    Args:
        panel: The panel.
        question: The question.
        replaces: Whether the panel takes the place of the one whose button was pressed.
    """

    panel: Panel | None = None
    question: str = ""
    replaces: bool = True


class Offers:
    """Finds questions that the corpus answers.

    Args:
        answers: Answers a question that stands alone.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._answered: dict[str, bool] = {}

    async def first(self, facts: Sequence[Fact], words: Wording) -> str:
        """Return the first question about one of the facts that is answered; "" where there is none among a few."""
        english = words.language is Language.EN
        asked = [q for f in facts for q in (*(f.english[:1] if english else ()), *f.asks[:2])]
        for question in asked[:TRIED]:
            if question not in self._answered:
                reply = await self.answers(Utterance(question, ""))
                self._answered[question] = bool(reply.excerpts)
            if self._answered[question]:
                return question
        return ""


def name_of(matter: Matter, words: Wording) -> str:
    """Return what a matter is called in the reply's language."""
    names = {Language.EN: matter.english, Language.HANT: matter.traditional}
    return names.get(words.language, matter.name)


def place_of(region: Region, words: Wording, *, short: bool = False) -> str:
    """Return what a place is called, whole or by its narrowest level."""
    name = region.levels[-1] if short and region.levels else str(region)
    return shown(name, words) if name else words.say("no_region")


def headline(article: Article, words: Wording) -> str:
    """Return an article's title, or its label where it has none."""
    return shown(citation.named(article, words), words)


def origin(article: Article, words: Wording) -> str:
    """Return where an article comes from: publisher, date, region, how many paragraphs."""
    news = article.kind is Kind.NEWS
    body = sum(not paragraph.heading for paragraph in article.paragraphs)
    parts = (
        article.publisher or (words.say("no_publisher") if news else ""),
        citation.date(article, words),
        str(article.region) or (words.say("no_region") if news else ""),
        words.say("paragraphs", count=body),
    )
    return shown(" · ".join(filter(None, parts)), words)


def shown(text: str, words: Wording) -> str:
    """Return a text of the corpus's that is no quote, in the script of the reply."""
    return compose.to_traditional(text) if words.language is Language.HANT else text


def ask(label: str, question: str, words: Wording) -> Button:
    """Return a button that asks a question."""
    return Button(label, ASK + suggestion.key(shown(question, words)), ask=True)


def rows(buttons: Sequence[Button], wide: int) -> tuple[tuple[Button, ...], ...]:
    """Return buttons in rows."""
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))


def page_of(page: int, count: int, size: int) -> int:
    """Return the page, from 0, that is there of so many things."""
    return min(page, max(count - 1, 0) // size)


def pager(
    data: str, page: int, count: int, size: int, words: Wording
) -> tuple[tuple[Button, ...], ...]:
    """Return the row that leads to the pages before and behind, if there are any."""
    row = []
    if page:
        row.append(Button(words.say("page_before"), f"{data}{page - 1}"))
    if (page + 1) * size < count:
        row.append(Button(words.say("page_behind"), f"{data}{page + 1}"))
    return (tuple(row),) if row else ()
