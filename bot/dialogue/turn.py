"""One turn of conversation: reads, searches, selects, remembers, composes. The only code that awaits search and store."""

from __future__ import annotations

import dataclasses
import functools
import logging
from collections.abc import Mapping, Sequence

from bot.analysis import matching
from bot.answer import refuse
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.focus import Focus
from bot.answer.select import Found, Reading, Selector
from bot.dialogue import cards, suggestion
from bot.dialogue.account import as_wanted
from bot.dialogue.cards import NEAR, Dealer, Deck
from bot.dialogue.catalogue import Offered
from bot.dialogue.commands import Commands
from bot.dialogue.comparison import Comparison, Outcome, with_kinds_of
from bot.dialogue.compose import LANGUAGES, Composer, in_traditional
from bot.dialogue.lately import Lately
from bot.dialogue.memory import Memory
from bot.dialogue.menu import Offers
from bot.dialogue.ports import Originals, Records, StateStore
from bot.dialogue.records import asked
from bot.dialogue.reply import Reply
from bot.dialogue.state import State
from bot.dialogue.utterance import Utterance
from bot.dialogue.views import Views
from bot.dialogue.wording import Language, Wording
from bot.errors import SearchError
from bot.question import comparing, sides
from bot.question.followup import complete, is_elliptic, may_follow
from bot.question.question import Question, Reader
from bot.question.smalltalk import Smalltalk
from bot.search.backend import SearchBackend

log = logging.getLogger(__name__)

HITS, RECALLED = 20, 500
"""How many paragraphs and known questions are fetched; those about other places than the one named fall away."""


