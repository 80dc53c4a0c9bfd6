"""Suggested questions, each with a key short enough for a button: it works after a restart, since nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.analysis.lexicon import Place
from bot.answer.select import Reading, Selector
from bot.dialogue.asking import key
from bot.dialogue.compose import to_traditional
from bot.question.question import Question

__all__ = ["Example", "Suggestions", "key", "like", "near", "reads_well"]

SUGGESTED = 3
SHORTEST, LONGEST = 6, 24
"""Characters of a question that is suggested: not a fragment, and short enough to be read on a button."""
FIRST = "count"
"""The kind of example that is shown first: nothing is asked for as often as figures."""
LEAST = 0.2
"""How like a question another must be to be near it."""


class Example(NamedTuple):
    """A question that shows what can be asked.

    Args:
        ask: The question.
        places: The places that it names.
    """

    ask: Ask
    places: frozenset[Place]


def example(examples: Sequence[Example], about: str = "") -> str | None:
    """Return the example to show first, or the first about a matter where there is one; None where there is none.

    Args:
        examples: To choose from.
        about: A word of the matter, in Simplified characters.
    """
    asks = [one.ask for one in examples]
    fitting = [ask.text for ask in asks if about and about in ask.text]
    return next(iter([*fitting, *(ask.text for ask in asks if ask.kind == FIRST)]), None)


def like(question: Question, examples: Sequence[Example]) -> tuple[str, ...]:
    """Return up to three examples that a question without a matter may have meant: of its place, of its kind.

    多少家 alone asks for some figure, 那奉贤呢 alone for something about 奉贤.
    """
    places, kinds = set(question.places), set(question.kinds) or {FIRST}

    def fit(example: Example) -> tuple[bool, bool, bool]:
        kind = example.ask.kind
        return bool(places & example.places), kind in kinds, kind == FIRST

    ordered = sorted(examples, key=fit, reverse=True)  # stable: the corpus's order among equals
    return tuple(dict.fromkeys(example.ask.text for example in ordered))[:SUGGESTED]


def near(
    reading: Reading, selector: Selector, analyzer: Analyzer, examples: Sequence[Example]
) -> tuple[str, ...]:
    """Return up to three questions that the corpus answers, nearest first, each about another fact.

    Args:
        reading: The question, with the known questions like it.
        selector: Knows what may be quoted.
        analyzer: Finds places.
        examples: What is offered where nothing nearer is known.
    """
    found: dict[tuple[str | None, str | None], str] = {}
    named = set(reading.question.places)
    for ask, similarity, *_ in reading.alike:
        if len(found) == SUGGESTED:
            break
        if not selector.can_quote(ask) or not reads_well(ask) or similarity < LEAST:
            continue
        places = {place.value for place in analyzer.places(fold(ask.plain))}
        # One without a place would lean on a conversation that whoever presses it may not be in.
        if places & named or (places and not named):
            found.setdefault((ask.paragraph_id, ask.says), ask.text)
    more = like(reading.question, examples)
    return tuple(dict.fromkeys((*found.values(), *more)))[:SUGGESTED]


def reads_well(ask: Ask) -> bool:
    """Whether a known question is worth showing: a sentence of some length, not keywords."""
    shortest, longest = (2 * SHORTEST, 2 * LONGEST) if ask.english else (SHORTEST, LONGEST)
    return shortest <= len(ask.text) <= longest and (ask.english or " " not in ask.text)


class Suggestions:
    """The questions that may be suggested.

    Args:
        questions: All of them; they may also be shown in Traditional characters.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        self._questions = questions

    def find(self, wanted: str) -> str | None:
        """Return the question with a key, as it was shown; None where the corpus does not have it any more."""
        return self._simplified.get(wanted) or self._traditional.get(wanted)

    # Made at the first press, not at the start: thousands of questions, of which hardly one is pressed. To convert them
    # takes half a second, in which nobody would be answered.
    @cached_property
    def _simplified(self) -> Mapping[str, str]:
        return {key(question): question for question in self._questions}

    @cached_property
    def _traditional(self) -> Mapping[str, str]:
        return {key(question): question for question in map(to_traditional, self._questions)}
