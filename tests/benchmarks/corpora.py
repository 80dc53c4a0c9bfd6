"""Corpora to fit and to measure on: the one that ships with its known questions thinned out, invented reports, the law."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import collection, indexing
from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.numerals import in_chinese
from bot.answer import basis
from bot.article import Article, Kind, Paragraph, Region
from bot.ingest import incoming, pipeline
from bot.ingest.document import Document
from bot.search.index import Index, Meanings
from bot.search.meaning import SentenceModel
from bot.settings import shipped_corpus

PAGES = Path(__file__).parents[1] / "pages" / "articles.jsonl"
FURTHER = PAGES.with_name("further.jsonl")
UNANSWERED = 0.6
"""Unanswered asks for each answered one, as `corpus/README.md` asks operators to write them."""


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file with one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def write(folder: Path, articles: Sequence[Article]) -> Path:
    """Write a corpus of some articles, without asks, with the lexicon that ships; return its folder."""
    (folder / "articles").mkdir(parents=True)
    (folder / "asks").mkdir()
    (folder / "lexicon").symlink_to((shipped_corpus() / "lexicon").resolve())
    for article in articles:
        path = folder / "articles" / f"{article.id}.md"
        path.write_text(collection.render_article(article), encoding="utf-8")
    return folder


def indexed(
    folder: Path,
    asks: Sequence[Ask],
    model: SentenceModel | None,
    vectors: dict[bytes, Any],
) -> tuple[Analyzer, Index]:
    """Return the analyzer and the index of a corpus with some known questions.

    Args:
        folder: The corpus.
        asks: The known questions.
        model: Reads sentences; None for an index without their vectors.
        vectors: Vectors by digest; those that had to be made are added.
    """
    analyzer = indexing.read_analyzer(folder)
    index = indexing.index_of(folder, asks, analyzer, Meanings(model, vectors) if model else None)
    if index.vectors is not None and index.digests is not None:
        keys = (row.tobytes() for row in index.digests)
        vectors.update(zip(keys, index.vectors, strict=True))
    return analyzer, index


def reports(path: Path = PAGES) -> list[Article]:
    """Return the invented reports of `tests/pages`, or of another file of that form."""
    return [
        Article(
            id=row["id"],
            title=row["title"],
            publisher=row.get("publisher"),
            paragraphs=_paragraphs(
                row["id"], [(p["text"], p["heading"]) for p in row["paragraphs"]]
            ),
            published=row.get("published"),
            event_date=row.get("event_date"),
            reporters=tuple(row.get("reporters") or ()),
            editor=row.get("editor"),
            region=Region(**(row.get("region") or {})),
        )
        for row in read_jsonl(path)
    ]


def statutes(folder: Path) -> list[Article]:
    """Return the laws in a folder of files, as the cleaning reads them."""
    found: list[Article] = []
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".md", ".txt", ".jsonl") or path.stem == "README":
            continue
        for document in incoming.documents(path.name, path.read_bytes(), str(path)):
            article = pipeline.clean(document).article if isinstance(document, Document) else None
            if article is not None and article.kind is Kind.STATUTE:
                found.append(article)
    return found


def lay_questions(
    folder: Path, laws: Sequence[Article], answerable: int | None = None, others: int = 0
) -> list[dict[str, Any]]:
    """Return lay questions with the paragraphs that answer them, and some that other laws than these answer.

    Args:
        folder: A collection of `queries.dev.jsonl`, `qrels.dev.tsv` and `corpus.jsonl` whose documents are called
            by their law and number (产品质量法第四十一条).
        laws: As `statutes` gives them.
        answerable: How many of the ones, drawn at random; None is all.
        others: How many of the others.
    """
    leaves = _leaves(laws)
    titles = {row["id"]: _law(row["title"]) for row in read_jsonl(folder / "corpus.jsonl")}
    gold: defaultdict[str, list[str]] = defaultdict(list)
    for line in (folder / "qrels.dev.tsv").read_text(encoding="utf-8").splitlines():
        query, document, _ = line.split("\t")
        gold[query].append(document)
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for query in read_jsonl(folder / "queries.dev.jsonl"):
        found = [
            leaf for document in gold[query["id"]] for leaf in leaves.get(titles[document], ())
        ]
        rows[not found].append(
            {
                "id": query["id"], "chat": query["id"], "kind": "lay", "question": query["text"],
                "seeds": sorted({leaf.partition("#")[0] for leaf in found}), "quotes": [], "answer": [],
                "paragraphs": found, "answerable": bool(found),
            }
        )  # fmt: skip
    chance = random.Random(3)
    first = rows[0] if answerable is None else chance.sample(rows[0], answerable)
    return first + chance.sample(rows[1], others)


def rule_questions(path: Path, articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Return the questions of a file about the guide and the law, with the paragraphs of some articles that answer them.

    Args:
        path: Lines with an id and a question; those that are answered name the 条 of laws that answer them, as a law's
            name and a number each, and may name an article of the guide and what it says.
        articles: Statutes and the guide.
    """
    leaves = _leaves([article for article in articles if article.kind is Kind.STATUTE])
    guide = {article.id: article for article in articles if article.kind is Kind.GUIDE}
    items = []
    for row in read_jsonl(path):
        found = [
            leaf for law, n in row.get("law", ()) for leaf in leaves.get(_provision(law, n), ())
        ]
        bases = {_provision(law, n) for law, n in row.get("law", ())}
        for article in guide.values():
            for paragraph in article.paragraphs:
                if article.id == row.get("guide"):
                    told = row["says"] in paragraph.text
                else:
                    told = "guide" not in row and bool(bases & _bases(paragraph))
                found += [paragraph.id] if told else []
        items.append(
            {
                "id": row["id"], "chat": row["id"], "kind": "rule", "question": row["question"],
                "seeds": sorted({leaf.partition("#")[0] for leaf in found}), "quotes": [], "answer": [],
                "paragraphs": found, "answerable": "law" in row,
            }
        )  # fmt: skip
    return items


