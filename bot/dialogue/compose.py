"""From what was decided to what is shown: wording, source lines, suggestions. Pure."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping, Sequence

import opencc

from bot.answer.answer import Answer, Excerpt, Reason, Refusal, Remark
from bot.article import Article
from bot.dialogue import citation, reference
from bot.dialogue.reply import Part, Reply, Shown, Status
from bot.dialogue.wording import Language, Wording
from bot.question.trouble import Trouble
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
NAMING = {
    Reason.MISSING_PART,
    Reason.UNKNOWN_PLACE,
    Reason.UNKNOWN_YEAR,
    Reason.UNKNOWN_TIME,
    Reason.ONLY_PARTS,
    Reason.ONLY_WHOLE,
}
"""Reasons whose sentence names what is missing; where nothing can be named another sentence stands."""
LISTING = {Reason.ONLY_PARTS, Reason.ONLY_WHOLE}
NO_HOTLINE = {Reason.NOTHING_ASKED, Reason.BYLINE, Reason.NO_CONTEXT, Reason.SEARCH_FAILED}

Marker = Callable[[str], tuple[tuple[int, int], ...]]


def _unmarked(quote: str) -> tuple[tuple[int, int], ...]:
    return ()


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
        mark: Marker = _unmarked,
        about: str = "",
        place: str = "",
        needs: Sequence[Trouble] = (),
    ) -> Reply:
        """Return the reply that shows an answer.

        Args:
            answer: What can be said.
            wording: The bot's own words.
            suggestions: Questions to ask next.
            mark: Finds the question's own words in a quote.
            about: What the excerpt is about, in the reply's language, where that is not the excerpt's.
            place: Whose figure the short answer gives, where the excerpt does not say so.
            needs: What the person needs help with.
        """
        said = [
            *_verdict(answer, wording),
            *_remark(answer, wording),
            *(
                [wording.say("figure_place", place=_in_script((place,), wording)[0])]
                if place
                else []
            ),
            *_dated(answer, wording),
            *([wording.say("excerpt_about", about=about)] if about else []),
            *([self.card(needs, wording)] if needs else []),
        ]
        return Reply(
            status=Status.ANSWERED,
            lead=LEAD_JOINT.join(dict.fromkeys(answer.leads)),
            message="\n".join(said),
            excerpts=tuple(_shown(excerpt, wording, mark) for excerpt in answer.excerpts),
            suggestions=_in_script(suggestions, wording),
            wording=wording,
            reference=reference.of(answer, wording.language, needs),
        )

    def refusal(
        self,
        refusal: Refusal,
        wording: Wording,
        mark: Marker = _unmarked,
        needs: Sequence[Trouble] = (),
        *,
        hotline: bool = True,
    ) -> Reply:
        """Return the reply that refuses: what is missing, what there is instead, and where help is to be had.

        Args:
            refusal: Why, with what can be shown instead.
            wording: The bot's own words.
            mark: Finds the question's own words in a quote.
            needs: What the person needs help with; the card stands in the hotline's place.
            hotline: Whether the question is one for the hotline at all.
        """
        key: str = refusal.reason
        unnamed = refusal.reason in NAMING and not refusal.missing
        if unnamed or (refusal.reason in LISTING and not refusal.parts):
            key = "missing_there" if refusal.place else "missing_unnamed"
        found = refusal.found if refusal.where is None else citation.where(*refusal.where, wording)
        names = (refusal.missing, refusal.place, found)
        missing, place, found = _in_script(names, wording)
        said = [wording.say(key, missing=missing, place=place, found=found)]
        said += [
            wording.say("part_item", place=place, says=says)
            for place, says in map(functools.partial(_in_script, wording=wording), refusal.parts)
        ]
        said += [_signed(article, wording) for article in refusal.signed]
        if needs:
            said.append(self.card(needs, wording))
        elif hotline and refusal.reason not in NO_HOTLINE:
            said.append(wording.say("hotline"))
        return Reply(
            Status.REFUSED,
            "",
            "\n".join(said),
            (),
            _in_script(refusal.suggestions, wording),
            wording,
            refusal,
            near=tuple(_shown(excerpt, wording, mark) for excerpt in refusal.near),
        )

    def several(self, parts: Sequence[Part], wording: Wording) -> Reply:
        """Return the reply to several questions: the first answered one's, with what came of the others."""
        answered = [part for part in parts if part.reply.status is Status.ANSWERED]
        first = answered[0].reply if answered else parts[0].reply
        told = [
            wording.say(
                "part_answered" if part.reply.lead else "part_refused",
                question=part.question,
                says=part.reply.lead or _told(part.reply),
            )
            for part in parts
        ]
        return dataclasses.replace(first, message="\n".join(told), parts=tuple(parts))

    def card(self, needs: Sequence[Trouble], wording: Wording) -> str:
        """Return what somebody in trouble can do, in the bot's own words."""
        lines = dict.fromkeys([*(need for need in needs), Trouble.COMPLAIN])
        return "\n".join(
            [wording.say("card_head"), *(wording.say(f"card_{need}") for need in lines)]
        )

    def smalltalk(self, name: str, example: str, wording: Wording) -> Reply:
        """Return the reply to a class of small talk."""
        (shown,) = _in_script((example,), wording)
        return Reply(Status.SMALLTALK, "", wording.say(name, example=shown), (), (), wording)


