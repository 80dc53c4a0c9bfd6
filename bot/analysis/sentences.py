"""Where sentences and clauses end."""

from __future__ import annotations

import re

SENTENCE_END = re.compile("[。！？!?]+[”’」』）)】]*")
CLAUSE_END = re.compile("[，。；：！？、,;!?]")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph as (start, end), in order, together the whole text but white space.

    A closing quotation mark or bracket belongs to the sentence that it closes; a full stop inside quotation marks
    that the sentence goes on after does not end it.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if text.count("“", start, match.end()) > text.count("”", start, match.end()):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return [_trimmed(text, start, end) for start, end in spans]


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clauses of `text[start:end]` as (start, end) without the mark that ends them, in order."""
    spans: list[tuple[int, int]] = []
    at = start
    for match in CLAUSE_END.finditer(text, start, end):
        if match[0] != "、" and text[at : match.start()].strip():
            spans.append((at, match.start()))
            at = match.end()
        elif match[0] != "、":
            at = match.end()
    if text[at:end].strip():
        spans.append((at, end))
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
