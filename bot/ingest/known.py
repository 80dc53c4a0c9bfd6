"""What a corpus has: its articles, the ids that are taken, and which article another one is a copy of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bot import collection
from bot.article import Article
from bot.ingest import versions
from bot.ingest.copies import Copies
from bot.ingest.versions import Beside

_NO_FILE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


class Known:
    """The articles of a corpus, and those that are about to be.

    Args:
        articles: Its articles.
        ids: Ids that files of it bear besides.
    """

    def __init__(self, articles: Iterable[Article] = (), ids: Iterable[str] = ()) -> None:
        self.articles = {article.id: article for article in articles}
        self._copies = Copies(self.articles.values())
        self._ids = {each.casefold(): each for each in (*self.articles, *ids)}

    def add(self, article: Article) -> None:
        """Take an article in."""
        self.articles[article.id] = article
        self._copies.add(article)
        self._ids[article.id.casefold()] = article.id

    def remove(self, article_id: str) -> None:
        """Forget an article."""
        del self.articles[article_id]
        self._copies.remove(article_id)
        del self._ids[article_id.casefold()]

    def barred(self, article_id: str) -> str | None:
        """Return why no article can be added under an id, or None."""
        if article_id == collection.CORPUS_ASKS or _NO_FILE.fullmatch(article_id):
            # The asks of the first would be those of the whole corpus.
            return "no article can be called that; rename the file"
        taken = self._ids.get(article_id.casefold())
        return None if taken is None else f"the corpus has {taken} already"

    def beside(self, article: Article, but: str | None = None) -> Beside | None:
        """Return how an article stands to one that it is a copy or another version of, or None; `but` is not compared."""
        others = (each for each in self.articles.values() if each.id != but)
        version = versions.beside(article, others)
        if version is not None:
            return version
        copied = self._copies.of(article, but)
        return Beside(copied, f"is a copy of {copied}") if copied else None


def read(corpus: Path) -> Known:
    """Return what a corpus has; nothing where it has nothing yet.

    Raises:
        CorpusError: An article is broken.
    """
    paths = sorted((corpus / "articles").glob("*.md"))
    ids = {path.stem for folder in ("raw", "edits") for path in (corpus / folder).glob("*.*")}
    return Known(map(collection.read_article, paths), ids)
