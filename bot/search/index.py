"""The index of one corpus, in memory or in a folder: sentences and known questions with their postings.

On disk, below the state folder, a folder of its own for each fingerprint, so that an index is either whole or not
there, and a bot that still reads the old one is not disturbed by a new one:

    index-<fingerprint>/
        meta.json                    format and fingerprint, written last
        paragraphs.jsonl             the paragraphs that hold sentences, one object a line, in the corpus's order
        sentences.npy                int32, a row a sentence: its paragraph, its start and end there, its article, its block
        sentences/<field>/…          postings of the sentences, see `bot.search.postings`
        titles/<field>/…             postings of the articles' titles
        bodies/<field>/…             postings of the articles, titles and sentences together
        blocks/<field>/…             postings of the blocks, the headings above them and their sentences together
        vectors.npy, digests.npy     sentence vectors and what they are kept under, see `bot.search.meaning`
        asks/…, english/…            known questions in Chinese and in English, see `bot.search.known`
        places.json                  places that the articles speak of, by each of their names
        readings.json                pinyin of the words and characters
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.analysis.analyzer import ENGLISH_FIELDS, QUESTION_FIELDS, TEXT_FIELDS, Analyzer
from bot.analysis.asks import Ask
from bot.analysis.lexicon import Place
from bot.analysis.sentences import sentences
from bot.article import Article, Paragraph
from bot.errors import StaleIndexError
from bot.search import meaning
from bot.search.known import KnownQuestions
from bot.search.meaning import Int8, SentenceModel
from bot.search.postings import Postings

FORMAT = 7
STALE = "no usable index; run python -m bot index"
TEXTS = ("sentences", "titles", "bodies", "blocks")
VECTORS = "vectors.npy"
SHIPPED = "shipped.npz"
"""Vectors of the sentences that ship, written by `tests/benchmarks/shipped_vectors.py`."""
BEFORE = 60
"""Characters before a sentence, in its paragraph, that are read with it: about one sentence. Not tuned."""


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that the embedded backend searches.

    Args:
        paragraphs: The paragraphs that hold sentences.
        spans: Paragraph, start, end, article and block of each sentence, shape (sentences, 5); headings have none, since they
            answer nothing. A block is a paragraph of a report or a 条 of a statute (`Article.blocks`).
        texts: Postings by field of the sentences, the titles, the articles and the blocks.
        known: The known questions in Chinese.
        english: Those in English.
        vectors: A vector a sentence, or None where no model read them.
        digests: What the vectors are kept under, 16 bytes each.
        places: The places that the articles speak of, by each of their names.
        readings: Pinyin syllables of the words, for whoever has to tell them by their sound.
    """

    paragraphs: Sequence[Paragraph]
    spans: NDArray[np.int32]
    texts: Mapping[str, Mapping[str, Postings]]
    known: KnownQuestions
    english: KnownQuestions
    vectors: Int8 | None = None
    digests: NDArray[np.uint8] | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    readings: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Meanings:
    """How the sentences' vectors are made.

    Args:
        model: Reads sentences.
        kept: Vectors by digest that an earlier index holds.
        told: Called with how many of how many sentences are read.
    """

    def __init__(
        self,
        model: SentenceModel,
        kept: Mapping[bytes, Int8],
        told: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._model, self._kept, self._told = model, kept, told

    def of(self, passages: Sequence[Sequence[str]]) -> tuple[Int8, NDArray[np.uint8]]:
        """Return the vectors of sentences, given what is read of each, and their digests."""
        vectors = meaning.vectors_of(passages, self._model, self._kept, self._told)
        digests = np.frombuffer(b"".join(map(meaning.digest, passages)), np.uint8)
        return vectors, digests.reshape(-1, meaning.DIGEST)


def build(
    articles: Iterable[Article],
    asks: Iterable[Ask],
    analyzer: Analyzer,
    meanings: Meanings | None = None,
) -> Index:
    """Return an index in memory.

    Args:
        articles: The articles, in order.
        asks: The known questions.
        analyzer: Cuts texts into terms; knows the places that the articles speak of.
        meanings: Makes the sentences' vectors; None makes none.
    """
    paragraphs: list[Paragraph] = []
    spans: list[tuple[int, int, int, int, int]] = []
    names: list[str] = []
    headings: list[str] = []
    passages: list[tuple[str, ...]] = []
    for article in articles:
        for heading, block in article.blocks():
            for paragraph in block:
                found = sentences(paragraph.text)
                where = (len(names), len(headings))
                spans += [(len(paragraphs), *span, *where) for span in found]
                passages += [_read(article.name, paragraph.text, *span) for span in found]
                paragraphs += [paragraph] if found else []
            headings.append(heading)
        names.append(article.name)
    texts = [paragraphs[p].text[start:end] for p, start, end, _, _ in spans]
    places = {(paragraphs[p].id, start): n for n, (p, start, *_) in enumerate(spans)}
    terms = {
        "sentences": [analyzer.text_terms(text) for text in texts],
        "titles": [analyzer.text_terms(name) for name in names],
    }
    whole = {"bodies": terms["titles"], "blocks": list(map(analyzer.text_terms, headings))}
    for kind, called in whole.items():
        terms[kind] = [{name: list(each[name]) for name in TEXT_FIELDS} for each in called]
    for (*_, article_number, block_number), each in zip(spans, terms["sentences"], strict=True):
        for name in TEXT_FIELDS:
            terms["bodies"][article_number][name] += each[name]
            terms["blocks"][block_number][name] += each[name]
    vectors = digests = None
    if meanings is not None and texts:
        vectors, digests = meanings.of(passages)
    return Index(
        paragraphs,
        np.array(spans, np.int32).reshape(-1, 5),
        {
            kind: {name: Postings.build(t[name] for t in rows) for name in TEXT_FIELDS}
            for kind, rows in terms.items()
        },
        *_known(list(asks), paragraphs, spans, places, analyzer),
        vectors,
        digests,
        {name: place for name, place in analyzer.lexicon.places.entries.items() if place.known},
    )


def sentences_read(articles: Iterable[Article]) -> list[tuple[str, ...]]:
    """Return what is read of each sentence of some articles."""
    return [
        texts
        for article in articles
        for paragraph in article.paragraphs
        if not paragraph.heading
        for texts in read_of(article, paragraph)
    ]


def read_of(article: Article, paragraph: Paragraph) -> list[tuple[str, ...]]:
    """Return what is read of each sentence of a paragraph."""
    return [_read(article.name, paragraph.text, *span) for span in sentences(paragraph.text)]


def _read(name: str, paragraph: str, start: int, end: int) -> tuple[str, ...]:
    """Return a sentence by itself, and behind its title, which says what it is about, and what stands before it."""
    before = paragraph[max(0, start - BEFORE) : start]
    return paragraph[start:end], f"{name}：{before}{paragraph[start:end]}"


def folder_for(state: Path, fingerprint: str) -> Path:
    """Return where the index with a fingerprint lies below the state folder."""
    return state / f"index-{fingerprint[:16]}"


def save(index: Index, state: Path, fingerprint: str) -> Path:
    """Write an index and remove those of other fingerprints that are of no more use; return its folder.

    Raises:
        OSError: The folder cannot be written; nothing is left behind.
    """
    state.mkdir(parents=True, exist_ok=True)
    target = folder_for(state, fingerprint)
    temporary = Path(tempfile.mkdtemp(prefix=".index-", dir=state))
    try:
        _write_rows(temporary / "paragraphs.jsonl", index.paragraphs)
        np.save(temporary / "sentences.npy", index.spans)
        for kind, fields in index.texts.items():
            (temporary / kind).mkdir()
            for name, postings in fields.items():
                postings.save(temporary / kind / name)
        if index.vectors is not None and index.digests is not None:
            np.save(temporary / VECTORS, index.vectors)
            np.save(temporary / "digests.npy", index.digests)
        index.known.save(temporary / "asks")
        index.english.save(temporary / "english")
        for name, table in (("readings", index.readings), ("places", index.places)):
            text = json.dumps(table, ensure_ascii=False)
            (temporary / f"{name}.json").write_text(text, encoding="utf-8")
        meta = json.dumps({"format": FORMAT, "fingerprint": fingerprint})
        (temporary / "meta.json").write_text(meta, encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    for other in state.glob("index-*"):
        # Vectors take long to make: they stay until an index has them.
        if other != target and (index.vectors is not None or not (other / VECTORS).exists()):
            shutil.rmtree(other, ignore_errors=True)
    return target


def load(state: Path, fingerprint: str) -> Index:
    """Return the index with a fingerprint; its arrays are mapped, not read.

    Raises:
        StaleIndexError: There is none, or it is damaged.
    """
    folder = folder_for(state, fingerprint)
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        paragraphs = [Paragraph(**row) for row in _read_rows(folder / "paragraphs.jsonl")]
        readings = json.loads((folder / "readings.json").read_text(encoding="utf-8"))
        places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
        places = {name: Place(*row) for name, row in places.items()}
        spans = np.load(folder / "sentences.npy")
        vectors = digests = None
        if (folder / VECTORS).exists():
            vectors, digests = _vectors(folder)
    except (OSError, ValueError, TypeError, EOFError, AttributeError) as error:
        raise StaleIndexError(f"{folder}: {STALE}") from error
    if meta != {"format": FORMAT, "fingerprint": fingerprint}:
        raise StaleIndexError(f"{folder}: made from another corpus; run python -m bot index")
    index = Index(
        paragraphs,
        spans,
        {
            kind: {name: Postings.open(folder / kind / name) for name in TEXT_FIELDS}
            for kind in TEXTS
        },
        KnownQuestions.open(folder / "asks", QUESTION_FIELDS),
        KnownQuestions.open(folder / "english", ENGLISH_FIELDS),
        vectors,
        digests,
        places,
        readings,
    )
    if not _whole(index):
        raise StaleIndexError(f"{folder}: damaged; run python -m bot index")
    return index


def kept_vectors(state: Path) -> dict[bytes, Int8]:
    """Return the sentence vectors that ship, and those of whatever index lies below the state folder, by digest."""
    with (resources.files("bot.search") / SHIPPED).open("rb") as file, np.load(file) as shipped:
        kept = _by_digest(shipped["vectors"], shipped["digests"])
    for folder in state.glob("index-*"):
        try:
            vectors, digests = _vectors(folder)
        except (OSError, ValueError, EOFError):
            continue
        if len(vectors) == len(digests):
            return kept | _by_digest(vectors, digests)
    return kept


def _by_digest(vectors: Int8, digests: NDArray[np.uint8]) -> dict[bytes, Int8]:
    return {row.tobytes(): vector for row, vector in zip(digests, vectors, strict=True)}


def _vectors(folder: Path) -> tuple[Int8, NDArray[np.uint8]]:
    vectors = np.load(folder / VECTORS, mmap_mode="r")
    return np.asarray(vectors), np.load(folder / "digests.npy")


def _whole(index: Index) -> bool:
    """Whether the parts of an index belong together."""
    size, spans = len(index.spans), index.spans
    if spans.ndim != 2 or spans.shape[1] != 5 or (spans.size and spans.min() < 0):
        return False
    counts = {"sentences": size, "titles": -1, "bodies": -1, "blocks": -1}
    for kind, fields in index.texts.items():
        lengths = {len(postings.lengths) for postings in fields.values()}
        if len(lengths) > 1 or (counts[kind] >= 0 and lengths != {counts[kind]}):
            return False
    if size and spans[:, 0].max() >= len(index.paragraphs):
        return False
    if index.vectors is not None and {len(index.vectors), len(index.digests)} != {size}:  # type: ignore[arg-type]
        return False
    return all(len(known.spans) == len(known.asks) for known in (index.known, index.english))


def _known(
    asks: Sequence[Ask],
    paragraphs: Sequence[Paragraph],
    spans: Sequence[tuple[int, int, int, int, int]],
    places: Mapping[tuple[str, int], int],
    analyzer: Analyzer,
) -> tuple[KnownQuestions, KnownQuestions]:
    """Return the known questions in Chinese and in English, each with where its answer stands."""
    by_id = {paragraph.id: paragraph.text for paragraph in paragraphs}

    def place(ask: Ask) -> tuple[int, int]:
        text = by_id.get(ask.paragraph_id or "", "")
        start = text.find(ask.says) if ask.says else -1
        if start < 0:
            return -1, -1
        begins = [begin for begin, end in sentences(text) if begin <= start < end]
        return (places[ask.paragraph_id or "", begins[0]], start) if begins else (-1, -1)

    chinese = [ask for ask in asks if not ask.english]
    english, english_terms = [], []
    for ask in asks:
        if ask.english:
            mandarin, terms = analyzer.english_terms(ask.text)
            english.append(dataclasses.replace(ask, mandarin=mandarin))
            english_terms.append(terms)
    terms_of = analyzer.question_terms
    return (
        KnownQuestions.build(
            chinese,
            [terms_of(a.text) for a in chinese],
            QUESTION_FIELDS,
            terms_of,
            map(place, chinese),
        ),
        KnownQuestions.build(english, english_terms, ENGLISH_FIELDS, terms_of, map(place, english)),
    )


def _write_rows(path: Path, rows: Iterable[Paragraph]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(dataclasses.asdict(row), ensure_ascii=False) + "\n")


def _read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
