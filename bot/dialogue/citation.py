"""The line below an excerpt that says where it stands, and the words for where and when in it. Pure.

中国消费者报 · 《题目》 · 2021-12-21 · 浙江省宁波市海曙区 · 第5段
《中华人民共和国消费者权益保护法》第二十五条第二款（2013年修正）
小保整理的指南《预付卡》 · 依据《…》第五十三条（2013-10-25），以法律原文为准 · 2026-11-29核对
"""

from __future__ import annotations

import re

from bot.answer.answer import Excerpt
from bot.article import Article, Kind, Paragraph
from bot.dialogue.wording import Wording

_COURTS_NUMBER = re.compile("^(?:法释|高检发)")
"""Numbers by which judicial interpretations are told apart."""
_COUNCIL = "人民代表大会"


def source(excerpt: Excerpt, wording: Wording) -> str:
    """Return an excerpt's source line.

    It has publisher, title, date as far as known, region and paragraph; of a statute its name, the provision and the
    version, of a guide what it is based on. What comes from the article stays in the article's script; only the labels are in the reply's language.
    """
    article = excerpt.article
    if article.kind is Kind.STATUTE:
        return f"{named(article, wording)}{excerpt.number}{_in_brackets(version(article, wording), wording)}"
    if article.kind is Kind.GUIDE:
        basis, checked = excerpt.paragraph.basis, article.checked or ""
        return wording.say("guide_source", title=article.name, basis=basis, checked=checked)
    parts = [
        article.publisher or wording.say("no_publisher"),
        named(article, wording),
        date(article, wording),
        str(article.region),
        place(article, excerpt.paragraph, wording),
    ]
    return " · ".join(part for part in parts if part)


def named(article: Article, wording: Wording) -> str:
    """Return an article's title, or its label where it has none; in a statute's name other names stand in 〈〉."""
    name = article.name
    if article.kind is Kind.STATUTE:
        name = name.translate(str.maketrans("《》", "〈〉"))
    return wording.say("title" if article.title else "untitled", title=name, label=name)


def place(article: Article, paragraph: Paragraph, wording: Wording) -> str:
    """Return where a paragraph stands: its number, of a statute its provision."""
    found = article.provision(paragraph)
    if found is not None:
        return Excerpt(article, paragraph, 0, len(paragraph.text)).number
    return wording.say("paragraph", number=article.position(paragraph))


def where(article: Article, paragraph: Paragraph, wording: Wording) -> str:
    """Return where a paragraph stands, in a few words."""
    return f"{named(article, wording)} · {place(article, paragraph, wording)}"


def version(article: Article, wording: Wording) -> str:
    """Return which version of a statute its text is: by its court's number, else by when it was made; "" where it does not say."""
    statute = article.statute
    if statute is None:
        return ""
    if statute.number and _COURTS_NUMBER.match(statute.number):
        return statute.number
    made = article.published or statute.amended or statute.passed
    if made is None:
        return wording.say("statute_effective", day=statute.effective) if statute.effective else ""
    council = _COUNCIL in (article.publisher or "")
    key = "amended" if statute.amended else "passed" if council else "issued"
    return wording.say(f"statute_{key}", year=made[:4])


def date(article: Article, wording: Wording) -> str:
    """Return when an article was published, as far as its text proves it."""
    if article.kind is Kind.STATUTE:
        return version(article, wording) or wording.say("undated")
    if article.checked:
        return wording.say("guide_checked", checked=article.checked)
    if article.published:
        return article.published
    if article.event_date:
        given = article.event_date.split("-")
        if len(given) > 2:
            return wording.say("event_dated", date=article.event_date)
        return wording.say("event_date", month=int(given[0]), day=int(given[1]))
    if article.as_of:
        year, month, day = map(int, article.as_of.split("-"))
        return wording.say("as_of", year=year, month=month, day=day)
    return wording.say("undated")


def _in_brackets(text: str, wording: Wording) -> str:
    return wording.say("in_brackets", text=text) if text else ""
