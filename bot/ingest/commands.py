"""The corpus commands: clean, add, undo, check and stats. They parse no arguments; `bot.cli` does.

Output goes to the screen's output, errors to its standard error, one line each. Each returns its exit status.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot import collection
from bot.errors import BotError, CorpusError
from bot.ingest import (
    adding,
    basis,
    check,
    incoming,
    journal,
    knowledge,
    known,
    pipeline,
    review,
    stats,
)
from bot.ingest.confined import Confined, Found
from bot.ingest.document import Refused
from bot.ingest.known import Known
from bot.ingest.pipeline import Cleaned, Problem
from bot.ingest.screen import Screen


def run_clean(path: Path, corpus: Path | None, screen: Screen, *, as_json: bool) -> int:
    """Show what the cleaning makes of the articles in a raw file; 1 if any cannot be read.

    Args:
        path: The raw file.
        corpus: A corpus whose articles' copies are refused.
        screen: Where the result goes.
        as_json: Print the cleaning as JSON, a line an article, also of what cannot be read as one.
    """
    beside = known.read(corpus) if corpus else Known()
    unread = False
    content = incoming.content(path)
    with Confined() as confined:
        pages: Iterable[Found] = (
            [content]
            if isinstance(content, Refused)
            else confined.cleaned(path.name, content, str(path))
        )
        for page in pages:
            unread |= not _show(page, beside, screen, as_json=as_json)
    return int(unread)


def run_add(
    paths: Sequence[Path],
    corpus: Path,
    screen: Screen,
    *,
    yes: bool,
    confined: Confined | None = None,
) -> int:
    """Clean files and folders, show the difference, ask, and write; 1 if any article was not added."""
    return int(not adding.run(paths, corpus, screen, yes=yes, confined=confined))


def run_undo(corpus: Path, screen: Screen) -> int:
    """Take back the last change of `corpus add` and say what it was; 1 if it cannot be taken back.

    Raises:
        CorpusError: Another command writes the corpus, or it cannot be written at all.
    """
    if not (corpus / journal.FOLDER).is_dir():
        screen.complain("", "nothing to undo")
        return 1
    with journal.locked(corpus) as book:
        for line in book.finished:
            screen.show(line)
        try:
            screen.show(f"undone: {book.undo()}")
        except BotError as error:
            screen.complain("", error)
            return 1
    return 0


def run_check(corpus: Path, screen: Screen, laws: Path | None = None) -> int:
    """Print every fault of a corpus, or one line that says what was proven; 1 if there is a fault.

    A change that broke off is finished first: half of one is no fault of the corpus.

    Args:
        corpus: The corpus folder.
        screen: Where the result goes.
        laws: A folder of texts of the law that the guide is held against; None where it is not.

    Raises:
        CorpusError: There is no such folder of laws.
    """
    statutes = basis.read_statutes(laws) if laws else None
    faults: list[CorpusError] = []
    if journal.is_broken_off(corpus):
        try:
            with journal.locked(corpus) as book:
                for line in book.finished:
                    screen.show(line)
        except CorpusError as error:
            faults.append(error)
    with screen.progress() as step:
        faults += check.faults(corpus, step)
    faults += basis.faults(corpus, statutes)
    for fault in faults:
        screen.show(str(fault))
    if faults:
        return 1
    articles = {article.id: article for article in collection.read_articles(corpus)}
    paragraphs = sum(len(article.paragraphs) for article in articles.values())
    for paragraph_id in knowledge.unasked(corpus, articles):
        screen.show(f"note: no ask is answered by paragraph {paragraph_id}")
    for note in basis.notes(corpus, statutes, datetime.date.today()):
        screen.show(f"note: {note}")
    proven = "raw texts and edits give each exactly"
    screen.show(f"{corpus}: {len(articles)} articles, {paragraphs} paragraphs: {proven}")
    return 0


def run_stats(corpus: Path, screen: Screen, *, as_json: bool) -> int:
    """Show what a corpus holds and what it lacks.

    Raises:
        CorpusError: A file of the corpus is broken.
    """
    with screen.progress() as step:
        found = stats.count(corpus, step)
    if as_json:
        told = {"corpus": str(corpus)} | found.to_json()
        screen.write(json.dumps(told, ensure_ascii=False))
    else:
        screen.show(f"{corpus}\n")
        stats.show(found, screen)
    return 0


def _show(page: Found, beside: Known, screen: Screen, *, as_json: bool) -> bool:
    """Show what the cleaning makes of one article; False where it cannot be read."""
    if isinstance(page, Refused):
        screen.complain(*page)
        problem = Problem(page.reason, 0, 0)
        cleaned = Cleaned("refused", None, (), (problem,), "")
    else:
        cleaned = pipeline.compared(page.cleaned, beside)
    if as_json:
        screen.write(json.dumps(cleaned.to_json(), ensure_ascii=False))
    elif not isinstance(page, Refused):
        review.show(page.document.name, cleaned, screen)
    return not isinstance(page, Refused)
