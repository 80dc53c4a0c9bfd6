"""From settings to a dialogue: the one place that names concrete adapters."""

from __future__ import annotations

import asyncio
import functools
import gc
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bot import collection, indexing
from bot.analysis import wordvectors
from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.answer import model as answer_model
from bot.answer.conditions import Conditions
from bot.answer.features import FeatureExtractor
from bot.answer.model import AnswerModel
from bot.answer.places import PlaceFit
from bot.answer.scope import Scope
from bot.answer.select import Selector
from bot.article import Article, Kind
from bot.delivery import DeliveryStore
from bot.dialogue import suggestion, wording
from bot.dialogue.answering import Answering
from bot.dialogue.caller import Caller
from bot.dialogue.catalogue import Catalogue, Offered
from bot.dialogue.outdated import Outdated, outdated
from bot.dialogue.ports import Records, StateStore
from bot.dialogue.submission import Desk
from bot.dialogue.suggestion import Suggested, Suggester, Suggestions
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.originals import Originals
from bot.question.question import Reader
from bot.question.vocabulary import Vocabulary
from bot.search.engine import EmbeddedBackend
from bot.search.index import Index
from bot.search.meaning import Likeness, SentenceModel
from bot.settings import Settings
from bot.store import backup
from bot.store.database import Database
from bot.store.delivery import SqliteDeliveryStore
from bot.store.feedback import SqliteFeedbackStore
from bot.store.memory import MemoryStateStore
from bot.store.memory_user_data import MemoryUserData
from bot.store.memory_users import (
    MemoryFeedbackStore,
    MemoryPreferenceStore,
    MemoryQuestionLog,
)
from bot.store.preferences import SqlitePreferenceStore
from bot.store.questions import SqliteQuestionLog
from bot.store.sqlite import SqliteStateStore
from bot.store.users import SqliteUserData

DATABASE = "xiaobao.sqlite3"
"""Name of the SQLite file in the state folder."""


def dialogue(
    settings: Settings, states: StateStore | None = None, records: Records | None = None
) -> Dialogue:
    """Return a dialogue over the corpus that the settings name; its index is built if it is missing or stale.

    What is loaded stays until the end, so the garbage collector is told to leave it alone: walking over it would
    hold up a question for a tenth of a second now and then.

    Args:
        settings: Where corpus and index are.
        states: Keeps the conversations; in memory when not given.
        records: Keeps what is known of users; in memory when not given.

    Raises:
        CorpusError: A file of the corpus is broken.
    """
    gc.disable()
    try:
        model = indexing.sentence_model(settings)
        index, analyzer = indexing.open_index(settings, model)
        analyzer.tokenizer.load()
        states = states or MemoryStateStore()
        return assembled(
            settings.corpus, analyzer, index, states, records, model, guide=settings.guide
        )
    finally:
        gc.freeze()
        gc.enable()


def back_up(settings: Settings, target: Path, *, force: bool = False) -> int:
    """Copy what the bot remembers into a file, while it runs or not; return the file's size in bytes.

    Raises:
        StoreError: There is nothing to copy, it is damaged, or the file exists or cannot be written.
    """
    return backup.copy(settings.state / DATABASE, target, force=force)


class Stores(NamedTuple):
    """What survives a restart, all in one file.

    Args:
        database: The file.
        states: Conversations.
        delivery: What has to arrive.
        records: What is kept of users.
    """

    database: Database
    states: StateStore
    delivery: DeliveryStore
    records: Records

    async def close(self) -> None:
        """Finish what is still to be written, and let go of the file."""
        await self.records.users.close()
        await self.database.close()


def stores(settings: Settings) -> Stores:
    """Return the stores that survive a restart.

    Raises:
        StoreError: Their file cannot be used.
    """
    database = Database(settings.state / DATABASE)
    records = lasting_records(database, settings.retention_days)
    return Stores(database, SqliteStateStore(database), SqliteDeliveryStore(database), records)


WARMING = 4
"""Questions asked before the first user's."""


def warmed(dialogue: Dialogue) -> Dialogue:
    """Return a dialogue that has answered its examples once: its first questions take as long as any."""
    for example in dialogue.examples()[:WARMING]:
        asyncio.run(dialogue.ask(Utterance(example, "")))
    for command in ("topics", "compare"):  # they try what they offer, once
        asyncio.run(dialogue.commands.run(command, "", Caller("", "")))
    return dialogue


def lasting_records(database: Database, days: int) -> Records:
    """Return the stores of what is kept of users, questions for some days, in a file."""
    preferences = SqlitePreferenceStore(database)
    questions = SqliteQuestionLog(database, days)
    users = SqliteUserData(database, preferences, questions, days)
    return Records(
        preferences, SqliteFeedbackStore(database), questions, users, days, True, database.now
    )


def passing_records(states: StateStore, days: int, now: Callable[[], float] = time.time) -> Records:
    """Return the same for as long as the process lasts.

    Args:
        states: The conversations, which are forgotten with the rest.
        days: How long questions are kept.
        now: The time in seconds since 1970.
    """
    preferences, feedback = MemoryPreferenceStore(now), MemoryFeedbackStore(now)
    questions = MemoryQuestionLog(preferences, feedback, days, now)
    users = MemoryUserData(preferences, feedback, questions, states, days)
    return Records(preferences, feedback, questions, users, days, False, now)


