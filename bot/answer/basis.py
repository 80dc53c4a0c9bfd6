"""What a paragraph of a guide is based on: the provisions that it names, and what they say where their statutes are at hand.

《中华人民共和国消费者权益保护法》第二十四条第二款、第二十五条第三款（2013-10-25）；《…》第八条（2020-10-23）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.analysis.numerals import number
from bot.answer.answer import Excerpt
from bot.article import MARK_OPEN, Article, Paragraph

_PLAIN = re.compile("中华人民共和国|[《》〈〉（）()、，\\s]")
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


def is_called(statute: Article, title: str) -> bool:
    """Whether a name is a statute's, with or without the country's."""
    return _PLAIN.sub("", statute.title or "") == _PLAIN.sub("", title)


def excerpts(of: Excerpt, statutes: Sequence[Article]) -> Iterator[Excerpt]:
    """Yield what the provisions say that an excerpt of a guide is based on, in the order in which it names them.

    Of a 条 whose 款 is not named the one is taken that shares most with the excerpt.
    """
    for basis in parse(of.paragraph.basis):
        for law in statutes:
            if not is_called(law, basis.title):
                continue
            found = [
                paragraph
                for paragraph in law.paragraphs
                if (place := law.provision(paragraph))
                and place.name == basis.name
                and (basis.clause in (None, place.clause) or place.clauses == 1)
                and MARK_OPEN not in paragraph.text
            ]
            if found:
                best = max(found, key=lambda paragraph: _shared(paragraph, of.quote))
                yield Excerpt(law, best, 0, len(best.text))


def _shared(paragraph: Paragraph, quote: str) -> int:
    """Return how many pairs of characters of a quote a paragraph has."""
    return sum(quote[at : at + 2] in paragraph.text for at in range(len(quote) - 1))