def _told(reply: Reply) -> str:
    """Return what a reply says where it answers nothing: all of who signed what, else its first sentence."""
    signed = reply.refusal is not None and reply.refusal.signed
    return reply.message if signed else reply.message.partition("\n")[0]


def _signed(article: Article, wording: Wording) -> str:
    """Return who wrote and edited an article, as far as its head and foot say so."""
    reporters, editor = "、".join(article.reporters), article.editor or ""
    title = citation.named(article, wording)
    (title, reporters, editor) = _in_script((title, reporters, editor), wording)
    known = {(True, True): "both", (True, False): "reporters", (False, True): "editor"}
    key = known.get((bool(reporters), bool(editor)), "none")
    people = wording.say(f"byline_{key}", reporters=reporters, editor=editor)
    dated = citation.date(article, wording)
    return wording.say("byline_item", title=title, people=people, date=dated)


def in_traditional(reply: Reply) -> Reply:
    """Return a reply with all that is shown in Traditional characters; quotes stay as published."""
    return dataclasses.replace(
        reply,
        lead=to_traditional(reply.lead),
        excerpts=_sources_in_traditional(reply.excerpts),
        near=_sources_in_traditional(reply.near),
        suggestions=tuple(map(to_traditional, reply.suggestions)),
        parts=tuple(part._replace(reply=in_traditional(part.reply)) for part in reply.parts),
    )


def _sources_in_traditional(excerpts: tuple[Shown, ...]) -> tuple[Shown, ...]:
    return tuple(
        dataclasses.replace(shown, source=to_traditional(shown.source)) for shown in excerpts
    )


def to_traditional(text: str) -> str:
    """Return a text in Traditional characters, Taiwan's forms; words are left as they are."""
    return ENCODABLE.sub(lambda part: str(_converter().convert(part[0])), text)


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def _shown(excerpt: Excerpt, wording: Wording, mark: Marker) -> Shown:
    (line,) = _in_script((citation.source(excerpt, wording),), wording)
    return Shown(excerpt, line, mark(excerpt.quote))


def _verdict(answer: Answer, wording: Wording) -> list[str]:
    verdict = answer.verdict
    if verdict is None:
        return []
    says, tried = _in_script((verdict.says, verdict.tried), wording)
    wrong = "figure_wrong" if tried else "figure_stated"
    return [wording.say("figure_right" if verdict.right else wrong, says=says, tried=tried)]


def _remark(answer: Answer, wording: Wording) -> list[str]:
    if answer.remark in (None, Remark.COMPARISON):
        return []
    levels = answer.excerpts[0].article.region.levels
    (place,) = _in_script((answer.place or (levels[-1] if levels else ""),), wording)
    return [wording.say(answer.remark, place=place)] if answer.remark else []


def _dated(answer: Answer, wording: Wording) -> list[str]:
    if not answer.relative:
        return []
    (word,) = _in_script((answer.relative,), wording)
    return [
        wording.say(
            "as_written", word=word, date=citation.date(answer.excerpts[0].article, wording)
        )
    ]


def _in_script(texts: tuple[str, ...], wording: Wording) -> tuple[str, ...]:
    if wording.language is not Language.HANT:
        return texts
    return tuple(to_traditional(text) for text in texts)
