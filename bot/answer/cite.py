"""From ranked clauses to the excerpts that are shown: whole sentences, each once."""

from __future__ import annotations

from bot.answer.answer import MAX_EXCERPTS, Excerpt
from bot.answer.candidate import Candidate, enclosing
from bot.answer.features import Ranked
from bot.article import Kind

OTHER_MARGIN = 1.0
"""How many spreads below the best clause a second or third one may stand and still be cited."""
LAW_MARGIN = 2.0
"""The same for provisions beside a provision. Not tuned."""
WHOLE = 600
"""Characters up to which a 款 is quoted whole, its 项 included; of a longer one the sentences that answer. Not tuned."""


def cite(ranked: Ranked) -> tuple[Excerpt, ...]:
    """Return excerpts around the best clauses, each sentence or 条 once, those far below the best left out.

    Beside a provision others are cited more readily: law, regulation and interpretation speak of one matter, and the
    special one counts.
    """
    excerpts: list[Excerpt] = []
    kind = ranked[0][1].article.kind
    margin = LAW_MARGIN if kind is Kind.STATUTE else OTHER_MARGIN
    for score, candidate, _ in ranked:
        if score < ranked[0][0] - margin or len(excerpts) == MAX_EXCERPTS:
            break
        if candidate.article.kind is not kind:
            continue  # a report is not proven by the law, nor the law by a report
        excerpt = excerpt_of(candidate)
        if excerpt and not any(_same(excerpt, other) for other in excerpts):
            excerpts.append(excerpt)
    return tuple(excerpts)


def _same(one: Excerpt, other: Excerpt) -> bool:
    """Whether two excerpts are of one sentence, or of one 条."""
    here, there = (each.article.provision(each.paragraph) for each in (one, other))
    if here is not None and there is not None:
        return one.article.id == other.article.id and here.name == there.name
    return one == other


def excerpt_of(candidate: Candidate) -> Excerpt | None:
    """Return the sentences around a clause, of a statute the 款; None where they hold an uncertain character."""
    span = candidate.sentence
    text = candidate.paragraph.text
    whole = candidate.article.kind is Kind.STATUTE and len(text) <= WHOLE
    span = enclosing(text, 0, len(text)) if whole else span
    return Excerpt(candidate.article, candidate.paragraph, *span) if span else None
