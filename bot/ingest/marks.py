"""Marks in a text: ⟦在⟧ could not be restored with certainty, and the sentence around it is never quoted."""

from __future__ import annotations

import re

from bot.article import MARK_CLOSE, MARK_OPEN

LONGEST = 40
"""Characters between two marks, at most; a longer place gets several pairs."""

MARKED = re.compile(f"{MARK_OPEN}[^{MARK_OPEN}{MARK_CLOSE}]*{MARK_CLOSE}")
_GOOD = re.compile(f"{MARK_OPEN}[^{MARK_OPEN}{MARK_CLOSE}\\s]{{1,{LONGEST}}}{MARK_CLOSE}")
_RUN = re.compile(f"[^{MARK_OPEN}{MARK_CLOSE}\\s]{{1,{LONGEST}}}")


def are_bad(text: str) -> bool:
    """Say whether a mark of a text is empty, open, nested, too long, or holds white space."""
    rest = _GOOD.sub("", text)
    return MARK_OPEN in rest or MARK_CLOSE in rest


def set_around(text: str) -> str:
    """Return a text with all of it marked, its own marks and white space left out: "⟦新市场⟧ ⟦活力⟧"."""
    bare = text.replace(MARK_OPEN, "").replace(MARK_CLOSE, "")
    return _RUN.sub(lambda run: MARK_OPEN + run[0] + MARK_CLOSE, bare)


def count(text: str) -> int:
    """Return how many characters of a text are marked."""
    return sum(len(mark) - 2 for mark in MARKED.findall(text))
