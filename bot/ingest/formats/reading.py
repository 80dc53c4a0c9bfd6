r"""From the pieces of a source that are text to the edits that leave only these, a line each.

    <p>甲&nbsp;<b>乙</b></p>   pieces (3, 4, "甲") (4, 10, "\u00a0") (13, 14, "乙")

What no piece covers is cut, so that a source and its edits account for every character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.edits import Edit

MARKUP = "boilerplate"
"""Kind of the edits that take a format's own characters out."""


class Piece(NamedTuple):
    """A part of a line: `source[start:end]`, read as `text`."""

    start: int
    end: int
    text: str
    kind: str = MARKUP


def edits(source: str, lines: Iterable[Sequence[Piece]], separator: str = "\n") -> tuple[Edit, ...]:
    """Return the edits from a source to its lines.

    Args:
        source: The source.
        lines: The pieces of each line in order; they do not overlap.
        separator: What stands between two lines.
    """
    found: list[Edit] = []
    done = 0
    for number, line in enumerate(lines):
        between = separator if number else ""
        for piece in line:
            _add(found, source, Piece(done, piece.start, between))
            _add(found, source, piece)
            between = ""
            done = piece.end
    _add(found, source, Piece(done, len(source), ""))
    return tuple(found)


def starts(texts: Iterable[str]) -> list[int]:
    """Return where each of several lines begins in the text that joins them by newlines."""
    found: list[int] = []
    at = 0
    for line in texts:
        found.append(at)
        at += len(line) + 1
    return found


def text(line: Iterable[Piece]) -> str:
    """Return the text of a line."""
    return "".join(piece.text for piece in line)


def merged(source: str, line: Iterable[Piece]) -> list[Piece]:
    """Return a line's pieces with those made one that stand beside each other in the source as they are read."""
    found: list[Piece] = []
    start = end = -1  # of the run of such pieces so far
    for piece in line:
        plain = source[piece.start : piece.end] == piece.text
        if start >= 0 and not (plain and piece.start == end):
            found.append(Piece(start, end, source[start:end]))
            start = -1
        if plain:
            start = piece.start if start < 0 else start
            end = piece.end
        else:
            found.append(piece)
    if start >= 0:
        found.append(Piece(start, end, source[start:end]))
    return found


def _add(found: list[Edit], source: str, piece: Piece) -> None:
    raw = source[piece.start : piece.end]
    if raw != piece.text:
        found.append(Edit(piece.start, piece.end, raw, piece.text, piece.kind))
