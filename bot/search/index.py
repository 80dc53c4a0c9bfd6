"""The index of one corpus, in memory or in a folder: paragraphs and known questions with their postings.

On disk, below the state folder, a folder of its own for each fingerprint, so that an index is either whole or not
there, and a bot that still reads the old one is not disturbed by a new one:

    index-<fingerprint>/
        meta.json                       format and fingerprint, written last
        paragraphs.jsonl                what is found, one object a line, in the order of the documents
        paragraphs/<field>/…            postings, see `bot.search.postings`
        asks/…, english/…               known questions in Chinese and in English, see `bot.search.known`
        readings.json                   pinyin of the words and characters
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.analysis.analyzer import ENGLISH_FIELDS, QUESTION_FIELDS, TEXT_FIELDS, Analyzer
from bot.analysis.asks import Ask
from bot.article import Paragraph
from bot.errors import StaleIndexError
from bot.search.known import KnownQuestions
from bot.search.postings import Postings

FORMAT = 4


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that the embedded backend searches.

    Args:
        paragraphs: The indexed paragraphs; a document number is a place in here.
        text: Their postings by field.
        known: The known questions in Chinese.
        english: Those in English.
        readings: Pinyin syllables of the words, for whoever has to tell them by their sound.
    """

    paragraphs: Sequence[Paragraph]
    text: Mapping[str, Postings]
    known: KnownQuestions
    english: KnownQuestions
    readings: Mapping[str, Sequence[str]] = field(default_factory=dict)


def build(paragraphs: Iterable[Paragraph], asks: Iterable[Ask], analyzer: Analyzer) -> Index:
    """Return an index in memory; headings are left out, since they answer nothing."""
    body = [paragraph for paragraph in paragraphs if not paragraph.heading]
    all_asks = list(asks)
    terms_of = analyzer.question_terms
    chinese = [ask for ask in all_asks if not ask.english]
    body_terms = [analyzer.text_terms(paragraph.text) for paragraph in body]
    chinese_terms = [analyzer.question_terms(ask.text) for ask in chinese]
    english, english_terms = [], []
    for ask in all_asks:
        if ask.english:
            mandarin, terms = analyzer.english_terms(ask.text)
            english.append(dataclasses.replace(ask, mandarin=mandarin))
            english_terms.append(terms)
    return Index(
        paragraphs=body,
        text={name: Postings.build(t[name] for t in body_terms) for name in TEXT_FIELDS},
        known=KnownQuestions.build(chinese, chinese_terms, QUESTION_FIELDS, terms_of),
        english=KnownQuestions.build(english, english_terms, ENGLISH_FIELDS, terms_of),
    )


def folder_for(state: Path, fingerprint: str) -> Path:
    """Return where the index with a fingerprint lies below the state folder."""
    return state / f"index-{fingerprint[:16]}"


def save(index: Index, state: Path, fingerprint: str) -> Path:
    """Write an index and remove those of other fingerprints; return its folder.

    Raises:
        OSError: The folder cannot be written; nothing is left behind.
    """
    state.mkdir(parents=True, exist_ok=True)
    target = folder_for(state, fingerprint)
    temporary = Path(tempfile.mkdtemp(prefix=".index-", dir=state))
    try:
        _write_rows(temporary / "paragraphs.jsonl", index.paragraphs)
        index.known.save(temporary / "asks")
        index.english.save(temporary / "english")
        readings = json.dumps(index.readings, ensure_ascii=False)
        (temporary / "readings.json").write_text(readings, encoding="utf-8")
        (temporary / "paragraphs").mkdir()
        for name, postings in index.text.items():
            postings.save(temporary / "paragraphs" / name)
        meta = json.dumps({"format": FORMAT, "fingerprint": fingerprint})
        (temporary / "meta.json").write_text(meta, encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    for other in state.glob("index-*"):
        if other != target:
            shutil.rmtree(other, ignore_errors=True)
    return target


def load(state: Path, fingerprint: str) -> Index:
    """Return the index with a fingerprint; its postings are mapped, not read.

    Raises:
        StaleIndexError: There is none, or it is damaged.
    """
    folder = folder_for(state, fingerprint)
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        paragraphs = [Paragraph(**row) for row in _read_rows(folder / "paragraphs.jsonl")]
        readings = json.loads((folder / "readings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError) as error:
        raise StaleIndexError(f"{folder}: no usable index; run python -m bot index") from error
    if meta != {"format": FORMAT, "fingerprint": fingerprint}:
        raise StaleIndexError(f"{folder}: made from another corpus; run python -m bot index")
    index = Index(
        paragraphs,
        {name: Postings.open(folder / "paragraphs" / name) for name in TEXT_FIELDS},
        KnownQuestions.open(folder / "asks", QUESTION_FIELDS),
        KnownQuestions.open(folder / "english", ENGLISH_FIELDS),
        readings,
    )
    if any(len(postings.lengths) != len(paragraphs) for postings in index.text.values()):
        raise StaleIndexError(f"{folder}: damaged; run python -m bot index")
    return index


def _write_rows(path: Path, rows: Iterable[Paragraph]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(dataclasses.asdict(row), ensure_ascii=False) + "\n")


def _read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
