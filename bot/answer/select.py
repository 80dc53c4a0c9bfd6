"""From what a search found to what can honestly be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.answer import detect
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.candidate import Candidate, collect
from bot.answer.cite import Ranked, cite
from bot.answer.fit import OTHER, PlaceFit
from bot.answer.focus import Focus
from bot.answer.judgement import Features, Judgement
from bot.answer.lead import beside, cut
from bot.answer.measure import STORY, Measurer
from bot.article import Article
from bot.question.question import YEAR, Question
from bot.search.backend import Hit, Recalled

CERTAIN = {"phone", "url", "address", "clock"}
"""Detectors that miss nothing of their kind: what they do not find is not stated."""
JUDGED = 120
"""Known questions that are judged."""
UNASKED_MARGIN = 0.15
"""By how much likelier a sentence without known questions must be than a clause that people are known to ask for."""
FAR_SIMILARITY, FAR_LIKELIHOOD, FAR_STRANGENESS = 0.25, 1.0, 0.5
"""On the seven fitted sets no right answer is lost by these."""
MISSING_SIMILARITY = 0.4
"""How like a question an ask that nothing answers must be for its missing part to be named."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought for one question.

    Args:
        hits: Ranked paragraphs.
        recalled: Known questions, most similar first.
    """

    hits: Sequence[Hit]
    recalled: Sequence[Recalled]


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


class Selector:
    """Chooses the answer or refuses.

    Args:
        articles: Every article by id.
        known: How many known questions a clause answers, by paragraph id and clause.
        fit: Judges places.
        measurer: Measures clauses.
        judgement: Weighs what was measured.
    """

    def __init__(
        self,
        articles: Mapping[str, Article],
        known: Mapping[tuple[str, str], int],
        fit: PlaceFit,
        measurer: Measurer,
        judgement: Judgement,
    ) -> None:
        self.articles = articles
        self._known = known
        self._asked = frozenset(paragraph_id for paragraph_id, _ in known)
        self._fit = fit
        self._measurer = measurer
        self._judgement = judgement

    def read(
        self,
        question: Question,
        found: Found,
        focus: Focus | None,
        alone: Reading | None = None,
    ) -> Reading:
        """Return a question with the clauses that may answer it, judged.

        Clauses with known questions and sentences without are judged by weights of their own; the likelier kind
        comes first, since their sums do not compare.

        Args:
            question: What is asked.
            found: What the search brought.
            focus: What the conversation is about.
            alone: The reading of a follow-up without the topic that was added to it.
        """
        found = self._relevant(question, found)
        candidates = collect(found.hits, found.recalled, self.articles, self._asked)
        alike = self._measurer.alike(question, found.recalled)
        best = Reading(question, found, alike, [], 0.0, alone)
        for known, weights in ((True, self._judgement.asked), (False, self._judgement.unasked)):
            ranked: list[tuple[float, Candidate, Features]] = []
            for candidate in candidates:
                if (candidate.paragraph.id in self._asked) is not known:
                    continue
                candidate.known = self._known.get((candidate.paragraph.id, candidate.says), 0)
                features = self._measurer.ranking(question, candidate, focus)
                # What is true of one place is never said of another.
                if not features["fit_other"]:
                    ranked.append((weights.rank(features), candidate, features))
            if not ranked:
                continue
            ranked.sort(key=lambda item: (-item[0], item[1].paragraph.id, item[1].start))
            pairs = [(c, f) for _, c, f in ranked]
            measured = self._measurer.answering(question, pairs, alike, focus)
            measured |= self.apart(ranked, alone)
            probability = weights.probability(measured)
            if not best.ranked or probability > best.probability + UNASKED_MARGIN:
                best = Reading(question, found, alike, ranked, probability, alone)
        return best

    def _is_far(self, reading: Reading) -> bool:
        """Whether a question is far from everything known: nothing is like it, and half its words nobody knows.

        So little is seldom in the question sets, so the fit does not judge it well: 特朗普是谁. Stories are left to it.
        """
        question, features = reading.question, reading.ranked[0][2]
        return (
            len(question.plain) <= STORY
            and features["similarity"] < FAR_SIMILARITY
            and features["likelihood"] < FAR_LIKELIHOOD
            and self._measurer.strangeness(question) >= FAR_STRANGENESS
        )

    def apart(self, ranked: Ranked, alone: Reading | None) -> Features:
        """Return what is measured of a follow-up read without its topic; all zeros where it is none."""
        pairs = [(c, f) for _, c, f in alone.ranked] if alone else []
        return self._measurer.standing_alone(ranked[0][1], alone.alike if alone else (), pairs)

    def _relevant(self, question: Question, found: Found) -> Found:
        """Return what was found without the known questions that say nothing about this one, the first `JUDGED`.

        What an article says of another place than the one named is no answer. Bare keywords ask for whatever the articles say of them: that some part is not stated does not matter.
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
        return Found(found.hits, recalled)

    def _speaks_of(self, ask: Ask, question: Question) -> bool:
        """Whether the paragraph that answers a known question is about a place that the question names."""
        article = self.articles.get(ask.article_id or "")
        if article is None or ask.paragraph is None or ask.paragraph >= len(article.paragraphs):
            return False
        return self._fit.of(question.places, article, article.paragraphs[ask.paragraph]) != OTHER

    def is_strange(self, question: Question) -> bool:
        """Whether neither the articles nor what they answer knows half of a question's topical words or more."""
        return self._measurer.is_strange(question)

    @property
    def threshold(self) -> float:
        """The probability from which on the bot answers."""
        return self._judgement.threshold

    def select(self, reading: Reading) -> tuple[Answer, Focus] | Refusal:
        """Return the answer and what the conversation is about from then on, or a refusal."""
        if not reading.ranked or reading.probability < self.threshold or self._is_far(reading):
            return self.refuse(reading)
        best = reading.ranked[0][1]
        strange = [year for year in reading.question.years if year not in fold(best.article.body)]
        if strange:  # a figure of one year is no answer about another
            return Refusal(Reason.UNKNOWN_YEAR, strange[0])
        if best.sentence is None:
            return Refusal(Reason.UNQUOTABLE)
        quoted = fold(best.paragraph.text[slice(*best.sentence)])
        told = YEAR.findall(quoted)
        others = [year for year in reading.question.years if told and year not in told]
        if others:  # the same within a paragraph: what was so by 2021 is not said of 2020
            return Refusal(Reason.UNKNOWN_YEAR, others[0])
        for attribute in reading.question.attributes:
            if attribute.detector in CERTAIN and not detect.states(attribute.detector, quoted):
                return Refusal(Reason.MISSING_PART, attribute.label)
        leads = beside(reading.ranked)
        if not best.known:
            leads = (cut(best.paragraph.text, best.start, best.end, reading.question),)
        return Answer(leads, cite(reading.ranked)), focus_on(best, reading.question)

    def can_quote(self, ask: Ask) -> bool:
        """Whether the clause that answers a known question stands in a sentence that may be quoted."""
        if ask.article_id is None or ask.paragraph is None or ask.says is None:
            return False
        clause = self._clause(Focus(ask.article_id, ask.paragraph, ask.says, ask.plain))
        return clause is not None and clause.sentence is not None

    def recall(self, focus: Focus) -> Candidate | None:
        """Return the clause of an earlier answer; None where the corpus has changed since."""
        return self._clause(focus)

    def holds(self, focus: Focus) -> bool:
        """Whether the corpus still says what was answered."""
        return self._clause(focus) is not None

    def _clause(self, focus: Focus) -> Candidate | None:
        article = self.articles.get(focus.article_id)
        if article is None or focus.paragraph >= len(article.paragraphs):
            return None
        paragraph = article.paragraphs[focus.paragraph]
        start = paragraph.text.find(focus.says)
        if start < 0:
            return None
        return Candidate(article, paragraph, start, start + len(focus.says), "", focus.topic)

    def refuse(self, reading: Reading) -> Refusal:
        """Return a refusal that names what is missing, as far as that is known."""
        question = reading.question
        silent = [known for known in reading.alike if not known.ask.answered]
        nearest = max(silent, key=lambda known: known.similarity + known.likelihood, default=None)
        if nearest is not None and nearest.similarity >= MISSING_SIMILARITY:
            return Refusal(Reason.MISSING_PART, nearest.ask.missing)
        if question.attributes:
            return Refusal(Reason.MISSING_PART, question.attributes[0].label)
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
