"""What the corpus tells, seen as a whole: its facts by article, by matter and by place. Pure.

Everything here is found in the articles: a fact is a clause that stands in a sentence that may be quoted, and a matter
is told of where a concept of the lexicon's stands in such a clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.analysis.lexicon import Matter
from bot.analysis.sentences import clauses, sentences
from bot.answer.answer import Excerpt
from bot.answer.candidate import enclosing
from bot.article import Article, Kind, Paragraph, Region
from bot.dialogue import suggestion
from bot.dialogue.suggestion import Example, Suggester, Suggestions, reads_well

COUNT = "count"
LONGEST_ENGLISH = 90
"""Characters of an English question that is shown."""
PLAIN = 0.35
"""Which share of its pairs of characters a plain question has from the text that answers it."""


class Fact(NamedTuple):
    """A clause that may be quoted.

    Args:
        excerpt: The sentences around it.
        start: Where it begins in the paragraph.
        end: Where it ends.
        kind: The kind of answer that it gives; "" where nobody has written what it answers.
        asks: Known questions that it answers, fit to be shown, the plainest first; each names its place.
        english: The same in English.
        weight: How many known questions it answers.
    """

    excerpt: Excerpt
    start: int
    end: int
    kind: str = ""
    asks: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    weight: int = 0

    @property
    def says(self) -> str:
        """The clause."""
        return self.excerpt.paragraph.text[self.start : self.end]


class Cell(NamedTuple):
    """What is told of a matter in one place.

    Args:
        region: The place; one without levels where the articles name none.
        facts: Of each article that tells of it there the most telling fact: a figure above all, then what people ask
            for most and that says little else.
    """

    region: Region
    facts: tuple[Fact, ...]


class Offered(NamedTuple):
    """What the corpus offers to ask.

    Args:
        examples: Questions that it answers, to be offered where nothing nearer is known.
        suggester: Finds what to suggest.
        suggestions: All questions that may be offered.
        catalogue: What it tells, as a whole.
    """

    examples: Sequence[Example]
    suggester: Suggester
    suggestions: Suggestions
    catalogue: Catalogue


class Catalogue:
    """The corpus as a whole. It is gone through at the first question about it.

    Args:
        articles: Every article by id, in order.
        asks: Every known question.
        analyzer: Finds concepts and places.
    """

    def __init__(
        self, articles: Mapping[str, Article], asks: Sequence[Ask], analyzer: Analyzer
    ) -> None:
        # A page of them shows one kind after the other.
        kinds = (Kind.NEWS, Kind.GUIDE, Kind.STATUTE)
        self.articles = tuple(a for kind in kinds for a in articles.values() if a.kind is kind)
        self.asks = asks
        self.analyzer = analyzer
        self._by_key = {suggestion.key(article.id): article for article in self.articles}
        self._facts: dict[str, list[Fact]] = {}

    @property
    def matters(self) -> Sequence[Matter]:
        """The matters that at least one article tells of, in the lexicon's order."""
        return [matter for matter, cells in self._told if cells]

    def cells(self, matter: Matter) -> Sequence[Cell]:
        """Return what is told of a matter, place by place."""
        return next((cells for known, cells in self._told if known == matter), ())

    def matter(self, key: str) -> Matter | None:
        """Return the matter whose name has a key; None where there is none any more."""
        return next((m for m in self.matters if suggestion.key(m.name) == key), None)

    def matter_in(self, text: str) -> Matter | None:
        """Return the matter that a text of a user's names, by its own name or by a concept."""
        folded = fold(text)
        found = self.analyzer.lexicon.concepts.find(folded)
        concepts = {concept for each in found for concept in each.value}
        named = [matter for matter in self.matters if fold(matter.name) in folded]
        return next(
            (m for m in (*named, *self.matters) if m in named or concepts & m.concepts), None
        )

    def places_in(self, text: str) -> set[str]:
        """Return the names of the places that a text of a user's names, and of those that they lie in."""
        lexicon = self.analyzer.lexicon
        return {
            name
            for found in lexicon.places.find(fold(text))
            for name in lexicon.ancestors(found.value)
        }

    def article(self, key: str) -> Article | None:
        """Return the article whose id has a key; None where there is none any more."""
        return self._by_key.get(key)

    def facts(self, article: Article) -> Sequence[Fact]:
        """Return what an article tells, in its order; where no questions are known, its clauses."""
        if (
            article.id not in self._facts
        ):  # article by article, so that no single press waits for all
            facts = self._facts[article.id] = []
            for paragraph in article.paragraphs:
                known = self._asked.get(paragraph.id)
                if known:
                    facts += self._known_facts(article, paragraph, known)
                elif not paragraph.heading:
                    facts += _bare_facts(article, paragraph)
        return self._facts[article.id]

    @cached_property
    def _asked(self) -> Mapping[str, Sequence[tuple[str, list[Ask]]]]:
        """The known questions by the paragraph and the clause that answer them."""
        asked: dict[tuple[str, str], list[Ask]] = {}
        for ask in self.asks:
            if ask.says and ask.paragraph_id:
                asked.setdefault((ask.paragraph_id, ask.says), []).append(ask)
        by_paragraph: dict[str, list[tuple[str, list[Ask]]]] = {}
        for (paragraph_id, says), asks in asked.items():
            by_paragraph.setdefault(paragraph_id, []).append((says, asks))
        return by_paragraph

    def _known_facts(
        self, article: Article, paragraph: Paragraph, known: Sequence[tuple[str, list[Ask]]]
    ) -> list[Fact]:
        facts = []
        for says, asks in known:
            start = paragraph.text.find(says)
            span = enclosing(paragraph.text, start, start + len(says)) if start >= 0 else None
            if span is None:
                continue
            named = [ask for ask in asks if self._names_place(ask)]
            # Sorting is stable: among equals the asks' order counts.
            chinese = [ask.text for ask in named if not ask.english and reads_well(ask)]
            chinese.sort(key=lambda ask: _is_odd(ask, paragraph.text))
            english = [a.text for a in named if a.english and len(a.text) <= LONGEST_ENGLISH]
            english.sort(key=lambda ask: not (ask[0].isupper() and ask.endswith("?")))
            facts.append(
                Fact(
                    Excerpt(article, paragraph, *span),
                    start,
                    start + len(says),
                    asks[0].kind,
                    tuple(chinese),
                    tuple(english),
                    len(asks),
                )
            )
        return sorted(facts, key=lambda fact: fact.start)

    def _names_place(self, ask: Ask) -> bool:
        """Whether a question can be understood by itself."""
        return bool(self.analyzer.known_places(fold(ask.plain)))

    @cached_property
    def _told(self) -> Sequence[tuple[Matter, Sequence[Cell]]]:
        matters = self.analyzer.lexicon.matters
        told: dict[Matter, dict[Region, list[Fact]]] = {matter: {} for matter in matters}
        for article in self.articles:
            if article.kind is not Kind.NEWS:
                continue  # whose services there are, and where, only reports tell
            best: dict[Matter, tuple[tuple[bool, float], Fact]] = {}
            for fact in self.facts(article):
                found = self.analyzer.lexicon.concepts.find(fold(fact.says))
                for matter in matters:
                    held = sum(f.end - f.start for f in found if matter.concepts & set(f.value))
                    tells = (fact.kind == COUNT, fact.weight * (0.5 + held / len(fact.says)))
                    if held and (matter not in best or tells > best[matter][0]):
                        best[matter] = tells, fact
            for matter, (_, fact) in best.items():
                told[matter].setdefault(article.region, []).append(fact)
        return [
            (matter, [Cell(region, tuple(facts)) for region, facts in regions.items()])
            for matter, regions in told.items()
        ]


def _is_odd(question: str, text: str) -> bool:
    """Whether a question is not the plain way to ask: it tries a figure (是不是630家), or has other words than the text."""
    pairs = [question[at : at + 2] for at in range(len(question) - 1)]
    held = sum(pair in text for pair in pairs)
    return any(char.isdigit() for char in question) or held < PLAIN * len(pairs)


def _bare_facts(article: Article, paragraph: Paragraph) -> list[Fact]:
    """Return the clauses of a paragraph that nobody has written questions for."""
    facts = []
    for start, end in sentences(paragraph.text):
        span = enclosing(paragraph.text, start, end)
        if span is None:
            continue
        excerpt = Excerpt(article, paragraph, *span)
        facts += [Fact(excerpt, *clause) for clause in clauses(paragraph.text, start, end)]
    return facts
