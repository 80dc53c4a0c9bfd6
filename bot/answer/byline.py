"""Who wrote and edited the articles: what stands at their head or foot, which no sentence of the text can be quoted for."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answer.answer import Reason, Refusal
from bot.answer.focus import Focus
from bot.article import Article
from bot.question.question import Question

EDITOR = "编"
"""What a question for an editor has in it."""
MOST = 5
"""Articles of which it is told."""


def of(question: Question, articles: Iterable[Article], focus: Focus | None) -> Refusal | None:
    """Return who signed which articles, where a question asks for that; None where it does not, or not of which.

    Args:
        question: The question.
        articles: Every article.
        focus: What the conversation is about.
    """
    mention = question.mention
    if mention is None or not mention.signed:
        return None
    every = list(articles)
    if mention.name:
        signed = [one for one in every if mention.name in (*one.reporters, one.editor)]
        return _told(signed) if signed else Refusal(Reason.MISSING_PART, mention.name)
    named = {place.name for place in question.places}
    if named:
        if EDITOR not in question.plain:
            return None  # a reporter stands in the dateline, and that can be quoted
        return _told([one for one in every if named & {*one.region.levels} or _titled(one, named)])
    if focus is not None:
        return _told([one for one in every if one.id == focus.article_id])
    return _told(every) if len(every) <= MOST else None


def _titled(article: Article, places: Iterable[str]) -> bool:
    return any(place in article.name for place in places)


def _told(articles: list[Article]) -> Refusal | None:
    if not articles:
        return None
    return Refusal(Reason.BYLINE, signed=tuple(articles[:MOST]))
