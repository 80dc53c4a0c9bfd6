"""What a reviewer may say about an article beside its text: title, publisher, dates, …, typed as one line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from bot.article import Article
from bot.errors import IngestError

FIELDS = (
    "title", "label", "publisher", "published", "event_date", "reporters", "editor", "found_on",
)  # fmt: skip
NONE = "-"
"""Typed where an article has no such thing."""

_ISO = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


def value(article: Article, field: str) -> str:
    """Return a field as a reviewer types it; "" where it is not known."""
    found = getattr(article, field)
    return "、".join(found) if field == "reporters" else found or ""


def put(article: Article, field: str, typed: str) -> Article:
    """Return the article with a field as typed.

    Args:
        article: The article.
        field: One of `FIELDS`.
        typed: The value, or `NONE`; reporters with 、 or a comma between.

    Raises:
        IngestError: It is no value of that field.
    """
    text = " ".join(typed.split())
    if not text:
        raise IngestError(f"type a value, or {NONE} for none")
    if not text.isprintable():
        raise IngestError(f"holds a character that cannot be seen: {text!a}")
    if field == "reporters":
        names = () if text == NONE else tuple(re.split(r"\s*[、,，]\s*", text))
        return replace(article, reporters=tuple(name for name in names if name))
    if text == NONE:
        return _with(article, field, None)
    if field == "published" and not is_date(text):
        raise IngestError(
            f"{text!r} is not a date: 2021, 2021-12 or 2021-12-21, as far as it is known"
        )
    if field == "event_date" and not is_date(text, year=False):
        raise IngestError(f"{text!r} is not a day: 12-21, or 2021-12-21 where the year is known")
    return _with(article, field, text)


def is_date(text: str, *, year: bool = True) -> bool:
    """Say whether a text is an ISO date of any precision, or without `year` a month and day."""
    match = _ISO.fullmatch(text)
    if match:
        parts = [int(part) for part in match.groups(default="1")]
    elif not year and (match := _MONTH_DAY.fullmatch(text)):
        parts = [2000, int(match[1]), int(match[2])]  # a leap year
    else:
        return False
    try:
        date(*parts)
    except ValueError:
        return False
    return True


def _with(article: Article, field: str, text: str | None) -> Article:
    changed: dict[str, Any] = {field: text}
    return replace(article, **changed)
