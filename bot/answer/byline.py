"""Who wrote and edited the articles: what stands at their head or foot, which no sentence of the text can be quoted for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answer.answer import Reason, Refusal
from bot.answer.focus import Focus
from bot.article import Article
from bot.question.question import Question

REPORTER = re.compile("记者|作者|谁写|谁采写|采写")
EDITOR = "编"
"""What a question for an editor has in it."""
WROTE = re.compile("编|记者|报道|写|稿|文章|采访")
"""What a question for what somebody wrote has in it."""
MOST = 5
"""Articles of which it is told."""


def of(question: Question, articles: Iterable[Article], focus: Focus | None) -> Refusal | None:
    """Return who signed which articles, where a question asks for that; None where it does not, or not of which.

    Args:
        question: The question.
        articles: Every article.
        focus: What the conversation is about.
    """
    every = list(articles)
    mention = question.mention
    if mention is None or not mention.signed:
        return _named_in(question, every)
    if question.mentioned:
        return None  # who stands in the text can be quoted
    if mention.name:
        signed = [one for one in every if mention.name in (*one.reporters, one.editor)]
        return _told(signed) if signed else Refusal(Reason.MISSING_PART, mention.name)
    named = {place.name for place in question.places}
    if named and REPORTER.search(question.plain) and EDITOR not in question.plain:
        return None  # the dateline names the reporter, and can be quoted
    if named:
        about = [one for one in every if named & {*one.region.levels} or _titled(one, named)]
        narrow = [one for one in about if one.region.levels and one.region.levels[-1] in named]
        return _told(narrow or about)
    if focus is not None:
        return _told([one for one in every if one.id == focus.article_id])
    return _told(every) if len(every) <= MOST else None


def _named_in(question: Question, articles: list[Article]) -> Refusal | None:
    """Return the articles of an editor or reporter whom a question names, whatever it asks of what they wrote."""
    if not WROTE.search(question.plain):
        return None
    plain = question.plain
    return _told([a for a in articles if any(n and n in plain for n in (*a.reporters, a.editor))])


def _titled(article: Article, places: Iterable[str]) -> bool:
    return any(place in article.name for place in places)


def _told(articles: list[Article]) -> Refusal | None:
    if not articles:
        return None
    return Refusal(Reason.BYLINE, signed=tuple(articles[:MOST]))
