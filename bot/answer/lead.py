"""The short answer of a sentence that no ask has cut: the clause with the figure, date or words asked for."""

from __future__ import annotations

from bot.analysis.chars import fold
from bot.analysis.sentences import clauses
from bot.answer import detect
from bot.question.question import Question

SHORT = 6
"""Characters below which a clause says too little alone; the one behind it is added."""


def cut(text: str, start: int, end: int, question: Question) -> str:
    """Return the clause of `text[start:end]` that answers best, always a slice without its closing mark."""
    spans = clauses(text, start, end)
    if not spans:
        return text[start:end]

    def worth(span: tuple[int, int]) -> tuple[int, float]:
        clause = fold(text[slice(*span)])
        formed = sum(
            detect.answers(kind, clause) for kind in question.kinds if kind in detect.ANSWERS_KIND
        )
        held = sum(word in clause for word in question.content)
        return formed, held / max(len(question.content), 1)

    best = max(range(len(spans)), key=lambda number: worth(spans[number]))
    begin, stop = spans[best]
    if stop - begin < SHORT and best + 1 < len(spans):
        stop = spans[best + 1][1]
    return text[begin:stop].strip()
