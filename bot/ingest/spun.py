"""Text that a synonym-spinning tool (伪原创) has been over: 花费者赞扬热线 for 消费者投诉热线.

Its sentences can be read and say something else, so that nothing may be quoted from it. `spun.tsv` holds the words that
such tools leave behind; a report may use one by chance, a spun one is full of them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

CERTAIN_WORDS, CERTAIN_SHARE = 3, 4.0
DOUBTFUL_WORDS, DOUBTFUL_SHARE = 2, 2.0
"""Different words, and how many a thousand characters, from which a text is spun, or is to be asked about. Of
sixty-five articles none has any; of twenty spun reports fourteen have three and more, four have two."""


def find(text: str) -> list[re.Match[str]]:
    """Return the first place of each word that a spinning tool left in a Simplified text."""
    found: dict[str, re.Match[str]] = {}
    for match in _words().finditer(text):
        found.setdefault(match[0], match)
    return list(found.values())


def is_spun(text: str) -> bool:
    """Say whether a text is spun beyond doubt."""
    return _holds(text, CERTAIN_WORDS, CERTAIN_SHARE)


def doubts(text: str) -> list[tuple[str, int, int]]:
    """Return the words that make a text look spun, where there are too few to be certain."""
    if not _holds(text, DOUBTFUL_WORDS, DOUBTFUL_SHARE):
        return []
    what = "words as synonym-spinning tools put them"
    return [(what, match.start(), match.end()) for match in find(text)]


def _holds(text: str, words: int, share: float) -> bool:
    count = len(find(text))
    return count >= words and count >= share * len(text) / 1000


@cache
def _words() -> re.Pattern[str]:
    text = files("bot.ingest").joinpath("spun.tsv").read_text("utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
