"""Two judgements by measured features: which clause answers best, and whether it answers at all.

The first is a sum of weighted features, the second boosted decision trees: what speaks for an answer depends on what
else is known (a close unanswered ask matters less where the clause has the number that was asked for). Their features
mean the same in every corpus: similarities and shares between 0 and 1, fits and flags. No raw score of the search engine
is among them. Weights and trees stand in `judgement.json`, which says by what it was written.

Source: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", 2001.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

Features = dict[str, float]


class Node(NamedTuple):
    """A node of a tree: a leaf where `feature` is "", else a question about one feature.

    Args:
        feature: Name of the feature asked about.
        at_most: Where the feature is at most this, the walk goes on at `low`, else at `high`.
        low: Place of a node in its tree.
        high: The same.
        value: What a leaf adds to the log-odds.
    """

    feature: str
    at_most: float
    low: int
    high: int
    value: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Both models for one kind of candidate.

    Args:
        ranking: Weight by feature; the best clause has the largest sum.
        prior: Log-odds of an answer before any feature is known.
        trees: What each adds, a tree's root first.
    """

    ranking: Mapping[str, float]
    prior: float
    trees: Sequence[Sequence[Node]]

    def rank(self, features: Features) -> float:
        """Return a clause's sum."""
        return sum(self.ranking.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Features) -> float:
        """Return how probable it is that the best clause answers the question, 0 to 1."""
        logit = self.prior + sum(_leaf(tree, features) for tree in self.trees)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Judgement:
    """All weights.

    Args:
        asked: For clauses of paragraphs that have known questions.
        unasked: For sentences of paragraphs that have none.
        threshold: Probability from which on the bot answers.
    """

    asked: Weights
    unasked: Weights
    threshold: float


def load() -> Judgement:
    """Return the fitted weights that the package ships."""
    text = (resources.files("bot.answer") / "judgement.json").read_text(encoding="utf-8")
    return parse(json.loads(text))


def parse(data: Mapping[str, Any]) -> Judgement:
    """Return the weights in a parsed `judgement.json`."""
    kinds = {
        kind: Weights(
            ranking=data[kind]["ranking"],
            prior=data[kind]["prior"],
            trees=tuple(tuple(Node(*node) for node in tree) for tree in data[kind]["trees"]),
        )
        for kind in ("asked", "unasked")
    }
    return Judgement(**kinds, threshold=data["threshold"])


def _leaf(tree: Sequence[Node], features: Features) -> float:
    node = tree[0]
    while node.feature:
        low = features.get(node.feature, 0.0) <= node.at_most
        node = tree[node.low if low else node.high]
    return node.value
