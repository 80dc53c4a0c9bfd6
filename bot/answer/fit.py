"""Whether a paragraph speaks of the places that a question names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.chars import fold
from bot.analysis.lexicon import Lexicon, Place
from bot.article import Article, Paragraph

EXACT, MENTIONED, WIDER, NONE, OTHER = 1.0, 0.8, 0.4, 0.0, -1.0


class PlaceFit:
    """Judges places against articles.

    Args:
        lexicon: Knows which place lies in which.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def of(self, places: Sequence[Place], article: Article, paragraph: Paragraph) -> float:
        """Return how well a paragraph fits the places that a question names: the best of them.

        Returns:
            EXACT when its article is about that very place (or the place lies inside the article's region and
            the article speaks of it), MENTIONED when the paragraph names it, WIDER when the article is about a part
            of it, OTHER when it is about another place, NONE when the question names no place.
        """
        return max((self._one(place, article, paragraph) for place in places), default=NONE)

    def _one(self, place: Place, article: Article, paragraph: Paragraph) -> float:
        levels = article.region.levels
        chain = self._lexicon.ancestors(place)
        if levels and place.name == levels[-1]:
            return EXACT
        if levels and levels[-1] in chain and self._speaks_of(place, article.body):
            return EXACT
        if self._speaks_of(place, paragraph.text):
            return MENTIONED
        if place.name in levels:
            return WIDER
        return OTHER

    def _speaks_of(self, place: Place, text: str) -> bool:
        return any(found.value.name == place.name for found in self._lexicon.places.find(fold(text)))
