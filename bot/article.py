"""Articles and their paragraphs: the values that everything else is about.

A paragraph is what is indexed, ranked, cited and judged. Its id is `<article id>#<number>`; headings count as
paragraphs, so that a number always points at the same line of the reviewed article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

MARK_OPEN, MARK_CLOSE = "⟦", "⟧"
"""A character between these could not be restored with certainty; the sentence around it is never quoted."""

ARTICLE_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,99}")
"""What an article may be called: it is also the name of its files, without their endings."""

PROVISION = re.compile("第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
"""How a 条 of a statute begins."""

LEVELS = "编章节"
"""What the headings of a statute are, the widest first."""

AS_OF = re.compile("截[至止]([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")


class Kind(StrEnum):
    """What an article is."""

    NEWS = "news"
    STATUTE = "statute"  # the text of a law, a regulation, a rule or a judicial interpretation
    GUIDE = "guide"  # the project's own words about what the law says


@dataclass(frozen=True, slots=True)
class Region:
    """Where an article's events happen; a level that the text does not prove is None."""

    province: str | None = None
    city: str | None = None
    district: str | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """The known levels, widest first, without repeating a municipality: ("上海市", "静安区")."""
        known = [name for name in (self.province, self.city, self.district) if name]
        return tuple(dict.fromkeys(known))

    def __str__(self) -> str:
        return "".join(self.levels)


@dataclass(frozen=True, slots=True)
class Statute:
    """What the head of a statute says of it, as far as it does; days are ISO.

    Args:
        part: Which part of a code its text is: 合同编.
        number: What it was published under: 国务院令第778号, 法释〔2025〕4号.
        passed: When it was first passed or published.
        amended: When it was last amended.
        effective: When it came into force.
        repeals: Names of those that it says to be repealed by it.
    """

    part: str | None = None
    number: str | None = None
    passed: str | None = None
    amended: str | None = None
    effective: str | None = None
    repeals: tuple[str, ...] = ()


class Provision(NamedTuple):
    """Where in a statute a paragraph stands.

    Args:
        name: Its 条, as the text writes it: 第二十五条.
        clause: Which 款 of it the paragraph is, from 1.
        clauses: How many it has.
    """

    name: str
    clause: int
    clauses: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading of a reviewed article.

    Args:
        article_id: The article it stands in.
        number: Its place among the article's paragraphs and headings, from 0.
        text: The reviewed text, exactly as it may be quoted.
        heading: Whether it is a heading; headings are never quoted as an answer.
        basis: Of a guide's paragraph, the provisions that it tells of: 《中华人民共和国消费者权益保护法》第五十五条第一款（2013-10-25）.
    """

    article_id: str
    number: int
    text: str
    heading: bool = False
    basis: str = ""

    @property
    def id(self) -> str:
        """Article id and number, as search results and asks name a paragraph."""
        return f"{self.article_id}#{self.number}"


@dataclass(frozen=True, slots=True)
class Article:
    """A reviewed article with what the text proves about it.

    Args:
        id: Name of the raw file without its ending.
        title: The published title, or None when no copy gives it.
        label: The operator's own short description, shown where there is no title; never quoted.
        publisher: Who published it (not the site on which a copy was found).
        published: ISO date, as precise as the text proves ("2021", "2021-12", "2021-12-21"), or None.
        event_date: The day that the report gives itself, "MM-DD" or ISO, or None.
        reporters: Names in the by-line, in order.
        editor: The responsible editor, or None.
        region: Where the events happen.
        found_on: The site whose copy was used, or None.
        kind: What it is.
        statute: What the head of a statute says; None for all others.
        checked: The day on which a guide was held against the law, ISO; None for all others.
        paragraphs: Body paragraphs and headings in order; `paragraphs[n].number == n`.
    """

    id: str
    title: str | None
    publisher: str | None
    paragraphs: tuple[Paragraph, ...]
    label: str | None = None
    published: str | None = None
    event_date: str | None = None
    reporters: tuple[str, ...] = ()
    editor: str | None = None
    region: Region = field(default_factory=Region)
    found_on: str | None = None
    kind: Kind = Kind.NEWS
    statute: Statute | None = None
    checked: str | None = None

    def __post_init__(self) -> None:
        if not ARTICLE_ID.fullmatch(self.id):
            raise ValueError(f"not an article id: {self.id!r}")
        if [p.number for p in self.paragraphs] != list(range(len(self.paragraphs))):
            raise ValueError(f"{self.id}: paragraphs are not numbered 0, 1, 2, …")

    @property
    def body(self) -> str:
        """The paragraphs' texts joined by newlines: what applying the edits to the raw text must give."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def as_of(self) -> str | None:
        """The latest day, ISO, up to which the text says that its figures count (截至2021年12月21日); None for none."""
        days = (f"{y}-{int(m):02}-{int(d):02}" for y, m, d in AS_OF.findall(self.body))
        return max(days, default=None)

    def position(self, paragraph: Paragraph) -> int:
        """Return which body paragraph one is, from 1, headings not counted: how people are told where it stands."""
        return sum(not each.heading for each in self.paragraphs[: paragraph.number]) + 1

    def provision(self, paragraph: Paragraph) -> Provision | None:
        """Return which 条 and 款 of a statute a paragraph is; None where it is none, as the words before the first 条 are."""
        if self.kind is not Kind.STATUTE or paragraph.heading:
            return None
        first = paragraph.number
        while not (begins := PROVISION.match(self.paragraphs[first].text)):
            first -= 1
            if first < 0 or self.paragraphs[first].heading:
                return None
        last = paragraph.number + 1
        while last < len(self.paragraphs) and not (
            self.paragraphs[last].heading or PROVISION.match(self.paragraphs[last].text)
        ):
            last += 1
        return Provision(begins[0], paragraph.number - first + 1, last - first)

    def blocks(self) -> list[tuple[str, tuple[Paragraph, ...]]]:
        """Return the texts that are of one matter, each with the headings above it: a report's paragraphs, a statute's 条."""
        found: list[tuple[str, list[Paragraph]]] = []
        headings: dict[int, str] = {}
        for paragraph in self.paragraphs:
            if paragraph.heading:
                number, _, words = paragraph.text.partition(" ")
                level = LEVELS.find(number[-1:]) if self.kind is Kind.STATUTE else 0
                kept = {at: said for at, said in headings.items() if at < level}
                headings = {**kept, level: words or number}
            elif self.kind is Kind.STATUTE and found and not PROVISION.match(paragraph.text):
                found[-1][1].append(paragraph)
            else:
                found.append((" ".join(headings.values()), [paragraph]))
        return [(heading, tuple(paragraphs)) for heading, paragraphs in found]

    @property
    def bodies(self) -> int:
        """How many body paragraphs there are."""
        return sum(not each.heading for each in self.paragraphs)

    def neighbours(self, number: int) -> tuple[int | None, int | None]:
        """Return the numbers of the body paragraphs before and behind a paragraph or heading; None where there is none."""
        bodies = [each.number for each in self.paragraphs if not each.heading]
        before = max((n for n in bodies if n < number), default=None)
        return before, min((n for n in bodies if n > number), default=None)

    @property
    def name(self) -> str:
        """What to call it in a citation: the title, else the label, else how the body begins."""
        if self.title or self.label:
            return self.title or self.label or ""
        first = next((p.text for p in self.paragraphs if not p.heading), "")
        return first[:30] + "…" if len(first) > 30 else first
