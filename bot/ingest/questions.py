"""A review as questions and answers: what is asked of a person, and what an answer makes of the article.

Everything here is pure; `bot.ingest.review` asks the questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from bot.errors import IngestError
from bot.ingest import draft as drafts
from bot.ingest import fields, revision
from bot.ingest.document import Document
from bot.ingest.draft import Draft
from bot.ingest.pipeline import Cleaned

_FIELD = re.compile(rf"({'|'.join(fields.FIELDS)})\b")


class Choice(Enum):
    """What a reviewer can do about a place; the value is its key."""

    ACCEPT = "a"
    MARK = "m"
    EDIT = "e"
    LEAVE = "l"
    TAKE = "t"


MEANING = {
    Choice.ACCEPT: "accept what the cleaning made of it",
    Choice.MARK: "mark it ⟦…⟧, so that the sentence is never quoted",
    Choice.EDIT: "edit the paragraph in your editor",
    Choice.LEAVE: "leave the raw text as it was there",
    Choice.TAKE: "take in what was left out, cleaned",
}


class Question(NamedTuple):
    """Something that a person must decide.

    Args:
        what: The matter, in words.
        start: Where its place in the raw text begins.
        end: Where it ends.
        field: The metadata that it is about; None where it is about the text.
    """

    what: str
    start: int
    end: int
    field: str | None = None


class Answer(NamedTuple):
    """What was decided.

    Args:
        choice: The choice.
        text: The paragraphs as edited, or the value typed.
    """

    choice: Choice
    text: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """How far a review has come.

    Args:
        questions: All that is asked, in order.
        drafts: The article before each answer given and after the last.
    """

    questions: tuple[Question, ...]
    drafts: tuple[Draft, ...]

    @property
    def draft(self) -> Draft:
        """The article as it stands."""
        return self.drafts[-1]

    @property
    def number(self) -> int:
        """How many questions are answered."""
        return len(self.drafts) - 1

    @property
    def question(self) -> Question | None:
        """The question that is open; None when all are answered."""
        return self.questions[self.number] if self.number < len(self.questions) else None

    def answer(self, answer: Answer) -> Review:
        """Return the review with the open question answered.

        Raises:
            IngestError: The answer cannot be carried out; says why.
        """
        question = self.question
        if question is None:
            raise ValueError("no question is open")
        return replace(self, drafts=(*self.drafts, carry_out(self.draft, question, answer)))

    def back(self) -> Review:
        """Return the review with the last answer taken back, what was typed meanwhile kept; itself without any."""
        if not self.number:
            return self
        before = self.drafts[-2]
        article = replace(self.draft.article, paragraphs=before.article.paragraphs)
        field = self.questions[self.number - 1].field
        if field is not None:
            article = fields.put(article, field, fields.value(before.article, field) or fields.NONE)
        return replace(self, drafts=(*self.drafts[:-2], replace(before, article=article)))

    def put(self, field: str, typed: str) -> Review:
        """Return the review with a field of the article as typed.

        Raises:
            IngestError: It is no value of that field.
        """
        return replace(self, drafts=(*self.drafts[:-1], _put(self.draft, field, typed)))


def begin(document: Document, cleaned: Cleaned) -> Review:
    """Return the review of an article that no question of is answered yet."""
    if cleaned.article is None:
        raise ValueError("a page without an article cannot be reviewed")
    first = Draft(cleaned.raw, cleaned.edits, cleaned.article, document.reading)
    asked = [Question(*problem, _field(problem.what)) for problem in cleaned.problems]
    # Whether it takes another one's place is asked before.
    return Review(tuple(asked[1:] if cleaned.copy_of else asked), (first,))


def choices(draft: Draft, question: Question) -> list[Choice]:
    """Return what can be done about a question's place."""
    if question.field is not None:
        return [Choice.ACCEPT]
    if drafts.is_left_out(draft, question.start, question.end):
        return [Choice.ACCEPT, Choice.TAKE, Choice.EDIT, Choice.LEAVE]
    low, high = drafts.place(draft, question.start, question.end)
    if not draft.article.body[low:high].strip():
        return [Choice.ACCEPT, Choice.EDIT, Choice.LEAVE]
    return [Choice.ACCEPT, Choice.MARK, Choice.EDIT, Choice.LEAVE]


def editable(draft: Draft, question: Question) -> str:
    """Return what a reviewer is given to edit: the paragraphs of the place, or the lines that were left out."""
    if drafts.is_left_out(draft, question.start, question.end):
        return draft.raw[question.start : question.end].strip("\r\n")
    return drafts.shown(draft, *drafts.numbers(draft, question.start, question.end))


def carry_out(draft: Draft, question: Question, answer: Answer) -> Draft:
    """Return what an answer makes of the draft.

    Raises:
        IngestError: The answer cannot be carried out; says why.
    """
    start, end = question.start, question.end
    if question.field is not None:
        return _put(draft, question.field, answer.text) if answer.text else draft
    match answer.choice:
        case Choice.MARK:
            return revision.mark(draft, start, end)
        case Choice.LEAVE | Choice.TAKE:
            return revision.take_back(draft, start, end, cleaned=answer.choice is Choice.TAKE)
        case Choice.EDIT if answer.text == editable(draft, question):
            raise IngestError("nothing was changed")
        case Choice.EDIT if drafts.is_left_out(draft, start, end):
            return revision.insert(draft, start, answer.text)
        case Choice.EDIT:
            return revision.rewrite(draft, *drafts.numbers(draft, start, end), answer.text)
    return draft


def _put(draft: Draft, field: str, typed: str) -> Draft:
    return replace(draft, article=fields.put(draft.article, field, typed))


def _field(what: str) -> str | None:
    found = _FIELD.match(what)
    return found[1] if found else None
