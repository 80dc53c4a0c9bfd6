"""What can honestly be said: an answer made of excerpts, or a refusal that says what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.analysis.numerals import in_chinese
from bot.article import MARK_CLOSE, MARK_OPEN, Article, Paragraph

MAX_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One to three whole sentences of a paragraph, and where they stand. Always a slice, never a rewrite.

    Args:
        article: The article cited; its body need not be loaded.
        paragraph: The paragraph quoted.
        start: Offset of the first character in `paragraph.text`.
        end: Offset behind the last character.
    """

    article: Article
    paragraph: Paragraph
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.article.id != self.paragraph.article_id:
            raise ValueError("the paragraph is not of this article")
        if not 0 <= self.start < self.end <= len(self.paragraph.text):
            raise ValueError(f"not a slice of {self.paragraph.id}: {self.start}–{self.end}")
        if MARK_OPEN in self.quote or MARK_CLOSE in self.quote:
            raise ValueError(
                f"{self.paragraph.id}: a sentence with an uncertain character is not quotable"
            )

    @property
    def number(self) -> str:
        """Which provision of a statute it is of: 第二十五条第二款, 第五条 where that has one 款 only; "" for none."""
        found = self.article.provision(self.paragraph)
        if found is None:
            return ""
        return found.name + (f"第{in_chinese(found.clause)}款" if found.clauses > 1 else "")

    @property
    def quote(self) -> str:
        """Exactly what the reviewed article says."""
        return self.paragraph.text[self.start : self.end]


class Remark(StrEnum):
    """What the bot adds to an answer in its own words; none of them states a fact of the corpus."""

    COMPARISON = "comparison"  # the two sides stand one after the other
    DIFFERENT_THINGS = "different_things"  # … and count different things
    PART = "part"  # what is quoted is of a part of the place asked about
    MENTIONED = "mentioned"  # what is asked about is named there, and no more is certain


class Verdict(NamedTuple):
    """What the articles say of a figure that was tried.

    Args:
        right: Whether it is the one that they state.
        says: The one that they state, as it stands there.
        tried: The one that was tried, as it was typed; "" where that is not known any more.
    """

    right: bool
    says: str
    tried: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the clauses that give what was asked, and the sentences that prove it.

    Args:
        leads: Clauses cut from the excerpts, each of them a substring of one; one a side in a comparison.
        excerpts: Best first, one to three.
        remark: What the bot has to add, if anything.
        place: The place that the first excerpt is of, where the remark is `PART`.
        verdict: What is said of a figure that the question tries.
        relative: A word of the question's like 今年 that the excerpt uses, too, of the time when it was written.
    """

    leads: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    remark: Remark | None = None
    place: str = ""
    verdict: Verdict | None = None
    relative: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.excerpts) <= MAX_EXCERPTS:
            raise ValueError(f"an answer has one to {MAX_EXCERPTS} excerpts")
        for lead in self.leads:
            if not any(lead in excerpt.quote for excerpt in self.excerpts):
                raise ValueError("a lead must be cut from an excerpt")


class Reason(StrEnum):
    """Why a question is refused; the wording has a sentence for each."""

    NOTHING_ASKED = "nothing_asked"  # empty, only punctuation or invisible characters
    NOT_UNDERSTOOD = "not_understood"  # no word of it is known
    UNKNOWN_PLACE = "unknown_place"  # `missing` names the place
    UNKNOWN_YEAR = "unknown_year"  # `missing` is the year
    UNKNOWN_TIME = "unknown_time"  # `missing` is the day, the month or the relative time
    MISSING_PART = "missing_part"  # `missing` names the part
    ONLY_PARTS = "only_parts"  # no figure of the place `missing`, only of its parts
    ONLY_WHOLE = "only_whole"  # no figure of the place `missing`, only of a wider one
    ONE_SIDE = (
        "one_side"  # a comparison of which only one side is stated; `missing` names the other
    )
    UNQUOTABLE = (
        "unquotable"  # the sentence that answers holds a character that could not be restored
    )
    BYLINE = (
        "byline"  # asked is who wrote what; `signed` tells it, and no sentence of the text does
    )
    NO_CONTEXT = "no_context"  # a follow-up with nothing before it
    NO_PROVISION = "no_provision"  # the statute `found` has no provision `missing`
    SEARCH_FAILED = "search_failed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """No paragraph answers the question.

    Args:
        reason: Why.
        missing: What no article states, in the asker's script-neutral (Simplified) words; may be empty.
        suggestions: Questions that the corpus does answer, nearest first.
        place: The place that the question names, as it was typed, where nothing else can be named as missing.
        found: Of a comparison the side that is stated.
        parts: The figures that there are instead, each with its place.
        near: What stands nearest and does not answer, at most two excerpts.
        where: The article and the paragraph of a sentence that answers and may not be quoted.
        signed: The articles whose reporters and editors are asked for.
    """

    reason: Reason
    missing: str = ""
    suggestions: tuple[str, ...] = ()
    place: str = ""
    found: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    near: tuple[Excerpt, ...] = ()
    where: tuple[Article, Paragraph] | None = None
    signed: tuple[Article, ...] = ()
