"""Candidates: the clauses that may answer a question, each with what speaks for it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.analysis.sentences import sentences
from bot.article import MARK_CLOSE, MARK_OPEN, Article, Paragraph
from bot.search.backend import Hit, Recalled

REMEMBERED = 8192
"""Clauses whose sentences are remembered; the same ones are judged again and again."""
UNASKED = -5.0
"""Below every likelihood that a clause with known questions has."""


@dataclass(slots=True)
class Candidate:
    """A clause that may answer, before it is judged.

    Args:
        article: Its article.
        paragraph: Its paragraph.
        start: Where the clause begins in the paragraph.
        end: Where it ends.
        kind: The kind of answer that it gives, "" if unknown.
        topic: The known question nearest to the one asked, in Mandarin; the clause itself where none is known.
        similarities: Of the known questions that it answers, the best first.
        shared: Which share of the question those known questions hold together.
        likelihood: How likely they make the question's wording; `UNASKED` where none is known.
        known: How many known questions it answers.
        coverage: Which share of the question its paragraph holds.
        rank: Its paragraph's place in the ranking, from 0; None if it was not ranked.
    """

    article: Article
    paragraph: Paragraph
    start: int
    end: int
    kind: str
    topic: str
    similarities: list[float] = field(default_factory=list)
    likelihood: float = UNASKED
    shared: float = 0.0
    known: int = 0
    coverage: float = 0.0
    rank: int | None = None

    @property
    def says(self) -> str:
        """The clause."""
        return self.paragraph.text[self.start : self.end]

    @property
    def sentence(self) -> tuple[int, int] | None:
        """The whole sentences around the clause as (start, end); None where one holds an uncertain character."""
        return enclosing(self.paragraph.text, self.start, self.end)


@functools.lru_cache(REMEMBERED)
def enclosing(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the whole sentences of a paragraph around a span, or None where they hold a mark."""
    touched = [(a, b) for a, b in sentences(text) if a < end and b > start]
    if not touched:
        return None
    begin, stop = touched[0][0], touched[-1][1]
    # Both, since the uncertain character may be the one that ends a sentence.
    marked = any(mark in text[begin:stop] for mark in (MARK_OPEN, MARK_CLOSE))
    return None if marked else (begin, stop)


def collect(
    hits: Sequence[Hit],
    recalled: Sequence[Recalled],
    articles: Mapping[str, Article],
    asked: frozenset[str],
) -> list[Candidate]:
    """Return the candidates that a search offers, in no order.

    Args:
        hits: Ranked paragraphs.
        recalled: Known questions, most similar first.
        articles: Every article by id.
        asked: Ids of the paragraphs that have known questions; the sentences of others stand for themselves.
    """
    found: dict[tuple[str, int], Candidate] = {}
    topics: dict[tuple[str, int], str] = {}
    ranks = {hit.paragraph.id: (rank, hit.coverage) for rank, hit in enumerate(hits)}
    for ask, similarity, shared, likelihood in recalled:
        if ask.says is None or ask.article_id is None or ask.paragraph is None:
            continue
        article = articles.get(ask.article_id)
        if article is None or ask.paragraph >= len(article.paragraphs):
            continue
        paragraph = article.paragraphs[ask.paragraph]
        start = paragraph.text.find(ask.says)
        if start < 0:
            continue
        candidate = found.get((paragraph.id, start))
        if candidate is None:
            end = start + len(ask.says)
            candidate = Candidate(article, paragraph, start, end, ask.kind, ask.plain)
            found[paragraph.id, start] = candidate
        if not ask.english:  # what a follow-up leans on is Mandarin, the nearest of it
            candidate.topic = topics.setdefault((paragraph.id, start), ask.text)
        candidate.similarities.append(similarity)
        candidate.shared = max(candidate.shared, shared)
        candidate.likelihood = max(candidate.likelihood, likelihood)
    for hit in hits:
        if hit.paragraph.id not in asked:
            article = articles[hit.paragraph.article_id]
            for start, end in sentences(hit.paragraph.text):
                text = hit.paragraph.text[start:end]
                found.setdefault(
                    (hit.paragraph.id, start),
                    Candidate(article, hit.paragraph, start, end, "", text),
                )
    for candidate in found.values():
        candidate.similarities.sort(reverse=True)
        rank, candidate.coverage = ranks.get(candidate.paragraph.id, (None, 0.0))
        candidate.rank = rank
    return list(found.values())
