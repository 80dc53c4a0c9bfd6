"""Edits: every change from the decoded raw page to the article's body, and nothing else.

    {"start": 9, "end": 10, "raw": "(", "clean": "（", "kind": "punctuation"}

is one line of `corpus/edits/<id>.jsonl`. Offsets count characters of the decoded raw text. Edits are sorted and do
not overlap; what no edit touches is kept, so raw text plus edits give the paragraphs joined by newlines.

Each step of the pipeline edits the text that the step before it made; `compose` brings them back to the raw text.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.errors import CorpusError

KINDS = ("boilerplate", "injected", "ruby", "script", "mojibake", "punctuation", "review")


class Edit(NamedTuple):
    """One change: `text[start:end]`, which is `raw`, becomes `clean`."""

    start: int
    end: int
    raw: str
    clean: str
    kind: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made.

    Raises:
        ValueError: The edits are not sorted, overlap, or do not fit the text.
    """
    parts: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done or edit.end < edit.start:
            raise ValueError(f"edit at {edit.start} overlaps the one before it")
        if text[edit.start : edit.end] != edit.raw:
            raise ValueError(f"edit at {edit.start} does not fit the text")
        parts += (text[done : edit.start], edit.clean)
        done = edit.end
    parts.append(text[done:])
    return "".join(parts)


def compose(text: str, earlier: Sequence[Edit], later: Sequence[Edit]) -> list[Edit]:
    """Return edits over `text` that do what `earlier` and then `later` do.

    A later edit that touches what an earlier one wrote becomes one edit with it, of the earlier kind: a character
    restored from broken bytes and then simplified was restored.

    Args:
        text: What `earlier` applies to.
        earlier: Edits over `text`.
        later: Edits over `apply(text, earlier)`.
    """
    if not earlier:
        return list(later)
    middle = apply(text, earlier)
    # Where each earlier edit's replacement stands in the middle text, and how far positions have moved after it.
    starts: list[int] = []
    ends: list[int] = []
    shift = 0
    for edit in earlier:
        starts.append(edit.start + shift)
        ends.append(starts[-1] + len(edit.clean))
        shift += len(edit.clean) - (edit.end - edit.start)

    def to_text(position: int, known: int) -> int:
        """Map a position of the middle text, given how many earlier edits lie before it."""
        return position if known == 0 else position - ends[known - 1] + earlier[known - 1].end

    composed: list[Edit] = []
    taken = index = 0  # earlier edits and later edits used up
    while index < len(later):
        start, end = later[index].start, later[index].end
        first = index
        index += 1
        while True:  # grow the cluster until no edit of either list straddles its borders
            low = max(taken, bisect_right(ends, start))
            high = bisect_left(starts, end, lo=low)
            if low < high:
                start, end = min(start, starts[low]), max(end, ends[high - 1])
            if index < len(later) and later[index].start < end:
                end = max(end, later[index].end)
                index += 1
                continue
            if (
                max(taken, bisect_right(ends, start)) == low
                and bisect_left(starts, end, lo=low) == high
            ):
                break
        high = max(low, high)
        composed += earlier[taken:low]
        taken = high
        begin = to_text(start, low)
        stop = to_text(end, high)
        inner = [Edit(e.start - start, e.end - start, *e[2:]) for e in later[first:index]]
        kind = earlier[low].kind if low < high else later[first].kind
        clean = apply(middle[start:end], inner)
        if clean != text[begin:stop]:
            composed.append(Edit(begin, stop, text[begin:stop], clean, kind))
    composed += earlier[taken:]
    return composed


class Origins:
    """Where each place of `apply(text, edits)` comes from in the text.

    Args:
        edits: The edits.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts: list[int] = []
        self._ends: list[int] = []
        shift = 0
        for edit in edits:
            self._starts.append(edit.start + shift)
            self._ends.append(edit.start + shift + len(edit.clean))
            shift += len(edit.clean) - len(edit.raw)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of the text that a place comes from; what an edit wrote comes from all that it replaced."""
        low = bisect_right(self._ends, start)
        high = max(low, bisect_left(self._starts, end, lo=low))
        begin, stop = self._origin(start, low), self._origin(end, high)
        if low < high and self._starts[low] < start:
            begin = self._edits[low].start
        if low < high and self._ends[high - 1] > end:
            stop = self._edits[high - 1].end
        return begin, stop

    def _origin(self, position: int, known: int) -> int:
        """Return where a position comes from, given how many edits lie before it."""
        if known == 0:
            return position
        return position - self._ends[known - 1] + self._edits[known - 1].end


def render(edits: Iterable[Edit]) -> str:
    """Return edits as the text of an edits file."""
    return "".join(json.dumps(edit._asdict(), ensure_ascii=False) + "\n" for edit in edits)


def parse(text: str, path: Path) -> list[Edit]:
    """Return the edits written in an edits file.

    Raises:
        CorpusError: A line is not an edit, or the edits are out of order; names the line.
    """
    edits: list[Edit] = []
    # Not splitlines: the removed text of a page may hold characters that it takes for line ends.
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        try:
            row = json.loads(line)
            edit = Edit(**row)
        except (ValueError, TypeError):
            raise CorpusError(path, number, "is not an edit") from None
        if not all(
            type(value) is kind for value, kind in zip(edit, (int, int, str, str, str), strict=True)
        ):
            raise CorpusError(path, number, "is not an edit")
        if edit.kind not in KINDS:
            raise CorpusError(path, number, f"unknown kind {edit.kind!r}")
        if edit.end - edit.start != len(edit.raw):
            raise CorpusError(path, number, "the offsets do not fit the raw text")
        if edits and edit.start < edits[-1].end:
            raise CorpusError(path, number, "overlaps the edit before it")
        edits.append(edit)
    return edits
