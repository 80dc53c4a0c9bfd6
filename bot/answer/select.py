"""From what a search found to what can honestly be said."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.answer import basis, detect, forms, lead, lookup
from bot.answer.answer import MAX_EXCERPTS, Answer, Excerpt, Reason, Refusal, Remark
from bot.answer.candidate import Candidate, clause_of, collect, continued
from bot.answer.cite import cite, excerpt_of
from bot.answer.conditions import COUNTING, Conditions
from bot.answer.features import Answering, Apart, FeatureExtractor, Ranked, Ranking
from bot.answer.focus import Focus
from bot.answer.model import AnswerModel
from bot.answer.places import NONE, OTHER, PlaceFit
from bot.answer.scope import Fit, Scope
from bot.article import Article, Kind
from bot.question import times
from bot.question.question import Question
from bot.question.writing import Writing
from bot.search.voice import Found, Hit, Recalled

JUDGED = 120
"""Known questions that are judged."""
NEARBY = 0.5
"""Share of a question's topical words, weighed by their rarity, that a sentence must meet to be shown as near."""
LAW_NEAR = 0.25
"""Probability from which on a provision or the guide is shown as near. Not tuned."""
NEAR = 2
"""Excerpts that a refusal shows at most."""
SURE = 0.8
"""Probability from which on a sentence answers though it meets no word: 小事大事 is answered by 小纠纷…大纠纷."""
COVERED = 0.4
"""Probability from which on a sentence answers that has all of a question's words. With .35 three questions of tuning4, tuning5 and
fresh are answered that nothing answers, with .4 none of them (`tests/test_effectiveness.py` judges these sets)."""
PLAIN_AMONG, PLAIN_NEAR = 10, 1.0
"""Clauses among which, and spreads within which, one is looked for that counts what is asked for and no part of it."""
FORMED = frozenset(["date", "count", "money", "percent", "duration"])
"""Kinds of answer whose form a sentence has or lacks for certain."""
OPEN = frozenset(["yesno", "definition", "list"])
"""Kinds of answer that ask for whatever there is."""
LONG = 3
"""Characters from which on a word that articles seldom use brings up its sentence as near, whatever it names."""
ANNOUNCING = 30
"""Characters of a sentence that names a thing and does not tell what it is."""
FAR = 0.25
"""Likeness below which a known question says nothing for a sentence that meets no word of the question."""


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
        scope: Tells whose the figures are.
        conditions: Tells what questions demand.
    """

    def __init__(
        self,
        articles: Mapping[str, Article],
        fit: PlaceFit,
        extractor: FeatureExtractor,
        model: AnswerModel,
        known: Mapping[str, int],
        scope: Scope,
        conditions: Conditions,
    ) -> None:
        self.articles = articles
        self._fit = fit
        self.extractor = extractor
        self.model = model
        self._known = known
        self._scope = scope
        self._conditions = conditions
        self._statutes = [a for a in articles.values() if a.kind is Kind.STATUTE]
        texts = [(a.kind, fold(f"{a.name}\n{a.body}")) for a in articles.values()]
        self._said = "\n".join(text for _, text in texts)
        self._told = "\n".join(text for kind, text in texts if kind is Kind.NEWS)

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
        if self._conditions.binds(question):
            ranked = [x for x in ranked if x[2].contradicts < 1.0] or ranked
            unfit = [x for x in ranked if not self._fits(question, x[1])]
            if any(_is_news(x) for x in ranked if x not in unfit):
                ranked = [x for x in ranked if x not in unfit]
        if COUNTING & set(question.kinds):
            ranked = self._plain_first(question, ranked)
        return self._likelier(Reading(question, found, alike, ranked, 0.0, alone))

    def _likelier(self, reading: Reading) -> Reading:
        """Return a reading, judged, with the best report first or the best rule, whichever is likelier to answer.

        A report that answers comes first where the question has a name that reports tell of.
        """
        news = [x for x in reading.ranked if _is_news(x)]
        rules = [x for x in reading.ranked if not _is_news(x)]
        if not (news and rules):
            return self._judged(reading)
        told = self._judged(dataclasses.replace(reading, ranked=[*news, *rules]))
        held = self._judged(dataclasses.replace(reading, ranked=[*rules, *news]))
        _, best, features = rules[0]
        free = reading.alone is None and not self._of_reports(
            reading.question, best, features.place
        )
        if free and held.probability >= max(self.needed(held), told.probability):
            return held
        if told.probability >= self.threshold or _is_news(reading.ranked[0]):
            return told
        return held

    def _judged(self, reading: Reading) -> Reading:
        """Return a reading with how probable it is that its first clause answers."""
        known, kind = self.known_about(reading), reading.ranked[0][1].article.kind
        probability = self.model.probability(self.measured(reading), known, kind)
        return dataclasses.replace(reading, probability=probability)

    def measured(self, reading: Reading) -> Answering:
        """Return what speaks for and against the best clause answering; there has to be one."""
        question, best = reading.question, reading.ranked[0][1]
        unmet = not _is_news(reading.ranked[0]) and not self._conditions.fits(question, best)
        return self.extractor.answering(
            question, reading.ranked, reading.alike, reading.apart, unmet=unmet
        )

    def _fits(self, question: Question, candidate: Candidate) -> bool:
        """Whether a clause lacks nothing that a question demands; a rule is of no day and of nobody's."""
        return candidate.article.kind is not Kind.NEWS or self._conditions.fits(question, candidate)

    def _plain_first(
        self, question: Question, ranked: list[tuple[float, Candidate, Ranking]]
    ) -> list[tuple[float, Candidate, Ranking]]:
        """Return the clauses with one that counts just what is asked for before one that counts a part of it.

        Asked for 联络点 the 8862 联络点 come before the 239 of five and four stars, where both hold as much of the question.
        """
        score, best, features = ranked[0]
        if not (features.contradicts or self._conditions.qualified(question, best.says)):
            return ranked
        held = _held(question, best)
        if not held:
            return ranked
        for number, (other, candidate, measured) in enumerate(ranked[:PLAIN_AMONG]):
            if other < score - PLAIN_NEAR:
                break
            qualified = self._conditions.qualified(question, candidate.says)
            plain = not (qualified or measured.contradicts)
            if (
                plain
                and _held(question, candidate) >= held
                and detect.states("count", fold(candidate.says))
            ):
                return [ranked[number], *ranked[:number], *ranked[number + 1 :]]
        return ranked

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

    def needed(self, reading: Reading) -> float:
        """Return the probability from which on a question is answered by what stands first."""
        if _is_news(reading.ranked[0]):
            return self.threshold
        question, (_, best, features) = reading.question, reading.ranked[0]
        # How many there are of something in a place, no law says, whatever it says of such things.
        elsewhere = bool(question.elsewhere) and features.place <= NONE
        counts = bool(COUNTING & set(question.kinds)) and elsewhere
        told = self._of_reports(question, best, features.place)
        return SURE if features.formless or counts or told else self.threshold

    def _of_reports(self, question: Question, best: Candidate, place: float) -> bool:
        """Whether a question names a place or has a name that reports tell of, and the article of a rule's clause does not.

        Then it asks for what they tell, rather than for what holds for everybody.
        """
        if question.places and place <= NONE:
            return True
        body = fold(f"{best.article.name}\n{best.article.body}")
        names = self.extractor.rare_names(question, self._told)
        return any(name not in body for name in names if name.isalpha())

    def select(self, reading: Reading) -> tuple[Answer, Focus] | Refusal:
        """Return the answer and what the conversation is about from then on, or a refusal."""
        sure = bool(reading.ranked) and reading.probability >= self.needed(reading)
        if sure and not _is_news(reading.ranked[0]):
            return self.barred(reading) or self._answer_of(reading)
        sure = sure or self._covered(reading)
        looked_up = [
            number
            for number in lookup.found(reading.question, reading.ranked, self._said)
            if self._conditions.fits(reading.question, reading.ranked[number][1])
        ]
        if looked_up and not (sure and 0 in looked_up and not lookup.asks_figure(reading.question)):
            return self._looked_up(reading, [reading.ranked[number] for number in looked_up])
        return self._by_report(reading) if sure else self._unsure(reading)

    def _unsure(self, reading: Reading) -> tuple[Answer, Focus] | Refusal:
        """Return what there is of a question that nothing surely answers: the parts of a whole, a name's mention, or nothing."""
        only = self._only(Fit.PART, reading) if self._asks_whole(reading) else None
        if only and only.parts:
            return only
        return self._mentioned(reading) or Refusal(Reason.MISSING_PART)

    def _by_report(self, reading: Reading) -> tuple[Answer, Focus] | Refusal:
        """Return what the best clause states of what is asked for, or why it states something else."""
        barred = self.barred(reading)
        if barred is not None:
            return barred
        best = reading.ranked[0][1]
        question, short = reading.question, self._short(reading)
        further = _further(best, question)
        if further is not None:
            return self._looked_up(
                reading, [(0.0, further, reading.ranked[0][2]), *reading.ranked[1:]]
            )
        if not self._conditions.told_apart(question, short):
            return Refusal(Reason.MISSING_PART)
        fit = self._scope.fit(question, short, best.article)
        if fit is Fit.WIDER or (fit is Fit.PART and self._scope.asks_whole(question)):
            return self._only(fit, reading)
        place = self._scope.place(short, best.article) if fit is Fit.PART else None
        relative = times.relative_in(question.plain)
        answer = Answer(
            (short,),
            self._cited(reading.ranked),
            Remark.PART if place else None,
            place.name if place else "",
            relative=relative if relative in fold(short) else "",
        )
        return answer, focus_on(best, question)

    def stated(self, reading: Reading) -> tuple[Answer, Focus] | None:
        """Return what the best clause states, however sure that it answers; None where it may not be quoted."""
        if not reading.ranked or self.barred(reading) is not None:
            return None
        return self._answer_of(reading)

    def _answer_of(self, reading: Reading) -> tuple[Answer, Focus]:
        answer = Answer((self._short(reading),), self._cited(reading.ranked))
        return answer, focus_on(reading.ranked[0][1], reading.question)

    def _cited(self, ranked: Ranked) -> tuple[Excerpt, ...]:
        """Return the excerpts of an answer; beside the guide's stand the provisions that it tells of."""
        cited = cite(ranked)
        if not cited or cited[0].article.kind is not Kind.GUIDE:
            return cited
        laws = basis.excerpts(cited[0], self._statutes)
        return tuple(dict.fromkeys((cited[0], *laws)))[:MAX_EXCERPTS]

    def by_law(self, reading: Reading) -> tuple[Answer, Focus] | Refusal | None:
        """Return what statutes and the guide say to a question, whatever news stands before them; None where they say nothing.

        A refusal shows at most what stands near.
        """
        own = self.of_rules(reading)
        if not own.ranked:
            return None
        if own.probability < self.needed(own):
            return Refusal(Reason.MISSING_PART, near=self.near(own))
        return self.select(own)

    def of_rules(self, reading: Reading) -> Reading:
        """Return a reading with the clauses of statutes and of the guide alone."""
        hits = [
            hit
            for hit in reading.found.hits
            if self.articles[hit.paragraph.article_id].kind is not Kind.NEWS
        ]
        return self.read(reading.question, reading.found._replace(hits=hits), None)

    def _short(self, reading: Reading) -> str:
        """Return the short answer: the whole sentence where whatever is said is asked for, and it is no long one."""
        question, (_, best, _) = reading.question, reading.ranked[0]
        assert best.sentence is not None
        if lookup.ASKS_ABOUT.search(question.plain):
            whole = lead.alone(best, question, best.sentence)
            if len(whole) <= lead.ENUMERATED:
                return whole
        return lead.of(reading.ranked, question)

    def _covered(self, reading: Reading) -> bool:
        """Whether the best clause's sentence has every topical word of a question and the figure or date asked for.

        Then a known question that looks alike and that nothing answers (线上调解没成功的有多少件) weighs less.
        """
        question = reading.question
        named = len(question.content) + len(question.places)
        if not reading.ranked or reading.probability < COVERED or named < 2:
            return False
        if question.writing is Writing.ENGLISH:
            return False  # a glossary has fewer words than were typed
        _, best, features = reading.ranked[0]
        if not _is_news(reading.ranked[0]):
            return False
        formed = bool(FORMED & set(question.kinds)) and not features.formless
        sentence = fold(best.paragraph.text[best.hit.start : best.hit.end])
        words = question.content
        told = features.contradicts < 1.0 and words and all(word in sentence for word in words)
        return bool(formed and told)

    def _asks_whole(self, reading: Reading) -> bool:
        """Whether a figure of all of a place is asked for, and what is found is of a part of it."""
        if not reading.ranked or not self._scope.asks_whole(reading.question):
            return False
        best = reading.ranked[0][1]
        if best.sentence is None:
            return False
        short = lead.alone(best, reading.question)
        return self._scope.fit(reading.question, short, best.article) is Fit.PART

    def near(self, reading: Reading) -> tuple[Excerpt, ...]:
        """Return the excerpt that stands nearest to a question that is not answered, if it is near at all."""
        rarity = reading.found.rarity
        for _, candidate, features in reading.ranked[:1]:
            met = sum(r * m for r, m in zip(rarity, candidate.hit.met, strict=True))
            excerpt = excerpt_of(candidate)
            if candidate.article.kind is not Kind.NEWS and reading.probability >= LAW_NEAR:
                return self._cited(reading.ranked)[:NEAR]
            if excerpt and features.contradicts < 1.0 and met >= NEARBY * sum(rarity) > 0:
                return (excerpt,)
        rare = tuple(w for w in reading.question.content if self._is_rare(w))
        naming = self._naming(reading, self._names(reading.question) or rare)
        excerpts = (excerpt_of(candidate) for _, candidate, _ in naming)
        return tuple(excerpt for excerpt in excerpts if excerpt)[:1]

    def _names(self, question: Question) -> tuple[str, ...]:
        return self.extractor.rare_names(question, self._said)

    def _is_rare(self, word: str) -> bool:
        return len(word) >= LONG and 0 < self._said.count(word) <= lookup.RAREST

    def _naming(self, reading: Reading, names: Sequence[str]) -> Ranked:
        """Return the clauses, one a sentence, that have one of some names."""
        found: dict[int, tuple[float, Candidate, Ranking]] = {}
        for scored in reading.ranked if names else ():
            _, candidate, features = scored
            text = fold(candidate.paragraph.text[candidate.hit.start : candidate.hit.end])
            if features.contradicts < 1.0 and any(name in text for name in names):
                found.setdefault(candidate.hit.sentence, scored)
        return list(found.values())

    def _mentioned(self, reading: Reading) -> tuple[Answer, Focus] | None:
        """Return what is said of a name where little else is asked: 那杉井奥特莱斯呢, 有野生动物园吗; None for other questions."""
        question = reading.question
        likely = reading.probability >= COVERED
        if set(question.kinds) - (OPEN if likely else {"yesno"}) or question.denied:
            return None
        names = [name for name in self._names(question) if not name[0].isdecimal()]
        for scored in self._naming(reading, names):
            _, best, features = scored
            sentence = fold(best.paragraph.text[best.hit.start : best.hit.end])
            met = dict(zip(question.topical, best.hit.met, strict=False))
            words = [w for w in question.content if len(w) > 1]
            told = all(w in sentence or met.get(w, 0.0) >= lookup.MET for w in words)
            here = not question.places or features.place >= 1.0
            if told and here and best.sentence and self._conditions.fits(question, best):
                name = next(one for one in names if one in sentence)
                short = lead.holding(best, question, lookup.span_of(name, best))
                answer = Answer((short,), cite([scored]), Remark.MENTIONED)
                return answer, focus_on(best, question)
        return None

    def _only(self, fit: Fit, reading: Reading) -> Refusal:
        """Return a refusal that lists the figures there are of parts, or of the whole, of what is asked for."""
        parts = self._scope.parts(reading.question, reading.ranked)
        excerpts = (excerpt_of(part.candidate) for part in parts[:NEAR])
        return Refusal(
            Reason.ONLY_WHOLE if fit is Fit.WIDER else Reason.ONLY_PARTS,
            self._scope.asked(reading.question),
            parts=tuple((part.place, part.says) for part in parts),
            near=tuple(dict.fromkeys(excerpt for excerpt in excerpts if excerpt)),
        )

    def _looked_up(self, reading: Reading, ranked: Ranked) -> tuple[Answer, Focus]:
        """Return the sentences that hold what is asked about, to the letter."""
        best = _further(ranked[0][1], reading.question) or ranked[0][1]
        anchors = lookup.asked_about(reading.question, self._said)
        if best is not ranked[0][1] or not anchors:
            short = lead.alone(best, reading.question)
            ranked = [(0.0, best, ranked[0][2]), *ranked[1:]]
        else:
            short = lead.holding(best, reading.question, lookup.span_of(anchors[0], best))
        return Answer((short,), self._cited(ranked)), focus_on(best, reading.question)

    def barred(self, reading: Reading) -> Refusal | None:
        """Return why the best clause is no answer however probable it is; None where nothing bars it."""
        question, (_, best, features) = reading.question, reading.ranked[0]
        if not _is_news(reading.ranked[0]):
            unquotable = best.sentence is None
            where = (best.article, best.paragraph)
            return Refusal(Reason.UNQUOTABLE, where=where) if unquotable else None
        met = (*best.hit.met, *best.hit.named)
        foreign = question.writing in (Writing.ENGLISH, Writing.PINYIN)
        if (
            met
            and not any(met)
            and features.similarity < FAR
            and not foreign
            and reading.probability < SURE
        ):
            return Refusal(Reason.MISSING_PART)  # not one word of it is there: 特朗普是谁
        if features.contradicts == 1.0:  # 第三批 is not what the second one is about
            return Refusal(Reason.MISSING_PART)
        return self._conditions.unmet(question, best)

    def recall(self, focus: Focus) -> Candidate | None:
        """Return the clause of an earlier answer; None where the corpus has changed since."""
        article = self.articles.get(focus.article_id)
        if article is None or focus.paragraph >= len(article.paragraphs):
            return None
        return clause_of(article, article.paragraphs[focus.paragraph], focus.says, focus.topic)

    def holds(self, focus: Focus) -> bool:
        """Whether the corpus still says what was answered."""
        return self.recall(focus) is not None


def _is_news(scored: tuple[float, Candidate, Ranking]) -> bool:
    return scored[1].article.kind is Kind.NEWS


def _further(best: Candidate, question: Question) -> Candidate | None:
    """Return a clause with the sentence behind it where only that one has the date or figure asked for, or the meaning.

    完善“首问响应限时闭环”处置机制。据悉，该机制自2020年11月运行以来…: the first sentence only names what the second tells of.
    """
    if best.sentence is None:
        return None
    sentence = best.paragraph.text[slice(*best.sentence)]
    wants = bool(FORMED & set(question.kinds)) and forms.lacks(
        question.kinds, question.plain, fold(sentence)
    )
    names = bool(forms.term(question.plain)) and len(sentence) <= ANNOUNCING
    further = continued(best) if wants or names else None
    if further is None or (
        wants and forms.lacks(question.kinds, question.plain, fold(further.says))
    ):
        return None
    return further


def _held(question: Question, candidate: Candidate) -> frozenset[str]:
    """Return the topical words of a question that a clause holds; a figure is none."""
    says = fold(candidate.says)
    return frozenset(
        word for word in question.content if len(word) > 1 and word.isalpha() and word in says
    )


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
