"""One turn of conversation: reads, searches, selects, remembers, composes. The only code that awaits search and store."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping, Sequence

from bot.analysis.chars import fold
from bot.analysis.lexicon import Place
from bot.answer import compare, refuse
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.focus import Focus
from bot.answer.select import Found, Reading, Selector, focus_on
from bot.dialogue.compose import LANGUAGES, Composer
from bot.dialogue.ports import StateStore
from bot.dialogue.reply import Reply
from bot.dialogue.state import State
from bot.dialogue.suggestion import Suggestions
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language, Wording
from bot.errors import SearchError, StoreError
from bot.question.followup import complete, is_elliptic, may_follow
from bot.question.question import Question, Reader
from bot.question.smalltalk import Smalltalk
from bot.search.backend import SearchBackend

log = logging.getLogger(__name__)

COUNTING = {"count", "percent", "money", "duration"}
MORE = "多少"
"""A comparison with one of these characters compares figures: 哪个多, 谁少, 差多少."""
SUGGESTED = 3
SHORTEST, LONGEST = 6, 30
"""Characters of a known question that is suggested: not a fragment, not a story."""
HITS, RECALLED = 20, 800
"""How many paragraphs and known questions are fetched; those about other places than the one named fall away."""
COMPARED_SHARE = 0.2
"""Of the usual threshold, what each side of a comparison must reach: a comparison's wording blurs both."""


