"""What else the articles tell that belongs to an answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answer.answer import Excerpt
from bot.dialogue.catalogue import Catalogue, Fact


def facts(
    excerpt: Excerpt, leads: Sequence[str], catalogue: Catalogue, *, english: bool
) -> Iterator[Fact]:
    """Return the facts that are related to an answer, the nearest first.

    Those of the article come in the order of how near their paragraphs are, then those of the other articles that say
    something alike.

    Args:
        excerpt: What the answer cites.
        leads: Its short answers, which are asked for no more.
        catalogue: What the articles tell.
        english: Whether those that are asked for in English come first.
    """

    def apart(fact: Fact) -> tuple[bool, int, int]:
        paragraphs = abs(fact.excerpt.paragraph.number - excerpt.paragraph.number)
        return bool(not fact.english and english), paragraphs, abs(fact.start - excerpt.start)

    same = sorted(catalogue.facts(excerpt.article), key=apart)
    known = list(leads)
    for fact in same:
        if not any(_overlap(fact.says, says) for says in known):
            known.append(fact.says)
            yield fact
    said = _pairs(" ".join(leads))
    alike = [
        (len(said & pairs) / len(said | pairs), fact)
        for article in catalogue.articles
        if article.id != excerpt.article.id
        for fact in catalogue.facts(article)
        if said & (pairs := _pairs(fact.says))
    ]
    yield from (fact for _, fact in sorted(alike, key=lambda one: -one[0]))


def _overlap(says: str, lead: str) -> bool:
    return says in lead or lead in says


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
