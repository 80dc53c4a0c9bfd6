"""What a guide is based on: each of its paragraphs names provisions, and they can be looked up in the texts of the law.

依据：《中华人民共和国消费者权益保护法》第二十四条第二款、第二十五条第三款（2013-10-25）；《…》第八条（2020-10-23）
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot import collection
from bot.analysis.numerals import number
from bot.article import Article, Kind
from bot.errors import BotError, CorpusError
from bot.ingest import incoming, pipeline, versions
from bot.ingest.document import Document, Refused

CURRENT = 365
"""Days after which a guide is to be held against the law again."""

_ENTRY = re.compile(
    r"《(?P<title>[^《》]+)》(?P<provisions>第[^（《》；]+?(?:第（[^）]+）项)?(?:、第[^（《》；]+?(?:第（[^）]+）项)?)*)（(?P<version>\d{4}-\d\d-\d\d)(?P<effective>施行)?）"
)
_PROVISION = re.compile(
    r"(?P<name>第[^条款、]+条(?:之.)?)?(?:第(?P<clause>[^款、（]+)款)?(?:第（[^）]+）项)?"
)


class Basis(NamedTuple):
    """One provision that a paragraph of a guide tells of.

    Args:
        title: The statute's name.
        name: Its 条.
        clause: The 款, None where none is named.
        version: The day of the version.
    """

    title: str
    name: str
    clause: int | None
    version: str


def parse(text: str) -> list[Basis]:
    """Return the provisions that a line names.

    Raises:
        ValueError: Part of it names none.
    """
    found: list[Basis] = []
    for entry in text.split("；"):
        match = _ENTRY.fullmatch(entry.strip())
        parts = match["provisions"].split("、") if match else []
        read = [_PROVISION.fullmatch(part) for part in parts]
        if match is None or not all(read):
            raise ValueError(entry)
        title = match["title"].translate(str.maketrans("〈〉", "《》"))
        name = ""
        for each in filter(None, read):  # 第二十五条第一款、第二款
            name = each["name"] or name
            clause = int(number(each["clause"])) if each["clause"] else None
            found.append(Basis(title, name, clause, match["version"]))
    return found


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
                if not any(versions.is_called(law, basis.title) for law in statutes or ()):
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
    called = [law for law in statutes if versions.is_called(law, basis.title)]
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
