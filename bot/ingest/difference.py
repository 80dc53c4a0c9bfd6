"""What the cleaning changed, as one text or as raw and clean text side by side.

    据介绍，[-上海寺商-]商圈{+放心+}消费……

is how a change reads in a pipe; on a terminal each kind has its colour, and what was removed is struck through in red.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.edits import Edit
from bot.ingest.screen import visible

COLOURS = {
    "injected": "bold magenta",
    "ruby": "blue",
    "script": "cyan",
    "mojibake": "yellow",
    "punctuation": "bright_blue",
    "review": "bold green",
}
REMOVED = "red strike"
LEFT_OUT = "dim"
SHORT = 24
"""Characters shown of the first and the last line that were left out."""

_WORDS = re.compile(r"\w.*\w")


class Row(NamedTuple):
    """A paragraph as it was and as it is.

    Args:
        left_out: Text of the page before it that is not the article's.
        raw: The raw text that it was made of.
        clean: The paragraph.
    """

    left_out: str
    raw: Text
    clean: Text


def inline(raw: str, changes: Iterable[Edit], *, colour: bool) -> Text:
    """Return the article with what was removed and added: in colours, or as [-removed-]{+added+}."""
    text = Text()
    done = 0
    for edit in changes:
        text.append(visible(raw[done : edit.start]))
        done = edit.end
        if edit.kind == "boilerplate" or not edit.raw.strip():
            text.append(visible(edit.clean))  # the page around the article: need not be read
            continue
        if edit.raw:
            removed = visible(edit.raw)
            text.append(removed if colour else f"[-{removed}-]", style=REMOVED)
        if edit.clean:
            added = visible(edit.clean)
            text.append(added if colour else f"{{+{added}+}}", style=_colour(edit.kind))
    text.append(visible(raw[done:]))
    return text


class _Rows:
    """The paragraphs up to here, and the one that is being written."""

    def __init__(self) -> None:
        self.done: list[Row] = []
        self.raw, self.clean = Text(), Text()
        self._ahead = self._behind = ""

    def keep(self, text: str) -> None:
        """Write text that stays as it was."""
        for number, line in enumerate(visible(text).split("\n")):
            if number:
                self._end()
            self.raw.append(line)
            self.clean.append(line)

    def change(self, edit: Edit) -> None:
        """Write what an edit makes of its text."""
        style = _colour(edit.kind)
        page = edit.kind == "boilerplate" or not edit.raw.strip()
        if not page:
            removed = " ".join(visible(edit.raw).split("\n"))
            self.raw.append(removed, style=style if edit.clean else REMOVED)
        elif self.clean.plain:
            self._behind += edit.raw
        else:
            self._ahead += edit.raw
        for number, line in enumerate(visible(edit.clean).split("\n")):
            if number:
                self._end()
            self.clean.append(line, style=style)

    def finish(self) -> str:
        """End the last paragraph and return the text of the page after it."""
        if self.clean.plain:
            self._end()
        return self._ahead

    def _end(self) -> None:
        self.done.append(Row(self._ahead, self.raw, self.clean))
        self.raw, self.clean = Text(), Text()
        self._ahead, self._behind = self._behind, ""


def rows(raw: str, changes: Iterable[Edit]) -> tuple[list[Row], str]:
    """Return the paragraphs as they were and are, and the text of the page after them."""
    found = _Rows()
    done = 0
    for edit in changes:
        found.keep(raw[done : edit.start])
        found.change(edit)
        done = edit.end
    found.keep(raw[done:])
    rest = found.finish()
    return found.done, rest


def beside(raw: str, changes: Iterable[Edit], *, full: bool) -> RenderableType:
    """Return raw and clean text in two columns, paragraph beside paragraph, with a legend.

    Args:
        raw: The raw text.
        changes: The edits.
        full: Whether the page around the article is shown in full, and not summed up.
    """
    changes = [*changes]
    table = Table(expand=True, show_lines=True, title=None)
    for name in ("raw", "clean"):
        table.add_column(name, ratio=1, overflow="fold")
    paragraphs, rest = rows(raw, changes)
    for row in [*paragraphs, Row(rest, Text(), Text())]:
        if row.left_out.strip():
            table.add_row(_left_out(row.left_out, full=full), "")
        if row.clean.plain:
            table.add_row(row.raw, row.clean)
    return Group(table, legend(changes))


def legend(changes: Iterable[Edit]) -> Text:
    """Return the kinds of the edits in their colours, each with how many there are."""
    counts = Counter(edit.kind for edit in changes)
    text = Text.assemble(("removed", REMOVED))
    for kind, style in COLOURS.items():
        if counts[kind]:
            text.append(" · ").append(f"{kind} {counts[kind]}", style=style)
    return text


def summary(text: str) -> str:
    """Return a left-out text in a line: how long it is, how it begins and how it ends."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if _WORDS.search(line)] or ["…"]
    begins, ends = (
        line if len(line) <= SHORT else line[: SHORT - 1] + "…" for line in (lines[0], lines[-1])
    )
    told = f"left out, {len(text):,} characters: {begins}"
    return visible(told if len(lines) == 1 else f"{told} … {ends}")


def _left_out(text: str, *, full: bool) -> Text:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return Text(visible("\n".join(lines)) if full else summary(text), style=LEFT_OUT)


def _colour(kind: str) -> str:
    return COLOURS.get(kind, "")
