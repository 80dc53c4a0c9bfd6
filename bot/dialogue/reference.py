"""References: all that is needed to show an answer again, short enough for a button, with nothing kept.

A reference is written in base64url, at most `LONGEST` characters of [A-Za-z0-9_-], from these bytes:

    head       version 2 bits, language 2, remark 2, number of citations 2
    citation   paragraph * 2 + (1 if the article is another than the one before), then that article's key (4 bytes) and
               the digest of its content (3 bytes); start; length
    leads      their number; for each: start in the excerpt * 4 + number of the citation, length
    beside     in versions 2 and 3, a byte: a bit for each kind of trouble that the card under the answer is about, then
               `TOLD` where the question tried a figure and `RIGHT` where it is the one that the article states
    told       where a figure was tried, the one stated: start in the first lead; length
    marks      in versions 1 and 3, for each citation their number; for each: distance from the one before, length

Numbers are LEB128 (`bot.dialogue.leb128`). There is one way to write a reference and no other is read, so that the same answer always has the
same one. A reference names places and holds no text: whoever forges one gets nothing said that no article says.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.answer.answer import MAX_EXCERPTS, Answer, Remark, Verdict
from bot.article import Article
from bot.dialogue import leb128
from bot.dialogue.leb128 import Scanner
from bot.dialogue.wording import Language
from bot.question.trouble import Trouble

LONGEST = 56
"""Characters of a reference: with what is pressed and its place they are the 64 bytes that Telegram gives a button."""
KEY_BYTES, CONTENT_BYTES = 4, 3
LANGUAGES = tuple(Language)
REMARKS = (None, Remark.COMPARISON, Remark.DIFFERENT_THINGS, Remark.PART)
"""Remarks by their number. `MENTIONED` has that of a comparison: it has one lead, and a comparison two."""
KINDS = tuple(Trouble)
TOLD, RIGHT = 1 << 6, 1 << 7
WRITTEN = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")

Marks = tuple[tuple[int, int], ...]


class Citation(NamedTuple):
    """Where an excerpt stands.

    Args:
        article: Key of the article.
        content: Digest of the article's text, so that a change of it is noticed.
        paragraph: Number of the paragraph.
        start: Offset of the excerpt's first character.
        end: Offset behind its last one.
    """

    article: bytes
    content: bytes
    paragraph: int
    start: int
    end: int


class Lead(NamedTuple):
    """A lead, as a slice of a citation's excerpt."""

    citation: int
    start: int
    end: int


class Told(NamedTuple):
    """The figure that an article states where a question tried one; what was tried is not kept.

    Args:
        right: Whether the question tried this one.
        start: Where it begins in the first lead.
        end: Where it ends.
    """

    right: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An answer without its text.

    Args:
        citations: One to three, best first.
        leads: The short answers.
        remark: What the bot adds.
        language: The reply's.
        marks: For each citation, the words pointed out in its excerpt; empty where none are.
        needs: What the person who asked needs help with.
        told: The figure that is stated where one was tried.
    """

    citations: tuple[Citation, ...]
    leads: tuple[Lead, ...]
    remark: Remark | None
    language: Language
    marks: tuple[Marks, ...] = ()
    needs: tuple[Trouble, ...] = ()
    told: Told | None = None

    def written(self) -> str:
        """Return the reference as text, of any length."""
        return base64.urlsafe_b64encode(bytes(_bytes(self))).rstrip(b"=").decode()

    def with_marks(self, marks: Sequence[Marks]) -> Reference:
        """Return the reference with the marks of its citations; itself where they do not fit."""
        some = tuple(marks[: len(self.citations)])
        marked = dataclasses.replace(self, marks=some if any(some) else ())
        return marked if len(marked.written()) <= LONGEST else self

    def without_last(self) -> Reference:
        """Return the reference without its last citation and the leads from it."""
        last = len(self.citations) - 1
        leads = tuple(lead for lead in self.leads if lead.citation != last)
        remark = self.remark if len(leads) == len(self.leads) else None
        return dataclasses.replace(
            self,
            citations=self.citations[:-1],
            leads=leads,
            remark=remark,
            told=self.told if leads else None,
            marks=self.marks[:last],
        )


def of(answer: Answer, language: Language, needs: Sequence[Trouble] = ()) -> str:
    """Return the reference of an answer; the last citations are left out where they do not fit.

    "" where not even the first one does: no article is so long.

    Args:
        answer: The answer.
        language: The reply's.
        needs: What the person needs help with, whose card stands under it.
    """
    quotes = [excerpt.quote for excerpt in answer.excerpts]
    leads = []
    for number, lead in enumerate(answer.leads):
        # In a comparison the second lead is cut from the second excerpt, be it the same words.
        order = (min(number, len(quotes) - 1), *range(len(quotes)))
        cited = next(n for n in order if lead in quotes[n])
        start = quotes[cited].find(lead)
        leads.append(Lead(cited, start, start + len(lead)))
    citations = tuple(
        Citation(key(e.article.id), digest(e.article), e.paragraph.number, e.start, e.end)
        for e in answer.excerpts
    )
    kinds = tuple(kind for kind in Trouble if kind in needs)
    told = _told(answer.verdict, answer.leads[0]) if answer.verdict else None
    reference = Reference(citations, tuple(leads), answer.remark, language, needs=kinds, told=told)
    while len(written := reference.written()) > LONGEST:
        if len(reference.citations) == 1:
            return ""
        reference = reference.without_last()
    return written


def _told(verdict: Verdict, lead: str) -> Told | None:
    start = lead.rfind(verdict.says)  # a short answer's last clause is the one that states it
    return Told(verdict.right, start, start + len(verdict.says)) if start >= 0 else None


def read(written: str) -> Reference | None:
    """Return the reference that was written; None for anything else."""
    if not WRITTEN.fullmatch(written):
        return None
    try:
        reference = _read(Scanner(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))))
    except (ValueError, IndexError, binascii.Error):
        return None
    return reference if reference.written() == written else None


def key(article_id: str) -> bytes:
    """Return the key of an article."""
    return hashlib.blake2b(article_id.encode(), digest_size=KEY_BYTES).digest()


def digest(article: Article) -> bytes:
    """Return the digest of an article's text."""
    return hashlib.blake2b(article.body.encode(), digest_size=CONTENT_BYTES).digest()