def desk(settings: Settings, states: StateStore, records: Records | None = None) -> Desk | None:
    """Return where the admins hand in articles; None where the settings name no admins.

    Args:
        settings: Where corpus and index are.
        states: Keeps the conversations, those that the dialogue of before has remembered.
        records: Keeps what is known of users, as before.
    """
    if not settings.admins:
        return None
    from bot.ingest import intake, withdrawal  # noqa: PLC0415 (most have no admins, and it is large)

    def renew() -> Dialogue:
        # What `dialogue` froze before would never be let go of: some 70 MB an add. The collection takes a quarter of
        # a second; the dialogue in use until now goes the next time.
        gc.unfreeze()
        gc.collect()
        return dialogue(settings, states, records)

    corpus = settings.corpus
    return Desk(
        functools.partial(intake.clean, corpus),
        renew,
        functools.partial(withdrawal.last, corpus),
        functools.partial(withdrawal.undo, corpus),
    )


def assembled(
    corpus: Path,
    analyzer: Analyzer,
    index: Index,
    states: StateStore,
    records: Records | None = None,
    model: SentenceModel | None = None,
    *,
    guide: bool = False,
) -> Dialogue:
    """Return a dialogue over a corpus folder whose index is at hand."""
    asks = [ask for known in (index.known, index.english) for ask in known.asks if ask.answered]
    finds = answering(corpus, analyzer, index, model, guide=guide)
    written = suggestions(corpus, finds.selector.articles, analyzer)
    offered = Offered(
        indexing.examples(index, analyzer),
        Suggester(written, analyzer),
        Suggestions([ask.text for ask in asks], written),
        Catalogue(finds.selector.articles, asks, analyzer),
    )
    return Dialogue(
        finds,
        states,
        wording.load(),
        offered,
        records or passing_records(states, days=0),
        Originals(corpus),
    )


def answering(
    corpus: Path,
    analyzer: Analyzer,
    index: Index,
    model: SentenceModel | None = None,
    weights: AnswerModel | None = None,
    likeness: Likeness | None = None,
    *,
    guide: bool = False,
) -> Answering:
    """Return what finds answers in a corpus folder whose index is at hand.

    Args:
        corpus: The folder.
        analyzer: The analyzer that the index was built with.
        index: The index.
        model: Reads sentences; None without sentence vectors.
        weights: What weighs the answers; those that ship where none are given.
        likeness: How questions and sentences are compared; as the package ships it where nothing is given.
        guide: Whether the corpus's guide answers, too; the index must hold it then.
    """
    articles = {a.id: a for a in collection.read_articles(corpus, guide=guide)}
    reader = question_reader(articles.values(), analyzer, index)
    vectors = wordvectors.load()
    meaning = model is not None and index.vectors is not None
    weights = weights or answer_model.load(meaning=meaning)
    written = frozenset(index.texts["sentences"]["words"].numbers)
    fit = PlaceFit(analyzer)
    extractor = FeatureExtractor(analyzer, fit, vectors, written | indexing.answered_words(index))
    return Answering(
        reader,
        EmbeddedBackend(index, vectors, weights.voices, model, likeness),
        Selector(
            articles,
            fit,
            extractor,
            weights,
            indexing.known_questions(index),
            Scope(analyzer),
            Conditions(analyzer.lexicon.contrasts),
        ),
    )


def suggestions(
    corpus: Path, articles: Mapping[str, Article], analyzer: Analyzer
) -> list[Suggested]:
    """Return what may be suggested of some articles: what is written of them, and where nothing is, what can be made.

    Raises:
        CorpusError: The file of suggestions is broken.
    """
    written = [
        one
        for one in suggestion.parse(collection.read_suggestions(corpus))
        if one.article in articles
    ]
    covered = {one.article for one in written}
    for article in articles.values():
        if article.kind is Kind.NEWS and article.id not in covered:
            written += suggestion.made_of(article, analyzer)
    return written


def outdated_matters(corpus: Path, *, guide: bool = False) -> list[Outdated]:
    """Return the matters that a corpus lists as unanswered and answers, as its words alone find it."""
    asks = indexing.read_asks(corpus, guide=guide)
    general = [ask for ask in asks if ask.article_id is None]
    if not general:
        return []
    analyzer = indexing.read_analyzer(corpus, guide=guide)
    own = [ask for ask in asks if ask.article_id]
    index = indexing.index_of(corpus, own, analyzer, guide=guide)
    return asyncio.run(outdated(answering(corpus, analyzer, index, guide=guide), general))


def question_reader(articles: Iterable[Article], analyzer: Analyzer, index: Index) -> Reader:
    """Return what reads questions about a corpus."""
    counts = indexing.word_counts(index, analyzer.lexicon)
    words = index.texts["sentences"]["words"].numbers
    return Reader(
        analyzer,
        Vocabulary(
            counts,
            analyzer.tokenizer.knows,
            index.readings,
            indexing.own_places(analyzer.lexicon),
        ),
        wordvectors.load(),
        frozenset(term for term in words if term.isascii() and term.isalpha()),
        frozenset(index.english.fields["english"].numbers),
        "\n".join(fold(f"{article.name}\n{article.body}") for article in articles),
    )
