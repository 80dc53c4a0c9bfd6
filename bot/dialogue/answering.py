"""What a question comes to in a conversation: read alone or as a follow-up, taken apart where it compares, searched for."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from bot.analysis.chars import fold
from bot.answer import byline, conditions, provisions, refuse, verdict
from bot.answer.absence import Absence
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.cite import excerpt_of
from bot.answer.focus import Focus
from bot.answer.select import Reading, Selector
from bot.article import Kind
from bot.dialogue.comparison import Comparison, Outcome, with_kinds_of
from bot.dialogue.state import State
from bot.question import comparing, provision, sides
from bot.question.followup import complete, exchanged, is_elliptic, may_follow
from bot.question.question import Question, Reader
from bot.question.sides import Sides
from bot.question.writing import Writing
from bot.search.voice import Recalled, SearchBackend

SURE = 0.8
"""Probability from which on a question is understood by itself. On the shipped sets' follow-ups nothing moves between .7 and .9."""

OF_REPORTS = (Reason.UNKNOWN_PLACE, Reason.MISSING_PART)
"""Why a question is refused at once that asks for what no report is about."""
LOCATED = 0.3
"""Probability from which on a provision is where something stands that is asked for as standing somewhere. Not tuned."""


class Answering:
    """Finds answers.

    Args:
        reader: Reads questions.
        backend: Searches.
        selector: Chooses the answer or refuses.
    """

    def __init__(
        self,
        reader: Reader,
        backend: SearchBackend,
        selector: Selector,
    ) -> None:
        self.reader = reader
        self._backend = backend
        self.selector = selector
        self._comparison = Comparison(selector, reader.lexicon)
        self._absence = Absence(reader)
        articles = selector.articles.values()
        self._statutes = [article for article in articles if article.kind is Kind.STATUTE]

    async def answer(
        self, question: Question, state: State, before: Question | None = None
    ) -> tuple[Answer | Refusal, State]:
        """Return what a question comes to, and the conversation after it.

        Args:
            question: The question.
            state: The conversation.
            before: The question before it in the same message, on which it leans where that had no answer.

        Raises:
            SearchError: The search failed.
        """
        leans = is_elliptic(question) and state.focus is None
        if before is not None and leans and (question.places or question.elsewhere):
            question = complete(question, before.plain, self.reader)
        outcome, after = self._provision(question, state) or await self._answer(question, state)
        if isinstance(outcome, Refusal):
            outcome = self._naming(outcome, question)
        return outcome, after

    async def _answer(self, question: Question, state: State) -> tuple[Answer | Refusal, State]:
        signed = byline.of(question, self.selector.articles.values(), state.focus)
        if signed is not None:
            return signed, state
        compared = await self._compare(question, state)
        if compared is not None:
            return compared
        refusal = self.refusal_at_once(question)
        if refusal is not None:
            return await self._by_rule(question, state, refusal)
        if _only_adds(question):
            return self._sum(state), state
        leans = is_elliptic(question) and state.focus is None
        if leans and not (question.places and question.kinds):
            return Refusal(Reason.NO_CONTEXT), state
        outcome = await self._found(question, state.focus)
        if isinstance(outcome, Refusal):
            return (Refusal(Reason.NO_CONTEXT) if leans else outcome), state
        answer, focus = outcome
        return answer, state.then(focus)

    async def _by_rule(
        self, question: Question, state: State, refusal: Refusal
    ) -> tuple[Answer | Refusal, State]:
        """Return what the law or the guide says to a question that the reports cannot answer: it holds wherever one is.

        Args:
            question: The question.
            state: The conversation.
            refusal: Why the reports cannot; it is returned where neither can the law.
        """
        if refusal.reason not in OF_REPORTS or is_elliptic(question):
            return refusal, state
        found, after = await self.by_law(question, state)
        return (found if isinstance(found, Answer) else refusal), after

    async def _found(
        self, question: Question, focus: Focus | None
    ) -> tuple[Answer, Focus] | Refusal:
        """Return what is found for a question, with what its figures are to one that it tries; of a story for its last sentence."""
        placed = provision.without_asking(question.plain) if self._statutes else None
        if placed is not None:
            question = self.reader.analyse(question.text, placed.rest, question.writing)
            located = await self._told_by_guide(question) or await self._located(
                question, placed.law
            )
            if located is not None:
                return located
        reading = await self.best_reading(question, focus)
        tried = verdict.asked(question)
        if tried:
            counted = self.reader.analyse(question.text, tried, question.writing)
            other = await self.best_reading(counted, focus)
            reading = other if other.probability > reading.probability else reading
        outcome = self.selector.select(reading)
        if not isinstance(outcome, Refusal):
            said = verdict.of(question, outcome[0].leads[0]) if tried else None
            return dataclasses.replace(outcome[0], verdict=said), outcome[1]
        last = self.reader.last_sentence(question)
        if last is not None and outcome.reason is Reason.MISSING_PART:
            again = self.selector.select(await self.best_reading(last, focus))
            if not isinstance(again, Refusal):
                return again
        alone = focus is None or not may_follow(question)
        missing = outcome.reason is Reason.MISSING_PART
        law = self.selector.by_law(reading) if missing and alone else None
        if law is not None and not isinstance(law, Refusal):
            return law
        near = outcome.near or self.selector.near(reading) or (law.near if law else ())
        return dataclasses.replace(outcome, near=near)

    async def by_law(self, question: Question, state: State) -> tuple[Answer | Refusal, State]:
        """Return what the law or the guide says to a question; a refusal that shows at most what stands near.

        Raises:
            SearchError: The search failed.
        """
        found = self.selector.by_law(await self.search(question, None))
        if found is None or isinstance(found, Refusal):
            return found or Refusal(Reason.MISSING_PART), state
        return found[0], state.then(found[1])

    def _provision(self, question: Question, state: State) -> tuple[Answer | Refusal, State] | None:
        """Return the provision that a question names by its number, and the conversation after it; None where it names none."""
        if not self._statutes:
            return None
        # As it was typed: what people call a law is no misspelling.
        sought = provision.sought(fold(question.text)) or provision.sought(question.plain)
        found = provisions.answer(sought, self._statutes, state.focus) if sought else None
        if found is None or isinstance(found, Refusal):
            return (found, state) if found else None
        return found[0], state.then(found[1])

    async def _told_by_guide(self, question: Question) -> tuple[Answer, Focus] | None:
        """Return the provisions that the guide tells of where it answers a question, before its own words; else None."""
        reading = await self.search(question, None)
        first = reading.ranked[0][1].article.kind if reading.ranked else None
        found = self.selector.select(reading) if first is Kind.GUIDE else None
        if found is None or isinstance(found, Refusal):
            return None
        laws = [each for each in found[0].excerpts if each.article.kind is Kind.STATUTE]
        rest = [each for each in found[0].excerpts if each.article.kind is not Kind.STATUTE]
        return dataclasses.replace(found[0], excerpts=(*laws, *rest)), found[1]

    async def _located(self, question: Question, law: str) -> tuple[Answer, Focus] | None:
        """Return the provision in which what is asked for stands: 退一赔三是哪一条; None where none is likely to.

        Args:
            question: What stands somewhere.
            law: What may name the statute.
        """
        found = await self._backend.search(self.reader.query(question))
        ids = {each.id for each in provisions.laws_named(law, self._statutes) or self._statutes}
        hits = [hit for hit in found.hits if hit.paragraph.article_id in ids]
        reading = self.selector.read(question, found._replace(hits=hits), None)
        return self.selector.stated(reading) if reading.probability >= LOCATED else None

    def _sum(self, state: State) -> Refusal:
        """Return a refusal of 加起来多少 with what was answered last: no sentence adds it up."""
        before = [self.selector.recall(focus) for focus in state.recent[1::-1]]
        excerpts = [excerpt_of(candidate) for candidate in before if candidate is not None]
        near = tuple(dict.fromkeys(excerpt for excerpt in excerpts if excerpt))
        return Refusal(Reason.MISSING_PART if near else Reason.NO_CONTEXT, near=near)

    def _naming(self, refusal: Refusal, question: Question) -> Refusal:
        """Return a refusal that names what stands in no article, and nothing that stands in one."""
        missing = refusal.missing
        match refusal.reason:
            case Reason.UNKNOWN_YEAR | Reason.UNKNOWN_TIME:
                missing = "" if missing in self.reader.said else missing
            case Reason.UNKNOWN_PLACE | Reason.MISSING_PART:
                missing = "、".join(self._absence.of(question))
            case _:
                return refusal
        return dataclasses.replace(refusal, missing=missing, place="".join(question.named[:1]))

    def refusal_at_once(self, question: Question) -> Refusal | None:
        """Return why a question is refused before anything is searched for; None where it is not."""
        reads_english = self.selector.model.meaning
        return refuse.at_once(question, self.reader, reads_english=reads_english)

    async def best_reading(self, question: Question, focus: Focus | None) -> Reading:
        """Return the question as it is best understood, alone or as a follow-up."""
        if focus and self.selector.is_strange(question):
            focus = None  # 讲个笑话 is no question about what was talked of before
        alone: Reading | None = None
        if focus is None or not is_elliptic(question):
            alone = await self.search(question, focus)
            if focus and _asks_again(alone, focus):
                return await self.search(question, None)
        if focus is None or not may_follow(question):
            assert alone is not None  # an elliptic question has no words of its own: it may follow
            return alone
        if alone is not None and alone.probability >= SURE:
            return alone  # 第二批四星级几家 needs nothing of what was said before
        completed = complete(question, focus.topic, self.reader)
        readings = [await self.search(completed, focus, alone)]
        other = exchanged(question, focus.topic, self._place_of(focus), self.reader)
        if other is not None:
            readings.append(await self.search(other, None))
        if alone is not None:
            readings.append(alone)
        return max(readings, key=lambda reading: reading.probability)

    def _place_of(self, focus: Focus) -> str:
        """Return the place that a conversation is about: the one its topic names, else that of its article."""
        named = self.reader.analyzer.known_places(fold(focus.topic))
        if named:
            return named[0].value.name
        article = self.selector.articles.get(focus.article_id)
        return article.region.levels[-1] if article and article.region.levels else ""

    async def search(
        self, question: Question, focus: Focus | None, alone: Reading | None = None
    ) -> Reading:
        """Return a question with what was found for it.

        Args:
            question: The question, as it is searched for.
            focus: What the conversation is about.
            alone: What the same question comes to without the conversation.

        Raises:
            SearchError: The search failed.
        """
        query = self.reader.query(question)
        if focus and not question.places:
            query = query._replace(article=focus.article_id)
        found = await self._backend.search(query)
        return self.selector.read(question, found, focus, alone)

    async def recall(self, question: Question, k: int) -> list[Recalled]:
        """Return the known questions like one, the nearest first.

        Raises:
            SearchError: The search failed.
        """
        return await self._backend.recall(self.reader.query(question), k)

    async def _compare(self, question: Question, state: State) -> Outcome | None:
        """Return a comparison, or None where the question is none after all."""
        found = sides.split(question, self.reader)
        if found is None or (question.elsewhere and found.alike):
            return await self._compare_with_last(question, state)
        questions: Sequence[Question] = found.questions
        if state.focus and not any(side.content for side in questions):  # 静安寺和奉贤呢
            questions = [complete(side, state.focus.topic, self.reader) for side in questions]
        asks = comparing.compares(question, self.reader)
        if asks:
            questions = [self._in_place(side, question) for side in questions]
        readings = [
            await (self._side(one) if asks else self.search(one, None)) for one in questions
        ]
        outcome = self._comparison.of_sides(found, readings, state)
        together = outcome is None and bool(sides.ALSO.search(question.plain))
        if together or (outcome is not None and isinstance(outcome.said, Refusal)):
            whole = await self.search(question, None)
            return self._comparison.in_one_sentence(found, whole, state) or outcome
        return outcome

    def _in_place(self, side: Question, whole: Question) -> Question:
        """Return a side of a comparison of two matters in one place with that place, where its wording lost it."""
        if side.places or len(whole.places) != 1 or whole.writing is Writing.ENGLISH:
            return side
        return self.reader.analyse(side.text, f"{whole.named[0]}{side.plain}", side.writing)

    async def _side(self, question: Question) -> Reading:
        """Return a side of a comparison with what was found for it; one that asks for nothing asks how many."""
        reading = await self.search(question, None)
        if set(question.kinds) - {"comparison"} or reading.probability >= self.selector.threshold:
            return reading
        counted = self.reader.analyse(question.text, f"{question.plain}有多少", question.writing)
        other = await self.search(counted, None)
        return other if other.probability > reading.probability else reading

    async def _compare_in_place_of(
        self, asked: Question, focus: Focus, state: State
    ) -> Outcome | None:
        """Return what is asked of a place beside the same of the place that was talked of: 联络站跟奉贤比哪边多."""
        article = self.selector.articles.get(focus.article_id)
        if article is None or not article.region.levels:
            return None
        place, name = article.region.levels[-1], asked.named[0]
        wording = asked.plain.replace(name, place, 1)
        there = self.reader.analyse(asked.text, wording, asked.writing)
        readings = [await self._side(one) for one in (there, asked)]
        return self._comparison.of_sides(
            Sides((there, asked), (place, name), alike=True), readings, state
        )

    async def _compare_with_last(self, question: Question, state: State) -> Outcome | None:
        """Return what was answered last beside what is asked now: 跟奉贤比呢, 第二批比它多吗, 哪个多."""
        if not comparing.compares(question, self.reader):
            return None
        if question.elsewhere:
            found = "、".join(place.name for place in question.places)
            one_side = Refusal(Reason.ONE_SIDE, "、".join(question.elsewhere), found=found)
            return Outcome(one_side, state) if question.places else None
        asked = comparing.plainly(question, self.reader)
        if not asked.content and not asked.places:
            return self._comparison.of_last_two(asked, state)
        if state.focus is None:
            return None
        if asked.content and asked.named:
            return await self._compare_in_place_of(asked, state.focus, state)
        asked = dataclasses.replace(asked, kinds=with_kinds_of(asked, state.focus))
        reading = await self.best_reading(asked, state.focus)
        return self._comparison.with_last(state.focus, reading, state)


def _asks_again(alone: Reading, focus: Focus) -> bool:
    """Whether a question is nearest to what was just answered: it needs no conversation to be understood."""
    if not alone.ranked:
        return False
    best = alone.ranked[0][1]
    same = (best.article.id, best.paragraph.number) == (focus.article_id, focus.paragraph)
    return same and (focus.says in best.says or best.says in focus.says)


def _only_adds(question: Question) -> bool:
    """Whether a question asks for nothing but the sum of what was told before: 加起来多少."""
    adds = conditions.ADDS.search(question.plain)
    named = question.places or question.elsewhere
    return adds is not None and not named and all(word in adds[0] for word in question.content)
