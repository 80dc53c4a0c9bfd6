"""What is said of two sides once both are searched for. Pure; `bot.dialogue.turn` does the searching.

An outcome comes with what the conversation is about from then on: both sides, or what it was about before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.analysis.chars import fold
from bot.analysis.lexicon import Lexicon
from bot.answer import compare, lead
from bot.answer.answer import Answer, Reason, Refusal
from bot.answer.cite import excerpt_of
from bot.answer.features import NOTHING
from bot.answer.focus import Focus
from bot.answer.select import Reading, Selector, focus_on
from bot.dialogue.state import State
from bot.question.question import Question
from bot.question.sides import Sides

TOGETHER = 5
"""Sentences among which one that names both sides is looked for."""
COUNTING = {"count", "percent", "money", "duration"}


class Outcome(NamedTuple):
    """What a comparison comes to."""

    said: Answer | Refusal
    state: State


class Comparison:
    """Sets two sides against each other.

    Args:
        selector: Knows the threshold, and the clauses answered before.
        lexicon: For telling what is counted.
    """

    def __init__(self, selector: Selector, lexicon: Lexicon) -> None:
        self._selector = selector
        self._lexicon = lexicon

    def of_sides(self, sides: Sides, readings: Sequence[Reading], state: State) -> Outcome | None:
        """Return both sides, or a refusal that names the one that no article states.

        Args:
            sides: The sides.
            readings: What was found for each.
            state: The conversation.

        Returns:
            None where the question is better read as a whole.
        """
        short = [
            name
            for name, reading in zip(sides.names, readings, strict=True)
            if not compare.stated(reading, self._selector.threshold)
        ]
        if len(short) == 1 and sides.alike:
            stated = next(name for name in sides.names if name != short[0])
            return Outcome(Refusal(Reason.ONE_SIDE, short[0], found=stated), state)
        if short:
            return None
        counting = any(COUNTING & set(reading.question.kinds) for reading in readings)
        ranked = [compare.fitting(reading) for reading in readings]
        pair = compare.pair(ranked, self._lexicon, counting, sides.alike)
        more = [item for reading in readings for item in reading.ranked[:2]]
        answer = (
            compare.compared(*pair, self._lexicon, readings[0].question, more) if pair else None
        )
        if pair is None or answer is None:
            return None
        first, second = (focus_on(c, r.question) for c, r in zip(pair, readings, strict=True))
        return Outcome(answer, state.then(second, first))

    def in_one_sentence(self, sides: Sides, reading: Reading, state: State) -> Outcome | None:
        """Return the sentence that names both sides with what is asked of them; None where there is none."""
        for _, candidate, features in reading.ranked[:TOGETHER]:
            span = candidate.sentence
            if span is None or features.formless:
                continue
            text = candidate.paragraph.text[slice(*span)]
            places = [fold(text).find(fold(name)) for name in sides.names]
            if min(places) >= 0:
                ends = [at + len(name) for at, name in zip(places, sides.names, strict=True)]
                told = (span[0] + min(places), span[0] + max(ends))
                short = lead.alone(candidate, reading.question, told)
                excerpt = excerpt_of(candidate)
                assert excerpt is not None  # its sentence may be quoted
                focus = focus_on(candidate, reading.question)
                return Outcome(Answer((short,), (excerpt,)), state.then(focus))
        return None

    def with_last(self, focus: Focus, reading: Reading, state: State) -> Outcome | None:
        """Return what was answered last beside what is asked now; None where either cannot be said."""
        before = self._selector.recall(focus)
        if before is None or not compare.stated(reading, self._selector.threshold):
            return None
        counting = bool(COUNTING & set(focus.kinds))
        sides = [[(0.0, before, NOTHING)], compare.fitting(reading)]
        pair = compare.pair(sides, self._lexicon, counting, alike=True)
        answer = (
            compare.compared(*pair, self._lexicon, reading.question, reading.ranked[:2])
            if pair
            else None
        )
        if pair is None or answer is None:
            return None
        return Outcome(answer, state.then(focus_on(pair[1], reading.question)))

    def of_last_two(self, asked: Question, state: State) -> Outcome | None:
        """Return the last two answers side by side; a question back where there were none."""
        if len(state.recent) < 2:
            return Outcome(Refusal(Reason.NO_CONTEXT), state)
        clauses = [self._selector.recall(focus) for focus in state.recent[1::-1]]
        if clauses[0] is None or clauses[1] is None:
            return None
        answer = compare.compared(clauses[0], clauses[1], self._lexicon, asked)
        return Outcome(answer, state) if answer else None


def with_kinds_of(question: Question, focus: Focus) -> tuple[str, ...]:
    """Return the kinds of answer that a question wants, or those wanted before where it says none of its own."""
    own = set(question.kinds) - {"comparison"}
    return question.kinds if own else (*question.kinds, *focus.kinds)
