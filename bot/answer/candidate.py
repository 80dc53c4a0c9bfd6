"""Candidates: the sentences that may answer a question, and the clauses in them that known questions point to."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.analysis.chars import fold
from bot.analysis.sentences import sentences
from bot.article import MARK_CLOSE, MARK_OPEN, Article, Paragraph
from bot.search.voice import Evidence, Hit, Recalled

GOES_ON = re.compile(
    '(?:据悉|据介绍|据统计|其中|同时)?,?(?:该|此|这[一些个项]?|其(?!他|它|余)|上述|即|以[“"])'
)
"""How a sentence begins that goes on about what the one before names."""
REMEMBERED = 8192
"""Clauses whose sentences are remembered; the same ones are judged again and again."""


@dataclass(slots=True)
class Candidate:
    """A clause that may answer, before it is judged; a sentence as a whole where no known question points into it.

    Args:
        article: Its article.
        paragraph: Its paragraph.
        start: Where the clause begins in the paragraph.
        end: Where it ends.
        topic: The known question nearest to the one asked, in Mandarin; title and clause where none is known.
        hit: The sentence it stands in, and what the search says of that.
        kind: The kind of answer that it gives, "" if unknown.
        similarities: Of the known questions that it answers, the best first.
        shared: Which share of the question those known questions hold together.
        likelihood: How likely they make the question's wording; 0 where none is known.
        known: How many known questions it answers.
    """

    article: Article
    paragraph: Paragraph
    start: int
    end: int
    topic: str
    hit: Hit
    kind: str = ""
    similarities: list[float] = field(default_factory=list)
    likelihood: float = 0.0
    shared: float = 0.0
    known: int = 0

    @property
    def says(self) -> str:
        """The clause."""
        return self.paragraph.text[self.start : self.end]

    @property
    def asked(self) -> bool:
        """Whether known questions point to it."""
        return bool(self.similarities)

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


def continued(candidate: Candidate) -> Candidate | None:
    """Return the next sentence of a candidate's paragraph where it goes on about the same thing: 据悉，该机制自2020年11月….

    Its hit spans both sentences, so that both are quoted. None where it begins anew, or may not be quoted.
    """
    span = candidate.sentence
    text = candidate.paragraph.text
    following = next(((a, b) for a, b in sentences(text) if span and a >= span[1]), None)
    if span is None or following is None or not GOES_ON.match(fold(text[slice(*following)])):
        return None
    if enclosing(text, span[0], following[1]) is None:
        return None
    return dataclasses.replace(candidate, start=span[0], end=following[1], similarities=[])


def clause_of(article: Article, paragraph: Paragraph, says: str, topic: str) -> Candidate | None:
    """Return a clause that was answered before; None where its paragraph does not say it."""
    start = paragraph.text.find(says)
    if start < 0:
        return None
    end = start + len(says)
    return Candidate(
        article, paragraph, start, end, topic, Hit(-1, paragraph, start, end, Evidence())
    )


def collect(
    hits: Sequence[Hit], recalled: Sequence[Recalled], articles: Mapping[str, Article]
) -> list[Candidate]:
    """Return the candidates that a search offers: each sentence found, and each clause that answers a known question.

    Args:
        hits: Sentences, those that answer recalled questions among them.
        recalled: Known questions, most similar first.
        articles: Every article by id.
    """
    by_number = {hit.sentence: hit for hit in hits}
    found: dict[tuple[int, int, int], Candidate] = {}
    mandarin: set[tuple[int, int, int]] = set()
    for hit in hits:
        text = hit.paragraph.text[hit.start : hit.end]
        article = articles[hit.paragraph.article_id]
        found[hit.sentence, hit.start, hit.end] = Candidate(
            article, hit.paragraph, hit.start, hit.end, f"{article.name} {text}", hit
        )
    for known in recalled:
        answering, ask = by_number.get(known.sentence), known.ask
        if answering is None or ask.says is None:
            continue
        key = (known.sentence, known.start, known.start + len(ask.says))
        candidate = found.get(key)
        if candidate is None:
            article = articles[answering.paragraph.article_id]
            candidate = Candidate(
                article, answering.paragraph, *key[1:], ask.plain, answering, ask.kind
            )
            found[key] = candidate
        if not candidate.similarities:
            candidate.kind, candidate.topic = ask.kind, ask.plain
        if key not in mandarin and not ask.english:  # what a follow-up leans on is Mandarin
            mandarin.add(key)
            candidate.topic = ask.text
        candidate.similarities.append(known.similarity)
        candidate.shared = max(candidate.shared, known.shared)
        candidate.likelihood = max(candidate.likelihood, known.likelihood)
        candidate.known = max(candidate.known, known.known)
    return list(found.values())
