"""An article under review: raw text, edits and paragraphs that always belong together.

What may be changed in it is in `bot.ingest.revision`. All of it is pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import edits
from bot.article import Article
from bot.collection import HEADING
from bot.edits import Edit


@dataclass(frozen=True, slots=True)
class Draft:
    """A raw text with the edits that make an article of it.

    Args:
        raw: The decoded raw text.
        edits: Every change from it to the article's body.
        article: The article.
        reading: Those of the edits that the file's format needs: taking a change back never brings a tag back.
    """

    raw: str
    edits: tuple[Edit, ...]
    article: Article
    reading: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        if edits.apply(self.raw, self.edits) != self.article.body:
            raise ValueError(f"{self.article.id}: raw text and edits do not give the article")


def place(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Return where a place of the raw text lies in the body; what an edit wrote is taken whole."""
    return position(draft.edits, start, at_end=False), position(draft.edits, end, at_end=True)


def is_left_out(draft: Draft, start: int, end: int) -> bool:
    """Say whether a place of the raw text is lines that the article does not have."""
    body = draft.article.body
    low, high = place(draft, start, end)
    if body[low:high].strip() or not draft.raw[start:end].strip():
        return False
    changed = touched(draft.edits, start, end)
    between = low == 0 or high == len(body) or "\n" in body[low - 1 : high + 1]
    return between and all(edit.kind != "injected" for edit in changed)


def numbers(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Return the first and the last paragraph that a place of the raw text lies in."""
    low, high = place(draft, start, end)
    body = draft.article.body
    return body.count("\n", 0, low), body.count("\n", 0, max(low, high))


def shown(draft: Draft, first: int, last: int) -> str:
    """Return paragraphs as a reviewer edits them: one a line, headings behind `## `."""
    chosen = draft.article.paragraphs[first : last + 1]
    return "\n".join((HEADING if p.heading else "") + p.text for p in chosen)


def position(now: Sequence[Edit], at: int, *, at_end: bool) -> int:
    """Return where a position of a text lies after edits; inside one, at the end or the begin of what it writes."""
    shift = 0
    for edit in now:
        if edit.start >= at:
            break
        if edit.end > at:
            return edit.start + shift + (len(edit.clean) if at_end else 0)
        shift += len(edit.clean) - len(edit.raw)
    return at + shift


def touched(now: Sequence[Edit], start: int, end: int) -> list[Edit]:
    """Return those of the edits that change a place of the text they are over, or write something at its border."""
    return [
        edit
        for edit in now
        if (edit.start < end and start < edit.end) or (start <= edit.start == edit.end <= end)
    ]
