"""Questions with the clauses that are found for them, and which of those are right."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.answer.candidate import Candidate
from bot.answer.focus import Focus
from bot.answer.select import Reading, focus_on
from bot.dialogue.answering import Answering
from bot.question import sides
from bot.question.followup import complete, is_elliptic, may_follow
from bot.question.question import Question

JUDGED_APART = ("compare", "smalltalk")
"""Kinds of question that go another way."""
STRAY = 3
"""Every how many questions one is judged a second time as if asked in the middle of another conversation."""


@dataclass
class Row:
    """A question with what was found for it.

    Args:
        item: The question, as its set gives it.
        reading: What was found.
        focus: What the conversation was about.
        refused: Whether it is refused before anything is weighed.
    """

    item: dict[str, Any]
    reading: Reading | None
    focus: Focus | None
    refused: bool = False


def norm(text: str) -> str:
    """Return the letters and digits of a text, as quotes are compared."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", text).lower() if unicodedata.category(c)[0] in "LN"
    )


def quoted(candidate: Candidate, item: dict[str, Any]) -> bool:
    """Whether the sentence around a clause holds an answering quote, or stands in an answering paragraph."""
    if item.get("paragraphs"):
        return candidate.paragraph.id in item["paragraphs"]
    start, end = candidate.sentence or (0, 0)
    sentence = norm(candidate.paragraph.text[start:end])
    return candidate.article.id in item["seeds"] and any(
        norm(q) in sentence for q in item["quotes"]
    )


def said(candidate: Candidate, item: dict[str, Any]) -> bool:
    """Whether, besides, the clause itself holds the asked figure or name."""
    return quoted(candidate, item) and all(norm(a) in norm(candidate.says) for a in item["answer"])


async def rows_of(
    answering: Answering, items: Sequence[dict[str, Any]], *, stray: bool
) -> list[Row]:
    """Return a set's questions with what is found for them, the conversation being about the right answers.

    Args:
        answering: Finds.
        items: The questions.
        stray: Whether some are judged a second time in the middle of another conversation.
    """
    focuses: dict[str, Focus] = {}
    last: Focus | None = None
    rows: list[Row] = []
    for item in items:
        if item["kind"] in JUDGED_APART:
            if item["kind"] == "compare" and item["answerable"]:
                rows += await _sides(answering, item)
            continue
        focus = focuses.get(item["chat"])
        question = answering.reader.read(item["question"])
        if answering.refusal_at_once(question):
            rows.append(Row(item, None, None, refused=True))
            continue
        reading = await answering.best_reading(question, focus)
        rows.append(Row(item, reading, focus))
        if stray and len(rows) % STRAY == 0 and focus is None and last is not None:
            rows += await _strayed(answering, item, question, last)
        right = [c for _, c, _ in reading.ranked if said(c, item)] or [
            c for _, c, _ in reading.ranked if quoted(c, item)
        ]
        if right:
            focuses[item["chat"]] = last = focus_on(right[0], reading.question)
    return rows


async def ruled(answering: Answering, items: Sequence[dict[str, Any]]) -> list[Row]:
    """Return questions with what the law and the guide say to them, whatever reports say."""
    rows: list[Row] = []
    for item in items:
        reading = await answering.search(answering.reader.read(item["question"]), None)
        rows.append(Row(item, answering.selector.of_rules(reading), None))
    return rows


async def _strayed(
    answering: Answering, item: dict[str, Any], question: Question, last: Focus
) -> list[Row]:
    """Return a question read as if it went on about something else: what is then found first is seldom right."""
    if is_elliptic(question) or not may_follow(question):
        return []
    alone = await answering.search(question, last)
    following = await answering.search(
        complete(question, last.topic, answering.reader), last, alone
    )
    right = bool(following.ranked) and quoted(following.ranked[0][1], item)
    return [Row(item | {"answerable": item["answerable"] and right}, following, last)]


async def _sides(answering: Answering, item: dict[str, Any]) -> list[Row]:
    """Return a comparison's sides as questions about one place each."""
    question = answering.reader.read(item["question"])
    found = sides.split(question, answering.reader)
    rows = []
    for side in found.questions if found else ():
        reading = await answering.search(side, None)
        rows += [
            Row(item | {"seeds": [seed], "quotes": [quote], "answer": []}, reading, None)
            for seed, quote in zip(item["seeds"], item["quotes"], strict=True)
            if any(
                quoted(c, {"seeds": [seed], "quotes": [quote]}) for _, c, _ in reading.ranked[:3]
            )
        ]
    return rows
