"""From ranked clauses to the excerpts that are shown: whole sentences, each once."""

from __future__ import annotations

from bot.answer.answer import MAX_EXCERPTS, Excerpt
from bot.answer.candidate import Candidate
from bot.answer.features import Ranked

OTHER_MARGIN = 1.0
"""How many spreads below the best clause a second or third one may stand and still be cited."""


def cite(ranked: Ranked) -> tuple[Excerpt, ...]:
    """Return excerpts around the best clauses, each sentence once, those far below the best left out."""
    excerpts: list[Excerpt] = []
    for score, candidate, _ in ranked:
        if score < ranked[0][0] - OTHER_MARGIN or len(excerpts) == MAX_EXCERPTS:
            break
        excerpt = excerpt_of(candidate)
        if excerpt and excerpt not in excerpts:
            excerpts.append(excerpt)
    return tuple(excerpts)


def excerpt_of(candidate: Candidate) -> Excerpt | None:
    """Return the whole sentences around a clause as an excerpt; None where they hold an uncertain character."""
    span = candidate.sentence
    return Excerpt(candidate.article, candidate.paragraph, *span) if span else None
