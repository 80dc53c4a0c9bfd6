"""Comparisons: one excerpt a side, and a plain word where the two figures count different things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analysis.chars import fold
from bot.analysis.lexicon import Lexicon
from bot.answer import lead
from bot.answer.answer import MAX_EXCERPTS, Answer, Remark
from bot.answer.candidate import Candidate
from bot.answer.cite import excerpt_of
from bot.answer.features import Ranked
from bot.answer.select import Reading
from bot.question.question import Question

TRIED = 10
"""Clauses of each side among which the pair is looked for."""
STATED_SHARE = 0.9
"""Of the usual threshold, what each side of a comparison must reach. On `tests/questions/tuning6.jsonl` more of them are
refused with 1, rightly and wrongly alike; with .9 the scripted comparisons hold."""
SAME_MATTER = 1.8
SAME_KIND = 0.6
"""How many spreads a pair gains, at most, for speaking of the same matter and in the same kind."""

NUMBER = re.compile("[0-9][0-9.,]*[余多]?[万亿]?[余多]?")
OPENING = re.compile("^(?:目前|截至|已经?|共有?|累计|推进|培育|创建|建设|新增|设立|建成)+")
"""Words that open a clause and do not say what it counts; within a name they do: 放心消费创建单位."""
FILLING = re.compile("[“”‘’「」《》（）()、，。\\s]|已达|已有|已|共有|共|累计|达到|达|目前|总数|余")


def stated(reading: Reading, threshold: float) -> bool:
    """Whether the articles say what one side of a comparison asks.

    Args:
        reading: The side.
        threshold: The probability from which on a question that stands alone is answered.
    """
    fits = fitting(reading)
    if not fits or reading.probability < STATED_SHARE * threshold:
        return False
    body = fold(fits[0][1].article.body)
    return all(year in body for year in reading.question.years)


def fitting(reading: Reading) -> Ranked:
    """Return the clauses that are not about the other one of two things that exclude each other."""
    return [item for item in reading.ranked if item[2].contradicts < 1.0]


def pair(
    sides: Sequence[Ranked], lexicon: Lexicon, counting: bool, alike: bool
) -> tuple[Candidate, Candidate] | None:
    """Return the clauses, one of each of two sides, that answer best together; None when a side has none.

    Args:
        sides: Each side's clauses, best first.
        lexicon: For leaving the places out of what is held against each other.
        counting: Whether figures are compared; clauses without one then stand back where both sides have some.
        alike: Whether both sides ask for the same thing; then clauses of the same matter go together.
    """
    first, second = (side[:TRIED] for side in sides)
    if counting:
        figures = [[x for x in side if NUMBER.search(fold(x[1].says))] for side in sides]
        if all(figures):
            first, second = (side[:TRIED] for side in figures)
    best: tuple[float, Candidate, Candidate] | None = None
    pairs = {id(c): _pairs(c.says + " " + c.topic, lexicon) for _, c, _ in (*first, *second)}
    for score_a, a, _ in first:
        for score_b, b, _ in second:
            if (a.paragraph.id, a.start) == (b.paragraph.id, b.start):
                continue
            total = score_a + score_b
            if alike:
                total += SAME_MATTER * _likeness(pairs[id(a)], pairs[id(b)])
                total += SAME_KIND * (a.kind == b.kind)
            if best is None or total > best[0]:
                best = (total, a, b)
    return best[1:] if best else None


def compared(
    a: Candidate, b: Candidate, lexicon: Lexicon, question: Question, others: Ranked = ()
) -> Answer | None:
    """Return the answer that sets two clauses side by side; None where one of them cannot be quoted.

    Args:
        a: One side's clause.
        b: The other's.
        lexicon: For telling what is counted.
        question: What is compared.
        others: Further clauses of either side; the best of them that stands in another sentence is cited too.
    """
    excerpts = [excerpt for excerpt in map(excerpt_of, (a, b)) if excerpt]
    if len(excerpts) < 2:
        return None
    if (
        excerpts[0] == excerpts[1]
    ):  # one sentence tells both: it does not set them against each other
        told = min(a.start, b.start), max(a.end, b.end)
        return Answer((lead.alone(a, question, told),), (excerpts[0],))
    remark = Remark.COMPARISON
    if counted(a.says, lexicon) != counted(b.says, lexicon):
        remark = Remark.DIFFERENT_THINGS
    ordered = sorted(others, key=lambda item: -item[0])
    excerpts += [excerpt for _, c, _ in ordered if (excerpt := excerpt_of(c))]
    unique = tuple(dict.fromkeys(excerpts))[:MAX_EXCERPTS]
    leads = lead.alone(a, question), lead.alone(b, question)
    return Answer(leads, unique, remark)


def counted(says: str, lexicon: Lexicon) -> str:
    """Return what a clause counts: itself without its numbers, places and the words that only say "in all".

    A clause without a number counts nothing: "".
    """
    folded = fold(says)
    if not NUMBER.search(folded):
        return ""
    for place in reversed(lexicon.places.find(folded)):
        folded = folded[: place.start] + folded[place.end :]
    return FILLING.sub("", NUMBER.sub("", OPENING.sub("", folded.strip("“”‘’ "))))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Return how far two clauses speak of the same matter: the share of character pairs that both hold, 0 to 1."""
    union = a | b
    return len(a & b) / len(union) if union else 0.0


def _pairs(text: str, lexicon: Lexicon) -> frozenset[str]:
    folded = fold(text)
    for place in reversed(lexicon.places.find(folded)):
        folded = folded[: place.start] + " " + folded[place.end :]
    return frozenset(
        folded[i : i + 2] for i in range(len(folded) - 1) if " " not in folded[i : i + 2]
    )
