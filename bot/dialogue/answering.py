"""What a question comes to in a conversation: read alone or as a follow-up, taken apart where it compares, searched for."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from bot.answer import refuse
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.focus import Focus
from bot.answer.select import Reading, Selector
from bot.dialogue import suggestion
from bot.dialogue.comparison import Comparison, Outcome, with_kinds_of
from bot.dialogue.state import State
from bot.dialogue.suggestion import Example
from bot.question import comparing, sides
from bot.question.followup import complete, is_elliptic, may_follow
from bot.question.question import Question, Reader
from bot.search.voice import Recalled, SearchBackend


class Answering:
    """Finds answers.

    Args:
        reader: Reads questions.
        backend: Searches.
        selector: Chooses the answer or refuses.
        examples: Questions that the corpus answers, for refusals to offer.
    """

    def __init__(
        self,
        reader: Reader,
        backend: SearchBackend,
        selector: Selector,
        examples: Sequence[Example],
    ) -> None:
        self.reader = reader
        self._backend = backend
        self.selector = selector
        self._comparison = Comparison(selector, reader.lexicon)
        self._examples = tuple(examples)

    async def answer(self, question: Question, state: State) -> tuple[Answer | Refusal, State]:
        """Return what a question comes to, and the conversation after it.

        Raises:
            SearchError: The search failed.
        """
        compared = await self._compare(question, state)
        if compared is not None:
            return compared
        refusal = self.refusal_at_once(question)
        if refusal is not None:
            return dataclasses.replace(
                refusal, suggestions=suggestion.like(question, self._examples)
            ), state
        leans = is_elliptic(question) and state.focus is None
        if leans and not (question.places and question.kinds):
            return Refusal(
                Reason.NO_CONTEXT, suggestions=suggestion.like(question, self._examples)
            ), state
        reading = await self.best_reading(question, state.focus)
        outcome = self.selector.select(reading)
        if isinstance(outcome, Refusal):
            if leans:
                back = suggestion.like(question, self._examples)
                return Refusal(Reason.NO_CONTEXT, suggestions=back), state
            return dataclasses.replace(outcome, suggestions=self._near(reading)), state
        answer, focus = outcome
        return answer, state.then(focus)

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
        completed = complete(question, focus.topic, self.reader)
        following = await self.search(completed, focus, alone)
        if alone is None or following.probability > alone.probability:
            return following
        return alone

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
        readings = [await self.search(side, None) for side in questions]
        outcome = self._comparison.of_sides(found, readings, state)
        if outcome is None or not isinstance(outcome.said, Refusal):
            return outcome
        near = self._near(max(readings, key=lambda reading: reading.probability))
        return outcome._replace(said=dataclasses.replace(outcome.said, suggestions=near))

    async def _compare_with_last(self, question: Question, state: State) -> Outcome | None:
        """Return what was answered last beside what is asked now: 跟奉贤比呢, 第二批比它多吗, 哪个多."""
        if not comparing.compares(question, self.reader):
            return None
        if question.elsewhere:
            one_side = Refusal(Reason.ONE_SIDE, "、".join(question.elsewhere))
            return Outcome(one_side, state) if question.places else None
        asked = comparing.plainly(question, self.reader)
        if not asked.content and not asked.places:
            return self._comparison.of_last_two(state, suggestion.like(asked, self._examples))
        if state.focus is None:
            return None
        asked = dataclasses.replace(asked, kinds=with_kinds_of(asked, state.focus))
        reading = await self.best_reading(asked, state.focus)
        return self._comparison.with_last(state.focus, reading, state)

    def _near(self, reading: Reading) -> tuple[str, ...]:
        return suggestion.near(reading, self.selector, self.reader.analyzer, self._examples)


def _asks_again(alone: Reading, focus: Focus) -> bool:
    """Whether a question is nearest to what was just answered: it needs no conversation to be understood."""
    if not alone.ranked:
        return False
    best = alone.ranked[0][1]
    same = (best.article.id, best.paragraph.number) == (focus.article_id, focus.paragraph)
    return same and (focus.says in best.says or best.says in focus.says)
