from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot import collection, indexing
from bot.analysis import wordvectors
from bot.analysis.analyzer import ENGLISH_FIELDS, QUESTION_FIELDS, TEXT_FIELDS, Analyzer
from bot.analysis.asks import Ask
from bot.answer import model
from bot.article import Article, Paragraph
from bot.errors import StaleIndexError
from bot.question.question import Reader
from bot.search import index as index_file
from bot.search import meaning
from bot.search.engine import EmbeddedBackend, _best
from bot.search.index import Index
from bot.search.postings import Postings
from bot.settings import Settings, shipped_corpus
from tests.strategies import TYPED

PRINT = "0123456789abcdef0123"


def test_headings_are_not_indexed(index: Index) -> None:
    assert "lanqiao#2" in [p.id for p in index.paragraphs]
    assert not any(paragraph.heading for paragraph in index.paragraphs)


def test_a_sentence_knows_where_it_stands(index: Index) -> None:
    texts = [index.paragraphs[p].text[start:end] for p, start, end, *_ in index.spans.tolist()]
    assert "商场里还设了消费维权联络点8个。" in texts
    ids = {index.paragraphs[p].article_id: number for p, _, _, number, _ in index.spans.tolist()}
    assert ids == {"baita": 0, "lanqiao": 1, "qinglan": 2, "songhe": 3}


def test_a_known_question_knows_the_sentence_that_answers_it(index: Index) -> None:
    for ask, (sentence, start) in zip(index.known.asks, index.known.spans.tolist(), strict=True):
        if ask.says is None:
            assert (sentence, start) == (-1, -1)
            continue
        paragraph, begin, end, *_ = index.spans[sentence].tolist()
        assert index.paragraphs[paragraph].id == ask.paragraph_id
        assert index.paragraphs[paragraph].text.startswith(ask.says, start)
        assert begin <= start < end


def test_postings_say_which_documents_hold_a_term_and_how_often() -> None:
    postings = Postings.build([["退", "货", "退"], [], ["货"]])
    docs, tfs = postings.of("退") or ([], [])
    assert (list(docs), list(tfs)) == ([0], [2])
    assert (postings.df("退"), postings.df("货"), postings.df("无")) == (1, 2, 0)
    assert postings.of("无") is None
    assert postings.lengths.tolist() == [3, 0, 1]


@given(st.lists(st.lists(st.sampled_from("退货店家投诉"), max_size=6), max_size=12))
def test_postings_lose_nothing(documents: list[list[str]]) -> None:
    postings = Postings.build(documents)
    again: list[list[str]] = [[] for _ in documents]
    for term in postings.numbers:
        for doc, tf in zip(*postings.of(term), strict=True):  # type: ignore[misc]
            again[doc] += [term] * int(tf)
    assert [sorted(terms) for terms in again] == [sorted(terms) for terms in documents]


def test_what_is_saved_is_loaded(index: Index, tmp_path: Path) -> None:
    folder = index_file.save(index, tmp_path, PRINT)
    assert folder == index_file.folder_for(tmp_path, PRINT)
    loaded = index_file.load(tmp_path, PRINT)
    assert loaded.paragraphs == list(index.paragraphs)
    assert loaded.known.asks == list(index.known.asks)
    assert loaded.english.asks == list(index.english.asks)
    assert [ask.plain for ask in loaded.english.asks] == ["", "单位 蓝桥区"]
    assert loaded.places == index.places
    np.testing.assert_array_equal(loaded.spans, index.spans)
    np.testing.assert_array_equal(loaded.known.spans, index.known.spans)
    for ours, theirs, fields in (
        *((index.texts[kind], loaded.texts[kind], TEXT_FIELDS) for kind in index.texts),
        (index.known.fields, loaded.known.fields, QUESTION_FIELDS),
        (index.english.fields, loaded.english.fields, ENGLISH_FIELDS),
    ):
        for name in fields:
            assert ours[name].numbers == theirs[name].numbers
            for array in ("starts", "docs", "tfs", "lengths"):
                np.testing.assert_array_equal(
                    getattr(ours[name], array), getattr(theirs[name], array)
                )


