"""Questions that are refused before anything is searched for."""

from __future__ import annotations

import re

from bot.analysis.lexicon import Lexicon
from bot.answer.answer import Reason, Refusal
from bot.question.question import Question, Reader
from bot.question.writing import Writing

UNREADABLE = 0.5
"""Share of an English or pinyin question's words that may be unknown before it is not understood."""


LONE = re.compile(r"\W*[0-9]{1,2}\W*")


def at_once(question: Question, reader: Reader, *, reads_english: bool = False) -> Refusal | None:
    """Return why a question cannot be answered whatever the articles say; None where they have to be looked at.

    Args:
        question: The question.
        reader: Knows the places, and what the articles say: a place that is named as missing stands nowhere in them.
        reads_english: Whether something reads English that the glossary does not.
    """
    if question.asks_nothing:
        return Refusal(Reason.NOTHING_ASKED)
    if LONE.fullmatch(question.plain.strip()):  # a number picks from a list, where there is one
        return Refusal(Reason.NO_CONTEXT)
    said = bool(question.content or question.places or question.elsewhere or question.kinds)
    english = question.writing is Writing.ENGLISH
    unreadable = question.unread >= UNREADABLE and not (english and reads_english)
    if unreadable or not (said or english):  # an English word may be known without a Chinese term
        return Refusal(Reason.NOT_UNDERSTOOD)
    if question.elsewhere and not _only_beside(question, reader.lexicon):
        return Refusal(Reason.UNKNOWN_PLACE)
    if question.mentioned and not any(name in reader.said for name in question.mentioned):
        return Refusal(Reason.MISSING_PART)
    names = reader.strange_names(question)
    if names and len(names) == len(question.content):  # 特朗普是谁: it asks for nothing else
        return Refusal(Reason.MISSING_PART)
    return None


def _only_beside(question: Question, lexicon: Lexicon) -> bool:
    """Whether a place that no article speaks of is only mentioned beside one that they do speak of.

    In 上海虹口 the strange place lies in the known one, and is the one that is meant.
    """
    named = {place.name for place in question.places}
    entries = lexicon.places.entries
    strange = [entries[name] for name in question.elsewhere if name in entries]
    inside = any(named & set(lexicon.ancestors(place)[1:]) for place in strange)
    return bool(named) and not inside
