"""What the corpus as a whole was said not to answer, and some article answers after all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.analysis.asks import Ask
from bot.answer.answer import Answer
from bot.dialogue.answering import Answering
from bot.dialogue.state import State

MOST = 0.75
"""Share of a matter's asks that one sentence has to answer. What is truly answered is answered by the same sentence however it
is asked; with .5, and any sentences, many that no shipped article answers were named."""


class Outdated(NamedTuple):
    """A matter that is listed as unanswered and is answered.

    Args:
        missing: What it is called there.
        answered: How many of its asks one sentence answers.
        asked: How many it has.
        answer: The first answer that quotes it.
    """

    missing: str
    answered: int
    asked: int
    answer: Answer

    def __str__(self) -> str:
        """What to tell whoever keeps the corpus."""
        excerpt = self.answer.excerpts[0]
        counted = f"{self.answered} of {self.asked} asks"
        return f"{self.missing}: {counted} are answered by {excerpt.paragraph.id}: {excerpt.quote}"


async def outdated(answering: Answering, asks: Iterable[Ask]) -> list[Outdated]:
    """Return the matters of which one sentence answers most asks.

    Args:
        answering: Finds answers, and was built without these asks.
        asks: Asks that nothing answers; those in English are left out.
    """
    by_matter: defaultdict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        if not ask.english:
            by_matter[ask.missing].append(ask)
    found = []
    for missing, own in by_matter.items():
        outcomes = [
            (await answering.answer(answering.reader.read(ask.text), State()))[0] for ask in own
        ]
        answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
        quoted = Counter(answer.excerpts[0] for answer in answers)
        for excerpt, count in quoted.most_common(1):
            if count >= MOST * len(own):
                answer = next(answer for answer in answers if answer.excerpts[0] == excerpt)
                found.append(Outdated(missing, count, len(own), answer))
    return found
