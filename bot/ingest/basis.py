"""Holding a guide against the law: the provisions that its paragraphs name, looked up in texts of statutes.

依据：《中华人民共和国消费者权益保护法》第二十四条第二款、第二十五条第三款（2013-10-25）；《…》第八条（2020-10-23）
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import collection
from bot.answer.basis import Basis, is_called, parse
from bot.article import Article, Kind
from bot.errors import BotError, CorpusError
from bot.ingest import incoming, pipeline, versions
from bot.ingest.document import Document, Refused

CURRENT = 365
"""Days after which a guide is to be held against the law again."""


def faults(corpus: Path, statutes: Sequence[Article] | None) -> Iterator[CorpusError]:
    """Yield what a corpus's guide names that is no provision, or that texts of the law do not have as it says.

    Args:
        corpus: The corpus folder.
        statutes: The texts; None looks none up.
    """
    for path in sorted((corpus / collection.GUIDE).glob("*.md")):
        try:
            article = collection.read_article(path)
        except CorpusError as error:
            yield error
            continue
        for paragraph in article.paragraphs:
            if paragraph.heading:
                continue
            try:
                named = parse(paragraph.basis)
            except ValueError as error:
                yield CorpusError(
                    path, None, f"paragraph {paragraph.number}: {error} names no provision"
                )
                continue
            for basis in named if statutes is not None else ():
                problem = _problem(basis, statutes or ())
                if problem:
                    yield CorpusError(path, None, f"paragraph {paragraph.number}: {problem}")


def notes(corpus: Path, statutes: Sequence[Article] | None, today: datetime.date) -> Iterator[str]:
    """Yield which guides were held against the law more than a year ago, and which laws there was no text of."""
    missing: dict[str, None] = {}
    for article in collection.read_guide(corpus):
        checked = datetime.date.fromisoformat(article.checked or "1900-01-01")
        if (today - checked).days > CURRENT:
            yield f"{article.id} was last held against the law on {checked}"
        for paragraph in article.paragraphs:
            for basis in parse(paragraph.basis) if paragraph.basis and statutes is not None else ():
                if not any(is_called(law, basis.title) for law in statutes or ()):
                    missing[basis.title] = None
    for title in missing:
        yield f"no text of 《{title}》 to hold the guide against"


def read_statutes(folder: Path) -> list[Article]:
    """Return the statutes in a folder of files, as the cleaning reads them.

    Raises:
        CorpusError: There is no such folder.
    """
    if not folder.is_dir():
        raise CorpusError(folder, None, "no such folder")
    found: list[Article] = []
    for file in incoming.files([folder]):
        content = file if isinstance(file, Refused) else incoming.content(file)
        if isinstance(content, Refused) or isinstance(file, Refused):
            continue
        try:
            documents = incoming.documents(file.name, content, str(file))
        except BotError:
            continue
        cleaned = (pipeline.clean(each) for each in documents if isinstance(each, Document))
        articles = (each.article for each in cleaned if each.article)
        found += [article for article in articles if article.kind is Kind.STATUTE]
    return found


def _problem(basis: Basis, statutes: Sequence[Article]) -> str:
    """Return what is wrong with a provision that a guide names; "" for nothing, and where there is no text of its law."""
    called = [law for law in statutes if is_called(law, basis.title)]
    if not called:
        return ""
    current = [
        law
        for law in called
        if basis.version
        in (law.published, versions.day(law), law.statute and law.statute.effective)
    ]
    if not current:
        days = ", ".join(versions.day(law) or "an unknown day" for law in called)
        return f"《{basis.title}》 is said to be of {basis.version}; its text is of {days}"
    for law in current:
        held = [
            found
            for p in law.paragraphs
            if (found := law.provision(p)) and found.name == basis.name
        ]
        if held and (basis.clause is None or held[0].clauses in (1, *range(basis.clause, 100))):
            return ""
    clause = f" with {basis.clause} 款" if basis.clause else ""
    return f"《{basis.title}》 has no {basis.name}{clause}"
