"""Texts made short enough for a line or a button."""

from __future__ import annotations

from bot.analysis.chars import visible


def shortened(text: str, longest: int) -> str:
    """Return a text as it is seen, in one line; of a long one the two ends."""
    seen = visible(text)
    if len(seen) <= longest:
        return seen
    return f"{seen[: longest - longest // 3]}…{seen[-longest // 3 :]}"


def begun(text: str, longest: int) -> str:
    """Return a text of so many characters at most: of a long one its beginning."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
