"""A place of a text with what stands around it, for a channel that shows plain lines."""

from __future__ import annotations

import re

CONTEXT = 40
"""Characters shown either side of a place."""
LONGEST = 120
"""Characters shown of a place itself, of a longer one its two ends."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Characters that no font shows; a place may be nothing else."""


def around(text: str, start: int, end: int) -> str:
    """Return a place between » and «, with what stands around it, in one line."""
    before, place, after = text[max(0, start - CONTEXT) : start], text[start:end], text[end:]
    if len(place) > LONGEST:
        place = f"{place[: LONGEST // 2]} … {place[-LONGEST // 2 :]}"
    shown = f"{before}»{place}«{after[:CONTEXT]}".replace("\n", "⏎")
    shown = _PRIVATE.sub("\ufffd", shown)
    return f"{'…' if start > CONTEXT else ''}{shown}{'…' if len(after) > CONTEXT else ''}"