class Dialogue:
    """Answers utterances.

    Args:
        reader: Reads questions.
        backend: Searches.
        selector: Chooses the answer or refuses.
        states: Keeps conversations.
        wordings: The bot's own words by language.
        examples: Questions that the corpus answers, to be offered where nothing nearer is known.
        suggestions: All questions that may be offered.
    """

    def __init__(
        self,
        reader: Reader,
        backend: SearchBackend,
        selector: Selector,
        states: StateStore,
        wordings: Mapping[Language, Wording],
        examples: Sequence[str],
        suggestions: Suggestions,
    ) -> None:
        self._reader = reader
        self._backend = backend
        self._selector = selector
        self._states = states
        self._composer = Composer(wordings)
        self._examples = tuple(examples)
        self._suggestions = suggestions
        self._smalltalk = Smalltalk(reader.lexicon.smalltalk)

    async def turn(self, utterance: Utterance) -> Reply:
        """Answer within the conversation of `utterance.chat`, and remember what it is about.

        Where the store fails the question is answered as if nothing had been said before.
        """
        try:
            state = self._still_true(await self._states.load(utterance.chat))
        except StoreError as error:
            log.error("a conversation cannot be read: %s", error)
            state = State()
        reply, after = await self._reply(utterance, state)
        if after != state:
            try:
                await self._states.save(utterance.chat, after)
            except StoreError as error:
                log.error("a conversation cannot be kept: %s", error)
        return reply

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer a question that stands alone; nothing is remembered."""
        reply, _ = await self._reply(utterance, State())
        return reply

    async def forget(self, chat: str) -> None:
        """Remove what is remembered of a conversation.

        Raises:
            StoreError: It could not be removed.
        """
        await self._states.forget(chat)

    async def close(self) -> None:
        """Let go of the store, once nothing more will be asked."""
        await self._states.close()

    def wording(self, language: Language | None = None) -> Wording:
        """Return the bot's own words in a language; Simplified Chinese when none is given."""
        return self._composer.wordings[language or Language.HANS]

    def example(self) -> str:
        """Return a question that the corpus answers."""
        return self._examples[0] if self._examples else "12315"

    def suggested(self, key: str) -> str | None:
        """Return the question that was once suggested under a key; None if the corpus has it no more."""
        return self._suggestions.find(key)

    def _still_true(self, state: State) -> State:
        """Return a state without the answers that the corpus, changed since, does not hold any more."""
        return State(tuple(focus for focus in state.recent if self._selector.holds(focus)))

    async def _reply(self, utterance: Utterance, state: State) -> tuple[Reply, State]:
        question = self._reader.read(utterance.text)
        wording = self.wording(utterance.language or LANGUAGES[question.writing])
        talk = self._smalltalk.classify(question.text, question.content)
        if not talk and not question.places:
            talk = self._smalltalk.resembles(question.text)
        if talk:
            return self._composer.smalltalk(talk, self.example(), wording), state
        try:
            outcome, after = await self._answer(question, state)
        except SearchError:
            log.exception("the search failed")
            outcome, after = Refusal(Reason.SEARCH_FAILED), state
        if isinstance(outcome, Refusal):
            failed = outcome.reason is Reason.SEARCH_FAILED
            talk = None if failed else self._talk_behind(question)
            if talk:
                return self._composer.smalltalk(talk, self.example(), wording), state
            return self._composer.refusal(outcome, wording), after
        return self._composer.answer(outcome, wording), after

    def _talk_behind(self, question: Question) -> str | None:
        """Return the class of small talk that a refused question was, if it is about nothing that articles are about."""
        concepts = self._reader.analyzer.concepts(question.plain)
        if question.places or question.elsewhere or any(c[0] in "#@" for c in concepts):
            return None
        talk = self._smalltalk
        named = talk.made_of(question.text, question.content) or talk.spoken_in(question.text)
        return named or ("ability" if talk.speaks_to_us(question.text) else None)

    async def _answer(self, question: Question, state: State) -> tuple[Answer | Refusal, State]:
        if "comparison" in question.kinds or len(self._sides(question)) > 1:
            compared = await self._compare(question, state)
            if compared is not None:
                return compared
        refusal = refuse.at_once(question, self._reader.lexicon)
        if refusal is not None:
            return dataclasses.replace(refusal, suggestions=self._examples[:SUGGESTED]), state
        leans = is_elliptic(question) and state.focus is None
        if leans and not (question.places and question.kinds):
            return Refusal(Reason.NO_CONTEXT, suggestions=self._examples[:SUGGESTED]), state
        reading = await self._best_reading(question, state.focus)
        outcome = self._selector.select(reading)
        if isinstance(outcome, Refusal):
            if leans:
                outcome = Refusal(Reason.NO_CONTEXT)
            return dataclasses.replace(outcome, suggestions=self._suggest(reading)), state
        answer, focus = outcome
        return answer, state.then(focus)

    async def _best_reading(self, question: Question, focus: Focus | None) -> Reading:
        """Return the question as it is best understood, alone or as a follow-up."""
        if focus and self._selector.is_strange(question):
            focus = None  # 讲个笑话 is no question about what was talked of before
        readings: list[Reading] = []
        if focus is None or not is_elliptic(question):
            readings.append(await self._search(question, focus))
        if focus and may_follow(question):
            completed = complete(question, focus.topic, self._reader)
            readings.append(await self._search(completed, focus))
        return max(readings, key=lambda reading: reading.probability)

    async def _search(self, question: Question, focus: Focus | None) -> Reading:
        text_terms, question_terms = self._reader.terms(question)
        found = Found(
            await self._backend.search(text_terms, HITS),
            await self._backend.recall(question_terms, RECALLED),
        )
        return self._selector.read(question, found, focus)

    async def _compare(
        self, question: Question, state: State
    ) -> tuple[Answer | Refusal, State] | None:
        """Return a comparison of two places, or None where the question is none after all."""
        lexicon = self._reader.lexicon
        places = self._sides(question)
        if not places and not question.content and len(state.recent) > 1:
            first, second = state.recent[1], state.recent[0]
            remembered = self._selector.recall_pair(first, second)
            answer = compare.compared(*remembered, lexicon) if remembered else None
            return (answer, state) if answer else None
        if len(places) == 1 and state.focus and not question.elsewhere:
            before = self._selector.place_of(state.focus, lexicon)
            if before and before not in places:
                places = (before, *places)
        if len(places) < 2:
            if question.content or places:
                return None
            return Refusal(Reason.NO_CONTEXT, suggestions=self._examples[:SUGGESTED]), state
        if not question.content and state.focus:
            question = complete(question, state.focus.topic, self._reader)
        plain = self._reader.without_places(question.plain)
        counting = bool(COUNTING & set(question.kinds)) or any(w in question.plain for w in MORE)
        if counting:  # 谁多 wants figures, though it asks for no kind
            question = dataclasses.replace(question, kinds=("count", *question.kinds))
        sides = [
            await self._search(dataclasses.replace(question, plain=plain, places=(place,)), None)
            for place in places[:2]
        ]
        least = COMPARED_SHARE * self._selector.threshold
        short = [p for p, side in zip(places, sides, strict=False) if side.probability < least]
        if len(short) == 1:
            suggestions = self._suggest(max(sides, key=lambda side: side.probability))
            return Refusal(Reason.ONE_SIDE, short[0].name, suggestions), state
        pair = compare.pair([side.ranked for side in sides], lexicon, counting)
        answer = None
        if pair and not short:
            more = [item for side in sides for item in side.ranked[:2]]
            answer = compare.compared(*pair, lexicon, more)
        if pair is None or answer is None:
            return None
        return answer, state.then(focus_on(pair[1], question), focus_on(pair[0], question))

    def _sides(self, question: Question) -> tuple[Place, ...]:
        """Return the places that a question sets side by side: those that hold none of the others."""
        lexicon = self._reader.lexicon
        wider = {name for place in question.places for name in lexicon.ancestors(place)[1:]}
        return tuple(place for place in question.places if place.name not in wider)

    def _suggest(self, reading: Reading) -> tuple[str, ...]:
        """Return up to three questions that the corpus answers, nearest first, each about another fact."""
        suggestions: dict[tuple[str | None, str | None], str] = {}
        named = set(reading.question.places)
        for ask, *_ in reading.found.recalled:
            if len(suggestions) == SUGGESTED:
                break
            if not self._selector.can_quote(ask) or not SHORTEST <= len(ask.text) <= LONGEST:
                continue
            places = {found.value for found in self._reader.analyzer.places(fold(ask.text))}
            # One without a place would lean on a conversation that whoever presses it may not be in.
            if places & named or (places and not named):
                suggestions.setdefault((ask.paragraph_id, ask.says), ask.text)
        return tuple(dict.fromkeys((*suggestions.values(), *self._examples)))[:SUGGESTED]
