"""How well the shipped weights read articles that nobody wrote known questions for, and the shipped ones with ever more.

    python tests/benchmarks/reading.py [--articles FILE --questions FILE] [--words] [--beside]
    python tests/benchmarks/reading.py --densities SET [--words]

Articles are in the form of `tests/pages/articles.jsonl`, questions in that of `tests/questions`. `first` and `three` say how
often the right sentence stands first, or among the first three, before anything is refused; the rest is what users get.
`--words` leaves the sentence vectors out, `--beside` puts the articles beside those that ship.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import collection, indexing, wiring
from bot.analysis.asks import Ask
from bot.search.meaning import SentenceModel
from bot.settings import Settings, shipped_corpus
from bot.store.memory import MemoryStateStore
from tests.benchmarks import corpora
from tests.benchmarks.rows import quoted, rows_of
from tests.judging import judge

QUESTIONS = Path(__file__).parents[1] / "questions"
DENSITIES = (0, 1, 5, 30, None)
MEASURES = ("hit@1", "hit@3", "lead", "refusal_recall", "false_refusals")


async def measured(
    corpus: Path, asks: Sequence[Ask], items: list[dict[str, Any]], model: SentenceModel | None
) -> str:
    """Return the measures of some questions on a corpus with some known questions, in one line."""
    analyzer, index = corpora.indexed(corpus, asks, model, VECTORS)
    dialogue = wiring.assembled(corpus, analyzer, index, MemoryStateStore(), None, model)
    rows = await rows_of(dialogue.answering, items, stray=False)
    asked = [row for row in rows if row.item["answerable"]]
    tops: list[list[bool]] = []
    for row in asked:
        best = {}
        for _, candidate, _ in row.reading.ranked if row.reading else ():
            best.setdefault(candidate.hit.sentence, candidate)
        tops.append([quoted(candidate, row.item) for candidate in list(best.values())[:3]])
    first = sum(top[:1] == [True] for top in tops) / max(len(tops), 1)
    three = sum(any(top) for top in tops) / max(len(tops), 1)
    measures = await judge(dialogue, items, "reading")
    shown = " ".join(f"{name} {measures.as_dict()[name]:.3f}" for name in MEASURES)
    kinds = " ".join(
        f"{kind} {measures.share('refused', 'unanswerable', kind):.3f}"
        for kind in ("nearmiss", "unanswerable", "offtopic")
        if kind in measures.by_kind
    )
    return f"first {first:.3f} three {three:.3f} | {shown} | refused: {kinds}"


VECTORS: dict[bytes, Any] = {}


def main() -> None:
    """Print a line for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=Path, default=corpora.PAGES)
    parser.add_argument("--questions", type=Path, default=QUESTIONS / "pages.jsonl")
    parser.add_argument("--densities", help="a set of tests/questions")
    parser.add_argument("--words", action="store_true", help="without sentence vectors")
    parser.add_argument("--beside", action="store_true", help="beside the articles that ship")
    options = parser.parse_args()
    settings = Settings(shipped_corpus(), Path(), semantic=not options.words)
    model = indexing.sentence_model(settings)
    print("with sentence vectors" if model else "with words alone")
    if options.densities:
        items = corpora.read_jsonl(QUESTIONS / f"{options.densities}.jsonl")
        for density in DENSITIES:
            asks = corpora.shipped_asks(density)
            line = asyncio.run(measured(shipped_corpus(), asks, items, model))
            print(f"{'all' if density is None else density:>4}: {line}", flush=True)
        return
    items, articles = corpora.read_jsonl(options.questions), corpora.reports(options.articles)
    asks = []
    if options.beside:
        articles += collection.read_articles(shipped_corpus())
        asks = corpora.shipped_asks(None)
    with tempfile.TemporaryDirectory() as folder:
        corpus = corpora.write(Path(folder) / "corpus", articles)
        print(asyncio.run(measured(corpus, asks, items, model)))


if __name__ == "__main__":
    main()
