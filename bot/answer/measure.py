"""Measuring what speaks for and against a clause: the features that `bot.answer.judgement` weighs."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.answer import detect
from bot.answer import fit as fitting
from bot.answer.candidate import UNASKED, Candidate
from bot.answer.fit import PlaceFit
from bot.answer.focus import Focus
from bot.answer.judgement import Features
from bot.question.question import Question
from bot.question.writing import Writing
from bot.search.backend import Recalled

CLASSES = {
    "count": "figure",
    "percent": "figure",
    "money": "figure",
    "duration": "figure",
    "comparison": "figure",
    "where": "name",
    "who": "name",
    "name": "name",
    "definition": "name",
    "date": "date",
    "list": "list",
    "procedure": "way",
    "reason": "way",
}
"""Kinds of answer that belong together; those left out (yesno, other) go with all."""


STORY = 60
"""Characters from which on a question is a story."""
REMEMBERED = 16384
"""Texts whose concepts are remembered; the same sentences and asks are judged again and again."""
OTHER_KIND, OTHER_ATTRIBUTE = 0.6, 0.75
"""What is left of a likeness where a known question wants another kind of answer, or another attribute."""


class Measurer:
    """Measures the features.

    Args:
        analyzer: For the concepts of questions and clauses.
        fit: Judges places.
        articles: Every word of the articles.
        asks: Every word of the asks that they answer.
    """

    def __init__(
        self, analyzer: Analyzer, fit: PlaceFit, articles: frozenset[str], asks: frozenset[str]
    ) -> None:
        self._analyzer = analyzer
        self._fit = fit
        self._spoken = articles | asks
        self._read = functools.lru_cache(REMEMBERED)(self._find_concepts)
        self._sides = functools.lru_cache(REMEMBERED)(self._find_sides)
        self._folded = functools.lru_cache(REMEMBERED)(fold)
        self._wanted = functools.lru_cache(REMEMBERED)(self._wants)

    def is_strange(self, question: Question) -> bool:
        """Whether neither the articles nor what they answer knows half of a question's topical words or more."""
        known = sum(word in self._spoken for word in question.content)
        concepts = any(concept.startswith("#") for concept in self._read(question.plain))
        return bool(question.content) and 2 * known <= len(question.content) and not concepts

    def strangeness(self, question: Question) -> float:
        """Return which share of a question's topical words neither the articles nor what they answer knows."""
        strange = sum(word not in self._spoken for word in question.content)
        return strange / max(len(question.content), 1)

    def alike(self, question: Question, recalled: Sequence[Recalled]) -> list[Recalled]:
        """Return the known questions with what is left of their similarity, the most alike first.

        One that wants another kind of answer (哪些店 beside 多少家店), or an attribute that was not asked for, counts
        less: that the names are missing says nothing about the number.
        """
        kinds = set(question.kinds)
        attributes = {attribute.name for attribute in question.attributes}
        alike: list[Recalled] = []
        for known in recalled:
            ask = known.ask
            wording = f"{ask.plain} {ask.text}" if ask.english else ask.text
            other_kinds, other_attributes = self._wanted(wording)
            left = OTHER_KIND if kinds and other_kinds and not kinds & other_kinds else 1.0
            left *= OTHER_ATTRIBUTE if other_attributes - attributes else 1.0
            alike.append(
                known._replace(
                    similarity=known.similarity * left,
                    shared=known.shared * left,
                    likelihood=known.likelihood + math.log(left),
                )
            )
        return sorted(alike, key=lambda item: -item.similarity)

    def ranking(self, question: Question, candidate: Candidate, focus: Focus | None) -> Features:
        """Return what speaks for a clause as the best answer."""
        same = focus is not None and focus.article_id == candidate.article.id
        distance = abs(candidate.paragraph.number - focus.paragraph) if focus and same else 99
        similarities = candidate.similarities
        fit = self._fit.of(question.places, candidate.article, candidate.paragraph)
        wanted = {CLASSES[kind] for kind in question.kinds if kind in CLASSES}
        kind = CLASSES.get(candidate.kind, "")
        says = self._folded(candidate.says)
        start, end = candidate.sentence or (0, 0)
        sentence = self._folded(candidate.paragraph.text[start:end])
        return {
            "similarity": similarities[0] if similarities else 0.0,
            "likelihood": candidate.likelihood,
            "support": sum(similarities[:3]) / 3,
            "shared": candidate.shared,
            "known": math.log1p(candidate.known) / 3,
            "coverage": candidate.coverage,
            "first_hit": 1 / (1 + candidate.rank) if candidate.rank is not None else 0.0,
            "fit_exact": float(fit == fitting.EXACT),
            "fit_mentioned": float(fit == fitting.MENTIONED),
            "fit_wider": float(fit == fitting.WIDER),
            "fit_other": float(fit == fitting.OTHER),
            "same_kind": float(kind in wanted) if wanted else 0.0,
            "other_kind": float(bool(wanted) and bool(kind) and kind not in wanted),
            "words_said": _share(question.content, says),
            "words_around": _share(question.content, sentence),
            "length": min(len(says), 60) / 60,
            "concepts": self._concepts(question, candidate),
            "contradicts": self._contradicts(question, candidate),
            "same_article": float(same and not question.places),
            "near": 1 / (1 + distance) if same and not question.places else 0.0,
            "repeated": float(same and focus is not None and focus.says == candidate.says),
        }

    def answering(
        self,
        question: Question,
        ranked: Sequence[tuple[Candidate, Features]],
        alike: Sequence[Recalled],
        focus: Focus | None,
    ) -> Features:
        """Return what speaks for and against the best clause answering at all.

        Args:
            question: What was asked.
            ranked: The clauses with their ranking features, best first, at least one.
            alike: The known questions as `alike` returns them.
            focus: What the conversation is about.
        """
        best, features = ranked[0]
        against = [item for item in alike if not item.ask.answered]
        silent = [item.similarity for item in against]
        answered = [item.similarity for item in alike if item.ask.answered]
        there = [x.similarity for x in against if x.ask.paragraph_id == best.paragraph.id]
        here = [x.similarity for x in against if x.ask.article_id in (None, best.article.id)]
        # What one place's article does not state, another's may.
        silent_likelihood = max(
            (x.likelihood for x in against if x.ask.article_id in (None, best.article.id)),
            default=UNASKED,
        )
        nearest = [item.ask.answered for item in alike[:10]]
        text = fold(best.paragraph.text)
        sentence = fold(best.paragraph.text[slice(*(best.sentence or (0, 0)))])
        says = fold(best.says)
        strange = [word for word in question.content if word not in self._spoken]
        return {
            "similarity": features["similarity"],
            "support": features["support"],
            "shared": features["shared"],
            "likelihood": features["likelihood"],
            "silent_likelihood": silent_likelihood,
            "likelihood_lead": silent_likelihood - features["likelihood"],
            "silent_shared": max((item.shared for item in against), default=0.0),
            "coverage": features["coverage"],
            "concepts": features["concepts"],
            "fit_exact": max(features["fit_exact"], features["fit_mentioned"]),
            "fit_wider": features["fit_wider"],
            "same_article": features["same_article"],
            "same_kind": features["same_kind"],
            "silent": silent[0] if silent else 0.0,
            "silent_support": sum(silent[:3]) / 3,
            "silent_lead": (silent[0] if silent else 0.0) - (answered[0] if answered else 0.0),
            "silent_lead_here": (silent[0] if silent else 0.0) - features["similarity"],
            "silent_share": sum(not known for known in nearest) / max(len(nearest), 1),
            "elsewhere": float(bool(question.elsewhere)),
            "other_year": float(any(year not in text for year in question.years)),
            "attribute": float(
                any(not detect.states(a.detector, sentence) for a in question.attributes)
            ),
            "no_form": float(any(not detect.answers(kind, sentence) for kind in question.kinds)),
            "no_form_said": float(any(not detect.answers(kind, says) for kind in question.kinds)),
            "silent_here": here[0] if here else 0.0,
            "silent_there": there[0] if there else 0.0,
            "other_kind": features["other_kind"],
            "contradicts": features["contradicts"],
            "strange": self.strangeness(question),
            "strange_words": min(len(strange), 4) / 4,
            "short": float(len(question.content) <= 1),
            "long": float(len(question.plain) > STORY),
            "untranslated": question.untranslated,
            "translated": float(question.writing in (Writing.ENGLISH, Writing.PINYIN)),
            "follows": float(focus is not None and not question.places),
        }

    def standing_alone(
        self,
        best: Candidate,
        alike: Sequence[Recalled],
        ranked: Sequence[tuple[Candidate, Features]],
    ) -> Features:
        """Return what a follow-up is like without its topic: 明天下雨吗 stays idle talk in any conversation.

        Args:
            best: The clause that answers best with the topic.
            alike: The known questions for the follow-up alone, as `alike` returns them; none where it is no follow-up
                or has no words of its own.
            ranked: The clauses found for it alone with their ranking features.
        """
        same = next(
            (f for c, f in ranked if c.start == best.start and c.paragraph.id == best.paragraph.id),
            None,
        )
        silent = [x.similarity for x in alike if not x.ask.answered]
        everywhere = [
            x.similarity for x in alike if not x.ask.answered and x.ask.article_id is None
        ]
        answered = [x.similarity for x in alike if x.ask.answered]
        return {
            "alone_answered": answered[0] if answered else 0.0,
            "alone_silent": silent[0] if silent else 0.0,
            "alone_everywhere": everywhere[0] if everywhere else 0.0,
            # How far its own words, not those of the topic, ask for the clause.
            "alone_shared": same["shared"] if same else 0.0,
            "alone_likelihood": same["likelihood"] if same else UNASKED if alike else 0.0,
        }

    def _wants(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the kinds of answer and the attributes that an ask wants."""
        concepts = self._read(text)
        return (
            frozenset(c[1:] for c in concepts if c.startswith("?")),
            frozenset(c[1:] for c in concepts if c.startswith("@")),
        )

    def _contradicts(self, question: Question, candidate: Candidate) -> float:
        """Return how far a clause is about the other one of two things that exclude each other.

        1 where it, as people ask for it, is about the other one only; 0.5 where it speaks of both (五星级、四星级共155家);
        0 where it speaks of the one asked for, or of neither.
        """
        asked = self._sides(question.plain)
        if not asked:
            return 0.0
        said = self._sides(candidate.says)
        named = said | self._sides(candidate.topic)
        worst = 0.0
        for group in {group for group, _ in asked} & {group for group, _ in named}:
            wanted = {one for each, one in asked if each == group}
            if not wanted & {one for each, one in named if each == group}:
                return 1.0
            if {one for each, one in said if each == group} - wanted:
                worst = 0.5
        return worst

    def _find_sides(self, text: str) -> frozenset[tuple[str, str]]:
        found = self._analyzer.lexicon.contrasts.find(fold(text))
        return frozenset(each.value for each in found)

    def _find_concepts(self, text: str) -> frozenset[str]:
        return frozenset(self._analyzer.concepts(fold(text)))

    def _concepts(self, question: Question, candidate: Candidate) -> float:
        """Return which share of the question's concepts the clause's sentence, or the ask it answers, speaks of."""
        wanted = {c for c in self._read(question.plain) if c.startswith("#")}
        if not wanted:
            return 0.0
        sentence = candidate.paragraph.text[slice(*(candidate.sentence or (0, 0)))]
        held = self._read(sentence) | self._read(candidate.topic)
        return len(wanted & held) / len(wanted)


def _share(words: Sequence[str], folded: str) -> float:
    """Return which share of a question's words stands in a folded text."""
    return sum(word in folded for word in words) / len(words) if words else 0.0
