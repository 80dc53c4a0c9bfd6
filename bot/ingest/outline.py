"""A page's lines with what each is, and how most paragraphs among them begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.ingest import furniture
from bot.ingest.furniture import DATELINE, Kind
from bot.ingest.page import Line

INDENTED_SHARE = 0.8
"""Share of an article's paragraphs that begin with the same white space, from which that tells them from the page."""


class Outline:
    """The lines of a page that are not blank, with what each is."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines if line.text]
        self.kinds = [furniture.kind(line.text) for line in self.lines]
        self.indents = [text[line.begin : line.start] for line in self.lines]
        self.indent: str | None = None

    def fits(self, n: int) -> bool:
        """Say whether a line begins like the article's paragraphs, as far as that tells anything."""
        return self.indent is None or self.indents[n] == self.indent

    def learn_indent(self, first: int, last: int) -> None:
        """Note the white space before most paragraphs, if the page has lines without it."""
        found = Counter(self.indents[n] for n in range(first, last + 1) if self.kinds[n].strong)
        (common, count) = found.most_common(1)[0]
        others = any(indent != common for indent in self.indents)
        if common and others and count >= INDENTED_SHARE * found.total():
            self.indent = common


def opens(kind: Kind) -> bool:
    """Say whether a line opens like a news report: 中国消费者报上海讯（记者…）."""
    match = DATELINE.match(kind.view)
    return match is not None and kind.view[match.end() : match.end() + 1] in (
        "（",
        "(",
        "【",
        "：",
        ":",
        "",
    )
