"""From what a search found to what can honestly be said."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.answer import detect
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.candidate import Candidate, clause_of, collect
from bot.answer.cite import cite
from bot.answer.features import Apart, FeatureExtractor, Ranked
from bot.answer.focus import Focus
from bot.answer.lead import beside, cut
from bot.answer.model import AnswerModel
from bot.answer.places import OTHER, PlaceFit
from bot.article import Article
from bot.question.question import YEAR, Question
from bot.question.writing import Writing
from bot.search.voice import Found, Hit, Recalled

CERTAIN = {"phone", "url", "address", "clock"}
"""Detectors that miss nothing of their kind: what they do not find is not stated."""
JUDGED = 120
"""Known questions that are judged."""
FAR = 0.25
"""Likeness below which a known question says nothing for a sentence that meets no word of the question."""
MISSING_SIMILARITY = 0.4
"""How like a question an ask that nothing answers must be for its missing part to be named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood, with what may answer it.

    Args:
        question: The question.
        found: What the search brought.
        alike: The known questions with what is left of their likeness, the most alike first.
        ranked: The clauses that may answer, best first, each with its sum and features.
        probability: How probable it is that the best one answers; 0 when there is none.
        alone: A follow-up with words of its own, read without the topic that was added to it.
    """

    question: Question
    found: Found
    alike: Sequence[Recalled]
    ranked: Ranked
    probability: float
    alone: Reading | None = None

    @property
    def apart(self) -> Apart | None:
        """What is alike and what is found without the topic, where it is a follow-up with words of its own."""
        return (self.alone.alike, self.alone.ranked) if self.alone else None


class Selector:
    """Chooses the answer or refuses.

    Args:
        articles: Every article by id.
        fit: Judges places.
        extractor: Measures clauses.
        model: Weighs what was measured.
        known: How many questions are known about each paragraph, by its id.
    """

    def __init__(
        self,
        articles: Mapping[str, Article],
        fit: PlaceFit,
        extractor: FeatureExtractor,
        model: AnswerModel,
        known: Mapping[str, int],
    ) -> None:
        self.articles = articles
        self._fit = fit
        self.extractor = extractor
        self.model = model
        self._known = known

    def read(
        self,
        question: Question,
        found: Found,
        focus: Focus | None,
        alone: Reading | None = None,
    ) -> Reading:
        """Return a question with the clauses that may answer it, judged.

        Args:
            question: What is asked.
            found: What the search brought.
            focus: What the conversation is about.
            alone: The reading of a follow-up without the topic that was added to it.
        """
        found = self._relevant(question, found)
        alike = self.extractor.alike(question, found.recalled)
        ranked = []
        seen: dict[int, Mapping[str, float]] = {}
        for candidate in collect(found.hits, found.recalled, self.articles):
            features = self.extractor.ranking(question, found, candidate, focus, seen)
            # What is true of one place is never said of another.
            if features.place != OTHER:
                ranked.append((self.model.rank(features), candidate, features))
        if not ranked:
            return Reading(question, found, alike, [], 0.0, alone)
        # Of a clause and its sentence with one sum the clause comes first: it says what was asked.
        ranked.sort(key=lambda item: (-item[0], item[1].paragraph.id, -item[1].start))
        reading = Reading(question, found, alike, ranked, 0.0, alone)
        measured = self.extractor.answering(question, ranked, alike, reading.apart)
        return dataclasses.replace(
            reading, probability=self.model.probability(measured, self.known_about(reading))
        )

    def known_about(self, reading: Reading) -> int:
        """Return how many questions are known about the paragraph of the best clause."""
        return self._known.get(reading.ranked[0][1].paragraph.id, 0)

    def _relevant(self, question: Question, found: Found) -> Found:
        """Return what was found without the known questions that say nothing about this one, the first `JUDGED`.

        What an article says of another place than the one named is no answer. Bare keywords ask for whatever the
        articles say of them: that some part is not stated does not matter.
        """
        bare = question.bare and any(_holds(hit, question) for hit in found.hits)
        speaks: dict[str | None, bool] = {}
        recalled: list[Recalled] = []
        for known in found.recalled:
            ask = known.ask
            if not ask.answered:
                applies = not bare and self._fit.applies(ask, question, self.articles)
            elif (applies := speaks.get(ask.paragraph_id)) is None:  # type: ignore[assignment]
                applies = speaks[ask.paragraph_id] = self._speaks_of(ask, question)
            if applies:
                recalled.append(known)
            if len(recalled) == JUDGED:
                break
        return found._replace(recalled=recalled)

    def _speaks_of(self, ask: Ask, question: Question) -> bool:
        """Whether the paragraph that answers a known question is about a place that the question names."""
        article = self.articles.get(ask.article_id or "")
        if article is None or ask.paragraph is None or ask.paragraph >= len(article.paragraphs):
            return False
        return self._fit.of(question.places, article, article.paragraphs[ask.paragraph]) != OTHER

    def is_strange(self, question: Question) -> bool:
        """Whether neither the articles nor what they answer knows half of a question's topical words or more."""
        return self.extractor.is_strange(question)

    @property
    def threshold(self) -> float:
        """The probability from which on the bot answers."""
        return self.model.threshold

    def select(self, reading: Reading) -> tuple[Answer, Focus] | Refusal:
        """Return the answer and what the conversation is about from then on, or a refusal."""
        if not reading.ranked or reading.probability < self.threshold:
            return self.refuse(reading)
        barred = self.barred(reading)
        if barred is not None:
            return barred
        best = reading.ranked[0][1]
        leads = beside(reading.ranked)
        if not best.asked:
            leads = (cut(best.paragraph.text, best.start, best.end, reading.question),)
        return Answer(leads, cite(reading.ranked)), focus_on(best, reading.question)

    def barred(self, reading: Reading) -> Refusal | None:
        """Return why the best clause is no answer however probable it is; None where nothing bars it."""
        question, (_, best, features) = reading.question, reading.ranked[0]
        met = (*best.hit.met, *best.hit.named)
        foreign = question.writing in (Writing.ENGLISH, Writing.PINYIN)
        if met and not any(met) and features.similarity < FAR and not foreign:
            return self.refuse(reading)  # not one word of it is there: 特朗普是谁
        if features.contradicts == 1.0:  # 第三批 is not what the second one is about
            return self.refuse(reading)
        strange = [year for year in question.years if year not in fold(best.article.body)]
        if strange:  # a figure of one year is no answer about another
            return Refusal(Reason.UNKNOWN_YEAR, strange[0])
        if best.sentence is None:
            return Refusal(Reason.UNQUOTABLE)
        quoted = fold(best.paragraph.text[slice(*best.sentence)])
        told = YEAR.findall(quoted)
        others = [year for year in question.years if told and year not in told]
        if others:  # the same within a paragraph: what was so by 2021 is not said of 2020
            return Refusal(Reason.UNKNOWN_YEAR, others[0])
        for attribute in question.attributes:
            if attribute.detector in CERTAIN and detect.lacks(attribute.detector, quoted):
                return Refusal(Reason.MISSING_PART, attribute.label)
        return None

    def can_quote(self, ask: Ask) -> bool:
        """Whether the clause that answers a known question stands in a sentence that may be quoted."""
        if ask.article_id is None or ask.paragraph is None or ask.says is None:
            return False
        clause = self.recall(Focus(ask.article_id, ask.paragraph, ask.says, ask.plain))
        return clause is not None and clause.sentence is not None

    def recall(self, focus: Focus) -> Candidate | None:
        """Return the clause of an earlier answer; None where the corpus has changed since."""
        article = self.articles.get(focus.article_id)
        if article is None or focus.paragraph >= len(article.paragraphs):
            return None
        return clause_of(article, article.paragraphs[focus.paragraph], focus.says, focus.topic)

    def holds(self, focus: Focus) -> bool:
        """Whether the corpus still says what was answered."""
        return self.recall(focus) is not None

    def refuse(self, reading: Reading) -> Refusal:
        """Return a refusal that names what is missing, as far as that is known and was asked for in these words."""
        question = reading.question
        silent = [known for known in reading.alike if not known.ask.answered]
        nearest = max(silent, key=lambda known: known.similarity + known.likelihood, default=None)
        near = nearest is not None and nearest.similarity >= MISSING_SIMILARITY
        if nearest and near and self.extractor.says(question, nearest.ask.missing):
            return Refusal(Reason.MISSING_PART, nearest.ask.missing)
        labels = [attribute.label for attribute in question.attributes]
        if labels and not any(
            self.extractor.stands_in(a, labels[0]) for a in self.articles.values()
        ):
            return Refusal(Reason.MISSING_PART, labels[0])
        return Refusal(Reason.MISSING_PART)


def _holds(hit: Hit, question: Question) -> bool:
    text = fold(hit.paragraph.text)
    return all(word in text for word in question.content)


def focus_on(candidate: Candidate, question: Question) -> Focus:
    """Return the focus that an answer leaves behind."""
    return Focus(
        candidate.article.id,
        candidate.paragraph.number,
        candidate.says,
        candidate.topic,
        question.kinds,
    )
