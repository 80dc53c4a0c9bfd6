"""The review of an article that a channel hands in, question by question, as `bot.ingest.review` holds it on a terminal.

What an answer does is decided by `bot.ingest.questions`; here it is put into what a channel can show, and the article
added at the end, if the corpus still has room for it then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bot.article import Article
from bot.dialogue.review import Added, Asked, Choice, Compared, Copied, Doubt, Summary
from bot.errors import IngestError
from bot.ingest import draft as drafts
from bot.ingest import excerpts, fields, journal, kept, marks, questions, replacement
from bot.ingest import known as known_articles
from bot.ingest.document import Document
from bot.ingest.known import Known
from bot.ingest.pipeline import Cleaned
from bot.ingest.questions import Answer, Question

_TERMINAL = {Choice(choice.value): choice for choice in questions.Choice}


@dataclass(frozen=True, slots=True)
class Examination:
    """See `bot.dialogue.review.Review`.

    Args:
        corpus: The corpus folder.
        document: The file.
        questions: How far the questions are answered.
        old: The article whose place it may take, if any.
        given: The answers given.
        version: What the file is to `old` where it is another version of it and no copy.
    """

    corpus: Path
    document: Document
    questions: questions.Review
    old: Article | None = None
    given: tuple[Choice, ...] = ()
    version: str = ""

    @property
    def name(self) -> str:
        """See `Review.name`."""
        return self.document.name

    @property
    def article(self) -> Article:
        """See `Review.article`."""
        return self.questions.draft.article

    @property
    def copied(self) -> Copied | None:
        """See `Review.copied`."""
        if self.old is None:
            return None
        rows = tuple(Compared(*row) for row in replacement.compare(self.article, self.old))
        obstacle = ""
        try:
            replacement.files(self.corpus, self.old, self.article)
        except IngestError as error:
            obstacle = str(error)
        return Copied(self.old.id, rows, obstacle, self.version)

    @property
    def asked(self) -> Asked | None:
        """See `Review.asked`."""
        question = self.questions.question
        if question is None:
            return None
        draft = self.questions.draft
        can = tuple(Choice(choice.value) for choice in questions.choices(draft, question))
        about = question.field is not None
        text = "" if about else questions.editable(draft, question)
        number, total = self.questions.number + 1, len(self.questions.questions)
        return Asked(number, total, self._doubt(question), can, question.field or "", text)

    @property
    def summary(self) -> Summary:
        """See `Review.summary`."""
        article, draft = self.article, self.questions.draft
        values = [(name, fields.value(article, name)) for name in fields.FIELDS]
        values.append(("region", str(article.region)))
        asked = (question.what for question in self.questions.questions)
        return Summary(
            tuple((name, value) for name, value in values if value),
            len(article.paragraphs),
            len(article.body),
            marks.count(article.body),
            len(draft.edits),
            tuple(zip(asked, self.given, strict=False)),
        )

    def answer(self, choice: Choice, text: str = "") -> Examination:
        """See `Review.answer`."""
        question = self.questions.question
        if question is None:
            raise IngestError("no question is open")
        can = questions.choices(self.questions.draft, question)
        wanted = _TERMINAL[choice]
        if wanted not in can:
            raise IngestError("that cannot be done here")
        after = self.questions.answer(Answer(wanted, text))
        return replace(self, questions=after, given=(*self.given, choice))

    def back(self) -> Examination:
        """See `Review.back`."""
        return replace(self, questions=self.questions.back(), given=self.given[:-1])

    def put(self, field: str, value: str) -> Examination:
        """See `Review.put`."""
        if field not in fields.FIELDS:
            raise IngestError(f"fields are {', '.join(fields.FIELDS)}")
        return replace(self, questions=self.questions.put(field, value))

    def add(self) -> Added:
        """See `Review.add`; one change, that `corpus undo` takes back."""
        article, draft = self.article, self.questions.draft
        with journal.locked(self.corpus) as book:
            known = known_articles.read(self.corpus)
            reason = known.barred(article.id) or self._copied_meanwhile(known)
            if reason:
                return Added(self.name, article.id, reason)
            files = kept.files(self.document, draft) | kept.unasked(self.corpus, article.id)
            what = f"added {article.id}"
            if self.old is not None:
                files |= replacement.files(self.corpus, self.old, article)
                what += f" in place of {self.old.id}"
            book.commit(what, files)
        return Added(self.name, article.id)

    def _copied_meanwhile(self, known: Known) -> str:
        """Return what has come into the corpus, or gone from it, that the article cannot be added beside; "" for nothing."""
        old = self.old.id if self.old else None
        if old is not None and known.articles.get(old) != self.old:
            return f"{old} was changed meanwhile; send the file again"
        other = known.beside(self.article, but=old)
        return other.what if other else ""

    def _doubt(self, question: Question) -> Doubt:
        if question.field is None:
            return doubt(self.questions.draft, question.what, question.start, question.end)
        raw = ""
        if question.end > question.start:
            raw = excerpts.around(self.questions.draft.raw, question.start, question.end)
        return Doubt(question.what, raw, fields.value(self.article, question.field))


def begin(corpus: Path, document: Document, cleaned: Cleaned, old: Article | None) -> Examination:
    """Return the review of an article that no question of is answered yet; `old` is what it may take the place of."""
    version = cleaned.problems[0].what if old and cleaned.status != "refused" else ""
    return Examination(corpus, document, questions.begin(document, cleaned), old, version=version)


def doubt(draft: drafts.Draft, what: str, start: int, end: int) -> Doubt:
    """Return a doubt about a place of the raw text, as it is shown."""
    clean = ""
    if not drafts.is_left_out(draft, start, end):
        clean = excerpts.around(draft.article.body, *drafts.place(draft, start, end))
    return Doubt(what, excerpts.around(draft.raw, start, end), clean)
