"""What a corpus holds and what it lacks, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.table import Table

from bot import collection, edits
from bot.analysis import asks as asks_format
from bot.analysis.sentences import sentences
from bot.article import Article
from bot.ingest import knowledge, marks, page, received
from bot.ingest.screen import Screen, visible

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of a corpus; each mapping is a count by name.

    Args:
        articles: Articles.
        paragraphs: Paragraphs, headings not among them.
        headings: Headings.
        characters: Characters of the articles' bodies.
        marked: Paragraphs with uncertain characters: how many of them, and the sentences that are never quoted.
        places: Articles by place; "上海市 静安区" counts for 上海市, too.
        published: Articles by date of publication, None among them as "unknown".
        precision: Articles by how precisely that is known: "day", "month", "year", "unknown".
        event_dates: Articles by the day that they give themselves.
        years: Articles by year named in their texts.
        publishers: Articles by publisher.
        titled: Articles whose title is known.
        asks: By article, its answered and unanswered asks.
        unasked: Paragraphs that no ask is answered by.
        formats: Articles by ending of the file received.
        encodings: Raw texts by encoding.
        edits: By kind: edits, characters removed, characters written.
    """

    articles: int
    paragraphs: int
    headings: int
    characters: int
    marked: Mapping[str, tuple[int, tuple[str, ...]]]
    places: Mapping[str, int]
    published: Mapping[str, int]
    precision: Mapping[str, int]
    event_dates: Mapping[str, int]
    years: Mapping[str, int]
    publishers: Mapping[str, int]
    titled: int
    asks: Mapping[str, tuple[int, int]]
    unasked: tuple[str, ...]
    formats: Mapping[str, int]
    encodings: Mapping[str, int]
    edits: Mapping[str, tuple[int, int, int]]

    def to_json(self) -> dict[str, Any]:
        """Return what `corpus stats --json` prints."""
        return asdict(self) | {
            "marked": {
                name: {"characters": characters, "sentences": list(found)}
                for name, (characters, found) in self.marked.items()
            },
            "asks": {
                name: {"answered": answered, "unanswered": unanswered}
                for name, (answered, unanswered) in self.asks.items()
            },
            "edits": {
                kind: {"edits": count, "removed": removed, "written": written}
                for kind, (count, removed, written) in self.edits.items()
            },
        }


def count(corpus: Path, begun: Callable[[str, int], object] = lambda name, total: None) -> Stats:
    """Count a corpus.

    Args:
        corpus: The corpus folder.
        begun: Told of each file of asks that is read, most of the work: its name, and how many there are.

    Raises:
        CorpusError: A file of it is missing or broken.
    """
    articles = collection.read_articles(corpus)
    by_id = {article.id: article for article in articles}
    paragraphs = [paragraph for article in articles for paragraph in article.paragraphs]
    files = [received.find(corpus, article.id) for article in articles]
    return Stats(
        articles=len(articles),
        paragraphs=sum(not paragraph.heading for paragraph in paragraphs),
        headings=sum(paragraph.heading for paragraph in paragraphs),
        characters=sum(len(paragraph.text) for paragraph in paragraphs),
        marked={p.id: (n, _marked(p.text)) for p in paragraphs if (n := marks.count(p.text))},
        places=_ordered(" ".join(levels) for article in articles for levels in _places(article)),
        published=_ordered(article.published or "unknown" for article in articles),
        precision=_ordered(_PRECISION.get(len(a.published or ""), "unknown") for a in articles),
        event_dates=_ordered(article.event_date or "unknown" for article in articles),
        years=_ordered(year for a in articles for year in {*_YEAR.findall(a.body)}),
        publishers=_ordered(article.publisher or "unknown" for article in articles),
        titled=sum(article.title is not None for article in articles),
        asks=_asks(corpus, by_id, begun),
        unasked=tuple(knowledge.unasked(corpus, by_id)),
        formats=_ordered(file.original.suffix for file in files),
        encodings=_ordered(page.decoded(file.page.read_bytes()).encoding for file in files),
        edits=_edits(corpus, articles),
    )