def _provision(law: str, number: int) -> str:
    return f"{_law(law)}第{in_chinese(number)}条"


def _bases(paragraph: Paragraph) -> set[str]:
    found = basis.parse(paragraph.basis) if paragraph.basis else []
    return {f"{_law(one.title)}{one.name}" for one in found}


def _leaves(laws: Sequence[Article]) -> dict[str, list[str]]:
    """Return the paragraphs of each 条, under the law's name and its own."""
    leaves: dict[str, list[str]] = {}
    for law in laws:
        for paragraph in law.paragraphs:
            provision = law.provision(paragraph)
            if provision is not None:
                key = f"{_law(law.name)}{provision.name}"
                leaves.setdefault(key, []).append(paragraph.id)
    return leaves


def thinned(asks: Sequence[Ask], density: int | None) -> list[Ask]:
    """Return the known questions with at most some answered ones a paragraph; None keeps all.

    Unanswered ones are thinned out with them; those of the corpus as a whole all stay.
    """
    if density is None:
        return list(asks)
    by_paragraph: defaultdict[tuple[str, bool, bool], list[Ask]] = defaultdict(list)
    kept = [ask for ask in asks if ask.paragraph_id is None]
    for ask in asks:
        if ask.paragraph_id is not None:
            by_paragraph[ask.paragraph_id, ask.answered, ask.english].append(ask)
    chance = random.Random(4)
    for (_, answered, english), own in by_paragraph.items():
        most = density if answered else round(density * UNANSWERED)
        kept += chance.sample(own, min(len(own), most // 3 if english else most))
    return kept


def shipped_asks(density: int | None, *, guide: bool = False) -> list[Ask]:
    """Return the known questions that ship, thinned out; with those about the guide or without."""
    return thinned(indexing.read_asks(shipped_corpus(), guide=guide), density)


def _paragraphs(article_id: str, rows: Sequence[tuple[str, bool]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(article_id, n, text, heading) for n, (text, heading) in enumerate(rows))


def _law(title: str) -> str:
    """Return a law's name, or that of one of its articles, as it is compared."""
    name = "".join(char for char in title if char.isalnum()).replace("中华人民共和国", "")
    return re.sub("^民法典(?:总则|合同编|侵权责任编)", "民法典", name)
