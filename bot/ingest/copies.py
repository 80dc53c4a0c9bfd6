"""Near-duplicates: one report that two sites carry, each in its own way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bot.article import Article
from bot.ingest.fluency import HAN

SAME_SHARE = 0.6
"""Share of one article's short sequences found in another from which the two are copies of one report."""
SEQUENCE = 8
SAMPLED = 8
"""One of so many sequences is looked up among all articles' to find those that are worth a comparison."""
LIKELY_SHARE = 0.2
"""Share of sampled sequences from which an article is compared: far below `SAME_SHARE`, since a sample is small."""

_OTHER = re.compile(f"[^{HAN}]+")


class Copies:
    """Articles by what they say, so that a copy is found without comparing an article with all others.

    Args:
        articles: The first articles.
    """

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._bodies: dict[str, str] = {}
        self._sampled: dict[str, frozenset[str]] = {}
        self._holders: defaultdict[str, list[str]] = defaultdict(list)
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Take an article in."""
        self._bodies[article.id] = article.body
        self._sampled[article.id] = sampled = _sample(article.body)
        for sequence in sampled:
            self._holders[sequence].append(article.id)

    def remove(self, article_id: str) -> None:
        """Forget an article that was taken in."""
        del self._bodies[article_id]
        for sequence in self._sampled.pop(article_id):
            self._holders[sequence].remove(article_id)

    def of(self, article: Article, but: str | None = None) -> str | None:
        """Return the id of an article that another one is a near-duplicate of, or None.

        Args:
            article: The article; one of its own id is not compared with it.
            but: An id that is not compared either.
        """
        mine = _sequences(article.body)
        sampled = _sample(article.body)
        shared = Counter(each for sequence in sampled for each in self._holders.get(sequence, ()))
        for other, count in shared.most_common():
            least = min(len(sampled), len(self._sampled[other]))
            if other in (article.id, but) or count < LIKELY_SHARE * least:
                continue
            theirs = _sequences(self._bodies[other])
            if len(mine & theirs) >= SAME_SHARE * min(len(mine), len(theirs)):
                return other
        return None


@lru_cache(maxsize=256)  # an article is compared with a few, some of them again and again
def _sequences(text: str) -> frozenset[str]:
    han = _OTHER.sub("", text)
    return frozenset(han[at : at + SEQUENCE] for at in range(len(han) - SEQUENCE + 1))


def _sample(text: str) -> frozenset[str]:
    """Return some sequences, the same whatever article they stand in; all of them where they are few."""
    han = _OTHER.sub("", text)
    codes = [*map(ord, han)]
    ends = enumerate(zip(codes, codes[SEQUENCE - 1 :], strict=False))
    found = (han[at : at + SEQUENCE] for at, (a, b) in ends if (a + 31 * b) % SAMPLED == 0)
    return frozenset(found) or _sequences(text)