def show(stats: Stats, screen: Screen) -> None:
    """Show counts: a table on a terminal, aligned columns in a pipe."""
    totals = {
        "articles": stats.articles,
        "paragraphs": stats.paragraphs,
        "headings": stats.headings,
        "characters": stats.characters,
        "titles known": stats.titled,
    }
    _table(screen, "corpus", ("", "count"), totals.items())
    marked = [
        (name, characters, sentence)
        for name, (characters, found) in stats.marked.items()
        for sentence in found
    ]
    _table(screen, "never quoted", ("paragraph", "marked", "sentence"), marked)
    for title, counts in (
        ("places", stats.places),
        ("publishers", stats.publishers),
        ("published", stats.published),
        ("precision of that", stats.precision),
        ("day of the event", stats.event_dates),
        ("years named", stats.years),
        ("formats", stats.formats),
        ("encodings", stats.encodings),
    ):
        _table(screen, title, ("", "articles"), counts.items())
    asks = [(name, *counts) for name, counts in stats.asks.items()]
    _table(screen, "asks", ("article", "answered", "unanswered"), asks)
    _table(screen, "without asks", ("paragraph",), [(name,) for name in stats.unasked])
    changes = [(kind, *counts) for kind, counts in stats.edits.items()]
    _table(screen, "edits", ("kind", "edits", "removed", "written"), changes)


def _table(
    screen: Screen, title: str, names: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    cells = [[visible(f"{c:,}" if isinstance(c, int) else str(c)) for c in row] for row in rows]
    if not cells:
        return
    numeric = [
        all(cell.replace(",", "").isdecimal() for cell in column)
        for column in zip(*cells, strict=True)
    ]
    numeric[0] = False
    if screen.console.is_terminal:
        table = Table(title=title, title_justify="left", title_style="bold")
        for name, is_number in zip(names, numeric, strict=True):
            table.add_column(name, justify="right" if is_number else "left", overflow="fold")
        for row in cells:
            table.add_row(*row)
        screen.show(table)
        return
    lines = [[title, *names[1:]], *cells]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = [
            " " * (width - cell_len(cell)) + cell
            if right
            else cell + " " * (width - cell_len(cell))
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        screen.show("  ".join(padded).rstrip())
    screen.show()


def _ordered(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _places(article: Article) -> list[tuple[str, ...]]:
    """Return each level of an article's region with those above it."""
    levels = article.region.levels or ("unknown",)
    return [levels[:size] for size in range(1, len(levels) + 1)]


def _marked(text: str) -> tuple[str, ...]:
    found = (text[start:end] for start, end in sentences(text))
    return tuple(sentence for sentence in found if marks.count(sentence))


def _asks(
    corpus: Path, articles: Mapping[str, Article], begun: Callable[[str, int], object]
) -> dict[str, tuple[int, int]]:
    found = dict.fromkeys(articles, (0, 0))
    files = collection.read_asks(corpus)
    for path, article_id, text in files:
        begun(path.name, len(files))
        asks = asks_format.parse(text, path, article_id)
        answered = sum(ask.answered for ask in asks)
        found[article_id or "(whole corpus)"] = (answered, len(asks) - answered)
    return found


def _edits(corpus: Path, articles: Iterable[Article]) -> dict[str, tuple[int, int, int]]:
    found = dict.fromkeys(edits.KINDS, (0, 0, 0))
    for article in articles:
        path = corpus / "edits" / f"{article.id}.jsonl"
        for edit in edits.parse(collection.read_text(path), path):
            count, removed, written = found[edit.kind]
            found[edit.kind] = (count + 1, removed + len(edit.raw), written + len(edit.clean))
    return {kind: counts for kind, counts in found.items() if counts[0]}