class Dialogue:
    """Answers utterances.

    Args:
        reader: Reads questions.
        backend: Searches.
        selector: Chooses the answer or refuses.
        states: Keeps conversations.
        wordings: The bot's own words by language.
        offered: What the corpus offers to ask.
        records: Keeps what is known of users.
        originals: Reads the files that articles were made from.
    """

    def __init__(
        self,
        reader: Reader,
        backend: SearchBackend,
        selector: Selector,
        states: StateStore,
        wordings: Mapping[Language, Wording],
        offered: Offered,
        records: Records,
        originals: Originals,
    ) -> None:
        self._reader = reader
        self._backend = backend
        self._selector = selector
        self._memory = Memory(states, selector)
        self._composer = Composer(wordings)
        self._comparison = Comparison(selector, reader.lexicon)
        self._examples = tuple(offered.examples)
        self._suggestions = offered.suggestions
        self._dealer = Dealer(selector, reader.analyzer, self._composer, self._examples)
        self._records = records
        self._smalltalk = Smalltalk(reader.lexicon.smalltalk)
        self._lately = Lately()
        self.commands = Commands.over(offered.catalogue, self.ask, records, wordings)
        self.views = Views(offered.catalogue, Offers(self.ask), self._composer, originals)
        # The same sentences are quoted again and again, and cutting one into words takes half a millisecond.
        self._cut = functools.lru_cache(2048)(reader.analyzer.tokenizer.words)

    async def turn(self, utterance: Utterance) -> Reply:
        """Answer within the conversation of `utterance.chat`, and remember what it is about.

        Where the store fails the question is answered as if nothing had been said before.
        """
        utterance, wanted = await as_wanted(utterance, self._records)
        state = await self._memory.before(utterance)
        reply, after = await self._reply(utterance, State() if utterance.alone else state)
        if utterance.alone:
            after = state.then(*after.recent)
        await self._memory.keep(utterance, state, after)
        if utterance.user:
            self._records.questions.record(asked(utterance, reply, wanted))
        return in_traditional(reply) if wanted.language is Language.HANT else reply

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer a question that stands alone; nothing is remembered."""
        reply, _ = await self._reply(utterance, State())
        return reply

    async def cards(self, utterance: Utterance) -> Deck:
        """Return what a question that stands alone may be answered with, to choose from; nothing is remembered.

        Raises:
            SearchError: The search failed.
        """
        utterance, wanted = await as_wanted(utterance, self._records)
        reply = await self.ask(utterance)
        question = self._reader.read(utterance.text)
        recalled = await self._backend.recall(self._reader.terms(question)[1], NEAR)
        deck = self._dealer.deal(question, reply, recalled)
        return cards.in_traditional(deck) if wanted.language is Language.HANT else deck

    async def forget(self, chat: str) -> None:
        """Remove what is remembered of a conversation; `StoreError` if that fails."""
        await self._memory.states.forget(chat)

    async def close(self) -> None:
        """Let go of the stores, once nothing more will be asked."""
        await self._records.users.close()
        await self._memory.states.close()

    def wording(self, language: Language | None = None) -> Wording:
        """Return the bot's own words in a language; Simplified Chinese when none is given."""
        return self._composer.wordings[language or Language.HANS]

    def example(self, about: str = "") -> str:
        """Return a question that the corpus answers, about a matter where it has one."""
        return suggestion.example(self._examples, about) or "12315"

    def examples(self) -> tuple[str, ...]:
        """Return questions that the corpus answers, of each article and kind."""
        return tuple(example.ask.text for example in self._examples)

    def suggested(self, key: str) -> str | None:
        """Return the question that was once suggested under a key; None if the corpus has it no more."""
        return self._suggestions.find(key)

    def _near(self, reading: Reading) -> tuple[str, ...]:
        return suggestion.near(reading, self._selector, self._reader.analyzer, self._examples)

    async def _reply(self, utterance: Utterance, state: State) -> tuple[Reply, State]:
        key = Lately.key(utterance.text, utterance.language, state)
        found = self._lately.find(key) or await self._worked_out(utterance, state)
        if found[0].message != found[0].wording.say(Reason.SEARCH_FAILED):
            self._lately.keep(key, *found)
        return found

    async def _worked_out(self, utterance: Utterance, state: State) -> tuple[Reply, State]:
        question = self._reader.read(utterance.text)
        wording = self.wording(utterance.language or LANGUAGES[question.writing])
        talk = self._smalltalk.heard_in(question)
        if talk:
            return self._composer.smalltalk(talk, self.example(), wording), state
        try:
            outcome, after = await self._answer(question, state)
        except SearchError:
            log.exception("the search failed")
            outcome, after = Refusal(Reason.SEARCH_FAILED), state
        if isinstance(outcome, Refusal):
            concepts = self._reader.analyzer.concepts(question.plain)
            talk = self._smalltalk.behind(question, concepts)
            if talk and outcome.reason is not Reason.SEARCH_FAILED:
                return self._composer.smalltalk(talk, self.example(), wording), state
            return self._composer.refusal(outcome, wording), after
        words = (*question.content, *question.named)
        mark = functools.partial(matching.spans, words=words, cut=self._cut)
        return self._composer.answer(outcome, wording, mark=mark), after

    async def _answer(self, question: Question, state: State) -> tuple[Answer | Refusal, State]:
        compared = await self._compare(question, state)
        if compared is not None:
            return compared
        refusal = refuse.at_once(question, self._reader.lexicon)
        if refusal is not None:
            return dataclasses.replace(
                refusal, suggestions=suggestion.like(question, self._examples)
            ), state
        leans = is_elliptic(question) and state.focus is None
        if leans and not (question.places and question.kinds):
            return Refusal(
                Reason.NO_CONTEXT, suggestions=suggestion.like(question, self._examples)
            ), state
        reading = await self._best_reading(question, state.focus)
        outcome = self._selector.select(reading)
        if isinstance(outcome, Refusal):
            if leans:
                back = suggestion.like(question, self._examples)
                return Refusal(Reason.NO_CONTEXT, suggestions=back), state
            return dataclasses.replace(outcome, suggestions=self._near(reading)), state
        answer, focus = outcome
        return answer, state.then(focus)

    async def _best_reading(self, question: Question, focus: Focus | None) -> Reading:
        """Return the question as it is best understood, alone or as a follow-up."""
        if focus and self._selector.is_strange(question):
            focus = None  # 讲个笑话 is no question about what was talked of before
        alone: Reading | None = None
        if focus is None or not is_elliptic(question):
            alone = await self._search(question, focus)
        if focus is None or not may_follow(question):
            assert alone is not None  # an elliptic question has no words of its own: it may follow
            return alone
        completed = complete(question, focus.topic, self._reader)
        following = await self._search(completed, focus, alone)
        if alone is None or following.probability > alone.probability:
            return following
        return alone

    async def _search(
        self, question: Question, focus: Focus | None, alone: Reading | None = None
    ) -> Reading:
        text_terms, question_terms = self._reader.terms(question)
        found = Found(
            await self._backend.search(text_terms, HITS),
            await self._backend.recall(question_terms, RECALLED),
        )
        return self._selector.read(question, found, focus, alone)

    async def _compare(self, question: Question, state: State) -> Outcome | None:
        """Return a comparison, or None where the question is none after all."""
        found = sides.split(question, self._reader)
        if found is None or (question.elsewhere and found.alike):
            return await self._compare_with_last(question, state)
        questions: Sequence[Question] = found.questions
        if state.focus and not any(side.content for side in questions):  # 静安寺和奉贤呢
            questions = [complete(side, state.focus.topic, self._reader) for side in questions]
        readings = [await self._search(side, None) for side in questions]
        outcome = self._comparison.of_sides(found, readings, state)
        if outcome is None or not isinstance(outcome.said, Refusal):
            return outcome
        near = self._near(max(readings, key=lambda reading: reading.probability))
        return outcome._replace(said=dataclasses.replace(outcome.said, suggestions=near))

    async def _compare_with_last(self, question: Question, state: State) -> Outcome | None:
        """Return what was answered last beside what is asked now: 跟奉贤比呢, 第二批比它多吗, 哪个多."""
        if not comparing.compares(question, self._reader):
            return None
        if question.elsewhere:
            one_side = Refusal(Reason.ONE_SIDE, "、".join(question.elsewhere))
            return Outcome(one_side, state) if question.places else None
        asked = comparing.plainly(question, self._reader)
        if not asked.content and not asked.places:
            return self._comparison.of_last_two(state, suggestion.like(asked, self._examples))
        if state.focus is None:
            return None
        asked = dataclasses.replace(asked, kinds=with_kinds_of(asked, state.focus))
        reading = await self._best_reading(asked, state.focus)
        return self._comparison.with_last(state.focus, reading, state)
