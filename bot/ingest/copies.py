"""Near-duplicates: one report that two sites carry, each in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.article import Article
from bot.ingest.fluency import HAN

SAME_SHARE = 0.6
"""Share of one article's short sequences found in another from which the two are copies of one report."""
SEQUENCE = 8

_HAN = re.compile(f"[{HAN}]")


def copy_of(article: Article, known: Iterable[Article]) -> str | None:
    """Return the id of a known article that the article is a near-duplicate of, or None."""
    mine = _sequences(article.body)
    for other in known:
        theirs = _sequences(other.body)
        if other.id != article.id and mine and theirs:
            shared = len(mine & theirs) / min(len(mine), len(theirs))
            if shared >= SAME_SHARE:
                return other.id
    return None


@lru_cache(maxsize=4096)  # each new article is compared with all that there are
def _sequences(text: str) -> frozenset[str]:
    han = "".join(_HAN.findall(text))
    return frozenset(han[at : at + SEQUENCE] for at in range(len(han) - SEQUENCE + 1))
