"""What the admins oversee: what the corpus holds, what was asked, what could not be answered."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.catalogue import Catalogue


class Holdings(NamedTuple):
    """How much a corpus holds: articles, paragraphs, known questions that they answer."""

    articles: int
    paragraphs: int
    asks: int


class Oversight:
    """What the admins oversee.

    Args:
        catalogue: The corpus as a whole.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @property
    def holdings(self) -> Holdings:
        """How much the corpus holds."""
        articles = self._catalogue.articles
        paragraphs = sum(len(article.paragraphs) for article in articles)
        return Holdings(len(articles), paragraphs, len(self._catalogue.asks))
