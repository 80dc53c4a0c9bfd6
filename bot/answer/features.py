"""What speaks for and against a clause as the answer: two rows of numbers that `bot.answer.model` weighs.

A feature means the same in every corpus: shares and likenesses between 0 and 1, fits and flags. One that knows nothing
is 0, so that a paragraph without known questions is not a worse one. A misspelt name is an error of type.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.analysis.sentences import clauses
from bot.analysis.wordvectors import WordVectors
from bot.answer import detect, forms
from bot.answer.candidate import Candidate
from bot.answer.focus import Focus
from bot.answer.naming import Naming
from bot.answer.places import PlaceFit
from bot.article import Article, Kind
from bot.question import mention
from bot.question.question import Question
from bot.question.writing import Writing
from bot.search.voice import Found, Hit, Recalled

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
REMEMBERED = 16384
"""Texts whose concepts are remembered; the same sentences and asks are judged again and again."""
OTHER_KIND, OTHER_ATTRIBUTE = 0.6, 0.75
"""What is left of a likeness where a known question wants another kind of answer, or another attribute."""
BOTH = 0.75
"""How far a clause contradicts that speaks of what is asked for and of what excludes it, together. Chosen by hand on
scripted conversations; the weights are fitted with it."""
ASKING = re.compile(
    "多少|几(?![乎何])|什么|啥|谁|哪|怎么|怎样|咋|如何|为什么|为啥|多(?=[久长高重大远])|[吗么](?=[?？]|$)"
)
"""Question words."""
UNASKED = 0.5
"""How well a sentence meets what is asked for where the question does not say what: half."""
LIKELY = 6.0
"""A likelihood from which on nothing becomes clearer."""
ALIKE = 10
"""Known questions, the most alike, whose answers are counted."""
TRUST = 5
"""Known questions of a clause at which half of what their wording says is believed: few are a thin sample."""


class Ranking(NamedTuple):
    """What speaks for one clause rather than another.

    Args:
        words, article, block, context, meaning: What the voices say of its sentence, see `Evidence`.
        opening: Whether it opens its paragraph: such a sentence names what the others are about, and answers more seldom.
        asks: Whether it is a question itself, which the next sentence answers.
        slot: How well a number, date or actor in it fits what is asked for, and stands near the question's words.
        formless: Whether it has no such thing though one is asked for.
        form: Whether it sounds like a reason, a list, a way or a place where one is asked for, near the question's words.
        gap: What the weightiest word lacks that the title does not explain and the sentence meets least.
        similarity: Likeness of the nearest known question that it answers.
        likelihood: How likely its known questions make the question's wording.
        shared: Which share of the question they hold together, believed the more the more they are.
        kind: 1 where its known questions want the kind of answer asked for, -1 where they want another.
        concepts: Share of the question's concepts that it speaks of.
        place: How well it fits the places asked for.
        contradicts: How far it is about the other one of two things that exclude each other.
        same_article, near, repeated: What a follow-up leans on: its article, its paragraph, the clause itself.
    """

    words: float
    article: float
    block: float
    context: float
    meaning: float
    opening: float
    asks: float
    slot: float
    formless: float
    form: float
    gap: float
    similarity: float
    likelihood: float
    shared: float
    kind: float
    concepts: float
    place: float
    contradicts: float
    same_article: float
    near: float
    repeated: float


NOTHING = Ranking(*(0.0 for _ in Ranking._fields))
"""The features of a clause of which nothing is known."""


class Answering(NamedTuple):
    """What speaks for and against the best clause answering at all.

    Args:
        total: Its sum, in spreads.
        article, meaning, slot, formless, shared, place: As in `Ranking`. What the article counts for in the sum is too much
            here: what it does not state it is as good a place to look for as what it does.
        time: How far its sentence speaks of other times than the question.
        nameless: Whether its sentence names nobody and nothing though a name is asked for.
        trust: How far what its known questions say is believed.
        silent_here: Likeness of the nearest known question that its article, or no article, answers.
        silent_likelihood: By how much likelier those make the question's wording than its own known questions do.
        attribute: Whether its sentence certainly lacks an attribute that is asked for.
        asked: How well its sentence meets the words beside the question word, what is asked for: 转让费 of 转让费是多少.
        unread, foreign: Share of an English or pinyin question that is not understood; whether it is one.
        follows: Whether it was read as a follow-up, with the topic of what was talked of before.
        stray: Likeness, of a follow-up without its topic, to what nothing answers: 明天下雨吗.
        alone: Likeness of the same to a known question that is answered.
        leans: How far the same, without its topic, still asks for the clause.
        agreed: Share of the known questions most alike that its paragraph answers, each counted by its likeness.
        unanswered: Share of them that nothing answers.
        unmet: Whether it lacks what the question demands, see `bot.answer.conditions`; a report is then no answer at all.
        elsewhere: Whether the question names a place that no article speaks of; likewise.
    """

    total: float
    article: float
    meaning: float
    slot: float
    formless: float
    time: float
    nameless: float
    trust: float
    shared: float
    silent_here: float
    silent_likelihood: float
    place: float
    attribute: float
    asked: float
    unread: float
    foreign: float
    follows: float
    stray: float
    alone: float
    leans: float
    agreed: float
    unanswered: float
    unmet: float
    elsewhere: float


Ranked = Sequence[tuple[float, Candidate, Ranking]]
"""Clauses, best first, each with its sum in spreads and its features."""
Apart = tuple[Sequence[Recalled], Ranked]
"""Of a follow-up with words of its own, what is alike and what is found without its topic."""


class FeatureExtractor:
    """Measures the features.

    Args:
        analyzer: For the concepts of questions and clauses.
        fit: Judges places.
        vectors: Which words are names.
        spoken: Every word of the articles, and of the known questions that they answer.
    """

    def __init__(
        self, analyzer: Analyzer, fit: PlaceFit, vectors: WordVectors, spoken: frozenset[str]
    ) -> None:
        self._analyzer = analyzer
        self._fit = fit
        self._naming = Naming(analyzer.tokenizer, vectors)
        self._names, self._vectors = vectors.names, vectors
        self._spoken = spoken
        self._read = functools.lru_cache(REMEMBERED)(self._find_concepts)
        self._sides = functools.lru_cache(REMEMBERED)(self._find_sides)
        self._folded = functools.lru_cache(REMEMBERED)(fold)
        self._texts: dict[str, str] = {}
        self._beside = functools.lru_cache(REMEMBERED)(self._find_beside)
        self._wanted = functools.lru_cache(REMEMBERED)(self._wants)

    def rare_names(self, question: Question, said: str) -> tuple[str, ...]:
        """Return the names in a question that articles use now and then: 杉井奥特莱斯, 鸭鸭, g60.

        Args:
            question: The question.
            said: All that the articles say, folded.
        """
        words = [
            w for w in self._analyzer.tokenizer.words(question.plain) if w.term in question.content
        ]
        found = mention.names(question.plain, words, said, self._is_common)
        heard = (w for w in question.content if len(w) > 1 and not self._is_common(w))
        short = (w for w in heard if 0 < said.count(w) <= mention.RAREST)
        return tuple(dict.fromkeys((*(name for name in found if name in said), *short)))

    def _is_common(self, word: str) -> bool:
        return word in self._vectors and word not in self._names

    def is_strange(self, question: Question) -> bool:
        """Whether neither the articles nor what they answer knows half of a question's topical words or more."""
        known = sum(word in self._spoken for word in question.content)
        concepts = any(concept.startswith("#") for concept in self._read(question.plain))
        return bool(question.content) and 2 * known <= len(question.content) and not concepts

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

    def ranking(
        self,
        question: Question,
        found: Found,
        candidate: Candidate,
        focus: Focus | None,
        seen: dict[int, Mapping[str, float]],
    ) -> Ranking:
        """Return what speaks for a clause as the best answer.

        Args:
            question: What was asked.
            found: What the search brought.
            candidate: The clause.
            focus: What the conversation is about.
            seen: What the clauses of a sentence share, by the sentence's number; sentences are added to it.
        """
        same = focus is not None and focus.article_id == candidate.article.id
        leaning = same and not question.places
        distance = abs(candidate.paragraph.number - focus.paragraph) if focus and same else 99
        hit = candidate.hit
        trust = candidate.known / (candidate.known + TRUST)
        sentence = self._folded(candidate.paragraph.text[hit.start : hit.end])
        if hit.sentence not in seen:
            seen[hit.sentence] = _sentence(question, found, hit, sentence)
        wanted = {CLASSES[kind] for kind in question.kinds if kind in CLASSES}
        kind = CLASSES.get(candidate.kind, "")
        return Ranking(
            *hit.evidence,
            **seen[hit.sentence],
            similarity=candidate.similarities[0] if candidate.similarities else 0.0,
            likelihood=_bounded(candidate.likelihood),
            shared=trust * candidate.shared,
            kind=(1.0 if kind in wanted else -1.0) if wanted and kind else 0.0,
            concepts=self._concepts(question, candidate, sentence),
            opening=float(hit.start == 0),
            asks=float(sentence.rstrip('”』」"').endswith("?")),
            place=self._place(question, candidate),
            contradicts=self._contradicts(question, candidate),
            same_article=float(leaning),
            near=1 / (1 + distance) if leaning else 0.0,
            repeated=float(same and focus is not None and focus.says == candidate.says),
        )

    def answering(
        self,
        question: Question,
        ranked: Ranked,
        alike: Sequence[Recalled],
        alone: Apart | None,
        *,
        unmet: bool = False,
    ) -> Answering:
        """Return what speaks for and against the best clause answering at all.

        Args:
            question: What was asked.
            ranked: The clauses, best first, at least one, each with its sum and its features.
            alike: The known questions as `alike` returns them.
            alone: Of a follow-up with words of its own, what is alike and what is found without its topic.
            unmet: Whether the best clause lacks what the question demands.
        """
        total, best, features = ranked[0]
        hit = best.hit
        against = [x for x in alike if not x.ask.answered]
        # What one place's article does not state, another's may.
        # What is listed as asked for in vain is what news does not state; the law and the guide may.
        listed = (best.article.id, None) if best.article.kind is Kind.NEWS else (best.article.id,)
        here = [x for x in against if x.ask.article_id in listed]
        silent_likelihood = _bounded(max((x.likelihood for x in here), default=0.0))
        sentence = self._folded(best.paragraph.text[hit.start : hit.end])
        trust = best.known / (best.known + TRUST)
        return Answering(
            total=total,
            article=features.article,
            meaning=features.meaning,
            slot=features.slot,
            formless=features.formless,
            time=detect.conflict(question.plain, sentence, self._text(best.article)),
            nameless=float(self._naming.lacks(question, sentence)),
            trust=trust,
            shared=features.shared,
            silent_here=_nearest(here),
            silent_likelihood=silent_likelihood - trust * features.likelihood,
            place=features.place,
            attribute=float(any(detect.lacks(a.detector, sentence) for a in question.attributes)),
            asked=self._meets_asked(question, hit),
            unread=question.untranslated,
            foreign=float(question.writing in (Writing.ENGLISH, Writing.PINYIN)),
            **_alone(best, alone),
            **_counted(best, alike[:ALIKE]),
            unmet=float(unmet),
            elsewhere=float(bool(question.elsewhere)),
        )

    def _place(self, question: Question, candidate: Candidate) -> float:
        article, paragraph = candidate.article, candidate.paragraph
        if article.kind is Kind.NEWS:
            return self._fit.of(question.places, article, paragraph)
        return self._fit.of_rule(question, article, paragraph)

    def _text(self, article: Article) -> str:
        """Return all that an article says, folded."""
        if article.id not in self._texts:
            self._texts[article.id] = fold(f"{article.name}\n{article.body}")
        return self._texts[article.id]

    def _meets_asked(self, question: Question, hit: Hit) -> float:
        """Return how well a sentence meets the words beside the question word."""
        beside = self._beside(question)
        met = dict(zip(question.topical, hit.met, strict=False))
        return sum(met.get(word, 0.0) for word in beside) / len(beside) if beside else UNASKED

    def _find_beside(self, question: Question) -> tuple[str, ...]:
        """Return the topical words next to the last question word of a question, at most one on each side."""
        asking = [match.span() for match in ASKING.finditer(question.plain)]
        if not asking:
            return ()
        start, end = asking[-1]
        words = [
            w for w in self._analyzer.tokenizer.words(question.plain) if w.term in question.topical
        ]
        before = [w.term for w in words if w.end <= start]
        behind = [w.term for w in words if w.start >= end]
        return (*before[-1:], *behind[:1])

    def _wants(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the kinds of answer and the attributes that an ask wants."""
        concepts = self._read(text)
        return (
            frozenset(c[1:] for c in concepts if c.startswith("?")),
            frozenset(c[1:] for c in concepts if c.startswith("@")),
        )

    def _contradicts(self, question: Question, candidate: Candidate) -> float:
        """Return how far a clause is about the other one of two things that exclude each other.

        1 where it, as people ask for it, is about the other one only; `BOTH` where it speaks of both (五星级、四星级共155家);
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
                worst = BOTH
        return worst

    def _find_sides(self, text: str) -> frozenset[tuple[str, str]]:
        found = self._analyzer.lexicon.contrasts.find(fold(text))
        return frozenset(each.value for each in found)

    def _find_concepts(self, text: str) -> frozenset[str]:
        return frozenset(self._analyzer.concepts(fold(text)))

    def _concepts(self, question: Question, candidate: Candidate, sentence: str) -> float:
        """Return which share of the question's concepts the clause's sentence, or the ask it answers, speaks of."""
        wanted = {c for c in self._read(question.plain) if c.startswith("#")}
        if not wanted:
            return 0.0
        return len(wanted & (self._read(sentence) | self._read(candidate.topic))) / len(wanted)


def _sentence(question: Question, found: Found, hit: Hit, folded: str) -> Mapping[str, float]:
    """Return the features that the clauses of one sentence share.

    Args:
        question: The question.
        found: What the search brought.
        hit: The sentence.
        folded: Its folded text.
    """
    spans = [
        (start - hit.start, end - hit.start)
        for start, end in clauses(hit.paragraph.text, hit.start, hit.end)
    ]
    total = sum(found.rarity) or 1.0
    shares = [0.0] * len(spans)
    for rarity, near, met in zip(found.rarity, found.near, hit.met, strict=True):
        for number, (start, end) in enumerate(spans if met else ()):
            for term, cosine in reversed(near):
                if folded.find(term, start, end) >= 0:
                    shares[number] += rarity * cosine / total
                    break
    slots = forms.slots(question.kinds, question.plain, folded)
    return {
        "slot": _best_beside(slots, spans, shares),
        "formless": float(forms.lacks(question.kinds, question.plain, folded)),
        "form": _best_beside(forms.manners(question.kinds, folded), spans, shares),
        "gap": _gap(found.rarity, hit.met, hit.named),
    }


def _best_beside(
    found: Iterable[tuple[int, float]], spans: Sequence[tuple[int, int]], shares: Sequence[float]
) -> float:
    """Return the most that anything found counts: half by how well it fits, half by what its clause shares with the question.

    Args:
        found: Where each stands, and how well it fits.
        spans: The clauses.
        shares: Which share of the question each of them holds.
    """
    worths = (
        fits * (0.5 + 0.5 * share)
        for at, fits in found
        for span, share in zip(spans, shares, strict=True)
        if span[0] <= at < span[1]
    )
    return max(worths, default=0.0)


def _alone(best: Candidate, alone: Apart | None) -> Mapping[str, float]:
    """Return what a follow-up is like without its topic."""
    if alone is None:
        return {"follows": 0.0, "stray": 0.0, "alone": 0.0, "leans": 0.0}
    alike, ranked = alone
    same = next((f for _, c, f in ranked if c.hit.sentence == best.hit.sentence), None)
    return {
        "follows": 1.0,
        "stray": _nearest([x for x in alike if not x.ask.answered]),
        "alone": _nearest([x for x in alike if x.ask.answered]),
        "leans": max(same.shared, same.context) if same else 0.0,
    }


def _counted(best: Candidate, alike: Sequence[Recalled]) -> Mapping[str, float]:
    """Return which share of some known questions the best clause's paragraph answers, and which share nothing does.

    Each counts by the square of its likeness.
    """
    total = sum(one.similarity**2 for one in alike) or 1.0
    own = (x for x in alike if x.ask.answered and x.ask.paragraph_id == best.paragraph.id)
    silent = (x for x in alike if not x.ask.answered)
    return {
        "agreed": sum(one.similarity**2 for one in own) / total,
        "unanswered": sum(one.similarity**2 for one in silent) / total,
    }


def _nearest(known: Sequence[Recalled]) -> float:
    return max((one.similarity for one in known), default=0.0)


def _bounded(likelihood: float) -> float:
    return min(max(likelihood, -2.0), LIKELY) / LIKELY


def _gap(rarity: Sequence[float], met: Sequence[float], named: Sequence[float]) -> float:
    most = max(rarity, default=0.0)
    gaps = (w * (1 - m) * (1 - n) for w, m, n in zip(rarity, met, named, strict=True))
    return max(gaps, default=0.0) / most if most else 0.0
