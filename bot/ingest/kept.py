"""The files that the corpus keeps of an article: as received, its edits, the article itself."""

from __future__ import annotations

from pathlib import Path

from bot import collection, edits
from bot.errors import IngestError
from bot.ingest.document import Document
from bot.ingest.draft import Draft


def files(document: Document, draft: Draft) -> dict[str, bytes | None]:
    """Return an article's files by path in the corpus.

    Raises:
        IngestError: What would be written does not read back as the article.
    """
    article = draft.article
    text = collection.render_article(article)
    try:
        if collection.parse_article(text, Path(f"{article.id}.md")) != article:
            raise IngestError("its article would not read back as it is")
        found: dict[str, bytes | None] = {
            f"raw/{article.id}{suffix}": content for suffix, content in document.files.items()
        }
        found[f"edits/{article.id}.jsonl"] = edits.render(draft.edits).encode()
        found[f"articles/{article.id}.md"] = text.encode()
    except UnicodeEncodeError:
        raise IngestError("holds characters that no file can hold") from None
    return found


def unasked(corpus: Path, article_id: str) -> dict[str, bytes | None]:
    """Return the note that an article came without asks, so that an undo does not leave them alone."""
    path = f"asks/{article_id}.toml"
    return {} if (corpus / path).exists() else {path: None}
