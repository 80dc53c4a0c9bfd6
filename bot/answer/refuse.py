"""Questions that are refused before anything is searched for."""

from __future__ import annotations

from bot.analysis.lexicon import Lexicon
from bot.answer.answer import Reason, Refusal
from bot.question.question import Question
from bot.question.writing import Writing

UNREADABLE = 0.5
"""Share of an English or pinyin question's words that may be unknown before it is not understood."""


def at_once(question: Question, lexicon: Lexicon) -> Refusal | None:
    """Return why a question cannot be answered whatever the articles say; None where they have to be looked at."""
    if question.asks_nothing:
        return Refusal(Reason.NOTHING_ASKED)
    said = bool(question.content or question.places or question.elsewhere or question.kinds)
    # An English question's words may be known though none has a Chinese term.
    if question.unread >= UNREADABLE or not (said or question.writing is Writing.ENGLISH):
        return Refusal(Reason.NOT_UNDERSTOOD)
    if question.elsewhere and not _only_beside(question, lexicon):
        return Refusal(Reason.UNKNOWN_PLACE, "、".join(question.elsewhere))
    return None


def _only_beside(question: Question, lexicon: Lexicon) -> bool:
    """Whether a place that no article speaks of is only mentioned beside one that they do speak of.

    In 上海虹口 the strange place lies in the known one, and is the one that is meant.
    """
    named = {place.name for place in question.places}
    strange = [lexicon.places.entries[name] for name in question.elsewhere]
    inside = any(named & set(lexicon.ancestors(place)[1:]) for place in strange)
    return bool(named) and not inside
