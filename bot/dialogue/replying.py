"""From one message to one reply: small talk, its questions one by one, and for each what is said beside the answer."""

from __future__ import annotations

import dataclasses
import functools
import logging

from bot.analysis import matching
from bot.analysis.chars import fold
from bot.answer import forms
from bot.answer.answer import Answer, Reason, Refusal
from bot.dialogue.about import about, figure_place, named, place_of
from bot.dialogue.answering import Answering
from bot.dialogue.compose import LANGUAGES, Composer
from bot.dialogue.reply import Part, Reply
from bot.dialogue.state import State
from bot.dialogue.suggestion import SUGGESTED, Suggester
from bot.dialogue.wording import Language, Wording
from bot.errors import SearchError
from bot.question import clutter, parts, sides, trouble
from bot.question.question import Question
from bot.question.smalltalk import Smalltalk, asks_for_help

log = logging.getLogger(__name__)

ASKED_BACK = {Reason.NOTHING_ASKED, Reason.NO_CONTEXT}
"""Reasons that ask for a question: some questions are shown whatever was typed."""
TRIED = 6
"""Suggestions that are tried before fewer are shown; those that a person wrote are known to be answered."""


class Replying:
    """Makes replies.

    Args:
        answering: Finds answers.
        composer: Puts them into words.
        suggester: Finds what to suggest where nothing is answered.
        example: A question that the corpus answers, for small talk to offer.
    """

    def __init__(
        self,
        answering: Answering,
        composer: Composer,
        suggester: Suggester,
        example: str,
    ) -> None:
        self._answering = answering
        self._composer = composer
        self._suggester = suggester
        self._example = example
        self._reader = answering.reader
        self._smalltalk = Smalltalk(self._reader.lexicon.smalltalk)
        # The same sentences are quoted again and again, and cutting one into words takes half a millisecond.
        self._cut = functools.lru_cache(2048)(self._reader.analyzer.tokenizer.words)

    async def reply(
        self, text: str, language: Language | None, state: State
    ) -> tuple[Reply, State]:
        """Return the reply to a message, and the conversation after it.

        Of several questions each is answered after the one before it, on which it may lean.

        Args:
            text: What was typed.
            language: The language of the reply; None lets the script of the text decide.
            state: The conversation.
        """
        whole = self._reader.read(text)
        wording = self._wording(whole, language)
        alarm = self._smalltalk.alarm(whole.text)
        if not alarm and state.alarm and asks_for_help(whole.text):
            alarm = state.alarm
        state = dataclasses.replace(state, alarm=alarm or "")
        if alarm:
            return self._composer.smalltalk(alarm, self._example, wording), state
        talk = self._smalltalk.heard_in(whole)
        if talk:
            return self._composer.smalltalk(talk, self._example, wording), state
        questions = sides.each_place(whole, self._reader)
        questions = questions or parts.split(clutter.cleared(text), self._reader)
        if len(questions) < 2:
            return await self._one(whole, wording, state)
        replies: list[Part] = []
        for question in questions:
            reply, state = await self._one(self._reader.read(question), wording, state)
            replies.append(Part(question, reply))
        return self._composer.several(replies, wording), state

    def _wording(self, question: Question, language: Language | None) -> Wording:
        return self._composer.wordings[language or LANGUAGES[question.writing]]

    async def _one(self, question: Question, wording: Wording, state: State) -> tuple[Reply, State]:
        try:
            outcome, after = await self._answering.answer(question, state)
        except SearchError:
            log.exception("the search failed")
            return self._composer.refusal(Refusal(Reason.SEARCH_FAILED), wording), state
        need = trouble.need(question)
        if isinstance(outcome, Answer) and need.personal and not _helps(outcome):
            # What an office boasts of is no answer to somebody who needs its help.
            outcome, after = Refusal(Reason.MISSING_PART), state
        words = (*question.content, *question.named)
        mark = functools.partial(matching.spans, words=words, cut=self._cut)
        if isinstance(outcome, Answer):
            told = about(outcome, self._reader.analyzer, wording)
            if told and outcome.place:
                outcome = place_of(outcome, self._reader.analyzer)
            place = figure_place(outcome, self._reader.analyzer, wording)
            answered = self._composer.answer(
                outcome, wording, mark=mark, about=told, place=place, needs=need.kinds
            )
            return answered, after
        concepts = self._reader.analyzer.concepts(question.plain)
        talk = self._smalltalk.behind(question, concepts)
        if talk and not need.kinds:
            return self._composer.smalltalk(talk, self._example, wording), state
        suggested: tuple[str, ...] = ()
        if need.personal:  # who needs help reads the card, and nothing beside it
            outcome = Refusal(Reason.MISSING_PART)
        elif not (outcome.parts or need.kinds):  # those say more than other questions do
            suggested = await self._suggested(question, wording.language)
            if not suggested and outcome.reason in ASKED_BACK:
                suggested = self._suggester.first(wording.language)
        matters = any(concept[0] in "#@" for concept in concepts)
        refusal = dataclasses.replace(outcome, suggestions=suggested)
        if wording.language is Language.EN:
            spelt = self._reader.vocabulary.spelt
            refusal = named(refusal, question.text, self._reader.analyzer, spelt)
        refused = self._composer.refusal(
            refusal,
            wording,
            mark,
            need.kinds,
            hotline=matters and not (outcome.near or outcome.parts),
        )
        return refused, after

    async def _suggested(self, question: Question, language: Language) -> tuple[str, ...]:
        """Return what else can be asked of a question's matter, each seen to be answered by its article."""
        found: dict[str, None] = {}
        fitting = self._suggester.fitting(question, language)
        for number, one in enumerate(fitting):
            if len(found) == SUGGESTED or number == TRIED:
                break
            if not one.made or await self._answers(one.text, one.article):
                found.setdefault(one.shown(language))
        return tuple(found)

    async def _answers(self, question: str, article: str) -> bool:
        outcome, _ = await self._answering.answer(self._reader.read(question), State())
        return isinstance(outcome, Answer) and outcome.excerpts[0].article.id == article


def _helps(answer: Answer) -> bool:
    """Whether an answer says how to proceed, or what one has a right to."""
    return any(forms.HELPS.search(fold(excerpt.quote)) for excerpt in answer.excerpts[:1])
