"""The index of one corpus, in memory or in a folder: paragraphs and known questions with their postings.

On disk, below the state folder, a folder of its own for each fingerprint, so that an index is either whole or not
there, and a bot that still reads the old one is not disturbed by a new one:

    index-<fingerprint>/
        meta.json                       format and fingerprint, written last
        paragraphs.jsonl, asks.jsonl    what is found, one object a line, in the order of the documents
        paragraphs/<field>/…            postings, see `bot.search.postings`
        asks/<field>/…
        readings.json                   pinyin of the words
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

from bot.analysis.analyzer import QUESTION_FIELDS, TEXT_FIELDS, Analyzer
from bot.analysis.asks import Ask
from bot.article import Paragraph
from bot.errors import StaleIndexError
from bot.search.postings import Postings

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that the embedded backend searches.

    Args:
        paragraphs: The indexed paragraphs; a document number is a place in here.
        text: Their postings by field.
        asks: The known questions; a document number is a place in here.
        questions: Their postings by field.
        readings: Pinyin syllables of the words, for whoever has to tell them by their sound.
    """

    paragraphs: Sequence[Paragraph]
    text: Mapping[str, Postings]
    asks: Sequence[Ask]
    questions: Mapping[str, Postings]
    readings: Mapping[str, Sequence[str]] = field(default_factory=dict)


def build(paragraphs: Iterable[Paragraph], asks: Iterable[Ask], analyzer: Analyzer) -> Index:
    """Return an index in memory; headings are left out, since they answer nothing."""
    body = [paragraph for paragraph in paragraphs if not paragraph.heading]
    known = list(asks)
    body_terms = [analyzer.text_terms(paragraph.text) for paragraph in body]
    known_terms = [analyzer.question_terms(ask.text) for ask in known]
    return Index(
        paragraphs=body,
        text={name: Postings.build(t[name] for t in body_terms) for name in TEXT_FIELDS},
        asks=known,
        questions={name: Postings.build(t[name] for t in known_terms) for name in QUESTION_FIELDS},
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
        _write_rows(temporary / "asks.jsonl", index.asks)
        readings = json.dumps(index.readings, ensure_ascii=False)
        (temporary / "readings.json").write_text(readings, encoding="utf-8")
        for name, fields in (("paragraphs", index.text), ("asks", index.questions)):
            (temporary / name).mkdir()
            for field, postings in fields.items():
                postings.save(temporary / name / field)
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
        asks = [Ask(**row) for row in _read_rows(folder / "asks.jsonl")]
    except (OSError, ValueError, TypeError) as error:
        raise StaleIndexError(f"{folder}: no usable index; run python -m bot index") from error
    if meta != {"format": FORMAT, "fingerprint": fingerprint}:
        raise StaleIndexError(f"{folder}: made from another corpus; run python -m bot index")
    index = Index(
        paragraphs,
        {name: Postings.open(folder / "paragraphs" / name) for name in TEXT_FIELDS},
        asks,
        {name: Postings.open(folder / "asks" / name) for name in QUESTION_FIELDS},
        readings,
    )
    sizes = {len(p.lengths) for p in index.text.values()} | {len(paragraphs)}
    known = {len(p.lengths) for p in index.questions.values()} | {len(asks)}
    if len(sizes) > 1 or len(known) > 1:
        raise StaleIndexError(f"{folder}: damaged; run python -m bot index")
    return index


def _write_rows(path: Path, rows: Iterable[Paragraph | Ask]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(dataclasses.asdict(row), ensure_ascii=False) + "\n")


def _read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
