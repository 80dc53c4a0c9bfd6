"""What the corpus keeps of an article as it was received.

    corpus/raw/a1.html              a page: .txt, .html or .md, byte for byte
    corpus/raw/a2.pdf  a2.txt       what is no text by itself (.pdf, .docx, .json, .mhtml), and the text taken out of it

No article has two originals.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bot import collection
from bot.errors import CorpusError, IngestError
from bot.ingest.document import Document
from bot.ingest.formats import reader

PAGES = frozenset({".txt", ".html", ".md"})
ORIGINALS = frozenset({".pdf", ".docx", ".json", ".mhtml"})


class Received(NamedTuple):
    """The files of one article in the raw folder.

    Args:
        original: The file as received.
        page: The file whose text the edits count in; the original itself when that is a page.
    """

    original: Path
    page: Path


def find(corpus: Path, article_id: str) -> Received:
    """Return the files of an article.

    Raises:
        CorpusError: There is none, or more than one original, or an original without its text.
    """
    folder = corpus / "raw"
    originals, pages = (
        [path for suffix in sorted(kinds) if (path := folder / f"{article_id}{suffix}").exists()]
        for kinds in (ORIGINALS, PAGES)
    )
    if not originals and not pages:
        raise CorpusError(folder / f"{article_id}.txt", None, "No such file or directory")
    if len(originals) > 1 or len(pages) > 1:
        names = ", ".join(path.name for path in originals + pages)
        raise CorpusError(folder, None, f"only one of these can be the original: {names}")
    if originals and [path.suffix for path in pages] != [".txt"]:
        problem = f"stands without {article_id}.txt, the text taken out of it"
        raise CorpusError(originals[0], None, problem)
    return Received((originals or pages)[0], pages[0])


def text(received: Received) -> str:
    """Return the text that an article's edits count in.

    Raises:
        CorpusError: The file cannot be read.
    """
    path = received.page
    if received.original != path:
        return collection.read_text(path)
    try:
        (document,) = reader.documents(path.name, path.read_bytes())
    except OSError as error:
        raise CorpusError(path, None, error.strerror or "cannot be read") from None
    except (IngestError, ValueError) as error:
        raise CorpusError(path, None, str(error)) from None
    if not isinstance(document, Document):
        raise CorpusError(path, None, document.reason)
    return document.raw
