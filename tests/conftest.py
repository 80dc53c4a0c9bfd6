"""A tiny corpus for the mechanics, the shipped one for conversations, and how hypothesis runs."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from bot import indexing, wiring
from bot.analysis import wordvectors
from bot.analysis.analyzer import Analyzer
from bot.answer.select import Selector
from bot.article import Article
from bot.collection import read_articles
from bot.dialogue.turn import Dialogue
from bot.ingest import cleaner, incoming
from bot.ingest.confined import Confined
from bot.question.question import Reader
from bot.search.engine import EmbeddedBackend
from bot.search.index import Index
from bot.settings import Settings, shipped_corpus
from tests.tiny import Chat, write_corpus

# The same examples in every run, and no clock; `--hypothesis-profile=search` looks for new ones.
hypothesis.settings.register_profile(
    "house", max_examples=100, deadline=None, derandomize=True, database=None
)
hypothesis.settings.register_profile("search", max_examples=3000, deadline=None, database=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def unconfined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has pages cleaned in the test's own process, which can be watched; test_ingest_confined has the other."""
    monkeypatch.setattr(Confined, "_begun", lambda self: None)
    monkeypatch.setattr(
        Confined,
        "cleaned",
        lambda self, *file: map(cleaner.cleaned, incoming.documents(*file)),
    )


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny corpus; not to be written to."""
    return write_corpus(tmp_path_factory.mktemp("tiny") / "corpus")


@pytest.fixture
def corpus(tiny_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the tiny corpus that a test may break."""
    return Path(shutil.copytree(tiny_corpus, tmp_path / "corpus"))


@pytest.fixture(scope="session")
def tiny_settings(tiny_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(tiny_corpus, tmp_path_factory.mktemp("tiny-state"))


@pytest.fixture(scope="session")
def dialogue(tiny_settings: Settings) -> Dialogue:
    """A dialogue over the tiny corpus."""
    return wiring.dialogue(tiny_settings)


@pytest.fixture(scope="session")
def analyzer(tiny_corpus: Path) -> Analyzer:
    return indexing.read_analyzer(tiny_corpus)


@pytest.fixture(scope="session")
def index(tiny_settings: Settings, dialogue: Dialogue) -> Index:
    """The tiny corpus's index, as the dialogue saved it."""
    return indexing.open_index(tiny_settings)[0]


@pytest.fixture(scope="session")
def reader(analyzer: Analyzer, index: Index, articles: dict[str, Article]) -> Reader:
    """Reads questions as the dialogue over the tiny corpus does."""
    return wiring.question_reader(articles.values(), analyzer, index)


@pytest.fixture(scope="session")
def selector(dialogue: Dialogue) -> Selector:
    """Chooses answers as the dialogue over the tiny corpus does."""
    return dialogue.answering.selector


@pytest.fixture(scope="session")
def backend(index: Index, selector: Selector) -> EmbeddedBackend:
    """Searches the tiny corpus."""
    return EmbeddedBackend(index, wordvectors.load(), selector.model.voices)


@pytest.fixture(scope="session")
def articles(tiny_corpus: Path) -> dict[str, Article]:
    return {article.id: article for article in read_articles(tiny_corpus)}


@pytest.fixture(scope="session")
def new_chat() -> Callable[[Dialogue], Chat]:
    """Opens conversations that nothing else belongs to."""
    numbers = itertools.count()
    return lambda dialogue: Chat(dialogue, f"test:{next(numbers)}")


@pytest.fixture
def chat(dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]) -> Chat:
    """A new conversation over the tiny corpus."""
    return new_chat(dialogue)


@pytest.fixture(scope="session")
def real_dialogue(tmp_path_factory: pytest.TempPathFactory) -> Dialogue:
    """A dialogue over the corpus that ships. To index it takes long, so that processes of one run do it once."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each process has a folder of its own in that of the run
    with (folder / "real-state.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return wiring.dialogue(Settings(shipped_corpus(), folder / "real-state"))


@pytest.fixture(scope="session")
def real_reader(real_dialogue: Dialogue) -> Reader:
    """Reads questions as the dialogue over the corpus that ships does."""
    return real_dialogue.answering.reader
