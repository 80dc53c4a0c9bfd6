"""From what was decided to what is shown: wording, source lines, suggestions. Pure."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping

import opencc

from bot.answer.answer import Answer, Excerpt, Reason, Refusal, Remark
from bot.article import Article
from bot.dialogue import reference
from bot.dialogue.reply import Reply, Shown, Status
from bot.dialogue.wording import Language, Wording
from bot.question.writing import Writing

LANGUAGES = {
    Writing.HANS: Language.HANS,
    Writing.HANT: Language.HANT,
    Writing.ENGLISH: Language.EN,
    Writing.PINYIN: Language.HANS,
}
LEAD_JOINT = "；"
ENCODABLE = re.compile("[^\ud800-\udfff]+")
"""What OpenCC takes: a lone surrogate has no UTF-8."""
UNNAMED = {Reason.MISSING_PART: "missing_unnamed", Reason.UNKNOWN_PLACE: "missing_unnamed"}
NO_HOTLINE = {Reason.NOTHING_ASKED, Reason.NO_CONTEXT, Reason.SEARCH_FAILED}


class Composer:
    """Puts outcomes into words.

    Args:
        wordings: The bot's own words by language.
    """

    def __init__(self, wordings: Mapping[Language, Wording]) -> None:
        self.wordings = wordings

    def answer(
        self,
        answer: Answer,
        wording: Wording,
        suggestions: tuple[str, ...] = (),
        mark: Callable[[str], tuple[tuple[int, int], ...]] = lambda quote: (),
    ) -> Reply:
        """Return the reply that shows an answer.

        Args:
            answer: What can be said.
            wording: The bot's own words.
            suggestions: Questions to ask next.
            mark: Finds the question's own words in a quote.
        """
        return Reply(
            status=Status.ANSWERED,
            lead=LEAD_JOINT.join(answer.leads),
            message=_remark(answer.remark, wording),
            excerpts=tuple(
                Shown(e, _in_script((source(e, wording),), wording)[0], mark(e.quote))
                for e in answer.excerpts
            ),
            suggestions=_in_script(suggestions, wording),
            wording=wording,
            reference=reference.of(answer, wording.language),
        )

    def refusal(self, refusal: Refusal, wording: Wording) -> Reply:
        """Return the reply that refuses: what is missing, the hotline, and what could be asked instead."""
        key: str = refusal.reason
        if not refusal.missing:
            key = UNNAMED.get(refusal.reason, key)
        missing = _in_script((refusal.missing,), wording)[0]
        message = wording.say(key, missing=missing)
        if refusal.reason not in NO_HOTLINE:
            joint = " " if wording.language is Language.EN else ""
            message += joint + wording.say("hotline")
        return Reply(
            Status.REFUSED,
            "",
            message,
            (),
            _in_script(refusal.suggestions, wording),
            wording,
            refusal,
        )

    def smalltalk(self, name: str, example: str, wording: Wording) -> Reply:
        """Return the reply to a class of small talk."""
        (shown,) = _in_script((example,), wording)
        return Reply(Status.SMALLTALK, "", wording.say(name, example=shown), (), (), wording)


def source(excerpt: Excerpt, wording: Wording) -> str:
    """Return an excerpt's source line: publisher, title, date as far as known, region and paragraph.

    What comes from the article stays in the article's script; only the labels are in the reply's language.
    """
    article = excerpt.article
    name = "title" if article.title else "untitled"
    parts = [
        article.publisher or wording.say("no_publisher"),
        wording.say(name, title=article.name, label=article.name),
        date(article, wording),
        str(article.region),
        wording.say("paragraph", number=excerpt.paragraph.number + 1),
    ]
    return " · ".join(part for part in parts if part)


def date(article: Article, wording: Wording) -> str:
    """Return when an article was published, as far as its text proves it."""
    if article.published:
        return article.published
    if article.event_date:
        return wording.say("event_date", date=article.event_date)
    return wording.say("undated")


def in_traditional(reply: Reply) -> Reply:
    """Return a reply with all that is shown in Traditional characters; quotes stay as published."""
    return dataclasses.replace(
        reply,
        lead=to_traditional(reply.lead),
        excerpts=tuple(
            dataclasses.replace(shown, source=to_traditional(shown.source))
            for shown in reply.excerpts
        ),
        suggestions=tuple(map(to_traditional, reply.suggestions)),
    )


def to_traditional(text: str) -> str:
    """Return a text in Traditional characters, Taiwan's forms; words are left as they are."""
    return ENCODABLE.sub(lambda part: str(_converter().convert(part[0])), text)


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def _remark(remark: Remark | None, wording: Wording) -> str:
    return wording.say(remark) if remark else ""


def _in_script(texts: tuple[str, ...], wording: Wording) -> tuple[str, ...]:
    if wording.language is not Language.HANT:
        return texts
    return tuple(to_traditional(text) for text in texts)
