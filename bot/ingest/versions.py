"""Versions of a statute: which of two is the one in force.

An older text is quoted as faithfully as the one in force, and wrongly. So a statute that the corpus has in a newer version,
or that one of its statutes repeals by name, is refused; one that is newer may take the older one's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.article import Article, Kind

TRIAL = re.compile("[（(]?(?:暂行|试行)[）)]?")
"""What a rule is called until another one of its name takes its place."""
_PLAIN = re.compile("中华人民共和国|[《》〈〉（）()、，\\s]")


class Beside(NamedTuple):
    """How an article stands to one that a corpus has.

    Args:
        id: The other one.
        what: In words: "is a copy of …".
        replaces: Whether it is the one in force of the two, and shall take the other's place once somebody says so.
        refused: Whether it cannot take its place whatever anybody says.
    """

    id: str
    what: str
    replaces: bool = False
    refused: bool = False


def beside(new: Article, others: Iterable[Article]) -> Beside | None:
    """Return how a statute stands to one that is a version of it, or that one of both repeals; None where there is none."""
    if new.kind is not Kind.STATUTE or new.statute is None or not new.title:
        return None
    for old in others:
        if old.kind is not Kind.STATUTE or old.statute is None or not old.title or old.id == new.id:
            continue
        if _name(old) == _name(new) or _base(old) == _base(new):
            return _of_two(new, old)
        if _key(new.title) in map(_key, old.statute.repeals) and _older(new, old):
            return Beside(old.id, f"is repealed by {_called(old)}", refused=True)
        if _key(old.title) in map(_key, new.statute.repeals) and _older(old, new):
            return Beside(old.id, f"{_called(new)} repeals {_called(old)}", replaces=True)
    return None


def _of_two(new: Article, old: Article) -> Beside:
    mine, theirs = day(new), day(old)
    if mine == theirs:
        return Beside(old.id, f"is a copy of {old.id}")
    if mine is None or theirs is None:
        what = f"{_called(new)} and {_called(old)}: which is in force is not said"
        return Beside(old.id, what, replaces=True)
    if mine < theirs:
        what = f"is an older version: {_called(new)}; the corpus has that of {theirs}"
        return Beside(old.id, what, refused=True)
    return Beside(old.id, f"is a newer version: {_called(new)} after {_called(old)}", replaces=True)


def day(article: Article) -> str | None:
    """Return the day that tells versions of a statute apart: when it was published, else when it came into force."""
    return article.published or (article.statute.effective if article.statute else None)


def _older(one: Article, other: Article) -> bool:
    """Whether one is not known to be newer than another."""
    mine, theirs = day(one), day(other)
    return mine is None or theirs is None or mine < theirs


def _called(article: Article) -> str:
    return f"{article.name} ({day(article) or 'undated'})"


def _name(article: Article) -> tuple[str, str]:
    part = article.statute.part if article.statute else None
    return _key(article.title or ""), part or ""


def _base(article: Article) -> tuple[str, str]:
    key, part = _name(article)
    return TRIAL.sub("", key), part


def _key(title: str) -> str:
    return _PLAIN.sub("", title)
