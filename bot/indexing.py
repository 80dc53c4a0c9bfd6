"""From a corpus folder to its index: read, built, saved, opened again; and what is counted in it."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot import collection
from bot.analysis import asks as asks_format
from bot.analysis import lexicon as lexicon_format
from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.analysis.lexicon import Lexicon
from bot.dialogue.suggestion import Example, reads_well
from bot.errors import SettingsError, StaleIndexError
from bot.question import pinyin
from bot.search import index as index_file
from bot.search.index import Index
from bot.settings import Settings

log = logging.getLogger(__name__)


def read_lexicon(corpus: Path) -> Lexicon:
    """Return the lexicon of a corpus folder."""
    return lexicon_format.parse(collection.read_lexicon(corpus))


def read_asks(corpus: Path) -> list[Ask]:
    """Return the asks of a corpus folder, those of the corpus as a whole among them."""
    return [
        ask
        for path, article_id, text in collection.read_asks(corpus)
        for ask in asks_format.parse(text, path, article_id)
    ]


def open_index(settings: Settings, analyzer: Analyzer) -> Index:
    """Return the index of the settings' corpus, built anew and saved if there is none that fits."""
    fingerprint = index_fingerprint(settings.corpus, analyzer)
    try:
        return index_file.load(settings.state, fingerprint)
    except StaleIndexError as error:
        log.info("building the index: %s", error)
        return build_index(settings, analyzer)


def build_index(settings: Settings, analyzer: Analyzer) -> Index:
    """Build and save the index; where the state folder cannot be written it is kept in memory only."""
    index = index_of(settings.corpus, read_asks(settings.corpus), analyzer)
    try:
        index_file.save(index, settings.state, index_fingerprint(settings.corpus, analyzer))
    except OSError as error:
        log.warning(
            "BOT_STATE: the index cannot be saved (%s); it is kept in memory", error.strerror
        )
    return index


def rebuild_index(settings: Settings) -> tuple[Path, int, int]:
    """Build and save the index anew; return its folder and how many paragraphs and known questions it holds.

    Raises:
        SettingsError: The state folder cannot be written.
    """
    analyzer = Analyzer(read_lexicon(settings.corpus))
    index = index_of(settings.corpus, read_asks(settings.corpus), analyzer)
    fingerprint = index_fingerprint(settings.corpus, analyzer)
    try:
        folder = index_file.save(index, settings.state, fingerprint)
    except OSError as error:
        raise SettingsError("BOT_STATE", f"the index cannot be saved: {error.strerror}") from error
    return folder, len(index.paragraphs), len(index.known.asks) + len(index.english.asks)


def index_of(corpus: Path, asks: Sequence[Ask], analyzer: Analyzer) -> Index:
    """Return an index of a corpus folder's articles with some known questions, in memory."""
    articles = collection.read_articles(corpus)
    paragraphs = [paragraph for article in articles for paragraph in article.paragraphs]
    index = index_file.build(paragraphs, asks, analyzer)
    counts = word_counts(index, analyzer.lexicon)
    return dataclasses.replace(index, readings=pinyin.readings(counts))


def index_fingerprint(corpus: Path, analyzer: Analyzer) -> str:
    """Return what an index must have been built from to be used with this corpus and analyzer."""
    both = f"{collection.fingerprint(corpus)} {analyzer.fingerprint}"
    return hashlib.sha256(both.encode()).hexdigest()


def word_counts(index: Index, lexicon: Lexicon) -> Counter[str]:
    """Return how often each word stands in the paragraphs and asks; the lexicon's own words count at least once."""
    counts: Counter[str] = Counter()
    for postings in (index.text["words"], index.known.fields["words"]):
        if postings.numbers:  # numpy cannot sum over no parts
            totals = np.add.reduceat(postings.tfs, postings.starts[:-1]).tolist()
            counts.update(dict(zip(postings.numbers, totals, strict=True)))
    for name, place in lexicon.places.entries.items():
        if place.level in NAMED_IN_LATIN:
            counts.setdefault(name, 0)
    for table in (lexicon.words, lexicon.concepts.entries, own_places(lexicon)):
        for word in table:
            counts[word] += 1
    return counts


def answered_words(index: Index) -> frozenset[str]:
    """Return the words of the asks that the corpus answers."""
    answered = np.array([ask.answered for ask in index.known.asks], dtype=bool)
    postings = index.known.fields["words"]
    return frozenset(
        term
        for term, number in postings.numbers.items()
        if answered[postings.docs[postings.starts[number] : postings.starts[number + 1]]].any()
    )


def examples(index: Index, analyzer: Analyzer) -> list[Example]:
    """Return, for each article and kind of answer, the question that people ask most for, in the corpus's order.

    Each names its place and is short; of an article's facts of a kind the one with the most asks is taken.
    """
    asked = Counter((ask.paragraph_id, ask.says) for ask in index.known.asks if ask.answered)
    chosen: dict[tuple[str, str], Example] = {}
    for ask in index.known.asks:
        if ask.article_id is None or not ask.answered or not reads_well(ask):
            continue
        places = {found.value for found in analyzer.known_places(fold(ask.text))}
        if not places:
            continue
        new = Example(ask, frozenset(places))
        best = chosen.setdefault((ask.article_id, ask.kind), new).ask
        if asked[ask.paragraph_id, ask.says] > asked[best.paragraph_id, best.says]:
            chosen[ask.article_id, ask.kind] = new
    return list(chosen.values())


NAMED_IN_LATIN = {"country", "province", "municipality", "city"}
"""Levels of places that people name in English or pinyin questions though no article speaks of them."""


def own_places(lexicon: Lexicon) -> Sequence[str]:
    """Return the names of the places that articles speak of."""
    return [name for name, place in lexicon.places.entries.items() if place.known]