def _bytes(reference: Reference) -> Iterator[int]:
    version = int(any(reference.marks)) | bool(reference.needs or reference.told) << 1
    alike = Remark.COMPARISON if reference.remark is Remark.MENTIONED else reference.remark
    language, remark = LANGUAGES.index(reference.language), REMARKS.index(alike)
    yield version << 6 | language << 4 | remark << 2 | len(reference.citations)
    before: tuple[bytes, bytes] | None = None
    for citation in reference.citations:
        article = citation.article, citation.content
        yield from leb128.write(citation.paragraph << 1 | (article != before))
        if article != before:
            yield from citation.article + citation.content
        before = article
        yield from leb128.write(citation.start)
        yield from leb128.write(citation.end - citation.start)
    yield from leb128.write(len(reference.leads))
    for lead in reference.leads:
        yield from leb128.write(lead.start << 2 | lead.citation)
        yield from leb128.write(lead.end - lead.start)
    if version & 2:
        yield from _beside(reference.needs, reference.told)
    for marks in reference.marks if version & 1 else ():
        yield from leb128.write(len(marks))
        done = 0
        for start, end in marks:
            yield from leb128.write(start - done)
            yield from leb128.write(end - start)
            done = end


def _beside(needs: Sequence[Trouble], told: Told | None) -> Iterator[int]:
    bits = sum(1 << KINDS.index(kind) for kind in needs)
    if told is None:
        yield bits
        return
    yield bits | TOLD | (RIGHT if told.right else 0)
    yield from leb128.write(told.start)
    yield from leb128.write(told.end - told.start)


def _read(data: Scanner) -> Reference:
    """Return the reference in some bytes.

    Raises:
        ValueError: They are none.
        IndexError: They name a language, a remark or a citation that does not exist.
    """
    (head,) = data.take(1)
    version, count = head >> 6, head & 3
    if not 1 <= count <= MAX_EXCERPTS:
        raise ValueError("without a citation")
    language, remark = LANGUAGES[head >> 4 & 3], REMARKS[head >> 2 & 3]
    citations: list[Citation] = []
    for _ in range(count):
        citations.append(_read_citation(data, citations))
    sizes = [citation.end - citation.start for citation in citations]
    leads = tuple(_read_lead(data, sizes) for _ in range(data.number()))
    if remark is Remark.COMPARISON and len(leads) == 1:
        remark = Remark.MENTIONED
    (bits,) = data.take(1) if version & 2 else (0,)
    needs = tuple(kind for number, kind in enumerate(KINDS) if bits >> number & 1)
    told = _read_told(data, leads, right=bool(bits & RIGHT)) if bits & TOLD else None
    marks = tuple(_read_marks(data, size) for size in sizes) if version & 1 else ()
    if data.left:
        raise ValueError("more than a reference")
    return Reference(tuple(citations), leads, remark, language, marks, needs, told)


def _read_citation(data: Scanner, before: Sequence[Citation]) -> Citation:
    number = data.number()
    if number & 1:
        article, content = data.take(KEY_BYTES), data.take(CONTENT_BYTES)
    else:  # the first one without an article is an IndexError
        article, content = before[-1].article, before[-1].content
    start, size = data.number(), data.size()
    return Citation(article, content, number >> 1, start, start + size)


def _read_lead(data: Scanner, sizes: Sequence[int]) -> Lead:
    number, size = data.number(), data.size()
    lead = Lead(number & 3, number >> 2, (number >> 2) + size)
    if lead.end > sizes[lead.citation]:
        raise ValueError("a lead sticks out of its excerpt")
    return lead


def _read_told(data: Scanner, leads: Sequence[Lead], *, right: bool) -> Told:
    start, size = data.number(), data.size()
    if start + size > leads[0].end - leads[0].start:
        raise ValueError("a figure sticks out of its lead")
    return Told(right, start, start + size)


def _read_marks(data: Scanner, longest: int) -> Marks:
    marks: list[tuple[int, int]] = []
    done = 0
    for _ in range(data.number()):
        start = done + data.number()
        done = start + data.size()
        marks.append((start, done))
    if done > longest:
        raise ValueError("a mark sticks out of its excerpt")
    return tuple(marks)
