"""Judges answers against a question set; the sets' format is told in tests/questions/README.md."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.analysis.chars import fold
from bot.dialogue.reply import Reply, Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance

UNANSWERABLE = {"unanswerable", "nearmiss", "offtopic", "hostile"}


def letters(text: str) -> str:
    """Return a text's letters and digits, folded: what a quote is compared by."""
    return "".join(
        c for c in fold(unicodedata.normalize("NFKC", text)) if unicodedata.category(c)[0] in "LN"
    )


def read_set(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


@dataclass
class Measures:
    """Counts over a set; the properties are shares."""

    counts: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)

    def share(self, part: str, whole: str, kind: str | None = None) -> float:
        counts = self.by_kind[kind] if kind else self.counts
        return counts[part] / counts[whole] if counts[whole] else 1.0

    def as_dict(self) -> dict[str, float]:
        quotes = max(self.counts["quotes"], 1)
        return {
            "hit@1": self.share("hit1", "answerable"),
            "hit@3": self.share("hit3", "answerable"),
            "lead": self.share("lead", "with_lead"),
            "refusal_recall": self.share("refused", "unanswerable"),
            "false_refusals": self.share("false_refusals", "answerable"),
            "smalltalk": self.share("smalltalk_right", "smalltalk"),
            "verbatim": self.share("verbatim", "quotes"),
            "quote_length": self.counts["quote_letters"] / quotes,
        }


async def judge(dialogue: Dialogue, items: list[dict[str, Any]], name: str) -> Measures:
    """Ask a set's questions, each chat a conversation, and measure the replies."""
    measures = Measures()
    for item in items:
        reply = await dialogue.turn(Utterance(item["question"], f"{name}:{item['chat']}"))
        counts = counted(item, reply)
        measures.counts += counts
        measures.by_kind.setdefault(item["kind"], Counter()).update(counts)
    return measures


def counted(item: dict[str, Any], reply: Reply) -> Counter[str]:
    answered = reply.status is Status.ANSWERED
    counts: Counter[str] = Counter()
    for shown in reply.excerpts:
        excerpt = shown.excerpt
        counts["quotes"] += 1
        counts["quote_letters"] += len(letters(excerpt.quote))
        counts["verbatim"] += excerpt.quote in excerpt.paragraph.text
    if item["answerable"]:
        counts["answerable"] += 1
        counts["false_refusals"] += not answered
        counts["hit1"] += answered and holds(item, reply, 1)
        counts["hit3"] += answered and holds(item, reply, 3)
        if item["answer"]:
            counts["with_lead"] += 1
            counts["lead"] += answered and all(
                letters(part) in letters(reply.lead) for part in item["answer"]
            )
    elif item["kind"] in UNANSWERABLE:
        counts["unanswerable"] += 1
        counts["refused"] += not answered
    elif item["kind"] == "smalltalk":
        counts["smalltalk"] += 1
        counts["smalltalk_right"] += reply.status is Status.SMALLTALK
    return counts


def holds(item: dict[str, Any], reply: Reply, k: int) -> bool:
    """Whether one of the first `k` quotes answers; of a comparison, all of its sides among the first three."""
    cited = [(s.excerpt.article.id, letters(s.excerpt.quote)) for s in reply.excerpts]
    if item.get("all_quotes"):
        return all(
            any(article == seed and letters(quote) in text for article, text in cited)
            for seed, quote in zip(item["seeds"], item["quotes"], strict=True)
        )
    return any(
        article in item["seeds"] and any(letters(quote) in text for quote in item["quotes"])
        for article, text in cited[:k]
    )
