"""Proving what the corpus knows about its articles: asks whose clauses stand where they say, a lexicon that parses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import collection
from bot.analysis import asks as asks_format
from bot.analysis import lexicon as lexicon_format
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.article import MARK_OPEN, Article, Kind
from bot.dialogue import suggestion
from bot.errors import CorpusError


def faults(corpus: Path, articles: Mapping[str, Article]) -> Iterator[CorpusError]:
    """Yield every fault of the asks and the lexicon, with file and line.

    Args:
        corpus: The corpus folder.
        articles: The articles that could be read, by id.
    """
    seen: dict[str, Ask] = {}
    for path, article_id, text in collection.read_asks(corpus, guide=True):
        try:
            asks = asks_format.parse(text, path, article_id)
        except CorpusError as error:
            yield error
            continue
        if article_id is not None and article_id not in articles:
            yield CorpusError(path, None, f"there is no article {article_id}")
            continue
        lines = text.split("\n")
        for ask in asks:
            for problem in _problems(ask, articles, seen):
                yield CorpusError(path, _line_of(ask.text, lines), problem)
    try:
        lexicon_format.parse(collection.read_lexicon(corpus))
    except CorpusError as error:
        yield CorpusError(corpus / str(error.path), error.line, error.problem)


def suggestion_faults(corpus: Path) -> Iterator[CorpusError]:
    """Yield what is wrong with the file of suggestions; those of articles that are not there are left aside."""
    try:
        suggestion.parse(collection.read_suggestions(corpus))
    except CorpusError as error:
        yield CorpusError(corpus / str(error.path), error.line, error.problem)


def unasked(corpus: Path, articles: Mapping[str, Article]) -> list[str]:
    """Return the ids of the reports' paragraphs, headings apart, that no ask is answered by."""
    asked = set()
    for path, article_id, text in collection.read_asks(corpus):
        asks = asks_format.parse(text, path, article_id)
        asked |= {ask.paragraph_id for ask in asks if ask.answered}
    return [
        paragraph.id
        for article in articles.values()
        for paragraph in article.paragraphs
        if article.kind is Kind.NEWS and not paragraph.heading and paragraph.id not in asked
    ]


def _problems(ask: Ask, articles: Mapping[str, Article], seen: dict[str, Ask]) -> Iterator[str]:
    if not ask.text.strip():
        yield "an ask is empty"
        return
    before = seen.setdefault(fold(ask.text), ask)
    if before is not ask and before.says != ask.says and before.article_id == ask.article_id:
        yield f"{ask.text!r} is asked twice, with different answers"
    if ask.article_id is None:
        if ask.answered:
            yield "an ask of the whole corpus cannot have an answer"
        return
    paragraphs = articles[ask.article_id].paragraphs
    if ask.paragraph is None or not 0 <= ask.paragraph < len(paragraphs):
        yield f"there is no paragraph {ask.paragraph}"
        return
    paragraph = paragraphs[ask.paragraph]
    if paragraph.heading:
        yield f"paragraph {ask.paragraph} is a heading"
    if ask.says is None:
        if not ask.missing.strip():
            yield f"{ask.text!r}: nothing is named as missing"
    elif not ask.says.strip() or ask.says not in paragraph.text:
        yield f"paragraph {ask.paragraph} does not say {ask.says!r}"
    elif MARK_OPEN in ask.says:
        yield f"{ask.says!r} holds an uncertain character and cannot be quoted"


def _line_of(text: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, start=1) if text in line), 1)
