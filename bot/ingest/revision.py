"""What a reviewer can change in a draft: mark a place, write paragraphs anew, take changes of the cleaning back.

A change is an edit of the body, brought back to the raw text, and its kind is "review"; so raw text and edits give the
paragraphs exactly after each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot import edits
from bot.article import Paragraph
from bot.collection import HEADING
from bot.edits import Edit
from bot.errors import IngestError
from bot.ingest import marks, mojibake, ruby, script
from bot.ingest.draft import Draft, is_left_out, place, position, touched
from bot.ingest.page import BLANK

KIND = "review"
NONE_LEFT = "that would leave no paragraph"

_SPACE = (
    BLANK
    + "\n\x1c\x1d\x1e\x1f\x85\u1680\u2000\u2001\u2004\u2005\u2006\u2007\u2008\u2028\u2029\u205f"
)
"""All that `str.strip` takes for white space, and what has no width."""


def mark(draft: Draft, start: int, end: int) -> Draft:
    """Return the draft with the text of a place of the raw text marked as uncertain.

    Raises:
        IngestError: Nothing stands there.
    """
    low, high = place(draft, start, end)
    body = draft.article.body
    for found in marks.MARKED.finditer(body):
        if found.start() < high and low < found.end():
            low, high = min(low, found.start()), max(high, found.end())
    marked = marks.set_around(body[low:high])
    if not marked.strip():
        raise IngestError("the article has nothing there that could be marked")
    return _edited(draft, _fewest(body, low, high, marked))


def rewrite(draft: Draft, first: int, last: int, text: str) -> Draft:
    """Return the draft with paragraphs replaced by the lines of a text, written as `shown` gives them.

    Raises:
        IngestError: No paragraph would be left, or a mark is wrong.
    """
    texts, headings = _read_lines(text)
    old = draft.article.paragraphs
    body = draft.article.body
    low = sum(len(paragraph.text) + 1 for paragraph in old[:first])
    high = low + len("\n".join(paragraph.text for paragraph in old[first : last + 1]))
    if not texts:  # with a newline beside them
        low, high = (low - 1, high) if last + 1 == len(old) and first else (low, high + 1)
    flags = [paragraph.heading for paragraph in old]
    flags[first : last + 1] = headings
    if not flags:
        raise IngestError(NONE_LEFT)
    return _edited(draft, _fewest(body, low, min(high, len(body)), "\n".join(texts)), flags)


def insert(draft: Draft, start: int, text: str) -> Draft:
    """Return the draft with the lines of a text as paragraphs where lines of the raw text were left out.

    Raises:
        IngestError: A mark is wrong.
    """
    texts, headings = _read_lines(text)
    body = draft.article.body
    at = place(draft, start, start)[0]
    number = body.count("\n", 0, at)
    flags = [paragraph.heading for paragraph in draft.article.paragraphs]
    if at > 0 and body[at - 1] != "\n":
        number += 1
        texts = ["", *texts]
    else:
        texts = [*texts, ""]
    flags[number:number] = headings
    return _edited(draft, [Edit(at, at, "", "\n".join(texts), KIND)] if headings else [], flags)


def take_back(draft: Draft, start: int, end: int, *, cleaned: bool = False) -> Draft:
    """Return the draft with the edits of a place of the raw text taken back.

    Args:
        draft: The draft.
        start: Where the place begins in the raw text.
        end: Where it ends.
        cleaned: Whether what comes back is cleaned like the article; for lines that were left out.

    Raises:
        IngestError: A mark would be wrong.
    """
    whole_lines = is_left_out(draft, start, end)
    changed = touched(draft.edits, start, end)
    if not changed:
        return draft
    low, high = changed[0].start, changed[-1].end
    again = [edit for edit in draft.reading if low <= edit.start and edit.end <= high]
    kept = [edit for edit in draft.edits if edit not in changed]
    now = sorted([*kept, *again])
    body = edits.apply(draft.raw, now)
    at, stop = position(now, start, at_end=False), position(now, end, at_end=True)
    borders = [at, stop] if whole_lines else []
    breaks = [
        Edit(border, border, "", "\n", KIND)
        for border in borders
        if 0 < border < len(body) and "\n" not in body[border - 1 : border + 1]
    ]
    steps = (mojibake.find, ruby.find, _simplify) if cleaned else ()
    piece = body[at:stop]
    found: list[Edit] = []
    for find in steps:
        text = edits.apply(piece, found)
        found = edits.compose(piece, found, find(text)[0])
    moved = [edit._replace(start=edit.start + at, end=edit.end + at) for edit in found]
    now = edits.compose(draft.raw, now, sorted([*breaks, *moved]))
    return _tidied(draft, now, None)


def _fewest(body: str, low: int, high: int, text: str) -> list[Edit]:
    """Return the fewest single-character edits that make `body[low:high]` the text."""
    before = body[low:high]
    matcher = SequenceMatcher(None, before, text, autojunk=False)
    return [
        Edit(low + a, low + b, before[a:b], text[c:d], KIND)
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]


def _edited(draft: Draft, later: list[Edit], flags: Sequence[bool] | None = None) -> Draft:
    """Return the draft with edits of its body made.

    Args:
        draft: The draft.
        later: The edits.
        flags: Which paragraphs are headings then; without it, those that were.
    """
    before = set(draft.edits)
    composed = edits.compose(draft.raw, draft.edits, later)
    named = [edit if edit in before else edit._replace(kind=KIND) for edit in composed]
    return _tidied(draft, named, flags)


def _tidied(draft: Draft, now: Sequence[Edit], flags: Sequence[bool] | None) -> Draft:
    """Return the draft with other edits, its paragraphs without white space around them and none empty."""
    body = edits.apply(draft.raw, now)
    lines = body.split("\n")
    if flags is None:
        flags = _flags(draft.article.paragraphs, lines)
    later: list[Edit] = []
    texts: list[tuple[str, bool]] = []
    at = done = 0
    for line, flag in zip(lines, flags, strict=True):
        start, heading = _content(line)
        text = line[start:].rstrip(_SPACE)
        if text:
            if body[done : at + start] != ("\n" if texts else ""):
                gap = body[done : at + start]
                later.append(Edit(done, at + start, gap, "\n" if texts else "", KIND))
            texts.append((text, flag or heading))
            done = at + start + len(text)
        at += len(line) + 1
    if body[done:]:
        later.append(Edit(done, len(body), body[done:], "", KIND))
    if all(heading for _, heading in texts):
        raise IngestError(NONE_LEFT)
    if any(marks.are_bad(text) for text, _ in texts):
        raise IngestError("a mark ⟦…⟧ is empty, open, nested, too long, or holds a space")
    name = draft.article.id
    paragraphs = tuple(Paragraph(name, n, *row) for n, row in enumerate(texts))
    tidy = tuple(edits.compose(draft.raw, now, later))
    return replace(draft, edits=tidy, article=replace(draft.article, paragraphs=paragraphs))


def _content(line: str) -> tuple[int, bool]:
    """Return where a line's text begins, and whether it is written as a heading."""
    start, heading = len(line) - len(line.lstrip(_SPACE)), False
    while line.startswith(HEADING, start):
        heading = True
        start = len(line) - len(line[start + len(HEADING) :].lstrip(_SPACE))
    return start, heading


def _read_lines(text: str) -> tuple[list[str], list[bool]]:
    rows = []
    for line in text.split("\n"):
        start, heading = _content(line)
        if content := line[start:].rstrip(_SPACE):
            rows.append((content, heading))
    return [content for content, _ in rows], [heading for _, heading in rows]


def _flags(old: Sequence[Paragraph], new: Sequence[str]) -> list[bool]:
    """Return which of the new paragraphs are headings: those that were, or that stand where one was."""
    matcher = SequenceMatcher(None, [p.text for p in old], new, autojunk=False)
    flags = [False] * len(new)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal" or (what == "replace" and b - a == d - c):
            flags[c:d] = [paragraph.heading for paragraph in old[a:b]]
    return flags


def _simplify(text: str) -> tuple[list[Edit], list[tuple[str, int, int]]]:
    return script.edits(text), []
