"""What every reply keeps to, whatever was typed."""

from __future__ import annotations

from bot.analysis.sentences import sentences
from bot.answer.answer import MAX_EXCERPTS, Excerpt
from bot.dialogue.compose import LEAD_JOINT
from bot.dialogue.reply import Reply, Status
from bot.dialogue.wording import Language

LONGEST_LEAD = 200
"""Characters; a lead is a clause or two a side, never a whole paragraph."""


def keep(reply: Reply) -> None:
    """Fail unless a reply keeps its promises."""
    assert isinstance(reply, Reply)
    assert reply.status in Status
    assert reply.wording.language in Language
    assert len(reply.excerpts) <= MAX_EXCERPTS
    assert len(set(reply.suggestions)) == len(reply.suggestions) <= 3
    assert all(reply.suggestions)
    if reply.status is Status.ANSWERED:
        answers(reply)
    else:
        assert reply.lead == ""
        assert reply.excerpts == ()
        assert reply.message


def answers(reply: Reply) -> None:
    excerpts = [shown.excerpt for shown in reply.excerpts]
    assert excerpts
    for excerpt in excerpts:
        quotes(excerpt)
    assert len({(e.paragraph.id, e.start, e.end) for e in excerpts}) == len(excerpts)
    assert all("\n" not in shown.source and shown.source for shown in reply.excerpts)
    assert 0 < len(reply.lead) <= LONGEST_LEAD
    first = [excerpts[0]] if not reply.message else excerpts  # a comparison is cut from each
    for part in reply.lead.split(LEAD_JOINT):
        assert any(part in excerpt.quote for excerpt in first)


def quotes(excerpt: Excerpt) -> None:
    text = excerpt.paragraph.text
    assert excerpt.article.paragraphs[excerpt.paragraph.number] == excerpt.paragraph
    assert not excerpt.paragraph.heading
    assert excerpt.quote == text[excerpt.start : excerpt.end]
    assert not set("⟦⟧") & set(excerpt.quote)
    borders = sentences(text)
    assert excerpt.start in {start for start, _ in borders}
    assert excerpt.end in {end for _, end in borders}
    within = [1 for start, end in borders if excerpt.start <= start and end <= excerpt.end]
    assert 1 <= len(within) <= 3
