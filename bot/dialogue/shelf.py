"""From a reference back to an answer: what still stands in the articles as it was cited. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from bot.analysis.chars import fold
from bot.answer import verdict
from bot.answer.answer import Answer, Excerpt, Verdict
from bot.answer.candidate import enclosing
from bot.answer.lead import borders
from bot.article import Article
from bot.dialogue import reference
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.reference import Citation, Marks, Reference, Told


class Lost(StrEnum):
    """Why a citation cannot be shown; the wording has a sentence for each."""

    CHANGED = "view_changed"  # the article has changed since
    GONE = "view_gone"  # the corpus has it no more
    FORGED = "button_gone"  # no answer ever cited this


class Kept(NamedTuple):
    """What is left of an answer.

    Args:
        answer: The answer, from the citations that still hold.
        marks: The words pointed out in each of its excerpts.
        lost: How many citations do not hold any more.
    """

    answer: Answer
    marks: Sequence[Marks]
    lost: int


class Shelf:
    """Finds what references name.

    Args:
        catalogue: The articles and their facts.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def answer(self, of: Reference) -> Kept | Lost:
        """Return the answer that a reference names."""
        found = [self.excerpt(citation) for citation in of.citations]
        if Lost.FORGED in found:
            return Lost.FORGED
        places = {n: e for n, e in enumerate(found) if isinstance(e, Excerpt)}
        if not places:
            return Lost.CHANGED if Lost.CHANGED in found else Lost.GONE
        leads = []
        for lead in of.leads:
            cited = places.get(lead.citation)
            if cited is not None and not self._is_natural(cited, lead.start, lead.end):
                return Lost.FORGED
            leads += [cited.quote[lead.start : lead.end]] if cited else []
        remark = of.remark if len(leads) == len(of.leads) else None
        said = None
        if of.told and leads and len(leads) == len(of.leads):
            said = _verdict(of.told, leads[0])
            if said is None:
                return Lost.FORGED
        marks = [of.marks[number] if of.marks else () for number in places]
        lost = len(found) - len(places)
        answer = Answer(tuple(leads), tuple(places.values()), remark, verdict=said)
        return Kept(answer, marks, lost)

    def excerpt(self, citation: Citation) -> Excerpt | Lost:
        """Return the excerpt that a citation names: whole sentences and no other slice, whoever wrote it."""
        named = self._by_key.get(citation.article, ())
        same = [one for one in named if reference.digest(one) == citation.content]
        if not same:
            return Lost.CHANGED if named else Lost.GONE
        article = same[0]
        if citation.paragraph >= len(article.paragraphs):
            return Lost.FORGED
        paragraph = article.paragraphs[citation.paragraph]
        span = citation.start, citation.end
        if enclosing(paragraph.text, *span) != span:
            return Lost.FORGED
        return Excerpt(article, paragraph, *span)

    def _is_natural(self, excerpt: Excerpt, start: int, end: int) -> bool:
        """Whether a lead is one that answers give: from where a clause or a known fact begins to where one ends.

        不 cut from the front of a clause would turn it around.
        """
        text, lead = excerpt.paragraph.text, excerpt.quote[start:end]
        starts, ends = borders(text, excerpt.start, excerpt.end)
        if _stands_between(text, lead, excerpt, starts, ends):
            return True
        facts = [
            fact
            for fact in self._catalogue.facts(excerpt.article)
            if fact.excerpt.paragraph is excerpt.paragraph
        ]
        starts |= {fact.start for fact in facts}
        return _stands_between(text, lead, excerpt, starts, ends | {fact.end for fact in facts})

    @cached_property
    def _by_key(self) -> Mapping[bytes, Sequence[Article]]:
        found: defaultdict[bytes, list[Article]] = defaultdict(list)
        for article in self._catalogue.articles:
            found[reference.key(article.id)].append(article)
        return found


def _verdict(told: Told, lead: str) -> Verdict | None:
    """Return what was said of a figure that was tried; None where the reference names none of the lead's figures."""
    figures = [match.span() for match in verdict.FIGURE.finditer(fold(lead))]
    if (told.start, told.end) not in figures:
        return None
    return Verdict(told.right, lead[told.start : told.end], "")


def _stands_between(
    text: str, lead: str, excerpt: Excerpt, starts: Set[int], ends: Set[int]
) -> bool:
    """Whether a lead stands in an excerpt from one of some places to another."""
    at = excerpt.start + excerpt.quote.find(lead)
    while at >= excerpt.start:  # the same words may stand there twice
        if at in starts and at + len(lead) in ends:
            return True
        at = text.find(lead, at + 1, excerpt.end)
    return False
