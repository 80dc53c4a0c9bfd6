"""The short answer: the clause, or two, with the figure, date or words asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.chars import fold
from bot.analysis.sentences import clauses
from bot.answer import detect
from bot.answer.candidate import Candidate
from bot.question.question import Question

CLOSE = 1.6
"""How many spreads below the best clause a second one of its sentence may stand and still be shown beside it. On the
first, third and fifth tuning sets a lead holds what was asked for in .833 of cases with .9, in .846 with this."""
LONGEST = 80
"""Characters of two clauses together."""
ROOM = 48
"""Characters of a sentence's clauses that are shown where no known question points to one."""


def cut(text: str, start: int, end: int, question: Question) -> str:
    """Return what `text[start:end]`, a sentence, says of a question: the whole of a short one, else its best clauses.

    The best clause has what was asked for; those beside it, which say what it is about, come with it as far as there
    is room. Always a slice, without the mark that closes it.
    """
    spans = clauses(text, start, end)
    if not spans:
        return text[start:end]

    def worth(span: tuple[int, int]) -> tuple[float, float]:
        clause = fold(text[slice(*span)])
        formed = max(
            (fits for _, fits in detect.slots(question.kinds, question.plain, clause)), default=0.0
        )
        held = sum(word in clause for word in question.content)
        return formed, held / max(len(question.content), 1)

    best = max(range(len(spans)), key=lambda number: worth(spans[number]))
    first = last = best
    while True:
        wider = [(first - 1, last)] if first else []
        wider += [(first, last + 1)] if last + 1 < len(spans) else []
        fitting = [(a, b) for a, b in wider if spans[b][1] - spans[a][0] <= ROOM]
        if not fitting:
            break
        first, last = fitting[0]
    return text[spans[first][0] : spans[last][1]].strip()


def beside(ranked: Sequence[tuple[float, Candidate, object]]) -> tuple[str, ...]:
    """Return the best clause, with a second one of the same sentence where it answers nearly as well.

    People ask for two things at once (几场，多少人), and which of two neighbouring clauses is meant is often open.
    """
    score, best, _ = ranked[0]
    for other_score, other, _ in ranked[1:]:
        if other_score < score - CLOSE:
            break
        if other.paragraph.id != best.paragraph.id or other.sentence != best.sentence:
            continue
        start, end = min(best.start, other.start), max(best.end, other.end)
        overlap = best.start < other.end and other.start < best.end
        if overlap and end - start <= LONGEST:
            return (best.paragraph.text[start:end],)
        if not overlap and len(best.says) + len(other.says) <= LONGEST:
            return tuple(c.says for c in sorted((best, other), key=lambda c: c.start))
    return (best.says,)
