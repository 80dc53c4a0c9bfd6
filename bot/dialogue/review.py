"""The review of an article that a channel hands in: what is asked of a person, and the seam to what carries it out.

A review is a value: `answer`, `back` and `put` return the next one, so that a press that comes twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.article import Article


class Doubt(NamedTuple):
    """A place that a person must look at.

    Args:
        what: The matter, in English.
        raw: The place as received, with the text around it; "" where it has none.
        clean: The same as it would stand in the article; "" where it was left out.
    """

    what: str
    raw: str
    clean: str


class Added(NamedTuple):
    """What became of an article that was to be added.

    Args:
        name: The file, with the line where it holds several.
        article_id: What the article is called.
        reason: Why it is not added after all, in English; "" when it is.
    """

    name: str
    article_id: str
    reason: str = ""


class Choice(StrEnum):
    """What a reviewer can do about a place; the value is what a button carries."""

    ACCEPT = "a"
    MARK = "m"
    EDIT = "e"
    LEAVE = "l"
    TAKE = "t"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a review that is open.

    Args:
        number: Which one it is, from 1.
        total: How many there are.
        doubt: What it is about. Where it is about a field, `clean` is the field's value.
        choices: What can be answered.
        field: The article's field that it is about, which any value may be given for; "" where it is about the text.
        text: The paragraphs of its place as they are edited, a line each and headings behind `## `.
    """

    number: int
    total: int
    doubt: Doubt
    choices: tuple[Choice, ...]
    field: str = ""
    text: str = ""


class Compared(NamedTuple):
    """One thing that a copy is compared with the corpus's article by.

    Args:
        name: The thing, in English.
        new: What the copy has of it.
        old: What the corpus's article has.
        better: 1 where the copy is the better one by it, -1 where the other is, else 0.
    """

    name: str
    new: str
    old: str
    better: int


@dataclass(frozen=True, slots=True)
class Copied:
    """The article of the corpus whose place a copy or another version of it may take.

    Args:
        article_id: The article.
        rows: What the two are compared by.
        obstacle: Why the copy as it is cannot take its place, in English; a review may still mend that. "" where it can.
        version: Of another version, which of the two is which, in English, with their days; "" of a copy.
    """

    article_id: str
    rows: tuple[Compared, ...]
    obstacle: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """An article at the end of its review.

    Args:
        fields: What is known beside the text, by name, in order.
        paragraphs: How many paragraphs it has, headings among them.
        characters: How many characters.
        marked: How many of them are marked as uncertain.
        changes: How many changes lead from the file to it.
        decided: What was decided: the matter in English, and the choice.
    """

    fields: tuple[tuple[str, str], ...]
    paragraphs: int
    characters: int
    marked: int
    changes: int
    decided: tuple[tuple[str, Choice], ...]


class Review(Protocol):
    """The review of one article, a value: what changes it returns another one. All of it may take a second."""

    @property
    def name(self) -> str:
        """The file, with the line where it holds several."""

    @property
    def article(self) -> Article:
        """The article as it stands."""

    @property
    def copied(self) -> Copied | None:
        """The article whose place it may take, or None."""

    @property
    def asked(self) -> Asked | None:
        """The question that is open; None when all are answered."""

    @property
    def summary(self) -> Summary:
        """The article in short."""

    def answer(self, choice: Choice, text: str = "") -> Review:
        """Return the review with the open question answered.

        Args:
            choice: What is to be done.
            text: The paragraphs as edited, or a field's value.

        Raises:
            BotError: It cannot be done; says why.
        """

    def back(self) -> Review:
        """Return the review with the last answer taken back; itself without any."""

    def put(self, field: str, value: str) -> Review:
        """Return the review with a field of the article set, "-" for none.

        Raises:
            BotError: There is no such field, or it is no value of it.
        """

    def add(self) -> Added:
        """Add the article as it stands, as a change of its own; it blocks, and may be called again when it fails.

        Raises:
            BotError: Nothing was added: the disk is full, the corpus is being written or broken.
        """
