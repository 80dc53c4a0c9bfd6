"""Adding articles to the corpus: one transaction a file in a review, one for all with `--yes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from enum import Enum
from pathlib import Path

from rich.table import Table
from rich.text import Text

from bot.article import Article
from bot.errors import BotError, IngestError
from bot.ingest import incoming, journal, kept, known, pipeline, replacement, review
from bot.ingest.batch import Batch
from bot.ingest.confined import Confined, Page
from bot.ingest.document import Document, Refused
from bot.ingest.draft import Draft
from bot.ingest.journal import Journal
from bot.ingest.pipeline import Cleaned
from bot.ingest.review import Ending
from bot.ingest.screen import Screen, visible


class Outcome(Enum):
    """What became of a document; the value is what the closing line calls it."""

    ADDED = "added"
    FOR_REVIEW = "for review"
    REFUSED = "refused"
    NOT_ADDED = "not added"


def run(
    paths: Sequence[Path],
    corpus: Path,
    screen: Screen,
    *,
    yes: bool,
    confined: Confined | None = None,
) -> bool:
    """Add the articles in files and folders; return whether all were added.

    What cannot be added is one line on standard error, and the rest goes on. A closing line counts.

    Args:
        paths: Files and folders.
        corpus: The corpus folder; it is made where there is none.
        screen: Where to ask and to tell.
        yes: Accept what needs no review without asking, and leave out what needs one.
        confined: A cleaner that was begun before; another is begun without one.

    Raises:
        CorpusError: The corpus is broken, cannot be written, or another command writes it.
    """
    with journal.locked(corpus) as book, ExitStack() as stack:
        confined = confined or stack.enter_context(Confined())
        for line in book.finished:
            screen.show(line)
        adding = _Adding(corpus, book, confined, screen)
        files = [*incoming.files(paths)]
        (adding.add_all if yes else adding.review_all)(files)
    counts = adding.counts
    told = [Outcome.ADDED, Outcome.FOR_REVIEW, Outcome.REFUSED]
    told += [Outcome.NOT_ADDED] if counts[Outcome.NOT_ADDED] else []
    screen.show(", ".join(f"{outcome.value} {counts[outcome]}" for outcome in told))
    return counts.total() == counts[Outcome.ADDED]


class _Adding:
    """One `corpus add`: the articles known so far, and how many documents went which way."""

    def __init__(self, corpus: Path, book: Journal, confined: Confined, screen: Screen) -> None:
        self.counts: Counter[Outcome] = Counter()
        self._corpus, self._book, self._confined, self._screen = corpus, book, confined, screen
        self._known = known.read(corpus)

    def add_all(self, files: Sequence[Path | Refused]) -> None:
        """Add what needs no review, all of it or nothing."""
        taken = Batch(self._corpus)
        with self._screen.progress() as step:
            for file in files:
                step(file.name, len(files))
                for page in self._pages(file):
                    draft = self._accepted(page)
                    if draft is None:
                        continue
                    try:
                        taken.take(page.document, draft)
                    except BotError as error:
                        self._refuse(page.document.name, error)
                        continue
                    self._known.add(draft.article)
        taken.commit(self._book)
        for article_id, name in taken.names.items():
            self._screen.show(f"{name}: added as {article_id}")
        self.counts[Outcome.ADDED] += len(taken.names)

    def review_all(self, files: Sequence[Path | Refused]) -> None:
        """Show each document and ask, until there are no more or the operator quits."""
        quit_at: int | None = None
        for number, file in enumerate(files, start=1):
            if quit_at is not None:
                self.counts[Outcome.NOT_ADDED] += 1
                continue
            if len(files) > 1:
                self._screen.show(f"file {number} of {len(files)}")
            for page in self._pages(file):
                if quit_at is None and self._review(page) is Ending.QUIT:
                    quit_at = number
                elif quit_at is not None:
                    self.counts[Outcome.NOT_ADDED] += 1

    def _accepted(self, page: Page) -> Draft | None:
        """Return what the cleaning makes of a document if it needs no review; else a line says why."""
        document, cleaned = page.document, self._compared(page)
        if cleaned is None:
            return None
        if cleaned.article is None or cleaned.status == "refused":
            self._refuse(document.name, f"refused: {cleaned.problems[0].what}")
            return None
        if cleaned.problems:
            count = len(cleaned.problems)
            problem = f"needs review ({count} problem{'s' if count > 1 else ''})"
            self._refuse(document.name, f"{problem}; add it without --yes", Outcome.FOR_REVIEW)
            return None
        return Draft(cleaned.raw, cleaned.edits, cleaned.article, document.reading)

    def _review(self, page: Page) -> Ending | None:
        document, cleaned = page.document, self._compared(page)
        if cleaned is None:
            return None
        old = self._known.articles[cleaned.copy_of] if cleaned.copy_of else None
        if cleaned.article is None:
            self._refuse(document.name, f"refused: {cleaned.problems[0].what}")
            return None
        declined = self._replaces(document, cleaned, old) if old is not None else None
        done = declined or review.run(document, cleaned, self._screen)
        if isinstance(done, Ending):
            self.counts[Outcome.NOT_ADDED] += 1
            self._screen.show(f"{document.name}: not added")
            return done
        try:
            self._add(document, done, old)
        except BotError as error:
            self._refuse(document.name, error)
        return None

    def _add(self, document: Document, draft: Draft, old: Article | None) -> None:
        article = draft.article
        files = kept.files(document, draft) | kept.unasked(self._corpus, article.id)
        what = f"added {article.id}"
        if old is not None:
            files |= replacement.files(self._corpus, old, article)
            what += f" in place of {old.id}"
        self._book.commit(what, files)
        if old is not None:
            self._known.remove(old.id)
        self._known.add(article)
        self.counts[Outcome.ADDED] += 1
        self._screen.show(f"{document.name}: {what.replace('added', 'added as', 1)}")

    def _replaces(self, document: Document, cleaned: Cleaned, old: Article) -> Ending | None:
        """Ask whether a copy or a version replaces the corpus's; return None if it does."""
        screen, new = self._screen, cleaned.article
        assert new is not None
        rows = replacement.compare(new, old)
        if screen.on_terminal:
            table = Table("", "new copy", old.id)
            for row in rows:
                table.add_row(row.name, *map(_cell, (row.new, row.old), (row.better, -row.better)))
            screen.show(table)
        else:
            for row in rows:
                screen.show(f"{row.name}: {row.new} / {row.old}")
        if cleaned.status == "refused":
            screen.show(replacement.verdict(rows))
        try:
            replacement.files(self._corpus, old, new)
        except IngestError as error:  # a review may still bring them in line
            screen.show(f"as it is, it cannot replace it: {error}")
        what = cleaned.problems[0].what
        answer = screen.ask(f"{document.name} {what}; replace it? [y/N] ")
        if (answer or "").lower() in ("y", "yes"):
            return None
        return Ending.QUIT if (answer or "").lower() == "q" else Ending.SKIPPED

    def _pages(self, file: Path | Refused) -> Iterator[Page]:
        """Yield what the cleaning makes of the documents in a file; those that cannot be read are a line and counted."""
        content = file if isinstance(file, Refused) else incoming.content(file)
        if isinstance(content, Refused):
            self._refuse(*content)
            return
        assert isinstance(file, Path)
        for found in self._confined.cleaned(file.name, content, str(file)):
            if isinstance(found, Refused):
                self._refuse(*found)
            else:
                yield found

    def _compared(self, page: Page) -> Cleaned | None:
        """Return a cleaned document as it is beside the corpus; None where it cannot be added whatever it is."""
        reason = self._known.barred(page.document.id)
        if reason is not None:
            self._refuse(page.document.name, reason)
            return None
        return pipeline.compared(page.cleaned, self._known)

    def _refuse(self, name: object, why: object, outcome: Outcome = Outcome.REFUSED) -> None:
        self.counts[outcome] += 1
        self._screen.complain(name, why)


def _cell(value: str, better: int) -> Text:
    return Text(visible(value), style="green" if better > 0 else "")
