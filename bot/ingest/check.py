"""Proof of a corpus folder: raw text and edits give each article exactly, asks quote them, nothing else lies about.

    corpus/articles/<id>.md:12: paragraph 3 is not what raw text and edits give

is how a fault reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from bot import collection, edits
from bot.article import MARK_CLOSE, MARK_OPEN, Article
from bot.edits import Edit
from bot.errors import CorpusError
from bot.ingest import knowledge, marks, received
from bot.ingest.copies import Copies

FOLDERS = {
    "raw": received.PAGES | received.ORIGINALS,
    "articles": frozenset({".md"}),
    "edits": frozenset({".jsonl"}),
}
"""What may stand in each folder, by ending."""


def faults(
    corpus: Path, begun: Callable[[str, int], object] = lambda name, total: None
) -> Iterator[CorpusError]:
    """Yield every fault of a corpus folder; reads all of it, writes nothing.

    Args:
        corpus: The corpus folder.
        begun: Told of each article that is read: its id, and how many there are.
    """
    yield from _stray_files(corpus)
    known: dict[str, Article] = {}
    copies = Copies()
    paths = sorted((corpus / "articles").glob("*.md"))
    for path in paths:
        begun(path.stem, len(paths))
        try:
            article = collection.read_article(path)
        except CorpusError as error:
            yield error
            continue
        yield from _article_faults(corpus, article)
        copied = copies.of(article)
        if copied:
            yield CorpusError(path, None, f"is a copy of {copied}")
        copies.add(article)
        known[article.id] = article
    if not known:
        yield CorpusError(corpus / "articles", None, "holds no article (*.md)")
    with suppress(CorpusError):  # what is broken of the guide is told with what it is based on
        known |= {article.id: article for article in collection.read_guide(corpus)}
    yield from knowledge.faults(corpus, known)
    yield from knowledge.suggestion_faults(corpus)


def _article_faults(corpus: Path, article: Article) -> Iterator[CorpusError]:
    path = corpus / "articles" / f"{article.id}.md"
    for paragraph in article.paragraphs:
        if marks.are_bad(paragraph.text):
            line = _line_of(path, paragraph.number)
            yield CorpusError(
                path, line, f"a mark {MARK_OPEN}…{MARK_CLOSE} is empty, open or nested"
            )
    edits_path = corpus / "edits" / f"{article.id}.jsonl"
    try:
        raw = received.text(received.find(corpus, article.id))
        found = edits.parse(collection.read_text(edits_path), edits_path)
    except CorpusError as error:
        yield error
        return
    unfit = _unfit(raw, found)
    if unfit is not None:
        yield CorpusError(edits_path, unfit + 1, "does not fit the raw text")
        return
    yield from _differences(path, edits.apply(raw, found).split("\n"), article)


def _unfit(raw: str, found: list[Edit]) -> int | None:
    """Return the number of the first edit that does not fit the raw text, or None."""
    return next((n for n, edit in enumerate(found) if raw[edit.start : edit.end] != edit.raw), None)


def _differences(path: Path, proven: list[str], article: Article) -> Iterator[CorpusError]:
    texts = [paragraph.text for paragraph in article.paragraphs]
    for number, (text, proof) in enumerate(zip(texts, proven, strict=False)):
        if text != proof:
            problem = f"paragraph {number} is not what raw text and edits give"
            yield CorpusError(path, _line_of(path, number), problem)
    if len(texts) != len(proven):
        problem = f"has {len(texts)} paragraphs; raw text and edits give {len(proven)}"
        yield CorpusError(path, None, problem)


def _line_of(path: Path, number: int) -> int | None:
    """Return the line of an article's file that holds a paragraph."""
    lines = collection.read_text(path).split("\n")
    begin = lines.index(collection.FRONT_MATTER, 1) + 1
    full = [n for n, line in enumerate(lines[begin:], start=begin + 1) if line]
    return full[number] if number < len(full) else None


def _stray_files(corpus: Path) -> Iterator[CorpusError]:
    articles = {path.stem for path in (corpus / "articles").glob("*.md")}
    for folder, suffixes in FOLDERS.items():
        if not (corpus / folder).is_dir():
            yield CorpusError(corpus / folder, None, "no such folder")
            continue
        for path in sorted((corpus / folder).iterdir()):
            if path.suffix not in suffixes or not path.is_file():
                allowed = ", ".join(f"<id>{suffix}" for suffix in sorted(suffixes))
                yield CorpusError(path, None, f"does not belong here: only {allowed}")
            elif path.stem not in articles:
                yield CorpusError(path, None, "belongs to no article")
