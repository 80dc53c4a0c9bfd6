"""Questions with the clauses that a dialogue finds for them, and which of those are right."""

from __future__ import annotations

import asyncio
import dataclasses
import random
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import indexing, wiring
from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.answer import refuse
from bot.answer.candidate import Candidate
from bot.answer.select import Reading, focus_on
from bot.dialogue.turn import Dialogue
from bot.question import sides
from bot.question.followup import complete, is_elliptic, may_follow
from bot.question.question import Question
from bot.store.memory import MemoryStateStore

JUDGED_APART = ("compare", "smalltalk")
"""Kinds of question that go another way."""
STRAY = 3
"""Every how many questions one is judged a second time as if asked in the middle of another conversation."""


@dataclass
class Row:
    """A question with what was found for it."""

    item: dict[str, Any]
    reading: Reading
    focus: Any

    @property
    def ranked(self) -> Any:
        return self.reading.ranked


def norm(text: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFKC", text).lower() if unicodedata.category(c)[0] in "LN"
    )


def quoted(candidate: Candidate, item: dict[str, Any]) -> bool:
    """Whether the sentence around a clause holds an answering quote."""
    start, end = candidate.sentence or (0, 0)
    sentence = norm(candidate.paragraph.text[start:end])
    return candidate.article.id in item["seeds"] and any(
        norm(q) in sentence for q in item["quotes"]
    )


def said(candidate: Candidate, item: dict[str, Any]) -> bool:
    """Whether, besides, the clause itself holds the asked figure or name."""
    return quoted(candidate, item) and all(norm(a) in norm(candidate.says) for a in item["answer"])


async def rows_of(dialogue: Dialogue, items: list[dict[str, Any]]) -> list[Row]:
    """Return a set's questions with what is found for them, the conversation being about the right answers."""
    focuses: dict[str, Any] = {}
    last: Any = None
    rows = []
    for item in items:
        if item["kind"] == "compare" and item["answerable"]:
            rows += await rows_of_sides(dialogue, item)
        if item["kind"] in JUDGED_APART:
            continue
        focus = focuses.get(item["chat"])
        question = dialogue._reader.read(item["question"])
        if refuse.at_once(question, dialogue._reader.lexicon):
            continue  # refused whatever is found
        reading = await dialogue._answering.best_reading(question, focus)
        rows.append(Row(item, reading, focus))
        if len(rows) % STRAY == 0 and focus is None and last is not None:
            rows += await rows_of_stray(dialogue, item, question, last)
        right = [c for _, c, _ in reading.ranked if said(c, item)] or [
            c for _, c, _ in reading.ranked if quoted(c, item)
        ]
        if right:
            focuses[item["chat"]] = last = focus_on(right[0], reading.question)
    return rows


async def rows_of_stray(
    dialogue: Dialogue, item: dict[str, Any], question: Question, last: Any
) -> list[Row]:
    """Return a question read as if it went on about something else: what is then found first is seldom right."""
    if is_elliptic(question) or not may_follow(question):
        return []
    alone = await dialogue._answering.search(question, last)
    completed = complete(question, last.topic, dialogue._reader)
    following = await dialogue._answering.search(completed, last, alone)
    right = bool(following.ranked) and quoted(following.ranked[0][1], item)
    return [Row(item | {"answerable": item["answerable"] and right}, following, last)]


async def rows_of_sides(dialogue: Dialogue, item: dict[str, Any]) -> list[Row]:
    """Return a comparison's sides as questions about one place each."""
    question = dialogue._reader.read(item["question"])
    plain = dialogue._reader.without_places(question.plain)
    rows = []
    for place in sides.places_of(question, dialogue._reader):
        side = dataclasses.replace(question, plain=plain, places=(place,))
        reading = await dialogue._answering.search(side, None)
        rows += [
            Row(item | {"seeds": [seed], "quotes": [quote], "answer": []}, reading, None)
            for seed, quote in zip(item["seeds"], item["quotes"], strict=True)
            if any(c.article.id == seed for _, c, _ in reading.ranked[:3])
        ]
    return rows


def rows_of_asks(corpus: Path, folds: int, most: int) -> list[Row]:
    """Return the corpus's asks as questions that the corpus does not know.

    At most `most` of them, drawn at random. A share of them is judged by a dialogue without it: of what is answered some wordings are left out, of what nothing
    answers whole groups, since whoever asks for it brings a new one.
    """
    analyzer = Analyzer(indexing.read_lexicon(corpus))
    analyzer.tokenizer.load()
    asks = indexing.read_asks(corpus)
    chance = random.Random(2)
    draws: dict[object, int] = {}
    parts = [
        chance.randrange(folds)
        if ask.answered
        else draws.setdefault((ask.article_id, ask.missing), chance.randrange(folds))
        for ask in asks
    ]
    rows: list[Row] = []
    for fold in range(folds):
        kept = [ask for ask, part in zip(asks, parts, strict=True) if part != fold]
        index = indexing.index_of(corpus, kept, analyzer)
        dialogue = wiring.assembled(corpus, analyzer, index, MemoryStateStore())
        out = [ask for ask, part in zip(asks, parts, strict=True) if part == fold]
        chance.shuffle(out)
        rows += asyncio.run(_judged_asks(dialogue, out[: most // folds]))
    return rows


async def _judged_asks(dialogue: Dialogue, asks: list[Ask]) -> list[Row]:
    rows = []
    for ask in asks:
        question = dialogue._reader.read(ask.text)
        if refuse.at_once(question, dialogue._reader.lexicon):
            continue
        reading = await dialogue._answering.search(question, None)
        item = {
            "answerable": ask.answered,
            "kind": "ask",
            "seeds": [ask.article_id],
            "quotes": [ask.says],
            "answer": [ask.says],
        }
        rows.append(Row(item, reading, None))
    return rows
