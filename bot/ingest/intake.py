"""Articles that a channel hands in: cleaned as `corpus add --yes` does, and held until somebody says that they be added.

Between the two the corpus may change: what would be a second article of an id, or a copy, is left out then.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.article import Article
from bot.dialogue.submission import Added, Doubt, Outcome, Submitted
from bot.errors import BotError
from bot.ingest import batch, copies, incoming, journal, pipeline
from bot.ingest import draft as drafts
from bot.ingest.batch import Batch
from bot.ingest.document import Document, Refused
from bot.ingest.draft import Draft
from bot.ingest.pipeline import Cleaned, Problem

CONTEXT = 40
"""Characters shown either side of a place."""
LONGEST = 120
"""Characters shown of a place itself, of a longer one its two ends."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Characters that no font shows; a place may be nothing else."""


class Offer:
    """What the cleaning made of one file; see `bot.dialogue.submission.Offer`."""

    def __init__(self, corpus: Path) -> None:
        self.articles: list[Submitted] = []
        self._corpus = corpus
        self._held: list[tuple[Document, Draft]] = []

    def hold(self, document: Document, draft: Draft) -> None:
        """Keep an accepted article."""
        self._held.append((document, draft))
        self.articles.append(Submitted(document.name, Outcome.ACCEPTED, draft.article))

    def add(self) -> list[Added]:
        """Add what is held, as one change that `corpus undo` takes back as one."""
        told: list[Added] = []
        with journal.locked(self._corpus) as book:
            known = batch.known(self._corpus)
            taken = Batch(self._corpus)
            for document, draft in self._held:
                reason = self._take(taken, known, document, draft)
                told.append(Added(document.name, draft.article.id, reason))
            taken.commit(book)
        return told

    def _take(
        self, taken: Batch, known: dict[str, Article], document: Document, draft: Draft
    ) -> str:
        article = draft.article
        reason = batch.barred(self._corpus, article.id)
        if reason is None and (copied := copies.copy_of(article, known.values())):
            reason = f"is a copy of {copied}"
        if reason is None:
            try:
                taken.take(document, draft)
            except BotError as error:
                return str(error)
            known[article.id] = article
        return reason or ""


def clean(corpus: Path, name: str, content: bytes) -> Offer:
    """Return what the cleaning makes of a file.

    Args:
        corpus: The corpus folder.
        name: The file's name.
        content: Its bytes.

    Raises:
        CorpusError: An article of the corpus is broken.
    """
    known = batch.known(corpus)
    offer = Offer(corpus)
    for document in incoming.documents(name, content):
        if isinstance(document, Refused):
            offer.articles.append(_refused(*document))
            continue
        reason = batch.barred(corpus, document.id)
        try:
            cleaned = None if reason else pipeline.clean(document, known.values())
        except BotError as error:
            cleaned, reason = None, str(error)
        if cleaned is None or cleaned.article is None or cleaned.copy_of:
            why = reason or (cleaned.problems[0].what if cleaned else "")
            offer.articles.append(_refused(document.name, why))
        elif cleaned.problems:
            offer.articles.append(_doubtful(document, cleaned, cleaned.article))
        else:
            draft = Draft(cleaned.raw, cleaned.edits, cleaned.article, document.reading)
            offer.hold(document, draft)
            known[draft.article.id] = draft.article
    if not offer.articles:
        offer.articles.append(_refused(name, "holds no article"))
    return offer


def _refused(name: str, reason: str) -> Submitted:
    return Submitted(name, Outcome.REFUSED, reason=reason)


def _doubtful(document: Document, cleaned: Cleaned, article: Article) -> Submitted:
    draft = Draft(cleaned.raw, cleaned.edits, article, document.reading)
    doubts = tuple(_doubt(draft, problem) for problem in cleaned.problems)
    return Submitted(document.name, Outcome.NEEDS_REVIEW, article, doubts=doubts)


def _doubt(draft: Draft, problem: Problem) -> Doubt:
    start, end = problem.start, problem.end
    clean = ""
    if not drafts.is_left_out(draft, start, end):
        clean = excerpt(draft.article.body, *drafts.place(draft, start, end))
    return Doubt(problem.what, excerpt(draft.raw, start, end), clean)


def excerpt(text: str, start: int, end: int) -> str:
    """Return a place between » and «, with what stands around it, in one line."""
    before, place, after = text[max(0, start - CONTEXT) : start], text[start:end], text[end:]
    if len(place) > LONGEST:
        place = f"{place[: LONGEST // 2]} … {place[-LONGEST // 2 :]}"
    shown = f"{before}»{place}«{after[:CONTEXT]}".replace("\n", "⏎")
    shown = _PRIVATE.sub("\ufffd", shown)
    return f"{'…' if start > CONTEXT else ''}{shown}{'…' if len(after) > CONTEXT else ''}"
