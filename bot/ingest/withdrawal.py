"""Taking the last change of the corpus back where somebody first sees what it was, and then says yes.

Between the two the corpus may change; so what is taken back is named, and nothing else is.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from bot import collection
from bot.article import Article
from bot.dialogue.submission import LastChange
from bot.errors import IngestError
from bot.ingest import disk, journal
from bot.ingest.journal import Committed

NOTHING = "nothing to undo"
OTHER = "the corpus was changed since; nothing is undone"


def last(corpus: Path) -> LastChange:
    """Return the last change that can be taken back.

    Raises:
        IngestError: There is none.
        CorpusError: Another command writes the corpus, or it cannot be read.
    """
    if not (corpus / journal.FOLDER).is_dir():
        raise IngestError(NOTHING)
    with journal.locked(corpus) as book:
        change = book.last()
        added: list[Article] = []
        removed: list[str] = []
        for one in change.files:
            path = PurePosixPath(one.path)
            if path.parts[0] != "articles":
                continue
            if one.new is None:
                removed.append(path.stem)
            elif (corpus / path).exists():
                added.append(collection.read_article(corpus / path))
    return LastChange(_key(change), change.what, tuple(added), tuple(removed))


def undo(corpus: Path, key: str) -> None:
    """Take the last change back if it is the one that the key names.

    Raises:
        IngestError: It is another one, or there is none.
        CorpusError: A file of the change was changed since, or the corpus cannot be written; nothing is taken back.
    """
    if not (corpus / journal.FOLDER).is_dir():
        raise IngestError(NOTHING)
    with journal.locked(corpus) as book:
        if _key(book.last()) != key:
            raise IngestError(OTHER)
        book.undo()


def _key(change: Committed) -> str:
    """Return what tells a change from all others: sixteen hexadecimal digits."""
    content = disk.read(change.folder / journal.DONE) or b""
    return hashlib.sha256(change.folder.name.encode() + content).hexdigest()[:16]
