"""Proving what the corpus knows about its articles: asks whose clauses stand where they say, a lexicon that parses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import collection
from bot.analysis import asks as asks_format
from bot.analysis import lexicon as lexicon_format
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.article import MARK_OPEN, Article
from bot.errors import CorpusError

CORPUS_ASKS = "corpus"
"""Stem of the asks file that belongs to no single article."""


def faults(corpus: Path, articles: Mapping[str, Article]) -> Iterator[CorpusError]:
    """Yield every fault of the asks and the lexicon, with file and line.

    Args:
        corpus: The corpus folder.
        articles: The articles that could be read, by id.
    """
    seen: dict[str, Ask] = {}
    for path, text in collection.read_folder(corpus, "asks", ".toml").items():
        try:
            asks = asks_format.parse(text, path, None if path.stem == CORPUS_ASKS else path.stem)
        except CorpusError as error:
            yield error
            continue
        if path.stem != CORPUS_ASKS and path.stem not in articles:
            yield CorpusError(path, None, f"there is no article {path.stem}")
            continue
        lines = text.split("\n")
        for ask in asks:
            for problem in _problems(ask, articles, seen):
                yield CorpusError(path, _line_of(ask.text, lines), problem)
    texts = {
        path.name: text
        for suffix in (".tsv", ".txt", ".toml")
        for path, text in collection.read_folder(corpus, "lexicon", suffix).items()
    }
    try:
        lexicon_format.parse(texts)
    except CorpusError as error:
        yield CorpusError(corpus / str(error.path), error.line, error.problem)


def unasked(corpus: Path, articles: Mapping[str, Article]) -> list[str]:
    """Return the ids of the paragraphs, headings apart, that no ask is answered by."""
    asked = set()
    for path, text in collection.read_folder(corpus, "asks", ".toml").items():
        stem = None if path.stem == CORPUS_ASKS else path.stem
        asked |= {ask.paragraph_id for ask in asks_format.parse(text, path, stem) if ask.answered}
    return [
        paragraph.id
        for article in articles.values()
        for paragraph in article.paragraphs
        if not paragraph.heading and paragraph.id not in asked
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
