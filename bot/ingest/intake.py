"""Articles that a channel hands in: cleaned as `corpus add --yes` does, and held until somebody says that they be added.

Between the two the corpus may change: what would be a second article of an id, or a copy, is left out then.
"""

from __future__ import annotations

from pathlib import Path

from bot.article import Article
from bot.dialogue.review import Added
from bot.dialogue.submission import Outcome, Submitted
from bot.errors import BotError
from bot.ingest import examination, journal, pipeline
from bot.ingest import known as known_articles
from bot.ingest.batch import Batch
from bot.ingest.confined import Confined
from bot.ingest.document import Document, Refused
from bot.ingest.draft import Draft
from bot.ingest.examination import Examination
from bot.ingest.known import Known
from bot.ingest.pipeline import Cleaned


class Offer:
    """What the cleaning made of one file; see `bot.dialogue.submission.Offer`."""

    def __init__(self, corpus: Path) -> None:
        self.articles: list[Submitted] = []
        self._corpus = corpus
        self._held: list[tuple[Document, Draft]] = []
        self._reviews: dict[int, Examination] = {}

    def hold(self, document: Document, draft: Draft) -> None:
        """Keep an accepted article."""
        self._held.append((document, draft))
        self.articles.append(Submitted(document.name, Outcome.ACCEPTED, draft.article))

    def hold_for_review(self, document: Document, cleaned: Cleaned, old: Article | None) -> None:
        """Keep an article that needs a review, or that may take the place of an old one."""
        review = examination.begin(self._corpus, document, cleaned, old)
        draft = review.questions.draft
        self._reviews[len(self.articles)] = review
        reason = cleaned.problems[0].what if old else ""
        doubts = () if old else tuple(examination.doubt(draft, *one) for one in cleaned.problems)
        outcome = Outcome.REFUSED if old else Outcome.NEEDS_REVIEW
        article = None if old else draft.article
        self.articles.append(Submitted(document.name, outcome, article, reason, doubts, True))

    def review(self, number: int) -> Examination:
        """See `bot.dialogue.submission.Offer.review`."""
        return self._reviews[number]

    def add(self) -> list[Added]:
        """Add what is held, as one change that `corpus undo` takes back as one."""
        told: list[Added] = []
        with journal.locked(self._corpus) as book:
            known = known_articles.read(self._corpus)
            taken = Batch(self._corpus)
            for document, draft in self._held:
                reason = self._take(taken, known, document, draft)
                told.append(Added(document.name, draft.article.id, reason))
            taken.commit(book)
        return told

    def _take(self, taken: Batch, known: Known, document: Document, draft: Draft) -> str:
        article = draft.article
        reason = known.barred(article.id)
        if reason is None and (other := known.beside(article)):
            reason = other.what
        if reason is None:
            try:
                taken.take(document, draft)
            except BotError as error:
                return str(error)
            known.add(article)
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
    known = known_articles.read(corpus)
    had = dict(known.articles)
    offer = Offer(corpus)
    with Confined() as confined:
        pages = [*confined.cleaned(name, content)]
    for page in pages:
        if isinstance(page, Refused):
            offer.articles.append(_refused(*page))
            continue
        document = page.document
        reason = known.barred(document.id)
        cleaned = None if reason else pipeline.compared(page.cleaned, known)
        old = had.get(cleaned.copy_of or "") if cleaned else None
        if cleaned is None or cleaned.article is None or (cleaned.copy_of and old is None):
            why = reason or (cleaned.problems[0].what if cleaned else "")
            offer.articles.append(_refused(document.name, why))
        elif cleaned.problems:  # being a copy is one
            offer.hold_for_review(document, cleaned, old)
        else:
            draft = Draft(cleaned.raw, cleaned.edits, cleaned.article, document.reading)
            offer.hold(document, draft)
            known.add(draft.article)
    if not offer.articles:
        offer.articles.append(_refused(name, "holds no article"))
    return offer


def _refused(name: str, reason: str) -> Submitted:
    return Submitted(name, Outcome.REFUSED, reason=reason)
