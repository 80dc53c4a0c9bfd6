"""Putting a better copy of an article in the place of the one that the corpus has.

Everything here decides and writes nothing: which copy seems better, whether the asks of the old one hold for the new
one, and which files change.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bot import collection
from bot.analysis import asks as asks_format
from bot.article import MARK_OPEN, Article
from bot.errors import IngestError
from bot.ingest import marks

LONGER = 1.02
"""Times as many characters from which one copy is the longer one; less is punctuation."""
NAMED = 3
"""Asks that do not fit, up to which each is named."""


class Row(NamedTuple):
    """One thing that two copies of an article are compared by.

    Args:
        name: The thing.
        new: What the new copy has of it.
        old: What the corpus's has.
        better: 1 where the new copy is the better one by it, -1 where the old is, else 0.
    """

    name: str
    new: str
    old: str
    better: int


def compare(new: Article, old: Article) -> list[Row]:
    """Return what two copies of an article differ in, and in what they do not."""
    new_marks, old_marks = (marks.count(article.body) for article in (new, old))
    rows = [Row("marked characters", str(new_marks), str(old_marks), _sign(old_marks - new_marks))]
    for name in ("title", "publisher", "published", "event_date"):
        mine, theirs = getattr(new, name) or "", getattr(old, name) or ""
        known = len(mine) - len(theirs) if name == "published" else bool(mine) - bool(theirs)
        rows.append(Row(name, mine or "–", theirs or "–", _sign(known)))
    counts = (len(new.paragraphs), len(old.paragraphs))
    rows.append(Row("paragraphs", f"{counts[0]}", f"{counts[1]}", 0))
    sizes = (len(new.body), len(old.body))
    longer = 1 if sizes[0] > LONGER * sizes[1] else -1 if sizes[1] > LONGER * sizes[0] else 0
    rows.append(Row("characters", f"{sizes[0]:,}", f"{sizes[1]:,}", longer))
    return rows


def verdict(rows: list[Row]) -> str:
    """Return which copy seems the better one, and why."""
    total = sum(row.better for row in rows)
    if total == 0:
        return "neither seems the better copy"
    side, other = ("new", "old") if total > 0 else ("old", "new")
    reasons = [
        f"{row.name} {getattr(row, side)} against {getattr(row, other)}"
        for row in rows
        if row.better * total > 0
    ]
    name = "the new copy" if total > 0 else "the corpus's copy"
    return f"{name} seems better: {', '.join(reasons)}"


def files(corpus: Path, old: Article, new: Article) -> dict[str, bytes | None]:
    """Return what changes beside the new article's own files: the old one's go, its asks become the new one's.

    Raises:
        IngestError: Some ask does not fit the new article; says which.
    """
    gone = {f"articles/{old.id}.md", f"edits/{old.id}.jsonl"}
    gone |= {f"raw/{path.name}" for path in (corpus / "raw").glob("*.*") if path.stem == old.id}
    changes: dict[str, bytes | None] = dict.fromkeys(gone)
    path = corpus / "asks" / f"{old.id}.toml"
    if path.exists():
        text = collection.read_text(path)
        unfit = unfit_asks(text, path, new)
        if unfit:
            told = "; ".join(unfit[:NAMED]) + (" …" if len(unfit) > NAMED else "")
            problem = (
                f"{old.id} stays: {len(unfit)} of its asks' clauses do not stand in the new copy"
            )
            raise IngestError(f"{problem}: {told}")
        changes[f"asks/{old.id}.toml"] = None
        changes[f"asks/{new.id}.toml"] = text.encode()
    return changes


def unfit_asks(text: str, path: Path, article: Article) -> list[str]:
    """Return what asks say of an article that it does not say in the same paragraph, each once, in order.

    Raises:
        CorpusError: The asks cannot be read.
    """
    unfit: dict[str, None] = {}
    for ask in asks_format.parse(text, path, article.id):
        number = ask.paragraph
        if number is None or not 0 <= number < len(article.paragraphs):
            unfit[f"paragraph {number}"] = None
        elif article.paragraphs[number].heading:
            unfit[f"paragraph {number} is a heading"] = None
        elif ask.says is not None and (
            ask.says not in article.paragraphs[number].text or MARK_OPEN in ask.says
        ):
            unfit[f"paragraph {number}: {ask.says!r}"] = None
    return [*unfit]


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)
