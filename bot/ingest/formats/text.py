"""Pages as plain text, a paragraph a line; where lines were broken at one width, they are joined again. Also records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bot import edits
from bot.edits import Edit
from bot.ingest import page
from bot.ingest.document import Document, Hints
from bot.ingest.fluency import HAN
from bot.ingest.formats import records, wrapping
from bot.ingest.formats.reading import MARKUP

_ROWS = re.compile(r"(?<![^\n])[^\n\t]+\t[^\n]*\n[^\n\t]+\t[^\n]*(?:\n[^\n\t]+\t[^\n]*)*")
"""Two lines and more that have tabs within."""
MOSTLY = 0.8
"""Share of the lines from the first quoted one to the last that are quoted, and of the file's Chinese that they hold."""
_HAN = re.compile(f"[{HAN}]")
_TABS = re.compile(r"(?<=\S)[ \u3000]*\t[ \t\u3000]*(?=\S)")
_QUOTE = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_QUOTED = 3
"""Lines of a mail that begin with >, from which that is no character of theirs."""
_SPEAKER = re.compile(
    r"^(?P<name>[^\s:：，。]{1,16})[ \t]+(?:\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]+)?\d{1,2}:\d\d(?::\d\d)?[ \t]*$\n?",
    re.MULTILINE,
)
"""王姐 10:22 above what somebody wrote in a chat."""
_SIGNED = re.compile(r"^-- ?\r?\n(?:.*\S.*(?:\n|\Z)){1,8}\s*\Z", re.MULTILINE)
"""A mail's signature, below the line that sets one off."""
_LINE_END = re.compile("\r(?!\n)|[\v\f\u0085\u2028\u2029]")
"""What ends a line beside a newline: old Macintoshes', printers', and Unicode's own."""


def read(name: str, article_id: str, content: bytes) -> list[Document]:
    """Return the page in a text file.

    Raises:
        IngestError: The bytes are no text.
    """
    found = page.decoded(content)
    text, hints, problems = found.text, Hints(), found.problems
    changes = reading(text)
    record = records.find(page.lines(text))
    if record is not None:
        inside = [edit for edit in changes if record.start <= edit.start and edit.end <= record.end]
        ends = [(0, record.start), (record.end, len(text))]
        cuts = [Edit(start, end, text[start:end], "", MARKUP) for start, end in ends if start < end]
        changes = tuple(sorted([*inside, *cuts]))
        hints = record.hints
        problems += tuple((what, 0, 1) for what in record.problems)
    return [
        Document(
            article_id, name, ".txt", content, text, changes, hints=hints, problems=problems
        ),
    ]  # fmt: skip


def reading(text: str) -> tuple[Edit, ...]:
    """Return the edits from a text to its paragraphs, a line each."""
    signed = [Edit(*each.span(), each[0], "", MARKUP) for each in _SIGNED.finditer(text)]
    cuts = [*_quotes(text), *_speakers(text)] or signed
    if cuts:  # what is left is read as if they had never been there
        left = edits.apply(text, cuts)
        return tuple(edits.compose(text, cuts, list(reading(left))))
    ends = [Edit(*end.span(), end[0], "\n", MARKUP) for end in _LINE_END.finditer(text)]
    return tuple(sorted([*ends, *_joins(text), *_cells(text)]))


def _quotes(text: str) -> list[Edit]:
    """Return the edits that take the marks off a mail that is quoted, and what was written around it."""
    found = [*_QUOTE.finditer(text)]
    if not found:
        return []
    first = found[0].start()
    last = text.find("\n", found[-1].end())
    last = len(text) if last < 0 else last
    within = text.count("\n", first, last) + 1
    inside = len(_HAN.findall(text, first, last))
    if len(found) < max(_QUOTED, MOSTLY * within) or inside < MOSTLY * len(_HAN.findall(text)):
        return []
    around = [(0, first), (last, len(text))]
    cuts = [Edit(start, end, text[start:end], "", MARKUP) for start, end in around if start < end]
    cuts += [Edit(*mark.span(), mark[0], "", MARKUP) for mark in found]
    return sorted(cuts)


def _speakers(text: str) -> list[Edit]:
    """Return the edits that take out who wrote the parts of a chat, and when."""
    found = [*_SPEAKER.finditer(text)]
    counts = Counter(each["name"] for each in found)
    rows = any(above.end() == below.start() for above, below in pairwise(found))
    if rows or not any(count > 1 for count in counts.values()):
        return []  # a timetable has one line below the other
    return [Edit(*each.span(), each[0], "", MARKUP) for each in found]


def _cells(text: str) -> Iterator[Edit]:
    """Yield the edits that set the cells of a table's rows apart as everywhere, where tabs did."""
    for row in _ROWS.finditer(text):
        for tab in _TABS.finditer(text, *row.span()):
            yield Edit(*tab.span(), tab[0], " | ", MARKUP)


def _joins(text: str) -> Iterator[Edit]:
    """Yield the edits that join the lines of a text that was broken at one width."""
    lines = page.lines(text)
    on = wrapping.going_on([text[line.begin : line.end] for line in lines])
    for above, below, goes_on in zip(lines, lines[1:], on, strict=False):
        if goes_on:
            space = wrapping.between(above.text, below.text)
            yield Edit(above.end, below.start, text[above.end : below.start], space, MARKUP)