@pytest.fixture(scope="module")
def backends(
    tiny_corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[EmbeddedBackend, EmbeddedBackend]:
    """The same corpus searched in memory and from a folder."""
    settings = Settings(tiny_corpus, tmp_path_factory.mktemp("saved"))
    built, _ = indexing.build_index(settings, None)
    print_ = indexing.index_fingerprint(tiny_corpus, with_vectors=False)
    loaded = index_file.load(settings.state, print_)
    vectors, weights = wordvectors.load(), model.load(meaning=False).voices
    return EmbeddedBackend(built, vectors, weights), EmbeddedBackend(loaded, vectors, weights)


@given(text=TYPED)
async def test_a_loaded_index_finds_what_the_built_one_finds(
    backends: tuple[EmbeddedBackend, EmbeddedBackend], reader: Reader, text: str
) -> None:
    built, loaded = backends
    query = reader.query(reader.read(text))
    assert await built.search(query) == await loaded.search(query)


def test_an_empty_index_is_saved_and_loaded_too(analyzer: Analyzer, tmp_path: Path) -> None:
    empty = index_file.build([], [], analyzer)
    index_file.save(empty, tmp_path, PRINT)
    assert index_file.load(tmp_path, PRINT).paragraphs == []


def test_saving_removes_the_older_ones_and_only_them(index: Index, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").touch()
    older = index_file.save(index, tmp_path, "f" * 20)
    newer = index_file.save(index, tmp_path, PRINT)
    assert sorted(p.name for p in tmp_path.iterdir()) == [newer.name, "kept.txt"]
    assert not older.exists()


def test_saving_again_replaces_the_whole(index: Index, tmp_path: Path) -> None:
    folder = index_file.save(index, tmp_path, PRINT)
    (folder / "meta.json").write_text("{", encoding="utf-8")
    index_file.save(index, tmp_path, PRINT)
    assert index_file.load(tmp_path, PRINT).paragraphs == list(index.paragraphs)


def test_where_nothing_can_be_written_nothing_is_left_behind(index: Index, tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(OSError, match="state"):
        index_file.save(index, tmp_path / "state", PRINT)
    broken = dataclasses.replace(index, texts={"a": {"b/c": index.texts["titles"]["words"]}})
    with pytest.raises(OSError, match="b/c"):
        index_file.save(broken, tmp_path / "other", PRINT)
    assert list((tmp_path / "other").iterdir()) == []


def rewrite(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


def halve(name: str) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        raw = (folder / name).read_bytes()
        (folder / name).write_bytes(raw[: len(raw) // 2])

    return work


@pytest.mark.parametrize(
    "harm",
    [
        rewrite("meta.json", json.dumps({"format": 0, "fingerprint": PRINT})),
        rewrite("meta.json", json.dumps({"format": 1, "fingerprint": PRINT[:16] + "another"})),
        rewrite("meta.json", "{"),
        rewrite("meta.json", "[]"),
        rewrite("paragraphs.jsonl", ""),
        rewrite("paragraphs.jsonl", "[]\n"),
        rewrite("asks/asks.jsonl", '{"text": "问"}\n'),
        rewrite("asks/asks.jsonl", ""),
        rewrite("asks/asks.jsonl", "问\n"),
        rewrite("asks/concepts/terms.txt", "only"),
        rewrite("sentences/words/starts.npy", ""),
        rewrite("sentences/words/starts.npy", "not an array"),
        halve("sentences/words/docs.npy"),
        halve("titles/bigrams/tfs.npy"),
        halve("asks/chars/lengths.npy"),
        lambda folder: (folder / "sentences/words/docs.npy").unlink(),
        lambda folder: np.save(folder / "sentences/words/tfs.npy", np.zeros(3, np.int32)),
        lambda folder: np.save(folder / "sentences/words/lengths.npy", np.zeros(3, np.int32)),
        lambda folder: np.save(folder / "sentences.npy", np.zeros((3, 4), np.int32)),
        lambda folder: np.save(folder / "sentences.npy", np.zeros(4, np.int32)),
        lambda folder: np.save(
            folder / "sentences.npy", np.load(folder / "sentences.npy") + np.int32(1000)
        ),
        lambda folder: np.save(folder / "asks/spans.npy", np.zeros((1, 2), np.int64)),
        lambda folder: np.save(folder / "vectors.npy", np.zeros((1, 2), np.int8)),
        rewrite("places.json", "[]"),
        rewrite("places.json", '{"蓝桥": ["蓝桥区"]}'),
        lambda folder: (folder / "meta.json").unlink(),
    ],
)
def test_a_damaged_index_is_stale_and_says_what_mends_it(
    index: Index, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(index_file.save(index, tmp_path, PRINT))
    with pytest.raises(StaleIndexError, match="python -m bot index") as caught:
        index_file.load(tmp_path, PRINT)
    assert "\n" not in str(caught.value)


def test_there_is_no_index_before_it_is_built(tmp_path: Path) -> None:
    with pytest.raises(StaleIndexError):
        index_file.load(tmp_path, PRINT)


def test_opening_builds_what_is_missing_and_uses_what_is_there(
    corpus: Path, tmp_path: Path
) -> None:
    settings = Settings(corpus, tmp_path / "state")
    indexing.open_index(settings)
    (folder,) = settings.state.iterdir()
    (folder / "still here").touch()
    indexing.open_index(settings)
    assert (folder / "still here").exists()


def test_opening_builds_anew_when_the_corpus_has_changed(corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus, tmp_path / "state")
    before, _ = indexing.open_index(settings)
    with (corpus / "articles" / "songhe.md").open("a", encoding="utf-8") as file:
        file.write("\n又过了一年，虹口区来学。\n")
    after, analyzer = indexing.open_index(settings)
    assert len(after.paragraphs) == len(before.paragraphs) + 1
    assert len(list(settings.state.iterdir())) == 1
    assert not any(place.name == "虹口区" for place in before.places.values())
    assert analyzer.lexicon.places.entries["虹口"].known


class Lengths:
    """Reads nothing into a sentence but its length."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def query(self, texts: str) -> NDArray[np.float32]:
        return self.passage([texts])[0]

    def passage(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        angles = np.array([len(text) / 100 for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def test_an_added_article_has_its_own_sentences_read_only(corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus, tmp_path / "state")
    first, second = Lengths(), Lengths()
    before, _ = indexing.open_index(settings, first)
    assert before.vectors is not None
    assert len(before.vectors) == len(before.spans) == len(first.read) / 2
    assert "商场里还设了消费维权联络点8个。" in first.read
    behind = next(
        text for text in first.read if text.startswith("蓝桥区打开退货的门：") and "8个" in text
    )
    assert behind.endswith(
        "。商场里还设了消费维权联络点8个。"
    )  # what stands before it is read with it
    with (corpus / "articles" / "songhe.md").open("a", encoding="utf-8") as file:
        file.write("\n又过了一年。\n")
    after, _ = indexing.open_index(settings, second)
    assert second.read == ["又过了一年。", "松河县开通线上调解：又过了一年。"]
    assert after.vectors is not None
    np.testing.assert_array_equal(after.vectors[: len(before.vectors)], before.vectors)
    indexing.open_index(settings, third := Lengths())
    assert third.read == []


def test_many_unread_sentences_are_left_to_the_command_that_builds_the_index(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(corpus, tmp_path / "state", semantic=True)
    monkeypatch.setattr(indexing, "READ_AT_START", 3)
    model = Lengths()
    index, _ = indexing.open_index(settings, model)
    assert (index.vectors, model.read) == (None, [])
    assert "python -m bot index" in caplog.text
    monkeypatch.setattr(indexing, "sentence_model", lambda _: model)
    indexing.rebuild_index(settings)
    assert len(model.read) == 2 * len(index.spans)
    again, _ = indexing.open_index(settings, model)
    assert again.vectors is not None


def test_vectors_outlive_an_index_that_was_built_without_them(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(corpus, tmp_path / "state", semantic=True)
    indexing.open_index(settings, Lengths())
    with (corpus / "articles" / "songhe.md").open("a", encoding="utf-8") as file:
        file.write("\n又过了一年。\n")
    monkeypatch.setattr(indexing, "READ_AT_START", 0)
    assert indexing.open_index(settings, Lengths())[0].vectors is None
    model = Lengths()
    monkeypatch.setattr(indexing, "sentence_model", lambda _: model)
    indexing.rebuild_index(settings)
    assert model.read == ["又过了一年。", "松河县开通线上调解：又过了一年。"]
    assert len(list(settings.state.iterdir())) == 1


@given(st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.0, -0.0]), max_size=30), st.integers(0, 12))
def test_the_best_are_positive_sorted_and_tied_by_number(scores: list[float], k: int) -> None:
    want = sorted((n for n, s in enumerate(scores) if s > 0), key=lambda n: (-scores[n], n))[:k]
    assert _best(np.array(scores), k) == want


def test_of_two_sentences_a_known_question_points_to_its_own(analyzer: Analyzer) -> None:
    text = "蓝桥区有退货单位。白塔区有消费课堂。"
    says = ("消费课堂", "退货单位")
    asks = [Ask("在哪", "a", 0, one, "where") for one in says]
    article = Article("a", None, None, (Paragraph("a", 0, text),))
    built = index_file.build([article], asks, analyzer)
    assert built.known.spans.tolist() == [[1, text.index(says[0])], [0, text.index(says[1])]]


def test_questions_that_lack_different_things_are_counted_apart(analyzer: Analyzer) -> None:
    asks = [
        Ask("运费谁出", "a", 0, None, "", "运费"),
        Ask("邮费谁出", "a", 0, None, "", "运费"),
        Ask("怎么停车", "a", 0, None, "", "停车"),
    ]
    built = index_file.build([], asks, analyzer)
    assert np.bincount(built.known.groups).tolist() == [2, 1]


def test_who_asks_for_what_no_article_says_talks_like_nobody_else(analyzer: Analyzer) -> None:
    def likeness(*where: tuple[str | None, str | None]) -> float:
        """How likely the second group makes a wording of the first."""
        asks = [
            Ask(text, article, None if article is None else 0, says, "", "" if says else text)
            for text, (article, says) in zip(("运费谁出", "怎么停车"), where, strict=True)
        ]
        known = index_file.build([], asks, analyzer).known
        return float(known.likelihood.scores(analyzer.question_terms("运费"))[1])

    beside = likeness(("a", None), ("a", None))
    assert likeness((None, None), (None, None)) < beside
    assert likeness(("a", "运费"), ("a", None)) < beside  # one is answered


def test_vectors_without_what_they_are_kept_under_are_read_anew(
    corpus: Path, tmp_path: Path
) -> None:
    settings = Settings(corpus, tmp_path / "state")
    shipped = len(index_file.kept_vectors(settings.state))
    indexing.open_index(settings, Lengths())
    assert len(index_file.kept_vectors(settings.state)) > shipped
    (folder,) = settings.state.iterdir()
    np.save(folder / "digests.npy", np.load(folder / "digests.npy")[:-1])
    assert len(index_file.kept_vectors(settings.state)) == shipped


def test_the_vectors_of_all_that_ships_ship(tmp_path: Path) -> None:
    kept = index_file.kept_vectors(tmp_path)
    passages = index_file.sentences_read(collection.read_articles(shipped_corpus(), guide=True))
    assert [texts[0] for texts in passages if meaning.digest(texts) not in kept] == []


def test_an_index_keeps_what_asks_hold(analyzer: Analyzer, tmp_path: Path) -> None:
    asks = [Ask("几家", "a", 0, "甲", "count"), Ask("运费", None, None, None, "", "运费")]
    article = Article("a", None, None, (Paragraph("a", 0, "甲\u2028乙\x85丙"),))
    built = index_file.build([article], asks, analyzer)
    index_file.save(built, tmp_path, PRINT)
    loaded = index_file.load(tmp_path, PRINT)
    assert loaded.known.asks == asks
    assert loaded.paragraphs[0].text == "甲\u2028乙\x85丙"
