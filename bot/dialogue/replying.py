"""From one message to one reply: small talk, its questions one by one, and for each what is said beside the answer."""

from __future__ import annotations

import dataclasses
import functools
import logging
import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.analysis import matching
from bot.analysis.chars import fold
from bot.answer import forms
from bot.answer.answer import Answer, Reason, Refusal
from bot.article import Kind
from bot.dialogue.about import about, figure_place, named, place_of
from bot.dialogue.answering import Answering
from bot.dialogue.compose import LANGUAGES, Composer, Marker
from bot.dialogue.reply import Part, Reply
from bot.dialogue.state import State
from bot.dialogue.suggestion import SUGGESTED, Suggester
from bot.dialogue.wording import Language, Wording
from bot.errors import SearchError
from bot.question import clutter, parts, sides, trouble
from bot.question.question import Question
from bot.question.smalltalk import Smalltalk, asks_for_help
from bot.question.trouble import Need

LINES = re.compile(r"[ \t]*[\r\n]+\s*")
log = logging.getLogger(__name__)

ASKED_BACK = {Reason.NOTHING_ASKED, Reason.NO_CONTEXT}
"""Reasons that ask for a question: some questions are shown whatever was typed."""
TRIED = 6
"""Suggestions that are tried before fewer are shown; those that a person wrote are known to be answered."""


class Resolved(NamedTuple):
    """A question with what it came to.

    Args:
        question: The question.
        found: The answer, or why there is none.
        after: The conversation after it.
        need: What the person needs beside it.
    """

    question: Question
    found: Answer | Refusal
    after: State
    need: Need = Need()


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
        typed = clutter.cleared(LINES.sub("；", text.strip()))
        questions = sides.each_place(whole, self._reader) or parts.split(typed, self._reader)
        if len(questions) < 2:
            return await self._one(whole, wording, state)
        outcomes: list[Resolved] = []
        earlier = state
        for question in questions:
            before = outcomes[-1].question if outcomes else None
            outcomes.append(await self._outcome(self._reader.read(question), state, before))
            state = outcomes[-1].after
        if parts.is_sentence(typed):
            if _found_nothing(outcomes[0].found):
                # What is asked in the same breath is of the same thing, and not of whatever has such a figure.
                return await self._one(whole, wording, earlier)
            together = _together(outcomes)
            if together is not None:
                return self._said(whole, together, trouble.need(whole), wording), state
        replies = [
            Part(question, await self._reply(one, wording))
            for question, one in zip(questions, outcomes, strict=True)
        ]
        return self._composer.several(replies, wording), state

    def _wording(self, question: Question, language: Language | None) -> Wording:
        return self._composer.wordings[language or LANGUAGES[question.writing]]

    async def _one(self, question: Question, wording: Wording, state: State) -> tuple[Reply, State]:
        outcome = await self._outcome(question, state)
        return await self._reply(outcome, wording), outcome.after

    async def _outcome(
        self, question: Question, state: State, before: Question | None = None
    ) -> Resolved:
        need = trouble.need(question)
        try:
            found, after = await self._answering.answer(question, state, before)
            if isinstance(found, Answer) and need.personal and not _helps(found):
                # What an office boasts of is no answer to somebody who needs its help.
                found, after = await self._answering.by_law(question, state)
        except SearchError:
            log.exception("the search failed")
            return Resolved(question, Refusal(Reason.SEARCH_FAILED), state)
        return Resolved(question, found, after, need)

    async def _reply(self, outcome: Resolved, wording: Wording) -> Reply:
        question, found, _, need = outcome
        if isinstance(found, Answer):
            return self._said(question, found, need, wording)
        if found.reason is Reason.SEARCH_FAILED:
            return self._composer.refusal(found, wording)
        concepts = self._reader.analyzer.concepts(question.plain)
        talk = self._smalltalk.behind(question, concepts)
        if talk and not need.kinds:
            return self._composer.smalltalk(talk, self._example, wording)
        suggested: tuple[str, ...] = ()
        if need.personal:
            # Who needs help reads the card, and beside it at most what the law or the guide says.
            near = tuple(one for one in found.near if one.article.kind is not Kind.NEWS)
            found = Refusal(Reason.MISSING_PART, near=near)
        elif not (found.parts or need.kinds):  # those say more than other questions do
            suggested = await self._suggested(question, wording.language)
            if not suggested and found.reason in ASKED_BACK:
                suggested = self._suggester.first(wording.language)
        if need.kinds and found.reason is Reason.MISSING_PART:
            # The words of a story are not what is asked for.
            found = dataclasses.replace(found, missing="")
        matters = any(concept[0] in "#@" for concept in concepts)
        refusal = dataclasses.replace(found, suggestions=suggested)
        if wording.language is Language.EN:
            spelt = self._reader.vocabulary.spelt
            refusal = named(refusal, question.text, self._reader.analyzer, spelt)
        return self._composer.refusal(
            refusal,
            wording,
            self._marker(question),
            need.kinds,
            hotline=matters and not (found.near or found.parts),
        )

    def _said(self, question: Question, answer: Answer, need: Need, wording: Wording) -> Reply:
        told = about(answer, self._reader.analyzer, wording)
        if told and answer.place:
            answer = place_of(answer, self._reader.analyzer)
        place = figure_place(answer, self._reader.analyzer, wording)
        return self._composer.answer(
            answer,
            wording,
            mark=self._marker(question),
            about=told,
            place=place,
            needs=need.kinds,
        )

    def _marker(self, question: Question) -> Marker:
        words = (*question.content, *question.named)
        return functools.partial(matching.spans, words=words, cut=self._cut)

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
    """Whether an answer says how to proceed, or what one has a right to, as the law and the guide do."""
    first = answer.excerpts[0]
    return first.article.kind is not Kind.NEWS or forms.HELPS.search(fold(first.quote)) is not None


def _together(outcomes: Sequence[Resolved]) -> Answer | None:
    """Return one answer to questions that one sentence answers, with what answers each and what stands between; else None."""
    answers = [one.found for one in outcomes if isinstance(one.found, Answer)]
    if len(answers) < len(outcomes) or any(
        a.verdict or a.remark or len(a.leads) > 1 for a in answers
    ):
        return None
    first = answers[0]
    if any(answer.excerpts[0] != first.excerpts[0] for answer in answers):
        return None
    quote = first.excerpts[0].quote
    spans = [(at, at + len(a.leads[0])) for a in answers if (at := quote.find(a.leads[0])) >= 0]
    if len(spans) < len(answers):
        return None
    lead = quote[min(start for start, _ in spans) : max(end for _, end in spans)]
    return dataclasses.replace(first, leads=(lead,))


def _found_nothing(found: Answer | Refusal) -> bool:
    """Whether nothing was found, and not because of a place or a time."""
    return isinstance(found, Refusal) and found.reason is Reason.MISSING_PART
