"""What an article shows by itself to be wrong with it, whatever page it came from: what to ask about before it is taken.

中国消费者报广州讯（记者…）…      the second time in one article: another report begins
…商家不得收取手续费。11 / 月1日起，…   a paragraph that ends nowhere: a line was taken for one
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ingest import furniture, marks, outline
from bot.ingest.fluency import HAN

LONG = 25
"""Characters from which a line that ends nowhere is no heading, and one said twice no refrain."""
WITHOUT_SITE = frozenset({".pdf", ".docx"})
KEPT_SHARE = 0.85
"""Share of the Chinese of such a file below which too much of it was left out."""

_HAN = re.compile(f"[{HAN}]")
_ENDS = re.compile(r"[。！？!?；;：:…—”’\"』」）)》〕】\].]$")

Doubt = tuple[str, int, int]


def doubts(body: str, headings: Sequence[bool]) -> list[Doubt]:
    """Return the doubts about an article: (what, start, end) of its body.

    Args:
        body: Its paragraphs, joined by newlines.
        headings: Which of them are headings.
    """
    found: list[Doubt] = []
    seen: set[str] = set()
    at = 0
    for number, (line, heading) in enumerate(zip(body.split("\n"), headings, strict=True)):
        what = None
        if marks.are_bad(line):
            what = "a mark ⟦ or ⟧ that the page has itself"
        elif len(line) >= LONG and line in seen:
            what = "this is said twice"
        elif number and not heading and outline.opens(furniture.kind(line)):
            what = "another report may begin here"
        elif (
            len(line) >= LONG
            and not _ENDS.search(line)
            and (not heading or re.search("[，、；]", line))
        ):
            what = "this ends nowhere: a line may have been taken for a paragraph"
        if what:
            found.append((what, at, at + len(line)))
        seen.add(line)
        at += len(line) + 1
    return found


def is_cut(text: str, body: str) -> bool:
    """Say whether so little of a text became the article that some of the article may be missing."""
    return len(_HAN.findall(body)) < KEPT_SHARE * len(_HAN.findall(text))
