"""Text that a database wrote: a name and a value a line, the article's text behind 正文.

标题|流动投诉站开到草原集市
来源|锡林郭勒盟市场监督管理局
正文|　　3月8日，…
截至今年2月底，…
导出时间|2025/4/2
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.ingest.document import Hints
from bot.ingest.fluency import HAN
from bot.ingest.formats import facts
from bot.ingest.page import Line

HEAD = 4
"""Lines above a record at most: what the program says that wrote it."""
FEWEST = 3
"""Named lines above the text from which a file is such a record."""

_NAMED = re.compile(
    rf"【?(?P<name>[{HAN}A-Za-z_-]{{2,24}})】?\s*(?P<mark>[|｜\t=]|[:：])\s*(?P<value>.*)$"
)
_TEXT = frozenset({"正文", "内容", "全文", "text", "fulltext", "content", "body"})


class Record(NamedTuple):
    """A record: what it says by name, and its text, `text[start:end]` of the file."""

    hints: Hints
    problems: tuple[str, ...]
    start: int
    end: int


def find(lines: Sequence[Line]) -> Record | None:
    """Return the record that a file's lines are; None where they are none."""
    full = [line for line in lines if line.text]
    head = next((n for n, line in enumerate(full) if _NAMED.match(line.text)), 0)
    full = full[head if head < HEAD else 0 :]
    named = [_NAMED.match(line.text) for line in full]
    at = next((n for n, each in enumerate(named) if each and _is_text(each["name"])), None)
    if at is None or at < FEWEST or not all(named[:at]):
        return None
    mark = named[at]["mark"]  # type: ignore[index]  # it was found
    given = {
        name: each["value"].strip()
        for each in named[:at]
        if each
        for name in each["name"].split("-")
    }
    if not any(facts.plain(name) in facts.NAMES["title"] for name in given):
        return None
    stop = next(
        (n for n in range(at + 1, len(full)) if (each := named[n]) and each["mark"] == mark),
        len(full),
    )
    hints, problems = facts.hints(given)
    begin = full[at].start + named[at].start("value")  # type: ignore[union-attr]
    return Record(hints, problems, begin, full[stop - 1].end)


def _is_text(name: str) -> bool:
    return any(facts.plain(part) in _TEXT for part in name.split("-"))
